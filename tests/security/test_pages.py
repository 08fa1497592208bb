"""What contributors type comes out of every page as text: it runs nothing, asks for nothing and adds no element."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from tests.security.conftest import LANGUAGES
from tests.security.hostile import ALL
from tests.site.browser import Browser, Visit, installed_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.security.conftest import Hostile

#: Lists what no page of ours has, and what only values could have brought.
_STRANGE = """() => {
    const found = [];
    const here = new URL(".", document.baseURI).protocol;
    for (const element of document.querySelectorAll("*")) {
        const name = element.localName;
        if (["iframe", "object", "embed", "base", "foreignObject", "animate", "set"].includes(name)) found.push(name);
        if (name === "script" && !element.src && !["application/ld+json", "application/json"].includes(element.type)
            && !/^\\s*(document\\.body\\.dataset\\.theme|document\\.documentElement)/.test(element.textContent))
            found.push(`script: ${element.textContent.slice(0, 80)}`);
        if (name === "style" && /url\\(|@import/.test(element.textContent)) found.push("style");
        for (const {name: key, value} of element.attributes) {
            if (/^on/i.test(key)) found.push(`${name} ${key}`);
            if (["href", "src", "action", "xlink:href", "srcset", "poster"].includes(key)
                && !/^(https?:|mailto:|file:|data:image\\/|#|[^:]*$)/i.test(value)) found.push(`${name} ${key}=${value}`);
        }
    }
    for (const image of document.images) if (!/^(file|data):/.test(image.src)) found.push(image.src);
    return found;
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with installed_chromium() as browser:
        yield browser


def opened(browser: Browser, addresses: list[str]) -> tuple[Visit, list[str], list[str]]:
    """Open pages; return what was noticed, the dialogs and what is strange in the pages."""
    visit, dialogs, strange = Visit(), [], []

    async def go() -> None:
        async with browser.tab(visit=visit) as tab:

            async def dismiss(dialog: Any) -> None:
                dialogs.append(dialog.message)
                await dialog.dismiss()

            tab.on("dialog", dismiss)
            for address in addresses:
                await tab.goto(address)
                if address.endswith("/old.html"):
                    await tab.wait_for_url("**/page.html")
                if "search.html?q=" in address:
                    await tab.locator("#search-results h2").wait_for()
                for name in await tab.evaluate(_STRANGE):
                    strange.append(f"{address}: {name}")

    browser.run(go())
    return visit, dialogs, strange


def test_the_hostile_handbook_builds_without_a_complaint(hostile: Hostile) -> None:
    assert {language: build.warnings for language, build in hostile.builds.items()} == {"ja": [], "en": []}


def test_no_page_runs_asks_for_or_holds_what_was_typed(hostile: Hostile, chromium: Browser) -> None:
    addresses = [page.as_uri() for page in hostile.pages]
    assert len(addresses) >= 2 * 7 + 2
    for language in LANGUAGES:
        addresses += [
            f"{hostile.site.as_uri()}/{language}/search.html?q={quote(query)}" for query in (ALL, "Title <b>")
        ]

    visit, dialogs, strange = opened(chromium, addresses)

    assert dialogs == []
    assert strange == []
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith((f"{hostile.site.as_uri()}/", "data:image/"))] == []


def test_the_policy_of_a_page_stands_before_all_that_it_governs(hostile: Hostile) -> None:
    for page in hostile.pages:
        head = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").select("head > *")
        policy = next(at for at, tag in enumerate(head) if tag.get("http-equiv") == "Content-Security-Policy")
        # What the pages without a theme begin with are constants.
        assert {tag.get("name", tag.name) for tag in head[:policy]} <= {"meta", "viewport", "color-scheme"}, page


def test_readers_see_the_texts_of_records_as_they_were_typed(hostile: Hostile) -> None:
    shown = squeezed(" ".join(shown_in(page) for page in hostile.pages if "/ja/" in page.as_posix()))
    # Each text begins with the name of its field. Some are for data or for drawings alone.
    on_pages = [text for text in hostile.texts if squeezed(text.split("<")[0]) in shown]
    assert len(on_pages) > 50
    assert [text[:40] for text in on_pages if squeezed(text).replace("{value}", "") not in shown] == []


def shown_in(page: Path) -> str:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").get_text()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_data_inside_pages_is_data_to_its_end(hostile: Hostile) -> None:
    found = 0
    for page in hostile.pages:
        for script in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select("script[type*=json]"):
            text = script.get_text()
            json.loads(text)
            found += "alert(1)" in text
            assert "<" not in text, page
    assert found > 4


@pytest.mark.parametrize("name", ["ja/feed.xml", "en/feed.xml", "sitemap.xml"])
def test_files_for_programs_are_whole_and_hold_text_alone(hostile: Hostile, name: str) -> None:
    root = ET.parse(hostile.site / name).getroot()
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    allowed = {"feed", "id", "title", "updated", "author", "name", "rights", "link", "entry", "category", "summary"}
    assert names <= allowed | {"urlset", "url", "loc"}
