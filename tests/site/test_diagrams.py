"""Diagrams: in the page, in its language, for eyes, ears, keyboards and phones; and drawn anew when they change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from handbook.content.diagrams import stale_drawings, svg_path
from handbook.diagrams.sources import hierarchy_source, in_timeline, of_era
from handbook.knowledge import Body, Era, load
from handbook.translation import Edition, Translation
from tests.site.browser import NARROW, WIDE, Browser
from tests.site.pages import (
    JAPANESE,
    LANGUAGES,
    PROJECT,
    ROOT,
    SOURCE_LANGUAGE,
    Page,
    anchors,
    attribute,
    docnames,
    squeezed,
    target,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

#: The smallest text that can be read, in CSS pixels.
READABLE = 10
#: WCAG 1.4.3 for text of normal size.
CONTRAST = 4.5


@dataclass(frozen=True)
class Diagram:
    """A diagram in a page, as its source in docs/ has it."""

    page: Page
    name: str
    kind: str
    labels: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}.{self.page.language}"

    @property
    def svg(self) -> Tag:
        found = self.page.html.select(f'svg[id="diagram-{self.name}"]')
        assert len(found) == 1, (
            f"{self.page} shows the diagram {self.name} {len(found)} times; if it is stale: make diagrams"
        )
        return found[0]

    @property
    def text(self) -> str:
        """Return what is written in the drawing, without spaces."""
        return squeezed("".join(tag.get_text() for tag in self.svg.find_all("text")))


@cache
def edition(language: str) -> Edition:
    base = load(PROJECT.knowledge, project=ROOT)
    return Edition(base, Translation.load(PROJECT.locales, language=language, source_language=SOURCE_LANGUAGE))


@cache
def messages(language: str, docname: str) -> dict[str, str]:
    """Return a page's translations, by message."""
    if language == SOURCE_LANGUAGE:
        return {}
    with (PROJECT.locales / language / "LC_MESSAGES" / f"{docname}.po").open(encoding="utf-8") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream, locale=language)}


def source_of(docname: str) -> str:
    """Return the source of a page without the examples in it."""
    source = (PROJECT.docs / f"{docname}.md").read_text(encoding="utf-8")
    return re.sub(r"^(`{3,})\{code-block\}.*?^\1$", "", source, flags=re.S | re.M)


def diagrams_of(page: Page) -> list[Diagram]:
    """Return the diagrams that the source of a page asks for, with the labels that they must show."""
    found = []
    for fence, body in re.findall(
        r"^`{3,}(\{hierarchy\}|\{timeline\}[^\n]*|mermaid)\n(.*?)^`{3,}$", source_of(page.docname), re.S | re.M
    ):
        if fence == "mermaid":
            name = re.search(r"^name: *(\S+)", body, re.M)
            assert name, f"a diagram in {page.docname} has no name"
            labels = tuple(re.findall(r'"([^"]*)"', body))
            found.append(Diagram(page, name[1], "hand-written", labels))
        elif fence == "{hierarchy}":
            found.append(Diagram(page, "hierarchy", "hierarchy"))
        else:
            era = fence.split()[1]
            found.append(Diagram(page, f"timeline-{era.removeprefix('era-')}", "timeline", (era,)))
    return found


DIAGRAMS = [diagram for language in LANGUAGES for name in docnames() for diagram in diagrams_of(Page(language, name))]
PAGES_WITH_CHARTS = [
    Page(language, name)
    for language in LANGUAGES
    for name in docnames()
    if re.search(r"^`{3,}\{(count-)?chart\}", source_of(name), re.M)
]
PAGES_WITH_DIAGRAMS = list(dict.fromkeys([*(diagram.page for diagram in DIAGRAMS), *PAGES_WITH_CHARTS]))
every_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=str)
every_page_with_diagrams = pytest.mark.parametrize("page", PAGES_WITH_DIAGRAMS, ids=str)


# -- drawn anew when they change ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_committed_drawings_are_current(language: str, site: None, tmp_path: Path) -> None:
    with PROJECT.sphinx("dummy", language, tmp_path, PROJECT.build / "doctrees" / language) as app:
        stale = sorted(svg_path(app, drawing).name for drawing in stale_drawings(app))
    assert stale == [], "these drawings are missing or out of date; to draw them: make diagrams"


