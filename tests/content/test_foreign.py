"""Pages read no files from outside of the project, and hold nothing that only one format could show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.rules import page_problems

if TYPE_CHECKING:
    from tests.conftest import TinyProject

#: From the folder of pages of a small project to a file beside the project.
SECRET = "../../secret.txt"


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    (tiny_project.root.parent / "secret.txt").write_text("geheim\n", encoding="utf-8")
    tiny_project.replace("conf.py", "nitpicky = True", 'nitpicky = True\nhtml_static_path = ["static"]')
    (tiny_project.root / "static").mkdir()
    return tiny_project


def faults(project: TinyProject, text: str) -> list[str]:
    """Build a page; return what is said of it, and make sure that it gives nothing away."""
    project.write("docs/index.md", f"(home)=\n# はじめに\n\n{text}\n")
    build = project.build()
    published = [file for file in build.output.rglob("*") if file.is_file() and b"geheim" in file.read_bytes()]
    assert not published
    return build.warnings


@pytest.mark.parametrize(
    "text",
    [
        f"```{{literalinclude}} {SECRET}\n```",
        f"```{{literalinclude}} ../conf.py\n:diff: {SECRET}\n```",
    ],
)
def test_a_file_outside_of_the_project_is_refused_with_the_line(project: TinyProject, text: str) -> None:
    [warning] = faults(project, text)

    assert warning.startswith("docs/index.md:4: WARNING: ")
    assert f"'{SECRET}' lies outside of the project; name a file of the project, by its path from the page" in warning


@pytest.mark.parametrize(
    "text",
    [
        f"```{{figure}} {SECRET}\n:alt: 図\n```",
        f"![図]({SECRET})",
        f"{{download}}`{SECRET}`",
        f"[ダウンロード](<{SECRET}>)",
    ],
)
def test_a_picture_or_a_download_outside_of_the_pages_is_refused_with_the_line(project: TinyProject, text: str) -> None:
    [warning] = faults(project, text)

    assert warning.startswith("docs/index.md:4: WARNING: ")
    assert ". To mend it: " in warning


def test_a_link_in_the_project_that_leads_out_of_it_is_refused(project: TinyProject) -> None:
    (project.root / "docs/inside.txt").symlink_to(project.root.parent / "secret.txt")

    [warning] = faults(project, "```{literalinclude} inside.txt\n```")

    assert "'inside.txt' lies outside of the project" in warning


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"```{{include}} {SECRET}\n```", "{include} cannot be used in a page; write the text itself"),
        ("```{include} index.md\n```", "{include} cannot be used in a page; write the text itself"),
        (f"```{{raw}} html\n:file: {SECRET}\n```", "{raw} cannot be used in a page; write Markdown"),
        ("```{eval-rst}\n*text*\n```", "{eval-rst} cannot be used in a page; write Markdown"),
        (
            "<script>alert(1)</script>",
            "pages have no HTML: <script>alert(1)</script>. To mend it: write it in Markdown",
        ),
        ("本文<br>です。", "pages have no HTML: <br>. To mend it: write it in Markdown"),
    ],
)
def test_what_is_no_markdown_is_refused_with_what_to_write_by_build_and_check(
    project: TinyProject, text: str, said: str
) -> None:
    [warning] = faults(project, text)
    [problem] = page_problems(project.root / "docs", project=project.root)

    assert warning.startswith(f"docs/index.md:4: WARNING: {said}")
    assert str(problem).startswith("docs/index.md:4: " + said.replace("; ", ". To mend it: "))


def test_restructured_text_reads_no_more_than_markdown_does(project: TinyProject) -> None:
    told = faults(project, f"```{{eval-rst}}\n.. include:: {SECRET}\n.. csv-table::\n   :file: {SECRET}\n```")

    assert any("{include} cannot be used in a page" in line for line in told)


def test_html_of_a_translation_is_refused_too(project: TinyProject) -> None:
    project.write("docs/index.md", "# はじめに\n\n本文です。\n")
    project.catalogue("index", {"はじめに": "Introduction", "本文です。": "Text <script>alert(1)</script>."})

    build = project.build("en")

    assert any("pages have no HTML" in line for line in build.warnings)
    assert "<script>" not in str(build.page())


@pytest.mark.parametrize("name", ["table", "drawing"])
def test_a_table_or_a_drawing_does_not_come_from_a_file(project: TinyProject, name: str) -> None:
    text = {
        "table": f"```{{csv-table}} 表\n:file: {SECRET}\n\na, b\n```",
        "drawing": f"```{{mermaid}} {SECRET}\n:name: steps\n:alt: 図\n```",
    }[name]

    told = faults(project, text)

    assert name == "drawing" or "Unknown option key: 'file'" in told[0]


def test_files_of_the_project_are_shown_and_typed_tables_stand(project: TinyProject) -> None:
    text = "```{literalinclude} ../conf.py\n:lines: 1\n```\n\n```{csv-table}\na, b\n```"

    assert not faults(project, text)

    page = project.build().page()
    assert page.select("div.highlight")
    assert [cell.get_text(strip=True) for cell in page.select("td")] == ["a", "b"]


def test_examples_of_what_is_refused_can_be_shown(project: TinyProject) -> None:
    text = "````{code-block} markdown\n```{eval-rst}\n```\n<br>\n````"

    assert not faults(project, text)
    assert not page_problems(project.root / "docs", project=project.root)
