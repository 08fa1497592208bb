"""An SVG that a contributor adds runs nothing and loads nothing, or it is refused with its line and a remedy."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest

from handbook.commands import check
from handbook.commands.project import Project
from handbook.diagrams.pictures import svg_faults
from tests.conftest import ROOT
from tests.security.hostile import use_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">\n{}\n</svg>\n'
HARMFUL = [
    "<script>alert(1)</script>",
    '<script xlink:href="data:text/javascript,alert(1)"/>',
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    '<rect onload="alert(1)"/>',
    '<rect ONCLICK="alert(1)"/>',
    "<foreignObject/>",
    '<h:iframe xmlns:h="http://www.w3.org/1999/xhtml"/>',
    '<image href="https://evil.invalid/a.png"/>',
    '<image href="//evil.invalid/a.png"/>',
    '<image xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<use href="other.svg#a"/>',
    '<a href="javascript:alert(1)"><rect/></a>',
    '<a xlink:href="java&#10;script:alert(1)"><rect/></a>',
    '<a href="#a"><set attributeName="href" to="javascript:alert(1)"/></a>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<g xml:base="https://evil.invalid/"/>',
    '<rect fill="url(https://evil.invalid/a.svg#b)"/>',
    "<rect style=\"fill:url( '//evil.invalid/a' )\"/>",
    "<style>@import 'https://evil.invalid/a.css';</style>",
    "<style>rect{fill:url(https://evil.invalid/a)}</style>",
    r"<style>rect{fill:u\72l(https://evil.invalid/a)}</style>",
    "<style><![CDATA[@import url(a.css)]]></style>",
    '<?xml-stylesheet href="https://evil.invalid/a.css"?>',
    "<rect>",
]
HARMLESS = [
    '<defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="fill:url(\'#a\')"/>',
    "<style>rect { fill: url(#a); font-family: serif }</style>",
    '<use href="#a"/><a xlink:href="#a"><text>文 on="load" &lt;script&gt;</text></a>',
    '<image href="data:image/png;base64,AAAA"/>',
    '<metadata><x xmlns="http://www.inkscape.org/" label="a"/></metadata>',
]
BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n' + SVG.format("<text>&b;</text>")


def written(folder: Path, text: str) -> Path:
    file = folder / "drawing.svg"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("harmful", HARMFUL)
def test_what_runs_or_loads_is_found_in_its_line(tmp_path: Path, harmful: str) -> None:
    assert {line for line, _ in svg_faults(written(tmp_path, SVG.format(harmful)))} <= {2, 3}
    assert svg_faults(written(tmp_path, SVG.format(harmful)))


def test_entities_are_refused_before_they_grow(tmp_path: Path) -> None:
    assert [what for _, what in svg_faults(written(tmp_path, BOMB))] == ["the picture declares entities of its own"]


@pytest.mark.parametrize("harmless", HARMLESS)
def test_what_drawing_programs_write_passes(tmp_path: Path, harmless: str) -> None:
    assert svg_faults(written(tmp_path, SVG.format(harmless))) == []


def test_the_drawings_and_pictures_of_the_handbook_are_harmless() -> None:
    files = [*(ROOT / "docs").rglob("*.svg"), *(ROOT / "handbook").rglob("*.svg")]
    assert len(files) > 20
    assert {file.name: faults for file in files if (faults := svg_faults(file))} == {}


@pytest.mark.parametrize("name", ["drawing.svg", "drawing.en.svg"])
def test_a_harmful_picture_is_refused_by_the_check_and_by_the_build_and_not_published(
    tiny_project: TinyProject, name: str
) -> None:
    use_site(tiny_project)
    tiny_project.write("docs/drawing.svg", SVG.format("<rect/>"))
    tiny_project.write(f"docs/{name}", SVG.format("<script>alert(1)</script>"))
    tiny_project.write("docs/index.md", "(home)=\n# はじめに\n\n```{figure} drawing.svg\n:alt: 図\n```\n")
    tiny_project.catalogue("index", {"はじめに": "Introduction"})

    with redirect_stderr(io.StringIO()) as complaints, redirect_stdout(io.StringIO()):
        check.run(Project(tiny_project.root))
    build = tiny_project.build("en")

    remedy = "To mend it: save it as plain SVG, without scripts, styles or pictures from elsewhere"
    assert f"docs/{name}:2: <script> stands in the picture. {remedy}." in complaints.getvalue().splitlines()
    assert [one for one in build.warnings if f"{name}, line 2: <script> stands in the picture. {remedy}" in one]
    assert not [file for file in build.output.rglob("drawing*.svg") if "script" in file.read_text(encoding="utf-8")]
