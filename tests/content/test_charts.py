"""Charts in pages: drawn from records, in both languages, with the same content as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.content.charts import chart
from handbook.diagrams.svg import texts
from tests.conftest import CONF

if TYPE_CHECKING:
    from docutils import nodes

    from tests.conftest import Build, TinyProject

MEMBERS = """
    - id: members
      name: 会員数
      reading: かいいんすう
      pattern: "{value}の自治体"
      observations:
        - {value: 2500, qualifier: more-than, as_of: 2025-09, sources: [a]}
        - {value: 1500, qualifier: about, as_of: 2018-06-20, sources: [a]}
        - {value: 1500, qualifier: more-than, as_of: 2018-06, sources: [a]}
        - {value: 1300, key: source-page, sources: [a]}
        - {value: 900, as_of: 2008, sources: [a]}
"""
PAGE = "# はじめに\n\n```{chart} members\n```\n\n```{observations} members\n```\n\n```{bibliography}\n```\n"


#: The site's way of showing a chart; the tests of this room have no site.
SETUP = """

def setup(app):
    from handbook.content.charts import chart
    from handbook.site.diagrams import depart_diagram, visit_chart

    app.add_node(chart, override=True, html=(visit_chart, depart_diagram))
"""


@pytest.fixture
def members(tiny_project: TinyProject) -> TinyProject:
    tiny_project.write("conf.py", CONF + SETUP)
    tiny_project.source("a")
    tiny_project.write("knowledge/figures.yaml", MEMBERS)
    tiny_project.catalogue("knowledge", {"会員数": "Members", "{value}の自治体": "{value} governments"})
    tiny_project.catalogue("handbook", {"{value}以上": "more than {value}", "約{value}": "about {value}"})
    tiny_project.write("docs/index.md", PAGE)
    return tiny_project


def drawn(build: Build) -> nodes.Element:
    [found] = build.doctree().findall(chart)
    return found


# -- A figure over time ------------------------------------------------------------------------------------------------


def test_a_point_stands_for_each_dated_observation_and_the_same_value_in_a_month_counts_once(
    members: TinyProject,
) -> None:
    build = members.build()

    assert build.warnings == []
    svg = drawn(build)["svg"]
    assert svg.count("<circle") == 3
    assert texts(svg)[-3:] == ["2,500以上", "900", "約1,500"]


def test_a_chart_is_in_the_language_of_the_page(members: TinyProject) -> None:
    svg = drawn(members.build("en"))["svg"]

    assert 'lang="en"' in svg
    assert texts(svg) == [
        "0",
        "1,000",
        "2,000",
        "3,000",
        "2010",
        "2015",
        "2020",
        "2025",
        "more than 2,500",
        "900",
        "about 1,500",
    ]


def test_two_builds_draw_the_same(members: TinyProject) -> None:
    first = drawn(members.build())["svg"]
    members.write("docs/index.md", PAGE + "\n")

    assert drawn(members.build())["svg"] == first


def test_caption_and_title_are_the_writers_and_go_through_the_catalogue_of_the_page(members: TinyProject) -> None:
    members.replace(
        "docs/index.md", "members\n```\n\n```{obs", "members\n:caption: 増えた会員\n:alt: 点の図\n```\n\n```{obs"
    )
    members.catalogue("index", {"増えた会員": "More members", "点の図": "A chart of dots"})

    build = members.build("en")

    assert [caption.get_text() for caption in build.page().select("figcaption .caption-text")] == ["More members"]
    assert ">A chart of dots</title>" in drawn(build)["svg"]
    template = (members.build(builder="gettext").output / "index.pot").read_text(encoding="utf-8")
    assert 'msgid "増えた会員"' in template
    assert 'msgid "点の図"' in template


def test_the_search_can_find_what_is_written_in_a_chart(members: TinyProject) -> None:
    assert "2,500以上" in drawn(members.build()).astext()


def test_a_chart_away_from_its_observations_links_to_them(members: TinyProject) -> None:
    members.write("docs/index.md", "# はじめに\n\n```{chart} members\n```\n\n```{toctree}\nvalues\n```\n")
    members.write("docs/values.md", "# 数\n\n```{observations} members\n```\n\n```{bibliography}\n```\n")

    build = members.build()

    assert build.warnings == []
    assert [link["href"] for link in build.page().select("figure + p a")] == ["values.html#members"]


def test_beside_its_observations_a_chart_needs_no_link_to_them(members: TinyProject) -> None:
    assert members.build().page().select("figure + p") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{chart} member", "no record has the id 'member'"),
        ("{count-chart} figure\n:by: color", "records of kind 'figure' cannot be counted by 'color'"),
        ("{count-chart} figures\n:by: name", "'figures' is not a kind of record"),
    ],
)
def test_a_mistake_is_told_with_its_place(members: TinyProject, typed: str, said: str) -> None:
    members.write("docs/index.md", PAGE.replace("{chart} members", typed))

    [warning] = [line for line in members.build().warnings if said in line]
    assert warning.startswith("docs/index.md:3:")


def test_values_of_one_year_make_a_chart_that_names_it(members: TinyProject) -> None:
    members.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - {value: 900, as_of: 2008-09, sources: [a]}
            - {value: 800, as_of: 2008-03, sources: [a]}
        """,
    )

    assert texts(drawn(members.build())["svg"])[-3:] == ["2008年", "900", "800"]


