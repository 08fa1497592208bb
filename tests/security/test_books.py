"""What contributors type comes out of the books as text, and nothing in them leads anywhere but to the web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from tests.security.conftest import LANGUAGES
from tests.security.hostile import WAYS_OUT
from tests.typst.conftest import Book

if TYPE_CHECKING:
    from tests.security.conftest import Hostile

_XLINK = "{http://www.w3.org/1999/xlink}href"
#: What Typst would do rather than show.
_TYPST = [way for way in WAYS_OUT if way[0] in "#$\\"]


@pytest.fixture(scope="module")
def book(hostile: Hostile) -> Book:
    """The Japanese book, whose records are as they were typed."""
    build = hostile.project.build("ja", "typst")
    assert build.warnings == []
    [pdf] = build.output.glob("*.pdf")
    pdf.rename(build.output / "book.pdf")
    [source] = build.output.glob("iclei-handbook-ja.typ")
    source.rename(build.output / "book.typ")
    return Book(build.output, build.warnings)


def test_typst_shows_what_would_be_its_code(book: Book) -> None:
    shown = re.sub(r"\s", "", book.copied)

    assert len(_TYPST) >= 4
    for way in _TYPST:
        assert shown.count(re.sub(r"\s", "", way)) > 20, way
    assert "root:x:0:" not in shown


def test_no_code_of_a_value_stands_free_in_the_source(book: Book) -> None:
    # In a string, the quotes have backslashes; in markup, the sign before the name has one.
    assert 'image(\\"/etc/passwd\\")' in book.source
    assert "\\#image" in book.source
    assert not re.search(r'(?<!\\)#image\("/etc', book.source)


def test_links_of_the_pdf_lead_to_the_web(book: Book) -> None:
    assert book.addresses
    assert [one for one in book.addresses if not re.match(r"(https?://|mailto:)", one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_epub_is_well_formed_runs_nothing_and_leads_to_the_web(hostile: Hostile, language: str) -> None:
    build = hostile.project.build(language, "epub")
    assert build.warnings == []
    [file] = build.output.glob("*.epub")

    found, links = set(), []
    with ZipFile(file) as archive:
        documents = [name for name in archive.namelist() if name.endswith((".xhtml", ".html", ".svg", ".opf", ".xml"))]
        for name in documents:
            for element in ET.fromstring(archive.read(name)).iter():
                found.add(element.tag.rpartition("}")[2])
                assert not [key for key in element.attrib if key.startswith("on")], name
                links += [element.get(key, "") for key in ("href", "src", _XLINK)]
        styles = " ".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".css"))

    assert len(documents) > 8
    assert found.isdisjoint({"script", "iframe", "foreignObject", "object", "embed", "form", "style", "base"})
    assert [
        one for one in links if ":" in one.partition("#")[0] and not one.startswith(("https:", "http:", "mailto:"))
    ] == []
    assert not re.search(r"@import|url\(", styles)