def test_every_committed_drawing_belongs_to_a_page() -> None:
    committed = {file.name for file in (PROJECT.docs / "_diagrams").glob("*")}
    wanted = {f"{diagram.name}.{diagram.page.language}.svg" for diagram in DIAGRAMS}
    assert committed - wanted == set(), "no page shows these; delete them"


def test_the_handbook_has_a_hierarchy_a_timeline_for_each_era_and_drawings_by_hand() -> None:
    eras = {f"timeline-{era.id.removeprefix('era-')}" for era in edition(SOURCE_LANGUAGE).base.all(Era)}
    for language in LANGUAGES:
        names = [diagram.name for diagram in DIAGRAMS if diagram.page.language == language]
        assert {"hierarchy", "ccp-milestones", *eras} <= set(names)
        assert len(names) == len(set(names)), "two diagrams have one name"


# -- what the pages hold -----------------------------------------------------------------------------------------------


@every_diagram
def test_a_diagram_is_a_figure_with_a_caption(diagram: Diagram, site: None) -> None:
    figure = diagram.svg.find_parent("figure")
    assert figure is not None
    caption = figure.find("figcaption")
    assert caption is not None
    assert caption.get_text(strip=True)


@every_diagram
def test_a_diagram_has_a_title_and_a_description_for_screen_readers(diagram: Diagram, site: None) -> None:
    svg = diagram.svg
    assert "graphics-document" in attribute(svg, "role").split()
    title = svg.find("title", recursive=False)
    assert title is not None, "no <title>"
    assert title.get_text(strip=True)
    assert attribute(title, "id") in attribute(svg, "aria-labelledby").split()
    if diagram.kind != "hand-written":  # where the title is a whole sentence
        description = svg.find("desc", recursive=False)
        assert description is not None, "no <desc>"
        assert description.get_text(strip=True)
        assert attribute(description, "id") in attribute(svg, "aria-describedby").split()


@pytest.mark.parametrize("diagram", [diagram for diagram in DIAGRAMS if diagram.kind == "hand-written"], ids=str)
def test_the_title_of_a_drawing_by_hand_is_a_sentence_about_what_is_seen(diagram: Diagram, site: None) -> None:
    """Not "a diagram of …": screen readers say by themselves what it is."""
    title = diagram.svg.find("title", recursive=False)
    assert title is not None
    assert title.get_text(strip=True).endswith(("ます。", "."))


@pytest.mark.translated
@every_diagram
def test_a_diagram_is_in_the_language_of_the_page(diagram: Diagram, site: None) -> None:
    svg, language = diagram.svg, diagram.page.language
    assert attribute(svg, "lang") in ("", language)
    spoken = [tag.get_text() for tag in svg.find_all(["title", "desc"])]
    for text in [*spoken, diagram.text]:
        assert bool(JAPANESE.search(text)) == (language == "ja"), text


@every_diagram
def test_a_diagram_shows_every_label_in_the_language_of_the_page(diagram: Diagram, site: None) -> None:
    shown = diagram.text
    missing = [label for label in labels_of(diagram) if squeezed(label) not in shown]
    assert missing == [], shown


def labels_of(diagram: Diagram) -> list[str]:
    """Return the texts of a diagram, in the language of its page."""
    language = diagram.page.language
    known = edition(language)
    if diagram.kind == "hierarchy":
        lines = [line for line in hierarchy_source(known).splitlines() if not line.strip().startswith("click")]
        labels = [label for line in lines for label in re.findall(r'"([^"]*)"', line)]
        return [*(known.name(body).text for body in known.base.all(Body)), *map(without_breaks, labels)]
    if diagram.kind == "timeline":
        era = known.base.records[diagram.labels[0]]
        assert isinstance(era, Era)
        shown = in_timeline(known, era)
        years = {known.translation.year(milestone.date) for milestone in shown}
        return [*(known.translation.text(item.label or item.name).text for item in shown), *sorted(years)]
    translations = messages(language, diagram.page.docname)
    labels = [translations.get(label) or label for label in diagram.labels]
    return list(map(without_breaks, labels))


