"""With the keyboard alone: the text first, then menus, search and languages; the place is always to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site.browser import NARROW, WIDE, Browser
from tests.site.pages import Page

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab

#: Names where the focus is, and whether an outline shows it there, or on the sign of a switch that is not seen itself.
_HERE = """() => {
    const here = document.activeElement;
    const shown = [here, ...(here.labels ?? [])].filter(element => element.checkVisibility({checkOpacity: true}));
    return {
        name: here.id || here.className.split(" ")[0] || here.name,
        menu: !!here.closest(".sidebar-drawer"),
        text: !!here.closest("article"),
        switch: !!here.closest(".language-switch"),
        outlined: shown.some(element => getComputedStyle(element).outlineStyle === "solid"),
    };
}"""

#: More stops than there are before the text of a page.
_MANY = 60


async def _walk_to_text(tab: Tab) -> list[dict[str, object]]:
    stops: list[dict[str, object]] = []
    while len(stops) < _MANY:
        await tab.keyboard.press("Tab")
        stops.append(await tab.evaluate(_HERE))
        if stops[-1]["text"]:
            break
    return stops


def test_the_tab_key_comes_by_everything_and_shows_where_it_is(language: str, browser: Browser) -> None:
    async def walk() -> list[dict[str, object]]:
        async with browser.tab(width=WIDE) as tab:
            await tab.goto(Page(language, "organization/structure").url)
            return await _walk_to_text(tab)

    stops = browser.run(walk())
    names = [stop["name"] for stop in stops]
    assert [stop for stop in stops if not stop["outlined"]] == []
    assert names[0] == "skip-to-content"
    assert {"sidebar-search", "theme-toggle", "toctree-checkbox-1"} <= set(names)
    assert len([stop for stop in stops if stop["switch"]]) == 2
    assert stops[-1]["text"]


def test_the_first_link_leads_to_the_text(language: str, browser: Browser) -> None:
    async def skip() -> tuple[str, dict[str, object]]:
        async with browser.tab() as tab:
            await tab.goto(Page(language, "organization/structure").url)
            await tab.keyboard.press("Tab")
            label = await tab.locator(":focus").inner_text()
            await tab.keyboard.press("Enter")
            await tab.keyboard.press("Tab")
            return label, await tab.evaluate(_HERE)

    label, stop = browser.run(skip())
    assert label == {"ja": "本文へ進む", "en": "Skip to content"}[language]
    assert stop["text"]


def test_on_a_phone_the_keyboard_opens_the_menu_and_never_gets_lost_in_a_closed_one(browser: Browser) -> None:
    async def walk() -> tuple[list[dict[str, object]], list[bool]]:
        async with browser.tab(width=NARROW) as tab:
            await tab.goto(Page("ja", "organization/structure").url)
            stops = await _walk_to_text(tab)
            search = tab.locator(".sidebar-search")
            seen = [await search.is_visible()]
            for key, at in (("Space", "#__navigation"), ("Escape", ".sidebar-search")):
                await tab.locator(at).focus()
                await tab.keyboard.press(key)
                seen.append(await search.is_visible())
            return stops, seen

    stops, seen = browser.run(walk())
    assert [stop for stop in stops if stop["menu"] or not stop["outlined"]] == []
    assert [stop["name"] for stop in stops[:3]] == ["skip-to-content", "__navigation", "__toc"]
    assert seen == [False, True, False]
