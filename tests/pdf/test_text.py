"""The book says what the pages say, all of it, and its letters are those that were written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name

from tests.pdf.reading import letters_of, odd_letters, squeezed
from tests.site.pages import JAPANESE
from tests.site.test_source_page_facts import ROWS

if TYPE_CHECKING:
    import pytest

    from tests.pdf.comparing import Comparison
    from tests.pdf.pages import Contents
    from tests.pdf.reading import Book
    from tests.pdf.seeing import Sheet


def test_the_book_says_what_the_pages_say_in_their_order_and_nothing_else(comparison: Comparison) -> None:
    assert not comparison.differences, "\n".join(comparison.differences[:20])


def test_a_viewer_copies_the_same_letters_as_are_read_out(book: Book, pages: list[Sheet]) -> None:
    heard: dict[int, list[str]] = {}
    for run in book.structure.runs():
        heard.setdefault(run.page, []).append(run.text)
    for sheet in pages:
        read_out = squeezed("".join([*heard.get(sheet.number, []), *book.furniture[sheet.number]]))
        # At the end of a line, viewers show a hyphen as they like.
        assert sorted(_without_hyphens(sheet.text)) == sorted(_without_hyphens(read_out)), f"page {sheet.number}"


def test_every_letter_has_a_shape(book: Book) -> None:
    assert not book.shapeless


def test_no_letter_stands_for_another_that_looks_like_it(book: Book) -> None:
    fonts = [one for one in book.pdf.objects if isinstance(one, Dictionary) and one.get("/Subtype") == Name.Type0]
    assert fonts
    for font in fonts:
        for letter in letters_of(font).values():
            assert not odd_letters(letter), f"{font.BaseFont}: {letter!r}"
    said = "".join(run.text for run in book.structure.runs())
    assert not odd_letters(said)


def test_the_cover_names_the_book_and_says_who_it_is_not_from(
    book_language: str, said: Contents, pages: list[Sheet]
) -> None:
    cover = squeezed(pages[0].text)
    independence = {"ja": "イクレイから独立して", "en": "independent of ICLEI"}[book_language]
    year, _, day = said.date.split("-")
    assert squeezed(said.title) in cover
    assert squeezed(independence) in cover
    assert year in cover
    assert day in cover
    assert (JAPANESE.search(cover) is not None) == (book_language == "ja")


def test_the_imprint_names_the_licences_and_the_typefaces(pages: list[Sheet]) -> None:
    for wanted in ("CC BY 4.0", "MIT", "Noto Sans CJK JP", "Source Sans Pro", "SIL Open Font License"):
        assert wanted in pages[1].text


def test_every_fact_of_the_source_page_is_in_the_book(
    book_language: str, book: Book, said: Contents, comparison: Comparison, subtests: pytest.Subtests
) -> None:
    printed = {id(block): _printed(book, start, end) for block, start, end in comparison.places}
    passages: dict[str, list[str]] = {}
    for passage in said.passages:
        text = " ".join(printed.get(id(block), "") for block in passage)
        passages.setdefault(passage[0].page, []).append(re.sub(r"\s?\[\d+(, \d+)*\]", "", text))
    flags = re.IGNORECASE if book_language == "en" else re.NOFLAG
    for row in ROWS:
        with subtests.test(row["id"]):
            here = passages[row["page"]]
            found = any(all(re.search(pattern, text, flags) for pattern in row[book_language]) for text in here)
            assert found, f"{row['page']} does not say in one place: {row['fact']}"


def _without_hyphens(text: str) -> str:
    return squeezed(re.sub(r"[\x00-\x1f\ufffe‐-]", "", text))


def _printed(book: Book, start: int, end: int) -> str:
    """Return what the book has between two places, in one line, broken words put together."""
    text = "".join(run.text for _, _, run, _ in book.flow.between(start, end))
    return " ".join(text.replace("\u00ad", "").split())
