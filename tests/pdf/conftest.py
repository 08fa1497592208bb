"""Reads each book once: as those read it who listen, and as those see it who look at its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.site.downloads import DOWNLOADS, book_name
from tests.pdf.comparing import Comparison, compare
from tests.pdf.pages import Contents, contents
from tests.pdf.reading import Book
from tests.pdf.seeing import Sheet, sheets
from tests.site.pages import LANGUAGES, SITE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session", params=LANGUAGES)
def book_language(request: pytest.FixtureRequest, site: None) -> str:
    """Every language in turn; all tests of one book follow each other."""
    found: str = request.param
    return found


@pytest.fixture(scope="session")
def book_file(book_language: str) -> Path:
    return SITE / DOWNLOADS / f"{book_name(book_language)}.pdf"


@pytest.fixture(scope="session")
def said(book_language: str, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What the pages of the handbook say."""
    return contents(book_language, tmp_path_factory.mktemp(f"assembled-{book_language}"))


@pytest.fixture(scope="session")
def book(book_language: str, book_file: Path) -> Book:
    return Book(book_file, book_language)


@pytest.fixture(scope="session")
def pages(book_file: Path) -> list[Sheet]:
    """The pages of the book with what is to be seen on them."""
    return sheets(book_file)


@pytest.fixture(scope="session")
def comparison(book: Book, said: Contents) -> Comparison:
    return compare(book.flow, said)
