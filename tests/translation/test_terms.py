"""Names of the glossary, on both sides of a catalogue entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import load
from handbook.translation.terms import term_problems

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
        - {id: term-city, name: 自治体, name_en: local government, reading: じちたい, summary: 市, sources: [a], group: g}
        """,
    )
    return tiny_project


def problems(project: TinyProject, message: str, translation: str) -> list[str]:
    project.catalogue("page", {message: translation})
    base = load(project.root / "knowledge")
    found = term_problems(base, sorted(project.root.glob("locales/en/**/*.po")), project=project.root)
    return [str(problem) for problem in found]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("世界理事会が決めます。", "The Global Executive Committee decides."),
        ("世界理事会が決めます。", "The GexCom decides."),
        ("世界理事会は二つです。", "There are two Global Executive Committees."),
        ("締約国会議です。", "Conferences of the Parties."),
        ("締約国会議です。", "This was COP21."),
        ("自治体です。", "A city."),
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
    ],
)
def test_another_name_is_reported_with_place_and_remedy(project: TinyProject, message: str, translation: str) -> None:
    (problem,) = problems(project, message, translation)
    assert problem.startswith("locales/en/LC_MESSAGES/page.po:5: '")
    assert "To mend it: write " in problem


def test_a_longer_name_covers_the_one_inside_it(project: TinyProject) -> None:
    (problem,) = problems(project, "世界理事会です。", "The world council.")
    assert "'Global Executive Committee'" in problem
    assert "write Global Executive Committee or GexCom" in problem
