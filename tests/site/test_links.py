"""Links: each leads to something that is there, and every page can be found by following them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.site.pages import ENTRANCE, EVERYTHING, SITE, Page, anchors, attribute, short, target

#: Attributes that name another page or file.
REFERENCES = {"action", "data", "href", "poster", "src", "xlink:href"}
#: Where a link may lead besides the site itself.
OUTSIDE = {"http", "https", "mailto"}


def references(page: Page) -> list[tuple[str, str, str]]:
    """Return (element, attribute, value) of every reference of a page, each once."""
    found = []
    for tag in page.html.find_all(True):
        found += [(tag.name, name, attribute(tag, name)) for name in REFERENCES & set(tag.attrs)]
        for source in attribute(tag, "srcset").split(","):
            found += [(tag.name, "srcset", words[0]) for words in [source.split()] if words]
    return sorted(set(found))


def test_every_link_leads_to_a_file_and_a_place_in_it(page: Page) -> None:
    broken = []
    for element, name, value in references(page):
        parts = urlsplit(value)
        if parts.scheme == "data" and (element, name) != ("a", "href"):
            continue
        if parts.scheme or parts.netloc:
            if parts.scheme not in OUTSIDE or element not in ("a", "link"):
                broken.append(f"<{element} {name}={value}> leaves the site")
            continue
        if value == "#":  # the top of this page
            continue
        if not value:
            broken.append(f"<{element} {name}> is empty")
            continue
        found = target(page, value)
        assert found is not None
        file, fragment = found
        if not file.is_relative_to(SITE):
            broken.append(f"<{element} {name}={value}> leads out of build/site")
        elif not file.is_file():
            broken.append(f"<{element} {name}={value}>: there is no file {short(file)}")
        elif fragment and file.suffix == ".html" and fragment not in anchors(file):
            broken.append(f"<{element} {name}={value}>: {short(file)} has no id {fragment}")
    assert not broken, "\n".join(broken)


def test_style_sheets_name_only_files_of_the_site(site: None) -> None:
    broken = []
    for sheet in sorted(SITE.rglob("*.css")):
        for value in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text(encoding="utf-8")):
            path = urlsplit(value).path
            if not value.startswith(("data:", "#")) and not (sheet.parent / path).is_file():
                broken.append(f"{short(sheet)}: {value}")
    assert not broken, "\n".join(broken)


@pytest.fixture(scope="module")
def reachable(site: None) -> set[Page]:
    """The pages that a reader finds who starts at build/site/index.html and follows links."""
    by_file = {page.file: page for page in EVERYTHING}
    found, waiting = {ENTRANCE}, [ENTRANCE]
    while waiting:
        page = waiting.pop()
        places = [attribute(tag, "href") for tag in page.html.select("a[href]")]
        places += [attribute(tag, "action") for tag in page.html.select("form[action]")]
        for place in places:
            there = target(page, place)
            next_page = by_file.get(there[0]) if there else None
            if next_page and next_page not in found:
                found.add(next_page)
                waiting.append(next_page)
    return found


def test_every_page_can_be_reached_from_the_first_one(page: Page, reachable: set[Page]) -> None:
    assert page in reachable


def test_every_document_is_in_the_menu_of_every_page(page: Page) -> None:
    """A page that its part's `toctree` forgets is not in the menu."""
    if page == ENTRANCE:
        menu = {there[0] for tag in page.html.select("a[href]") if (there := target(page, attribute(tag, "href")))}
        wanted = [other for other in EVERYTHING if other.docname == "index" and other.language]
    else:
        links = page.html.select(".sidebar-tree a[href], .sidebar-brand[href]")
        menu = {there[0] for tag in links if (there := target(page, attribute(tag, "href")))}
        wanted = [other for other in EVERYTHING if other.language == page.language and other.docname != "search"]
    missing = [str(other) for other in wanted if other.file not in menu]
    assert missing == []
