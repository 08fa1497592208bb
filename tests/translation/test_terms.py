"""Names of the glossary, on both sides of a catalogue entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import load
from handbook.translation.entries import read_entries
from handbook.translation.terms import Names

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/terms.yaml",
        """
        - {id: term-gexcom, name: 世界理事会, name_en: Global Executive Committee, abbreviation: GexCom,
           reading: せかいりじかい, summary: 理事の会議, sources: [a], group: g}
        - {id: term-board, name: 理事会, name_en: Board, reading: りじかい, summary: 会議, sources: [a], group: g}
        - {id: term-cop, name: 締約国会議, name_en: Conference of the Parties, also_en: [COP],
           reading: ていやくこくかいぎ, summary: 会議, sources: [a], group: g}
        - {id: term-city, name: 自治体, name_en: local government, also_en: [city],
           reading: じちたい, summary: 市, sources: [a], group: g}
        - {id: term-movement, name: 運動, name_en: movement, everyday: true,
           reading: うんどう, summary: 働きかけ, sources: [a], group: g}
        """,
    )
    return tiny_project


def problems(project: TinyProject, message: str, translation: str) -> list[str]:
    project.catalogue("page", {message: translation})
    names = Names(load(project.root / "knowledge"))
    folder = project.root / "locales/en/LC_MESSAGES"
    return [
        f"{entry.line}: {fault.rule}: {fault.what}; {fault.remedy}"
        for entry in read_entries(folder / "page.po", folder, project=project.root)
        if entry.shown
        for fault in names.faults(entry)
    ]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("世界理事会が決めます。", "The Global Executive Committee decides."),
        ("世界理事会が決めます。", "The GexCom decides."),
        ("世界理事会は二つです。", "There are two Global Executive Committees."),
        ("締約国会議です。", "Conferences of the Parties."),
        ("締約国会議です。", "This was COP21."),
        ("自治体です。", "A city."),
        ("運動です。", "A campaign."),
        ("{record}`gexcom`の締約国会議です。", "The COP of the {record}`gexcom`."),
        ("{record}`世界理事会 <gexcom>`です。", "The {record}`Global Executive Committee <gexcom>`."),
        ("「世界理事会」という名前です。", "The name is [世界理事会]{.language-ja}."),
        ("世界理事会です。", ""),
    ],
)
def test_a_name_or_a_form_of_it_is_enough(project: TinyProject, message: str, translation: str) -> None:
    assert problems(project, message, translation) == []


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("世界理事会が決めます。", "The world council decides."),
        ("世界理事会が決めます。", "The Committee decides."),
        ("{record}`世界理事会 <gexcom>`です。", "The {record}`world council <gexcom>`."),
        ("締約国会議です。", "A meeting of the parties."),
        ("自治体です。", "A body."),
    ],
)
def test_another_name_is_reported_with_place_and_remedy(project: TinyProject, message: str, translation: str) -> None:
    (problem,) = problems(project, message, translation)
    assert problem.startswith("5: terms: '")
    assert "; write " in problem


def test_a_longer_name_covers_the_one_inside_it(project: TinyProject) -> None:
    (problem,) = problems(project, "世界理事会です。", "The world council.")
    assert "'Global Executive Committee'" in problem
    assert "write Global Executive Committee or GexCom" in problem
