"""The directive that lists the data files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject

TERM = """
- id: term-{number}
  name: 言葉{number}
  name_en: word {number}
  reading: ことば
  group: core
  summary: 言葉。
  sources: [a]
"""


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write("knowledge/terms.yaml", TERM.format(number=1))
    tiny_project.write("docs/part/data.md", "# データ\n\n```{data-files}\n```\n")
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n```{term-list}\n```\n\n```{bibliography}\n```\n\n```{toctree}\npart/data\n```\n"
    )
    return tiny_project


def rows(build: Build) -> dict[str, list[str]]:
    found = [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in build.page("part/data").select("tr")
    ]
    return {row[0]: row[1:] for row in found}


def test_every_file_is_listed_with_its_format_and_how_much_is_in_it(project: TinyProject) -> None:
    build = project.build()
    assert build.warnings == []
    assert rows(build)["terms.csv"] == ["CSV", "用語集の言葉", "1"]
    assert rows(build)["sources.csv"][-1] == "1"
    assert rows(build)["handbook.schema.json"][-1] == "–"


def test_links_lead_to_the_folder_of_the_data(project: TinyProject) -> None:
    links = {str(link["href"]) for link in project.build().page("part/data").select("table a[href]")}
    assert {"../data/handbook.json", "../data/terms.csv"} <= links
    assert all(link.startswith("../data/") for link in links)


def test_the_list_is_in_the_language_of_the_page(project: TinyProject) -> None:
    project.catalogue("handbook", {"用語集の言葉": "Terms of the glossary"})
    assert rows(project.build("en"))["terms.csv"][1] == "Terms of the glossary"


def test_the_counts_follow_the_records_and_sources(project: TinyProject) -> None:
    project.build()
    project.source("b")
    build = project.build()
    assert rows(build)["sources.csv"][-1] == "2"
    project.write("knowledge/terms.yaml", TERM.format(number=1) + TERM.format(number=2))
    assert rows(project.build())["terms.csv"][-1] == "2"


def test_a_page_with_the_list_is_not_read_again_when_nothing_has_changed(project: TinyProject) -> None:
    project.write("knowledge/schemas/terms.json", "{}")
    project.build()
    assert project.build().read == []
