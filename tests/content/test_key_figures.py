"""Key figures: name, value, date and source of what readers ask for first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject


def shown(build: Build) -> list[list[str]]:
    """Return each name with its value, and when and by whose word."""
    return [
        [" ".join(part.get_text().split()) for part in (name, *value.select(".key-value, .key-source"))]
        for name, value in zip(
            build.page().select("dl.key-figures dt"), build.page().select("dl.key-figures dd"), strict=True
        )
    ]


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a", "b")
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 自治体数
          observations:
            - {value: 2500, qualifier: more-than, as_of: 2025-09, sources: [a]}
            - {value: 1200, as_of: 2012, sources: [b]}
        - id: offices
          name: 事務所の数
          observations:
            - {value: 27, sources: [b]}
        """,
    )
    tiny_project.write("knowledge/eras.yaml", "- {id: era-founding, name: 設立, date: 1989}\n")
    tiny_project.write(
        "knowledge/milestones.yaml",
        """
        - id: founding
          name: 世界会議
          label: 設立
          summary: 設立しました。
          date: 1990-09
          era: era-founding
          sources: [a, b]
        """,
    )
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{key-figures} members, offices, founding\n```\n\n"
        "```{observations} members\n```\n\n```{record} founding\n```\n\n```{bibliography}\n```\n",
    )
    return tiny_project


def test_a_figure_shows_its_newest_value_with_date_and_source_and_an_event_its_date(project: TinyProject) -> None:
    build = project.build()

    assert not build.warnings
    assert shown(build) == [
        ["自治体数", "2,500以上", "2025年9月時点[1]"],
        ["事務所の数", "27", "時点の記載なし[2]"],
        ["設立", "1990年9月", "[1, 2]"],
    ]
    assert [link["href"] for link in build.page().select(".key-value a")] == ["#members", "#founding"]


def test_key_figures_speak_the_language_of_the_page(project: TinyProject) -> None:
    project.catalogue("knowledge", {"自治体数": "Local governments", "設立": "Founded"})
    project.catalogue("handbook", {"{value}以上": "more than {value}", "{date}時点": "as of {date}"})

    figures = shown(project.build("en"))

    assert figures[0] == ["Local governments", "more than 2,500", "as of September 2025 [1]"]
    assert figures[2] == ["Founded", "September 1990", "[1, 2]"]


def test_what_is_neither_figure_nor_event_is_told(project: TinyProject) -> None:
    project.write("docs/index.md", "# はじめに\n\n```{key-figures} era-founding, membres\n```\n")

    build = project.build()

    told = [line.partition("WARNING: ")[2] for line in build.warnings]
    assert told[0].startswith("'era-founding' is neither a figure nor an event")
    assert told[1].startswith("no record has the id 'membres'; write 'members' if that is what you mean")
    assert not build.page().select("dl")
