"""Search, straight from the disk: what readers type finds the page, in compounds, years and names."""

from __future__ import annotations

import re

import pytest

from tests.site.browser import Browser, Visit
from tests.site.pages import DOCUMENTS, JAPANESE, LANGUAGES, SITE, Page
from tests.site.test_diagrams import DIAGRAMS, Diagram, labels_of

#: What is typed, a page that must be found, and among how many. Sphinx sorts by titles, so a year, which is on nearly every page, may come anywhere.
QUERIES = [
    ("ja", "気候変動", "international/climate", 10),
    ("ja", "1990年", "history/founding", len(DOCUMENTS)),
    ("ja", "ローカルアジェンダ21", "activities/early-programmes", 10),
    ("ja", "世界理事会", "organization/global-executive-committee", 3),
    ("ja", "憲章", "about/charter", 3),
    ("ja", "イクレイ日本", "organization/iclei-japan", 3),
    ("ja", "生物多様性条約", "international/biodiversity", 3),
    ("ja", "国際環境自治体協議会", "about/name", 10),
    ("ja", "ソウルプラン", "about/mission", 10),
    ("ja", "２００３年", "history/renaming", len(DOCUMENTS)),
    ("ja", "UNEP", "international/un-bodies", 10),
    ("en", "Local Agenda 21", "activities/early-programmes", 10),
    ("en", "secretariat", "organization/world-secretariat", 10),
    ("en", "charter", "about/charter", 3),
    ("en", "1990", "history/founding", len(DOCUMENTS)),
    ("en", "climate change", "international/climate", 20),
    ("en", "Global Executive Committee", "organization/global-executive-committee", 3),
    ("en", "International Council for Local Environmental Initiatives", "about/name", 10),
    ("en", "UNEP", "international/un-bodies", 10),
]


class Results:
    """What the page of results shows for a query."""

    def __init__(self, language: str, addresses: list[str], text: str, visit: Visit) -> None:
        self.language = language
        self.addresses = addresses
        self.text = text
        self.visit = visit

    @property
    def pages(self) -> list[Page]:
        """Return the pages found, best first, each once."""
        by_url = {page.url: page for page in DOCUMENTS}
        urls = [re.sub(r"[?#].*", "", address) for address in self.addresses]
        return list(dict.fromkeys(by_url[url] for url in urls if url in by_url))


def results(browser: Browser, language: str, query: str, *, start: Page | None = None) -> Results:
    """Type a query into the search box of a page and wait until the results stand still."""
    visit = Visit()
    start = start or Page(language, "about/index")

    async def search() -> Results:
        async with browser.tab(visit=visit) as tab:
            await tab.goto(start.url)
            box = tab.locator('input[name="q"]:visible').first
            await box.fill(query)
            await box.press("Enter")
            await tab.wait_for_url("**/search.html?*")
            await tab.wait_for_function(
                """() => {
                    const state = document.querySelector("#search-results")?.innerText;
                    const still = state && state === window.previousState && /\\S/.test(state);
                    window.previousState = state;
                    return still;
                }""",
                polling=300,
            )
            addresses = await tab.locator("#search-results a[href]").evaluate_all(
                "links => links.map(link => link.href)"
            )
            return Results(language, addresses, await tab.locator("#search-results").inner_text(), visit)

    return browser.run(search())


@pytest.mark.parametrize(
    ("language", "query", "docname", "first"), QUERIES, ids=[f"{language}-{name}" for language, _, name, _ in QUERIES]
)
def test_a_query_finds_its_page(language: str, query: str, docname: str, first: int, browser: Browser) -> None:
    found = results(browser, language, query)
    assert Page(language, docname) in found.pages[:first], found.text
    assert [address for address in found.addresses if not address.startswith(f"{SITE.as_uri()}/{language}/")] == []


@pytest.mark.parametrize(("language", "query"), [("ja", "気候変動"), ("en", "climate change")], ids=["ja", "en"])
def test_searching_logs_nothing_and_asks_for_nothing_elsewhere(language: str, query: str, browser: Browser) -> None:
    """A page on the disk must not fetch others: browsers forbid it, and log an error for each."""
    visit = results(browser, language, query).visit
    assert not visit.complaints, "\n".join(visit.complaints[:10])
    assert not visit.requests_elsewhere, "\n".join(visit.requests_elsewhere)


@pytest.mark.parametrize(("language", "query"), [("ja", "国際自治体連合"), ("en", "climate change")], ids=["ja", "en"])
def test_the_results_speak_the_language_of_the_page(language: str, query: str, browser: Browser) -> None:
    text = results(browser, language, query).text
    unwanted = r"Search|found|matching|page\(s\)|Preparing|record" if language == "ja" else JAPANESE.pattern
    found = [line for line in text.splitlines() if re.search(unwanted, line)]
    assert found == []


@pytest.mark.parametrize(("language", "query"), [("ja", "ぬるぽがっ"), ("en", "xyzzyplugh")], ids=["ja", "en"])
def test_a_query_that_finds_nothing_says_so(language: str, query: str, browser: Browser) -> None:
    found = results(browser, language, query)
    assert found.addresses == []
    assert bool(JAPANESE.search(found.text)) == (language == "ja"), found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_search_page_says_what_it_needs(language: str, browser: Browser) -> None:
    async def read() -> str:
        async with browser.tab(scripts=False) as tab:
            await tab.goto(Page(language, "search").url)
            return await tab.locator("body").inner_text()

    assert "JavaScript" in browser.run(read())


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=str)
def test_a_label_of_a_diagram_finds_its_page(diagram: Diagram, browser: Browser) -> None:
    label = max(labels_of(diagram), key=len)
    found = results(browser, diagram.page.language, label)
    assert diagram.page in found.pages, f"{label}: {found.text}"
