"""What a reader has to load, counted in the files as servers send them: compressed with gzip."""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING

from tests.site.pages import DOCUMENTS, SITE, Page, attribute, docnames, target

if TYPE_CHECKING:
    from pathlib import Path

KB = 1000

#: The most that a page may weigh with all that it loads, and one with a drawing.
PAGE, PAGE_WITH_DRAWING = 150 * KB, 60 * KB
#: The most files that a page may load, itself among them.
REQUESTS = 12
#: The most that the search adds for a reader who comes from another page.
SEARCH = 90 * KB
#: What a page of the handbook may add to the first search that a reader makes with nothing loaded before.
SEARCH_FOR_EACH_PAGE = 2 * KB


@cache
def weight(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def loaded(page: Page) -> set[Path]:
    """Return the files that a browser loads to show a page."""
    loading = page.html.select('link[rel~="stylesheet"], link[rel~="icon"], script[src], img[src], object[data]')
    references = [attribute(tag, name) for tag in loading for name in ("href", "src", "data")]
    found = [target(page, reference) for reference in references if reference and not reference.startswith("data:")]
    return {page.file, *(place[0] for place in found if place)}


def test_a_page_is_light_and_one_with_a_drawing_lighter(site: None) -> None:
    heavy = []
    for page in DOCUMENTS:
        limit = PAGE_WITH_DRAWING if page.html.select_one("svg.diagram") else PAGE
        if (bytes_ := sum(weight(file) for file in loaded(page))) > limit:
            heavy.append(f"{page}: {bytes_ / KB:.1f} of {limit / KB:.0f} KB")
    assert heavy == []


def test_a_page_loads_few_files(site: None) -> None:
    assert {str(page): len(files) for page in DOCUMENTS if len(files := loaded(page)) > REQUESTS} == {}


def test_a_page_loads_the_looks_of_what_it_holds(site: None) -> None:
    special = {".highlight": "pygments.css", ".key-figures, .changes": "home.css", ".drawing-files": "drawings.css"}
    for page in DOCUMENTS:
        files = {file.name for file in loaded(page)}
        held = {file for signs, file in special.items() if page.html.select_one(f"article :is({signs})")}
        assert files & set(special.values()) == held, page


def test_the_first_search_is_quick(language: str, site: None) -> None:
    """As if a query needed all terms; a short one needs some.

    The pages of the results, of which each shows the query, come afterwards and are not counted.
    """
    search, other = loaded(Page(language, "search")), loaded(Page(language, "about/index"))
    terms = set((SITE / language / "_static").glob("handbook-terms-*"))
    assert len(terms) > 1
    assert sum(weight(file) for file in search - other | terms) <= SEARCH
    assert sum(weight(file) for file in search | terms) <= SEARCH_FOR_EACH_PAGE * len(docnames())