def without_breaks(label: str) -> str:
    return re.sub(r" *<br ?/?> *", " ", label)


@pytest.mark.parametrize("diagram", [diagram for diagram in DIAGRAMS if diagram.kind == "timeline"], ids=str)
def test_beside_a_timeline_stand_all_events_of_its_era_as_text(diagram: Diagram, site: None) -> None:
    section = diagram.svg.find_parent("section")
    assert section is not None
    listed = squeezed("".join(item.get_text() for item in section.select("ul li")))
    known = edition(diagram.page.language)
    era = known.base.records[diagram.labels[0]]
    assert isinstance(era, Era)
    missing = [known.name(item).text for item in of_era(known, era) if squeezed(known.name(item).text) not in listed]
    assert missing == []


@pytest.mark.parametrize("diagram", [diagram for diagram in DIAGRAMS if diagram.kind == "hierarchy"], ids=str)
def test_beside_the_hierarchy_stand_all_bodies_as_text(diagram: Diagram, site: None) -> None:
    section = diagram.svg.find_parent("section")
    assert section is not None
    listed = squeezed("".join(item.get_text() for item in section.select("ul li")))
    known = edition(diagram.page.language)
    names = [known.name(body).text for body in known.base.all(Body)]
    assert [name for name in names if squeezed(name) not in listed] == []


@pytest.mark.parametrize("diagram", [diagram for diagram in DIAGRAMS if diagram.kind == "hierarchy"], ids=str)
def test_each_box_of_the_hierarchy_leads_to_where_the_body_is_described(diagram: Diagram, site: None) -> None:
    places = [target(diagram.page, attribute(link, "href")) for link in diagram.svg.select("a[href]")]
    bodies = [body.id for body in edition(diagram.page.language).base.all(Body)]
    assert sorted(place[1] for place in places if place) == sorted(bodies)
    for place in places:
        assert place is not None
        file, fragment = place
        assert file.is_file()
        assert fragment in anchors(file)


@every_diagram
def test_a_diagram_brings_nothing_active_or_foreign(diagram: Diagram, site: None) -> None:
    svg = diagram.svg
    assert (
        svg.find_all(["script", "foreignobject", "foreignObject", "iframe", "image", "style", "animate", "set"]) == []
    )
    attributes = [(tag.name, name, attribute(tag, name)) for tag in svg.find_all(True) for name in tag.attrs]
    assert [found for found in attributes if found[1].startswith("on")] == []
    assert [found for found in attributes if re.search(r"javascript:|url\((?!#)", found[2])] == []


# -- in a browser ------------------------------------------------------------------------------------------------------

#: The size of each text of each diagram, as it comes out on the screen.
_SIZES = """() => [...document.querySelectorAll("svg.diagram")].flatMap(svg =>
    [...svg.querySelectorAll("text, tspan")].filter(text => text.textContent.trim()).map(text => {
        const matrix = text.getScreenCTM();
        const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b);
        return [size, `${svg.id}: ${text.textContent.trim()}`];
    }))"""

#: What hides a part of a diagram without a way to scroll to it.
_CUT_OFF = """() => [...document.querySelectorAll("svg.diagram")].filter(svg => {
    const box = svg.getBoundingClientRect();
    let region = svg.parentElement;
    while (region && !["auto", "scroll"].includes(getComputedStyle(region).overflowX)) {
        if (region === document.body) region = null; else region = region.parentElement;
    }
    const inside = box.left >= 0 && box.right <= document.documentElement.clientWidth + 0.5;
    if (inside) return false;
    if (!region || !region.closest("figure")) return true;
    const frame = region.getBoundingClientRect();
    return frame.right > document.documentElement.clientWidth + 0.5 || region.scrollWidth < box.width - 0.5
        || region.tabIndex < 0;
}).map(svg => svg.id)"""

#: The diagrams that one has to scroll to see whole.
_SCROLLED = """() => [...document.querySelectorAll("svg.diagram")]
    .filter(svg => svg.getBoundingClientRect().width > svg.closest("figure").clientWidth + 0.5).map(svg => svg.id)"""

