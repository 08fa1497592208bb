"""Search, straight from the disk: what readers type finds the page, in compounds, years and names."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
import yaml

from tests.site.browser import Browser, Visit
from tests.site.pages import DOCUMENTS, JAPANESE, LANGUAGES, SITE, Page, anchors
from tests.site.server import served
from tests.site.test_diagrams import DIAGRAMS, Diagram, labels_of

#: What people might type and the pages that answer it, written before the ranking was; see the file.
QUERIES = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text(encoding="utf-8"))
ANSWERED = [(row["language"], row["query"], row["pages"]) for row in QUERIES if row["pages"]]
UNANSWERED = [(row["language"], row["query"]) for row in QUERIES if not row["pages"]]
#: Among how many results the answer must be.
FIRST = 3
#: The least number of queries in each language, and of those that must find nothing.
ENOUGH = {"ja": 60, "en": 40}
ENOUGH_UNANSWERED = 15


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


def results(browser: Browser, language: str, query: str, *, typed: bool = False, all_of_them: bool = False) -> Results:
    """Ask for a query by address, or type it into the search box of a page, and wait for the results."""
    visit = Visit()

    async def search() -> Results:
        async with browser.used_tab(visit=visit) as tab:
            if typed:
                await tab.goto(Page(language, "about/index").url)
                box = tab.locator('input[name="q"]:visible').first
                await box.fill(query)
                await box.press("Enter")
                await tab.wait_for_url("**/search.html?*")
            else:
                await tab.goto(f"{Page(language, 'search').url}?{urlencode({'q': query})}")
            await tab.locator('#search-results [role="status"]').wait_for()
            while all_of_them and await tab.locator(".more-results").count():
                await tab.locator(".more-results").click()
            addresses = await tab.locator("#search-results a[href]").evaluate_all(
                "links => links.map(link => link.href)"
            )
            return Results(language, addresses, await tab.locator("#search-results").inner_text(), visit)

    return browser.run(search())


@pytest.mark.parametrize(("language", "query", "pages"), ANSWERED, ids=[f"{row[0]}-{row[1]}" for row in ANSWERED])
def test_a_query_finds_its_page_among_the_first(language: str, query: str, pages: list[str], browser: Browser) -> None:
    found = results(browser, language, query)
    assert {Page(language, page) for page in pages} & set(found.pages[:FIRST]), found.text[:1000]


def test_there_are_enough_queries_to_trust_them() -> None:
    for language, enough in ENOUGH.items():
        assert len([row for row in ANSWERED if row[0] == language]) >= enough
    assert len(UNANSWERED) >= ENOUGH_UNANSWERED


@pytest.mark.parametrize(("language", "query"), UNANSWERED, ids=[f"{row[0]}-{row[1]}" for row in UNANSWERED])
def test_a_query_for_what_is_nowhere_finds_nothing_and_says_so(language: str, query: str, browser: Browser) -> None:
    found = results(browser, language, query)
    assert found.addresses == [], found.text[:1000]
    assert bool(JAPANESE.search(found.text)) == (language == "ja"), found.text


@pytest.mark.parametrize(("language", "query"), [("ja", "気候変動"), ("en", "mayors")], ids=["ja", "en"])
def test_every_result_leads_to_a_place_that_exists(language: str, query: str, browser: Browser) -> None:
    found = results(browser, language, query)
    assert found.addresses
    for address in found.addresses:
        url, _, fragment = address.partition("#")
        (page,) = [page for page in DOCUMENTS if page.url == url]
        assert not fragment or unquote(fragment) in anchors(page.file), address


@pytest.mark.parametrize(("language", "query"), [("ja", "気候変動"), ("en", "climate change")], ids=["ja", "en"])
def test_searching_logs_nothing_and_asks_for_nothing_elsewhere(language: str, query: str, browser: Browser) -> None:
    """A page on the disk must not fetch others: browsers forbid it, and log an error for each."""
    visit = results(browser, language, query, typed=True).visit
    assert not visit.complaints, "\n".join(visit.complaints[:10])
    assert not visit.requests_elsewhere, "\n".join(visit.requests_elsewhere)


@pytest.mark.parametrize(("language", "query"), [("ja", "国際自治体連合"), ("en", "climate change")], ids=["ja", "en"])
def test_the_results_speak_the_language_of_the_page(language: str, query: str, browser: Browser) -> None:
    text = results(browser, language, query).text
    unwanted = r"Search|found|matching|page\(s\)|Preparing|record" if language == "ja" else JAPANESE.pattern
    found = [line for line in text.splitlines() if re.search(unwanted, line)]
    assert found == []


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
    found = results(browser, diagram.page.language, label, all_of_them=True)
    assert diagram.page in found.pages, f"{label}: {found.text}"


def test_the_keyboard_is_enough_to_search(browser: Browser) -> None:
    async def go() -> list[str]:
        async with browser.tab() as tab:
            await tab.goto(Page("ja", "about/index").url)
            await tab.keyboard.press("/")
            await tab.keyboard.type("憲章")
            await tab.keyboard.press("Enter")
            await tab.wait_for_url("**/search.html?*")
            await tab.locator('#search-results [role="status"]').wait_for()
            await tab.keyboard.press("Control+k")
            seen = []
            for key in ("ArrowDown", "ArrowDown", "ArrowUp", "Escape"):
                await tab.keyboard.press(key)
                seen.append(await tab.evaluate("document.activeElement.name || document.activeElement.href"))
            return seen

    first, second, again, field = browser.run(go())
    assert first.endswith("/about/charter.html")
    assert second.startswith("file:")
    assert second != first
    assert (again, field) == (first, "q")


def test_summaries_mark_the_hit_and_only_ten_pages_are_fetched(browser: Browser) -> None:
    with served(SITE) as address:

        async def go() -> tuple[int, int, str, int]:
            fetched = []
            async with browser.tab() as tab:
                tab.on(
                    "request", lambda request: fetched.append(request.url) if request.resource_type == "fetch" else None
                )
                await tab.goto(f"{address}/ja/search.html?{urlencode({'q': '気候変動'})}")
                await tab.locator("#search-results p.context").nth(9).wait_for()
                shown = await tab.locator("#search-results li").count()
                mark = await tab.locator("#search-results mark").first.inner_text()
                at_first = len(fetched)
                await tab.locator(".more-results").click()
                await tab.locator("#search-results li").nth(10).wait_for()
                return at_first, shown, mark, await tab.locator("#search-results li").count()

        fetched, shown, mark, after = browser.run(go())
    assert (fetched, shown, mark) == (10, 10, "気候変動")
    assert after > shown


def test_a_browser_that_has_kept_an_older_index_gets_todays(browser: Browser) -> None:
    index = (SITE / "ja/_static/handbook-index.js").read_text(encoding="utf-8")
    older = re.sub(r'(?<="edition":")\w+', "0123456789", index)
    assert older != index

    with served(SITE) as address:

        async def go() -> str:
            async with browser.tab() as tab:
                await tab.route("**/handbook-index.js", lambda route: route.fulfill(body=older))
                await tab.goto(f"{address}/ja/search.html?{urlencode({'q': '憲章'})}")
                await tab.locator('#search-results [role="status"]').wait_for()
                return str(await tab.locator("#search-results a").first.get_attribute("href"))

        assert browser.run(go()) == "about/charter.html"


@pytest.mark.parametrize(("language", "query"), [("ja", "憲章"), ("en", "charter")])
def test_a_query_loads_the_terms_that_it_needs_and_no_others(language: str, query: str, browser: Browser) -> None:
    visit = results(browser, language, query).visit

    there = set((SITE / language / "_static").glob("handbook-terms-*"))
    loaded = {url for url in visit.requests if "handbook-terms-" in url}
    assert 1 <= len(loaded) < len(there)
