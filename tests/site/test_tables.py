"""Tables of records: on a wide screen, no column is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site.pages import DOCUMENTS

if TYPE_CHECKING:
    from tests.site.browser import Browser

#: The tables that one has to scroll to see whole.
_SCROLLED = """() => [...document.querySelectorAll("table.records")]
    .filter(table => table.parentElement.scrollWidth > table.parentElement.clientWidth).map(table => table.id)"""


def test_on_a_wide_screen_tables_of_records_are_seen_whole(language: str, browser: Browser) -> None:
    pages = [page for page in DOCUMENTS if page.language == language and page.html.select_one("table.records")]
    assert pages

    async def measure() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        async with browser.used_tab() as tab:
            for page in pages:
                await tab.goto(page.url)
                if cut_off := await tab.evaluate(_SCROLLED):
                    found[str(page)] = cut_off
        return found

    assert browser.run(measure()) == {}
