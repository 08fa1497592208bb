"""The pictures of pages: drawn from titles, for a site whose address is known, and drawn once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from handbook.book import pictures
from handbook.typst.builder import TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject

ADDRESS = "https://example.org/handbook"
LONG = {
    "ja": "持続可能な都市と地域をめざす自治体の国際的な連携のための会議と、その決定が各地の事務局にもたらしたもの：設立から現在まで",
    "en": "What the international conferences on sustainable development meant for WWWW local governments: 1990 to today",
}
GROUND, ACCENT = (255, 255, 255), (0x0B, 0x5C, 0x68)


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    with (tiny_project.root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f'handbook_base_url = "{ADDRESS}"\n')
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\npart/index\n```\n")
    tiny_project.write("docs/part/index.md", "# 部\n\n```{toctree}\npage\n```\n")
    tiny_project.write("docs/part/page.md", '# #"題" \\*と\\* $記号$ \\\\ [\n')
    return tiny_project


def drawn(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("_pictures/**/*.*"))}


def test_a_page_names_its_picture_by_a_whole_address_and_says_what_it_shows(project: TinyProject) -> None:
    project.use_all_rooms()
    project.use_theme()

    build = project.build()

    said = {
        tag.get("property") or tag.get("name"): tag.get("content") for tag in build.page("part/index").select("meta")
    }
    assert said["og:image"] == f"{ADDRESS}/ja/_pictures/part/index.png"
    assert said["og:image:alt"] == "題名を記した画像：部"
    assert said["twitter:card"] == "summary_large_image"
    with Image.open(build.output / "_pictures/part/index.png") as picture:
        size = str(picture.width), str(picture.height)
    assert (said["og:image:width"], said["og:image:height"]) == size == ("1200", "630")
    assert not BeautifulSoup((build.output / "search.html").read_text("utf-8"), "lxml").select('[property="og:image"]')


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_title_of_any_length_stays_inside_its_picture(project: TinyProject, language: str) -> None:
    project.write("docs/part/page.md", f"# {LONG['ja']}\n")
    project.catalogue("part/page", {LONG["ja"]: LONG["en"]})

    build = project.build(language)

    for name in ("index", "part/index", "part/page"):
        file = build.output / f"_pictures/{name}.png"
        assert file.stat().st_size < 60_000
        with Image.open(file) as opened:
            picture = opened.convert("RGB")
        assert picture.getpixel((10, 300)) == ACCENT
        margins = [(40, 0, 1200, 40), (1140, 0, 1200, 630), (40, 590, 1200, 630), (40, 0, 96, 630)]
        assert {colour for box in margins for _, colour in picture.crop(box).getcolors() or ()} == {GROUND}
        assert len(picture.crop((100, 100, 1140, 500)).getcolors() or ()) > 3, "there is no title"


def test_only_what_has_changed_is_drawn_again(project: TinyProject) -> None:
    build = project.build()
    first = drawn(build.output)
    times = {file: file.stat().st_mtime_ns for file in build.output.rglob("*.png")}
    assert build.warnings == []
    assert sorted(first) == [f"_pictures/{name}.png" for name in ("index", "part/index", "part/page")]

    project.replace("docs/part/page.md", "題", "別の題")
    (build.output / "_pictures/index.png").write_bytes(b"")
    project.build()

    second = drawn(build.output)
    unchanged = build.output / "_pictures/part/index.png"
    assert unchanged.stat().st_mtime_ns == times[unchanged]
    assert second["_pictures/part/page.png"] != first["_pictures/part/page.png"]
    assert second["_pictures/index.png"] == first["_pictures/index.png"], "the same words make another picture"


def test_a_page_that_has_gone_leaves_no_picture_and_without_an_address_there_is_none(project: TinyProject) -> None:
    project.build()
    (project.root / "docs/part/page.md").unlink()
    project.write("docs/part/index.md", "# 部\n")
    assert sorted(drawn(project.build().output)) == ["_pictures/index.png", "_pictures/part/index.png"]

    project.replace("conf.py", f'handbook_base_url = "{ADDRESS}"\n', "")
    assert drawn(project.build().output) == {}


def test_what_typst_finds_wrong_is_told(project: TinyProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wrong.typ").write_text("#unknown")
    monkeypatch.setattr(pictures, "TEMPLATE", tmp_path / "wrong.typ")
    with pytest.raises(pictures.PictureError, match="unknown variable"):
        project.build()
    assert drawn(project.root / "build") == {}


@pytest.mark.parametrize(
    ("title", "language", "lines"),
    [
        ("名前", "ja", ["名前"]),
        ("CHAMP：国と自治体の連携", "ja", ["CHAMP：", "国と自治体の連携"]),
        ("問題解決の糸口として：機関としてのイクレイ", "ja", ["問題解決の糸口として：", "機関としてのイクレイ"]),
        ("Accelerate: ICLEI as a movement", "en", ["Accelerate:", "ICLEI as a movement"]),
    ],
)
def test_a_title_is_broken_where_a_reader_would_pause(title: str, language: str, lines: list[str]) -> None:
    assert pictures.fit(title, language)[1] == lines


def test_a_longer_title_is_set_smaller_and_no_line_begins_with_a_closing_mark() -> None:
    sizes = [pictures.fit(LONG["ja"][:length], "ja") for length in range(1, len(LONG["ja"]))]
    assert [size for size, _ in sizes] == sorted((size for size, _ in sizes), reverse=True)
    assert not [line for _, lines in sizes for line in lines if re.match("[、。：）」]", line)]


def test_pictures_have_the_colours_of_the_book() -> None:
    book = set(re.findall(r'"(#[0-9a-f]{6})"', TEMPLATE.read_text(encoding="utf-8")))
    assert len(pictures._INKS) == 3
    assert set(pictures._INKS.values()) <= book
    assert "#0" not in pictures.TEMPLATE.read_text(encoding="utf-8"), "the template has a colour of its own"
