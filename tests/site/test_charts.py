"""Charts in the built pages: pictures of the records, with the same content as text. How they look: `test_diagrams`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import Figure, Office
from tests.site.pages import JAPANESE, Page, attribute, squeezed
from tests.site.test_diagrams import PAGES_WITH_CHARTS, edition
from tests.site.test_search import results

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.site.browser import Browser

every_page_with_charts = pytest.mark.parametrize("page", PAGES_WITH_CHARTS, ids=str)


def charts_of(page: Page) -> list[Tag]:
    found = page.html.select("figure.chart svg.diagram")
    assert found, f"{page} shows no chart"
    return found


def labels_of(svg: Tag) -> list[str]:
    return [text.get_text() for text in svg.find_all("text")]


def test_members_and_offices_have_charts() -> None:
    assert {page.docname for page in PAGES_WITH_CHARTS} >= {"organization/members", "organization/offices"}


@every_page_with_charts
def test_a_chart_is_a_picture_with_a_name_a_description_and_a_caption(page: Page, site: None) -> None:
    for svg in charts_of(page):
        assert attribute(svg, "role") == "img"
        for name, tag in (("aria-labelledby", "title"), ("aria-describedby", "desc")):
            label = svg.find(tag, id=attribute(svg, name))
            assert label is not None
            assert label.get_text(strip=True)
        assert svg.find_parent("figure").select("figcaption .caption-text")  # type: ignore[union-attr]


@every_page_with_charts
def test_a_chart_holds_nothing_but_shapes_and_texts_whose_colours_follow_the_page(page: Page, site: None) -> None:
    for svg in charts_of(page):
        assert {tag.name for tag in svg.find_all(True)} <= {"title", "desc", "g", "line", "circle", "rect", "text"}
        colours = [
            attribute(tag, name) for tag in svg.find_all(True) for name in ("fill", "stroke") if name in tag.attrs
        ]
        assert [
            colour for colour in colours if not re.fullmatch(r"var\(--diagram-[a-z0-9-]+, #[0-9a-f]{6}\)", colour)
        ] == []


@every_page_with_charts
def test_a_chart_is_in_the_language_of_the_page(page: Page, site: None) -> None:
    for svg in charts_of(page):
        texts = [*labels_of(svg), *(tag.get_text() for tag in svg.find_all(["title", "desc"]))]
        assert bool(JAPANESE.search(" ".join(texts))) == (page.language == "ja"), texts


def test_the_newest_number_of_members_is_in_the_chart_and_every_one_in_the_table_beside_it(
    language: str, site: None
) -> None:
    known = edition(language)
    figure = known.base.records["members"]
    assert isinstance(figure, Figure)
    page = Page(language, "organization/members")
    (svg,) = charts_of(page)
    assert known.translation.number(figure, figure.observations[0]) in labels_of(svg)
    section = svg.find_parent("section")
    assert section is not None
    listed = squeezed("".join(row.get_text() for row in section.select("table#members tr")))
    for observation in figure.observations:
        assert squeezed(known.translation.amount(figure, observation).text) in listed


def test_the_offices_are_counted_by_region_in_bars_and_in_a_table(language: str, site: None) -> None:
    known = edition(language)
    regions = [
        known.translation.text(office.region).text
        for office in known.base.all(Office)
        if office.region and not office.until
    ]
    page = Page(language, "organization/offices")
    (svg,) = charts_of(page)
    rows = {
        row.select("th, td")[0].get_text(strip=True): row.select("th, td")[1].get_text(strip=True)
        for row in page.html.select("details.chart-values tbody tr")
    }
    assert rows == {region: str(regions.count(region)) for region in regions}
    written = squeezed("".join(labels_of(svg)))
    assert [region for region in rows if squeezed(region) not in written] == []
    assert list(rows.values()) == sorted(rows.values(), key=int, reverse=True)


@pytest.mark.parametrize(("language", "query"), [("ja", "2,600以上"), ("en", "more than 2,600")], ids=["ja", "en"])
def test_a_label_of_a_chart_finds_its_page(language: str, query: str, browser: Browser) -> None:
    assert Page(language, "organization/members") in results(browser, language, query).pages
