"""Drawings by themselves: as files that stand alone, large in a dialog, and as PNGs."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from handbook.diagrams.renderer import RENDERER_VERSION
from handbook.diagrams.svg import fingerprint, finish
from tests.site.browser import NARROW, WIDE, Browser, Visit
from tests.site.pages import Page, attribute, target
from tests.site.test_diagrams import PAGES_WITH_DIAGRAMS, every_page_with_diagrams

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page as Tab

    from tests.conftest import TinyProject

SVG = "{http://www.w3.org/2000/svg}"
XML = "{http://www.w3.org/XML/1998/namespace}"

STRUCTURE = Page("en", "organization/structure")


def files(page: Page) -> dict[str, Path]:
    """Return the files of a page's drawings, by the id of the drawing; each stands under the drawing twice."""
    found = {}
    for svg in page.html.select("svg.diagram"):
        figure = svg.find_parent("figure")
        assert figure is not None
        line = figure.find_next_sibling()
        assert line is not None
        large, save = line.select(".drawing-files a")
        place = target(page, attribute(large, "href"))
        assert place is not None
        assert save["href"] == large["href"]
        assert save.has_attr("download")
        assert not large.has_attr("download")
        found[attribute(svg, "id")] = place[0]
    return found


# -- files -------------------------------------------------------------------------------------------------------------


@every_page_with_diagrams
def test_under_each_drawing_stand_links_to_a_file_with_its_name_and_language(page: Page, site: None) -> None:
    names = {drawing: file.name for drawing, file in files(page).items()}
    assert names == {drawing: f"{drawing.removeprefix('diagram-')}.{page.language}.svg" for drawing in names}
    assert all(file.is_file() for file in files(page).values())


@every_page_with_diagrams
def test_the_file_of_a_drawing_says_all_that_it_needs(page: Page, site: None) -> None:
    for file in files(page).values():
        text = file.read_text(encoding="utf-8")
        svg = ElementTree.fromstring(text)
        assert svg.get("lang") == svg.get(f"{XML}lang") == page.language
        assert svg.findtext(f"{SVG}title")
        assert float(svg.get("width", 0)) > 0
        assert float(svg.get("height", 0)) > 0
        assert svg.get("font-family", "").endswith("sans-serif")
        ground = svg.find(f"{SVG}rect")
        assert ground is not None
        assert [ground.get("width"), ground.get("height"), ground.get("fill")] == [
            *svg.get("viewBox", "").split()[2:],
            "#ffffff",
        ]
        # Colours that no page defines, and links that lead nowhere once the file has been moved.
        assert "var(" not in text
        assert "href" not in text


def test_a_page_without_drawings_does_not_load_what_shows_them(site: None) -> None:
    def loads(page: Page) -> bool:
        return "drawings.js" in page.file.read_text(encoding="utf-8")

    assert all(loads(page) for page in PAGES_WITH_DIAGRAMS)
    assert not loads(Page("ja", "about/name"))


def test_a_markdown_twin_says_nothing_of_the_files(site: None) -> None:
    for page in PAGES_WITH_DIAGRAMS:
        assert ".svg" not in page.file.with_name(f"{page.file.name}.md").read_text(encoding="utf-8")


def test_in_a_file_links_lead_to_the_published_site(tiny_project: TinyProject) -> None:
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.replace("conf.py", 'author = "', 'handbook_base_url = "https://example.org/handbook"\nauthor = "')
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        "- {id: council, name: イクレイ議会, summary: 会員を代表します。, sources: [a], function: decides}\n",
    )
    tiny_project.write(
        "docs/index.md",
        '# はじめに\n\n```mermaid\n---\nname: steps\nalt: 流れ\n---\nflowchart LR\n  a["議会"]\n```\n\n'
        "```{record-table} body\n:columns: name\n:anchors:\n```\n\n```{bibliography}\n```\n",
    )
    [(drawing, _)] = tiny_project.build().env.get_domain("diagram").drawings["index"]  # type: ignore[attr-defined]
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><a href="#council"><text>議会</text></a></svg>'
    drawn = finish(svg, drawing, fingerprint=fingerprint(drawing, RENDERER_VERSION))
    tiny_project.write("docs/_diagrams/steps.ja.svg", drawn)

    output = tiny_project.build().output

    assert 'xlink:href="https://example.org/handbook/ja/index.html#council"' in (
        output / "diagrams/index/steps.ja.svg"
    ).read_text(encoding="utf-8")


# -- in a browser ------------------------------------------------------------------------------------------------------

