"""The book is as good to hear as to see: its parts are marked as what they are (PDF/UA)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pikepdf import Array, Dictionary, Name

from tests.pdf.reading import Run, squeezed
from tests.site.pages import JAPANESE

if TYPE_CHECKING:
    from tests.pdf.comparing import Comparison
    from tests.pdf.pages import Contents
    from tests.pdf.reading import Book, Element

#: Elements that are read out as one piece.
_BLOCKS = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "Lbl", "TD", "TH", "Caption")


def test_the_file_says_what_it_is_and_in_which_language(book: Book, said: Contents) -> None:
    root = book.pdf.Root
    assert str(root.Lang).partition("-")[0] == book.language
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert root.MarkInfo.Marked is True
    assert str(book.pdf.docinfo["/Title"]) == said.title
    assert str(book.pdf.docinfo["/Author"]) == said.author
    day = said.date.replace("-", "")
    assert str(book.pdf.docinfo["/CreationDate"]).startswith(f"D:{day}000000")
    assert str(book.pdf.docinfo["/ModDate"]).startswith(f"D:{day}000000")


def test_the_metadata_say_the_same_and_that_the_file_keeps_to_pdf_ua(book: Book, said: Contents) -> None:
    with book.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == said.title
        assert metadata["dc:creator"] == [said.author]
        assert metadata["dc:language"] == {str(book.pdf.Root.Lang)}
        assert str(metadata["xmp:CreateDate"]).startswith(said.date)


def test_everything_on_a_page_is_marked_as_content_or_as_furniture(book: Book) -> None:
    assert not book.unmarked
    for page in book.pdf.pages:
        assert "/StructParents" in page
        if "/Annots" in page:
            assert page.Tabs == Name.S


def test_every_marked_piece_of_a_page_is_in_the_structure(book: Book) -> None:
    marked = {(run.page, run.mark) for run in book.runs if run.text.strip()}
    structured = {(run.page, run.mark) for run in book.structure.runs()}
    assert marked <= structured


def test_the_headings_are_those_of_the_pages_and_skip_no_level(book: Book, said: Contents) -> None:
    contents, *rest = book.headings
    assert contents.tag == "H1"
    assert len(rest) == len(said.headings)
    for heading, element in zip(said.headings, rest, strict=True):
        assert element.tag == f"H{heading.level}", heading.title
        assert squeezed(element.text).endswith(squeezed(heading.title))
    levels = [int(element.tag[1]) for element in book.headings]
    for before, level in pairwise(levels):
        assert level <= before + 1


def test_every_paragraph_is_one_element(comparison: Comparison, book: Book) -> None:
    broken = []
    for block, start, end in comparison.places:
        pieces = book.flow.between(start, end)
        # The lines of a program are paragraphs of their own.
        whole = ("Code",) if block.kind == "literal_block" else _BLOCKS
        holders = {holder.within(*whole) for *_, holder in pieces}
        if len(holders) > 1 or None in holders:
            broken.append(f"page {pieces[0][2].page}, {block}")
    assert not broken, f"{len(broken)} of {len(comparison.places)}:\n" + "\n".join(broken[:20])


@pytest.mark.translated
def test_every_drawing_is_described_in_the_language_of_the_book(book: Book) -> None:
    figures = book.structure.all("Figure")
    assert figures
    for figure in figures:
        description = str(figure.source["/Alt"])
        assert len(description) > 10
        assert (JAPANESE.search(description) is not None) == (book.language == "ja"), description
        assert figure.attribute("/Layout", "/BBox") is not None


def test_every_table_is_one_with_headers_for_each_column(book: Book, said: Contents) -> None:
    tables = book.structure.all("Table")
    assert len(tables) == said.tables
    for table in tables:
        (head,) = table.all("THead")
        headers = head.all("TH")
        for header in headers:
            assert header.attribute("/Table", "/Scope") == Name.Column, header.text
        known = {str(header.source["/ID"]) for header in headers}
        for row in table.all("TR"):
            cells = [cell for cell in row.parts if not isinstance(cell, (Run, Dictionary))]
            assert {cell.tag for cell in cells} <= {"TH", "TD"}
            assert sum(int(cell.attribute("/Table", "/ColSpan") or 1) for cell in cells) == len(headers), row.text
        for cell in table.all("TD"):
            named = cell.attribute("/Table", "/Headers")
            assert isinstance(named, Array)
            assert len(named) > 0, cell.text
            assert {str(one) for one in named} <= known


def test_every_list_has_items_with_a_mark_and_a_body(book: Book) -> None:
    items = book.structure.all("LI")
    assert items
    for item in items:
        assert [part.tag for part in item.parts if not isinstance(part, (Run, Dictionary))] == ["Lbl", "LBody"]


def test_what_is_in_another_language_is_marked_with_it(book: Book, comparison: Comparison) -> None:
    foreign = 0
    wrong = []
    for block, begin, _ in comparison.places:
        for tag, start, end in block.foreign:
            foreign += 1
            for _, _, run, holder in book.flow.between(*comparison.part(begin, start, end)):
                if _language(book, run, holder) != tag.partition("-")[0]:
                    wrong.append(f"page {run.page}: “{run.text}” is not marked as {tag}")
    assert foreign > 100
    assert not wrong, f"{len(wrong)} of {foreign}:\n" + "\n".join(wrong[:20])


def test_all_japanese_is_marked_as_japanese(book: Book) -> None:
    wrong = []
    for _, _, run, holder in book.flow.pieces:
        link = holder.within("Link")
        # An address is in no language.
        is_address = link is not None and link.text.startswith("http")
        if JAPANESE.search(run.text) and not is_address and _language(book, run, holder) != "ja":
            wrong.append(f"page {run.page}: {run.text}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])


def test_every_link_is_in_the_structure_and_says_where_it_leads(book: Book) -> None:
    structured = []
    for link in book.structure.all("Link"):
        annotations = [part for part in link.parts if isinstance(part, Dictionary)]
        assert annotations, link.text
        assert link.text.strip(), "a link without text"
        structured += [annotation.objgen for annotation in annotations]
    on_pages = [annotation for page in book.pdf.pages for annotation in page.get("/Annots", [])]
    assert sorted(structured) == sorted(annotation.objgen for annotation in on_pages)
    for annotation in on_pages:
        assert str(annotation.Contents).strip()
        assert "/StructParent" in annotation


def _language(book: Book, run: Run, holder: Element) -> str:
    return (run.language or holder.language or book.language).partition("-")[0]
