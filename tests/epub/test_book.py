"""The builder `epub` on small projects: what it needs to know, and when it writes the book again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build, TinyProject

#: 3 September 2025, noon.
EPOCH, MOMENT = "1756900800", "2025-09-03T12:00:00Z"


def book_of(build: Build) -> Path:
    return build.output / "iclei-handbook-ja.epub"


def text_of(build: Build, name: str) -> str:
    with ZipFile(book_of(build)) as archive:
        return archive.read(name).decode()


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOURCE_DATE_EPOCH", "HANDBOOK_BASE_URL", "HANDBOOK_REPOSITORY_URL"):
        monkeypatch.delenv(name, raising=False)


def test_the_book_is_dated_by_its_facts_unless_the_build_has_a_date(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tiny_project.build(builder="epub")
    assert first.warnings == []
    assert '<meta property="dcterms:modified">2026-11-24T00:00:00Z</meta>' in text_of(first, "content.opf")

    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    second = tiny_project.build(builder="epub")

    package = text_of(second, "content.opf")
    assert f"<dc:date>{MOMENT}</dc:date>" in package
    assert f'<meta property="dcterms:modified">{MOMENT}</meta>' in package
    with ZipFile(book_of(second)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2025, 9, 3, 12, 0, 0)}


def test_a_book_of_a_day_that_archives_do_not_know_is_made_all_the_same(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    build = tiny_project.build(builder="epub")

    assert "<dc:date>1970-01-02T00:00:00Z</dc:date>" in text_of(build, "content.opf")


def test_a_book_is_written_again_when_a_record_changed_even_if_another_builder_has_read_it(
    tiny_project: TinyProject,
) -> None:
    tiny_project.source("a")
    bodies = "- {id: council, name: 議会, summary: 代表です。, sources: [a], function: decides}\n"
    tiny_project.write("knowledge/bodies.yaml", bodies)
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\nother\n```\n")
    tiny_project.write("docs/other.md", "# ほか\n\n```{record} council\n```\n\n```{bibliography}\n```\n")
    book = tiny_project.root / "build/site/downloads/iclei-handbook-ja.epub"

    def build() -> str:
        done = tiny_project.run("build")
        assert (done.returncode, done.stderr) == (0, "")
        with ZipFile(book) as archive:
            return archive.read("other.xhtml").decode()

    assert "代表です。" in build()
    page = tiny_project.root / "build/epub/ja/other.xhtml"
    written = page.stat().st_mtime_ns
    build()
    assert page.stat().st_mtime_ns == written, "nothing has changed"

    tiny_project.replace("knowledge/bodies.yaml", "代表です。", "代表の集まりです。")

    assert "代表の集まりです。" in build()


def test_a_page_that_is_gone_is_gone_from_the_book(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\nother\n```\n")
    other = tiny_project.write("docs/other.md", "# ほか\n")
    with ZipFile(book_of(tiny_project.build(builder="epub"))) as archive:
        assert "other.xhtml" in archive.namelist()

    other.unlink()
    tiny_project.write("docs/index.md", "# はじめに\n")

    with ZipFile(book_of(tiny_project.build(builder="epub"))) as archive:
        assert "other.xhtml" not in archive.namelist()


def test_two_copies_of_a_project_make_the_same_book(tiny_project: TinyProject, tmp_path: Path) -> None:
    other = type(tiny_project)(tmp_path / "elsewhere" / "copy")
    first, second = (book_of(project.build(builder="epub")) for project in (tiny_project, other))
    os.utime(first, (0, 0))

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("address", ["", "https://example.org/handbook"])
def test_data_files_are_linked_at_the_address_of_the_site_or_not_at_all(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HANDBOOK_BASE_URL", address)
    tiny_project.use_all_rooms()
    tiny_project.write("docs/index.md", "# はじめに\n\n```{data-files}\n```\n")

    page = text_of(tiny_project.build(builder="epub"), "index.xhtml")

    assert "handbook.json" in page
    assert (f'href="{address}/ja/data/handbook.json"' in page) == bool(address)
    assert 'href="data/' not in page


def test_brackets_in_addresses_are_quoted_and_nothing_else(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "# はじめに\n\n[ほか](<https://example.org/a?b[c]=%20d#e>)\n")

    assert 'href="https://example.org/a?b%5Bc%5D=%20d#e"' in text_of(tiny_project.build(builder="epub"), "index.xhtml")


def test_an_image_of_a_page_is_in_the_book_and_in_its_package(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n')
    tiny_project.write("docs/index.md", "# はじめに\n\n![点](dot.svg)\n")

    build = tiny_project.build(builder="epub")

    assert 'href="_images/dot.svg" media-type="image/svg+xml"' in text_of(build, "content.opf")
    assert "viewBox" in text_of(build, "_images/dot.svg")