#: What is true of the dialog that is open.
_DIALOG = """() => {
    const dialog = document.querySelector("dialog:modal");
    const drawing = dialog.querySelector(".diagram-scroll");
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    return {
        named: dialog.getAttribute("aria-label"),
        focused: dialog.contains(document.activeElement),
        twice: ids.filter((id, place) => ids.indexOf(id) !== place),
        links: drawing.querySelectorAll("svg a[href]").length,
        size: drawing.querySelector("svg").getBoundingClientRect().width,
        scrolls: drawing.scrollWidth > drawing.clientWidth,
        wide: dialog.scrollWidth > innerWidth || document.documentElement.scrollWidth > innerWidth,
    };
}"""

#: The link that has the focus, and what stands before its line.
_BACK = """() => [document.activeElement.textContent, document.querySelectorAll("dialog").length,
    document.activeElement.closest("ul").previousElementSibling.querySelectorAll(".diagram-scroll svg").length]"""


async def open_large(tab: Tab) -> None:
    await tab.goto(STRUCTURE.url)
    await tab.get_by_role("link", name="Open large").focus()
    await tab.keyboard.press("Enter")
    await tab.locator("dialog").wait_for()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_drawing_opens_large_and_closes_by_keyboard(width: int, browser: Browser) -> None:
    async def look() -> tuple[Any, list[str], list[Any]]:
        async with browser.tab(width=width, dark=width == WIDE) as tab:
            await open_large(tab)
            found, violations = await tab.evaluate(_DIALOG), await browser.axe_violations(tab)
            await tab.keyboard.press("Escape")
            await tab.locator("dialog").wait_for(state="detached")
            return found, violations, await tab.evaluate(_BACK)

    found, violations, back = browser.run(look())
    assert violations == []
    assert found["named"]
    assert found["focused"]
    assert found["twice"] == []
    assert found["links"] == len(STRUCTURE.html.select("svg.diagram a[href]"))
    assert found["size"] >= float(attribute(STRUCTURE.html.select("svg.diagram")[0], "width"))
    assert found["scrolls"] == (width == NARROW)
    assert not found["wide"]
    assert back == ["Open large", 0, 1]


@pytest.mark.parametrize("way", ["button", "ground", "outside"])
def test_the_dialog_closes_by_its_button_and_by_a_click_beside_the_drawing(way: str, browser: Browser) -> None:
    async def close() -> list[Any]:
        async with browser.tab() as tab:
            await open_large(tab)
            if way == "button":
                await tab.get_by_role("button", name="Close").click()
            elif way == "ground":
                await tab.locator("dialog .diagram-scroll").click(position={"x": 5, "y": 5})
            else:
                await tab.mouse.click(5, 5)
            await tab.locator("dialog").wait_for(state="detached")
            back: list[Any] = await tab.evaluate(_BACK)
            return back

    assert browser.run(close()) == ["Open large", 0, 1]


def test_a_drawing_is_saved_as_a_png_of_many_pixels(browser: Browser, tmp_path: Path) -> None:
    visit = Visit()

    async def save() -> tuple[str, Path]:
        async with browser.tab(dark=True, visit=visit) as tab:
            await tab.goto(STRUCTURE.url)
            async with tab.expect_download() as waiting:
                await tab.get_by_role("button", name="Save as PNG").click()
            download = await waiting.value
            await download.save_as(tmp_path / "saved.png")
            return download.suggested_filename, tmp_path / "saved.png"

    name, file = browser.run(save())
    assert visit.complaints == []
    assert name == "hierarchy.en.png"
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    svg = ElementTree.parse(files(STRUCTURE)["diagram-hierarchy"]).getroot()
    size = (float(svg.get("width", 0)), float(svg.get("height", 0)))
    assert struct.unpack(">II", data[16:24]) == tuple(3 * side for side in size)
    assert len(data) > 50_000, "nothing is drawn in it"


def test_without_javascript_a_drawing_opens_as_a_file_of_its_own(browser: Browser) -> None:
    visit = Visit()

    async def follow() -> tuple[int, str]:
        async with browser.tab(scripts=False, visit=visit) as tab:
            await tab.goto(STRUCTURE.url)
            buttons = await tab.locator(".drawing-files button").count()
            visit.requests.clear()
            await tab.get_by_role("link", name="Open large").click()
            await tab.wait_for_url("**/*.svg")
            return buttons, tab.url

    buttons, address = browser.run(follow())
    assert buttons == 0
    assert address == files(STRUCTURE)["diagram-hierarchy"].as_uri()
    assert visit.requests == [address], "the file needs others"
    assert visit.complaints == []
