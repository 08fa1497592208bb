"""On paper, in colours that the reader forces, and as cards on a phone, a page keeps what it says."""

from __future__ import annotations

import pytest

from tests.site.browser import NARROW, Browser
from tests.site.pages import LANGUAGES, Page

#: What leads elsewhere on a screen and nowhere on paper.
_NAVIGATION = (
    ".skip-to-content, .sidebar-toggle, .mobile-header, .sidebar-drawer, .toc-drawer, .language-switch,"
    " .theme-toggle, .related-pages, .back-to-top, .headerlink"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_a_page_is_text_and_drawings_in_dark_ink(language: str, browser: Browser) -> None:
    async def look() -> tuple[list[str], bool, str, str]:
        async with browser.tab(dark=True) as tab:
            await tab.goto(Page(language, "organization/structure").url)
            await tab.emulate_media(media="print")
            shown = await tab.locator(_NAVIGATION).evaluate_all(
                "parts => parts.filter(part => part.checkVisibility()).map(part => part.className)"
            )
            drawn = await tab.locator("svg.diagram").first.is_visible()
            ink, box = await tab.evaluate(
                """() => [getComputedStyle(document.querySelector("article p")).color,
                          getComputedStyle(document.querySelector("svg.diagram .node rect")).fill]"""
            )
            return shown, drawn, ink, box

    shown, drawn, ink, box = browser.run(look())
    assert shown == []
    assert drawn
    assert _lightness(ink) < 0.3
    assert _lightness(box) > 0.7


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_in_forced_colours_drawings_and_the_present_language_can_be_told(dark: bool, browser: Browser) -> None:
    async def look() -> list[str]:
        async with browser.tab(dark=dark) as tab:
            await tab.emulate_media(forced_colors="active")
            await tab.goto(Page("en", "organization/structure").url)
            found: list[str] = await tab.evaluate(
                """() => {
                    const style = place => getComputedStyle(document.querySelector(place));
                    return [
                        style("svg.diagram").backgroundColor,
                        style("svg.diagram .edges path").stroke,
                        style("svg.diagram .node rect").fill, style("svg.diagram .node text").fill,
                        style(".language-switch [aria-current]").backgroundColor,
                        style(".language-switch a:not([aria-current])").backgroundColor,
                    ];
                }"""
            )
            return found

    ground, line, box, text, present, other = browser.run(look())
    assert abs(_lightness(ground) - _lightness(line)) > 0.3
    assert abs(_lightness(box) - _lightness(text)) > 0.5
    assert present != other


def test_on_a_phone_each_line_of_a_record_says_what_it_is(language: str, browser: Browser) -> None:
    async def look() -> list[tuple[str, str, str]]:
        async with browser.tab(width=NARROW) as tab:
            await tab.goto(Page(language, "organization/leaders").url)
            found: list[tuple[str, str, str]] = await tab.evaluate(
                """() => [...document.querySelectorAll("article table.records td")]
                    .filter(cell => cell.checkVisibility() && cell.querySelector("p:not(:empty, .mentions)"))
                    .map(cell => [getComputedStyle(cell, "::before").content,
                        cell.closest("table").querySelectorAll("thead th")[cell.cellIndex].textContent, cell.textContent])"""
            )
            return found

    cells = browser.run(look())
    assert len(cells) > 50
    assert [cell for cell in cells if cell[0] != f'"{cell[1]}"'] == []


def _lightness(colour: str) -> float:
    """Return how light a colour is that a browser tells as `rgb(…)`, from 0 to 1."""
    return sum(int(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]) / (3 * 255)