def test_a_figure_with_one_date_makes_no_chart(members: TinyProject) -> None:
    members.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - {value: 900, as_of: 2008, sources: [a]}
            - {value: 1300, sources: [a]}
        """,
    )

    build = members.build()

    assert ["fewer than two observations" in line for line in build.warnings] == [True]
    assert not build.page().select("figure")


def test_values_below_zero_are_told_since_a_chart_begins_there(members: TinyProject) -> None:
    members.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - {value: -1, as_of: 2008, sources: [a]}
            - {value: 1300, as_of: 2002, sources: [a]}
        """,
    )

    build = members.build()

    assert ["has values below zero" in line for line in build.warnings] == [True]
    assert not build.page().select("figure")


# -- Numbers of records ------------------------------------------------------------------------------------------------


@pytest.fixture
def offices(tiny_project: TinyProject) -> TinyProject:
    tiny_project.write("conf.py", CONF + SETUP)
    tiny_project.source("a")
    offices = [("a", "南米", ""), ("b", "東アジア", ""), ("c", "東アジア", ""), ("d", "", ""), ("e", "南米", "2011")]
    tiny_project.write(
        "knowledge/offices.yaml",
        "".join(
            f"- {{id: office-{name}, name: 事務所, reading: じむしょ, summary: 事務所です。, sources: [a], kind: country-office"
            + (f", region: {region}" if region else "")
            + (f", until: {until}" if until else "")
            + "}\n"
            for name, region, until in offices
        ),
    )
    tiny_project.catalogue("knowledge", {"南米": "South America", "東アジア": "East Asia", "事務所": "Office"})
    tiny_project.catalogue("handbook", {"地域": "Region", "国別事務所": "Country office", "記載なし": "Not stated"})
    tiny_project.write("docs/index.md", "# はじめに\n\n```{count-chart} office\n:by: region\n:where: until=none\n```\n")
    return tiny_project


def test_bars_count_records_the_most_frequent_value_first_and_none_last(offices: TinyProject) -> None:
    build = offices.build("en")

    assert build.warnings == []
    assert texts(drawn(build)["svg"]) == ["East Asia", "2", "South America", "1", "Not stated", "1"]


def test_a_table_says_the_same_as_the_bars(offices: TinyProject) -> None:
    rows = offices.build("en").page().select("table tr")

    assert [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in rows[1:]] == [
        ["East Asia", "2"],
        ["South America", "1"],
        ["Not stated", "1"],
    ]


def test_values_of_a_closed_list_are_written_in_words(offices: TinyProject) -> None:
    offices.replace("docs/index.md", ":by: region", ":by: kind")

    assert texts(drawn(offices.build("en"))["svg"]) == ["Country office", "4"]


def test_two_charts_of_one_kind_on_a_page_have_names_of_their_own(offices: TinyProject) -> None:
    block = "```{count-chart} office\n:by: region\n```\n\n"
    offices.write("docs/index.md", f"# はじめに\n\n{block}{block}")

    svgs = [node["svg"] for node in offices.build().doctree().findall(chart)]

    assert ['id="diagram-count-office-by-region"' in svg for svg in svgs] == [True, False]
    assert 'id="diagram-count-office-by-region-2"' in svgs[1]
