"""The book needs no font of the reader's machine, and what looks like text is text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Stream

from tests.pdf.reading import letters_of, squeezed

if TYPE_CHECKING:
    from tests.pdf.pages import Contents
    from tests.pdf.reading import Book
    from tests.pdf.seeing import Sheet

_FAMILIES = {"NotoSansCJKjp", "SourceSansPro", "DejaVuSansMono"}


def _fonts(book: Book) -> list[Dictionary]:
    """Return all fonts that text is set in; what is inside a composite font is part of it."""
    fonts = [one for one in book.pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == Name.Font]
    return [one for one in fonts if "CIDFont" not in str(one.Subtype)]


def test_every_font_is_a_subset_in_the_file(book: Book) -> None:
    assert _fonts(book)
    for font in _fonts(book):
        assert font.Subtype == Name.Type0, font.BaseFont
        (inner,) = font.DescendantFonts
        assert re.match(r"/[A-Z]{6}\+", str(inner.BaseFont)), inner.BaseFont
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()), inner.BaseFont


def test_only_the_typefaces_that_the_imprint_names_are_used_and_that_of_code(book: Book) -> None:
    families = {re.sub(r"^/[A-Z]{6}\+|-.*$", "", str(font.BaseFont)) for font in _fonts(book)}
    assert "NotoSansCJKjp" in families
    assert families <= _FAMILIES


def test_every_font_says_which_letters_its_shapes_are(book: Book) -> None:
    for font in _fonts(book):
        assert letters_of(font), font.BaseFont


def test_the_book_holds_no_bitmap(book: Book, pages: list[Sheet]) -> None:
    assert not [one for one in book.pdf.objects if isinstance(one, Stream) and one.get("/Subtype") == Name.Image]
    assert {thing.kind for sheet in pages for thing in sheet.things} == {"text", "path"}


def test_every_drawing_is_in_the_book_with_its_words_as_text(book: Book, said: Contents) -> None:
    figures = book.structure.all("Figure")
    assert len(figures) == len(said.pictures)
    assert figures
    for picture, figure in zip(said.pictures, figures, strict=True):
        written = squeezed(figure.text)
        assert picture.labels, picture.name
        for label in picture.labels:
            assert squeezed(label) in written, f"{picture.name}: {label}"
