"""Every page offers the book of its language, and says how large it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handbook.site.downloads import DOWNLOADS, book_name
from tests.site.pages import PAGES, SITE, Page, attribute, target

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag


@pytest.fixture(params=PAGES, ids=str)
def offering(request: pytest.FixtureRequest, site: None) -> Page:
    """Every page that is in a language."""
    found: Page = request.param
    return found


def _links(page: Page) -> list[tuple[Tag, Path]]:
    found = []
    for link in page.html.select("a[href]"):
        place = target(page, attribute(link, "href"))
        if place and place[0].suffix == ".pdf":
            found.append((link, place[0]))
    return found


def test_a_page_offers_the_book_of_its_language_as_a_pdf(offering: Page) -> None:
    links = _links(offering)
    # The home page does so above its parts, too.
    assert len(links) == (2 if offering.docname == "index" else 1)
    for link, file in links:
        assert file == SITE / DOWNLOADS / f"{book_name(offering.language)}.pdf"
        assert file.read_bytes().startswith(b"%PDF-")
        assert attribute(link, "type") == "application/pdf"
        assert "PDF" in link.get_text()


def test_a_page_says_how_large_the_book_is(offering: Page) -> None:
    for link, file in _links(offering):
        beside = link.find_next_sibling()
        assert beside is not None
        size = re.search(r"(\d+\.\d) MB", link.get_text() + beside.get_text())
        assert size, "the size of the book is not stated"
        assert float(size[1]) == round(file.stat().st_size / 1_000_000, 1)