#: The contrast of each text of each diagram with what it is written on.
_CONTRASTS = """() => {
    const parse = colour => {
        const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
        return {r, g, b, a};
    };
    const over = (top, below) => ({
        r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a),
        b: top.b * top.a + below.b * (1 - top.a), a: 1});
    const luminance = ({r, g, b}) => {
        const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = (x, y) => {
        const layers = [];
        for (const other of [...document.elementsFromPoint(x, y), document.body, document.documentElement]) {
            const style = getComputedStyle(other);
            const shape = other instanceof SVGGeometryElement;
            if (other instanceof SVGElement && !shape) continue;
            const paint = shape ? style.fill : style.backgroundColor;
            if (!/^rgb/.test(paint)) continue;
            const colour = parse(paint);
            if (shape) colour.a *= parseFloat(style.fillOpacity) * parseFloat(style.opacity);
            if (colour.a > 0) layers.push(colour);
            if (colour.a === 1) break;
        }
        return layers.reverse().reduce((below, top) => over(top, below), {r: 255, g: 255, b: 255, a: 1});
    };
    const found = [];
    for (const svg of document.querySelectorAll("svg.diagram")) {
        for (const text of svg.querySelectorAll("text")) {
            if (!text.textContent.trim()) continue;
            text.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
            const inner = text.querySelector("tspan") || text;
            const box = inner.getBoundingClientRect();
            const back = ground(box.left + box.width / 2, box.top + box.height / 2);
            const front = over(parse(getComputedStyle(inner).fill), back);
            const [low, high] = [luminance(front), luminance(back)].sort((a, b) => a - b);
            found.push([(high + 0.05) / (low + 0.05), `${svg.id}: ${text.textContent.trim()}`]);
        }
    }
    return found;
}"""


@every_page_with_diagrams
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_text_of_diagrams_is_large_enough_to_read(page: Page, width: int, browser: Browser) -> None:
    async def measure() -> tuple[list[tuple[float, str]], list[str]]:
        async with browser.used_tab(width=width) as tab:
            await tab.goto(page.url)
            return await tab.evaluate(_SIZES), await tab.evaluate(_CUT_OFF)

    sizes, cut_off = browser.run(measure())
    assert sizes, "no diagram holds text"
    assert [(round(size, 1), text) for size, text in sizes if size < READABLE] == []
    assert cut_off == [], "parts of these cannot be scrolled to"


@every_page_with_diagrams
def test_on_a_wide_screen_a_diagram_is_seen_whole(page: Page, browser: Browser) -> None:
    async def measure() -> list[str]:
        async with browser.used_tab() as tab:
            await tab.goto(page.url)
            found: list[str] = await tab.evaluate(_SCROLLED)
            return found

    assert browser.run(measure()) == [], "these are wider than the text"


@every_page_with_diagrams
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_text_of_diagrams_stands_out_from_the_ground(page: Page, dark: bool, browser: Browser) -> None:
    async def measure() -> list[tuple[float, str]]:
        async with browser.used_tab(dark=dark) as tab:
            await tab.goto(page.url)
            found: list[tuple[float, str]] = await tab.evaluate(_CONTRASTS)
            return found

    contrasts = browser.run(measure())
    assert contrasts, "no diagram holds text"
    assert [(round(contrast, 2), text) for contrast, text in contrasts if contrast < CONTRAST] == []


@every_page_with_diagrams
def test_the_links_of_diagrams_can_be_reached_and_followed_by_keyboard(page: Page, browser: Browser) -> None:
    links = [attribute(link, "href") for link in page.html.select("svg.diagram a[href]")]

    async def walk() -> tuple[list[str], str]:
        reached = []
        async with browser.tab() as tab:
            await tab.goto(page.url)
            for position in range(len(links)):
                if position == 0:
                    await tab.locator("svg.diagram a").first.focus()
                else:
                    await tab.keyboard.press("Tab")
                reached.append(await tab.evaluate("document.activeElement.getAttribute('href')"))
            if links:
                await tab.keyboard.press("Enter")
                await tab.wait_for_url(lambda url: url != page.url)
            return reached, tab.url

    reached, address = browser.run(walk())
    assert reached == links
    if links:
        place = target(page, links[-1])
        assert place is not None
        assert address == f"{place[0].as_uri()}#{place[1]}"
