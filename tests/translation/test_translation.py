"""Texts, words and numbers in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import EdtfDate, Figure, Observation
from handbook.translation import Localized, Translation

if TYPE_CHECKING:
    from tests.conftest import TinyProject

WORDS = {"約{value}": "about {value}", "{value}以上": "more than {value}", "少なくとも{value}": "at least {value}"}


def translations(project: TinyProject) -> tuple[Translation, Translation]:
    locales = project.root / "locales"
    return (
        Translation.load(locales, language="ja", source_language="ja"),
        Translation.load(locales, language="en", source_language="ja"),
    )


def test_texts_of_records_and_our_own_words_have_catalogues_of_their_own(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("knowledge", {"出典": "record text"})
    tiny_project.catalogue("handbook", {"出典": "Sources"})

    japanese, english = translations(tiny_project)

    assert english.text("出典") == Localized("record text", "en")
    assert english.word("出典") == "Sources"
    assert japanese.text("出典") == Localized("出典", "ja")
    assert japanese.word("出典") == "出典"


def test_japanese_needs_no_catalogue_but_may_have_one_for_its_own_words(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("handbook", {"出典": "典拠"}, language="ja")

    japanese, english = translations(tiny_project)

    assert japanese.word("出典") == "典拠"
    assert english.word("出典") == "出典"


@pytest.mark.parametrize(
    ("value", "qualifier", "unit", "japanese", "english"),
    [
        (27, "exact", None, "27", "27"),
        (2500, "exact", None, "2,500", "2,500"),
        (2500, "more-than", None, "2,500以上", "more than 2,500"),
        (2500, "about", None, "約2,500", "about 2,500"),
        (2500, "at-least", None, "少なくとも2,500", "at least 2,500"),
        (12.5, "exact", "%", "12.5%", "12.5%"),
        (25, "more-than", "%", "25%以上", "more than 25%"),
        (43, "exact", "か国", "43か国", "43 countries"),
        (0, "exact", None, "0", "0"),
        (99_999_999, "exact", None, "99,999,999", "99,999,999"),
        (125_000_000, "exact", "人", "1.25億人", "125 million people"),
        (9_000_000_000, "about", "人", "約90億人", "about 9 billion people"),
        (2_525_000_000, "exact", None, "25.25億", "2.525 billion"),
        # A number that was counted to the last digit is not rounded.
        (1_234_567_890, "exact", None, "1,234,567,890", "1,234,567,890"),
    ],
)
def test_a_number_is_written_with_its_qualifier_and_unit(
    tiny_project: TinyProject, value: float, qualifier: str, unit: str | None, japanese: str, english: str
) -> None:
    tiny_project.catalogue("handbook", WORDS)
    tiny_project.catalogue("knowledge", {"か国": " countries", "人": " people"})
    observation = Observation.model_validate({"value": value, "qualifier": qualifier, "sources": ["a"]})
    figure = Figure(id="f", name="数", unit=unit, observations=[observation])

    in_japanese, in_english = translations(tiny_project)

    assert in_japanese.number(figure, observation) == japanese
    assert in_english.number(figure, observation) == english


def test_an_amount_stands_in_the_pattern_of_its_figure(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("handbook", WORDS)
    tiny_project.catalogue("knowledge", {"{value}の自治体": "{value} local governments"})
    observation = Observation(value=2500, qualifier="more-than", sources=["a"])
    translated = Figure(id="f", name="数", pattern="{value}の自治体", observations=[observation])
    untranslated = Figure(id="g", name="数", pattern="{value}の町", observations=[observation])

    japanese, english = translations(tiny_project)

    assert japanese.amount(translated, observation) == Localized("2,500以上の自治体", "ja")
    assert english.amount(translated, observation) == Localized("more than 2,500 local governments", "en")
    assert english.amount(untranslated, observation) == Localized("more than 2,500の町", "ja")


def test_a_bare_number_is_in_no_language_and_needs_no_translation(tiny_project: TinyProject) -> None:
    observation = Observation(value=2500, sources=["a"])
    figure = Figure(id="f", name="数", observations=[observation])

    _, english = translations(tiny_project)

    assert english.amount(figure, observation) == Localized("2,500", "en")


def test_dates_are_in_the_language_of_the_translation(tiny_project: TinyProject) -> None:
    japanese, english = translations(tiny_project)

    assert (japanese.date(EdtfDate.parse("1990-09")), japanese.year(EdtfDate.parse("1990-09"))) == (
        "1990年9月",
        "1990年",
    )
    assert (english.date(EdtfDate.parse("1990-09")), english.year(EdtfDate.parse("1990-09"))) == (
        "September 1990",
        "1990",
    )
