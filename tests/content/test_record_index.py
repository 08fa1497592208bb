"""The index of names and abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/partners.yaml",
        """
        - {id: unep, name: 国連環境計画, name_en: UN Environment Programme, abbreviation: UNEP,
           reading: こくれんかんきょうけいかく, summary: 機関です。, sources: [a], kind: un-body}
        - {id: rio, name: リオ会議, name_en: Earth Summit, reading: りおかいぎ,
           summary: 会議です。, sources: [a], kind: un-conference}
        """,
    )
    tiny_project.write(
        "knowledge/terms.yaml",
        """
        - {id: term-governance, name: ガバナンス, name_en: governance, reading: がばなんす, summary: 治め方, sources: [a], group: g}
        """,
    )
    tiny_project.catalogue(
        "knowledge",
        {"国連環境計画": "UN Environment Programme", "リオ会議": "Earth Summit", "ガバナンス": "governance"},
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\nrecords\nnames\n```\n")
    tiny_project.write(
        "docs/records.md",
        "# 記録\n\n```{term-list}\n```\n\n```{record-table} partner\n:columns: name\n:anchors:\n```\n\n```{bibliography}\n```\n",
    )
    tiny_project.write("docs/names.md", "# 索引\n\n```{record-index}\n:kinds: partner, term\n```\n")
    return tiny_project


def groups(build: Build) -> dict[str, list[str]]:
    """Return the lines of the index below each heading."""
    headings = build.page("names").select("p.index-group")
    found = {}
    for heading in headings:
        items = heading.find_next_sibling("ul")
        assert items is not None
        found[heading.get_text()] = [item.get_text() for item in items.select("li")]
    return found


def test_japanese_goes_by_reading_in_rows_of_the_syllabary_and_letters_stand_by_themselves(
    project: TinyProject,
) -> None:
    build = project.build()
    assert not build.warnings
    assert groups(build) == {
        "U": ["UNEP：国連環境計画"],
        "か": ["ガバナンス governance", "国連環境計画 UN Environment Programme"],
        "ら": ["リオ会議 Earth Summit"],
    }


def test_english_goes_by_letter(project: TinyProject) -> None:
    project.catalogue("handbook", {"：": ": "})
    assert groups(project.build("en")) == {
        "E": ["Earth Summit リオ会議"],
        "G": ["governance ガバナンス"],
        "U": ["UN Environment Programme 国連環境計画", "UNEP: UN Environment Programme"],
    }


def test_a_name_that_two_records_have_stands_once_and_leads_to_the_first_kind(project: TinyProject) -> None:
    project.replace("knowledge/terms.yaml", "name: ガバナンス", "name: リオ会議")
    project.replace("knowledge/terms.yaml", "reading: がばなんす", "reading: りおかいぎ")
    build = project.build()
    assert groups(build)["ら"] == ["リオ会議 Earth Summit"]
    assert [link["href"] for link in build.page("names").select("a") if link.get_text() == "リオ会議"] == [
        "records.html#rio"
    ]


def test_each_name_leads_to_its_description(project: TinyProject) -> None:
    links = project.build().page("names").select("ul.record-index a")
    assert {link["href"] for link in links} == {"records.html#unep", "records.html#rio", "records.html#term-governance"}


def test_a_record_is_not_mentioned_by_the_index(project: TinyProject) -> None:
    assert not project.build().page("records").select(".mentions")


def test_an_unknown_kind_is_told_with_its_line(project: TinyProject) -> None:
    project.write("docs/names.md", "# 索引\n\n```{record-index}\n:kinds: partner, word\n```\n")
    (warning,) = project.build().warnings
    assert warning.startswith("docs/names.md:3: WARNING: 'word' is not a kind of record")
