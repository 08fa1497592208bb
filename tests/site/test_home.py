"""The home page: what this is, what is in it, where to start; and what only the site offers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.site.pages import PROJECT, Page, attribute, parsed

if TYPE_CHECKING:
    from tests.conftest import TinyProject
    from tests.site.browser import Browser


def test_the_home_page_has_a_card_for_each_part(language: str) -> None:
    page = Page(language, "index")
    parts = re.findall(r"^(\w+)/index$", (PROJECT.docs / "index.md").read_text(encoding="utf-8"), re.MULTILINE)
    cards = page.html.select("ul.cards > li")
    assert [attribute(card.select("a")[0], "href") for card in cards] == [f"{part}/index.html" for part in parts]
    assert all(len(card.select("p")) == 2 for card in cards), "each says what is in it"


def test_the_home_page_gives_key_figures_with_their_sources(language: str) -> None:
    values = Page(language, "index").html.select("dl.key-figures > dd")
    assert len(values) == 4
    for value in values:
        assert re.search(r"\d", value.select(".key-value")[0].get_text())
        assert value.select(".key-source .bibtex-citation a")


@pytest.mark.parametrize("width", [360, 412, 1280])
def test_key_figures_that_are_links_are_large_enough_to_press(language: str, width: int, browser: Browser) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, since other links are near."""

    async def heights() -> list[float]:
        async with browser.tab() as tab:
            await tab.set_viewport_size({"width": width, "height": 800})
            await tab.goto(Page(language, "index").url)
            script = "links => links.map(link => link.getBoundingClientRect().height)"
            found: list[float] = await tab.locator(".key-value a").evaluate_all(script)
            return found

    found = browser.run(heights())
    assert found
    assert min(found) >= 24


def test_the_home_page_offers_the_books_with_format_and_size(language: str) -> None:
    page = Page(language, "index")
    (offer,) = page.html.select("article .offer")
    assert re.findall(r"(PDF|EPUB)\W+(\d+\.\d MB)", offer.get_text())[1:], offer.get_text()
    for link in offer.select("a"):
        assert (page.file.parent / attribute(link, "href")).resolve().is_file()


def test_the_home_page_tells_the_newest_changes_and_leads_to_all(language: str) -> None:
    news = Page(language, "index").html.select("ul.changes > li a")
    every = Page(language, "reference/changes").html.select("ul.changes > li")
    assert 3 <= len(news) < len(every)
    assert [attribute(link, "href") for link in news] == [
        f"reference/changes.html#{change['id']}" for change in every[: len(news)]
    ]


@pytest.mark.parametrize("builder", ["typst", "epub"])
def test_books_offer_neither_themselves_nor_a_feed(tiny_project: TinyProject, builder: str) -> None:
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.write("docs/index.md", "# はじめに\n\n前。\n\n```{downloads}\n```\n\n```{feed-link}\n```\n\n後。\n")

    build = tiny_project.build(builder=builder)

    assert not build.warnings
    if builder == "epub":
        shown = parsed(build.output / "index.xhtml").get_text()
        assert "前。" in shown
        assert not re.search("PDF|EPUB|Atom", shown)
