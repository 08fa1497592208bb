"""Dates in words, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import EdtfDate
from handbook.translation import Translation

if TYPE_CHECKING:
    from tests.conftest import TinyProject

ENGLISH_WORDS = {
    "{date}頃": "about {date}",
    "{date}（推定）": "probably {date}",
    "{date}から": "since {date}",
    "{date}まで": "until {date}",
    "{start}～{end}": "{start} to {end}",
}


@pytest.mark.parametrize(
    ("written", "japanese", "english"),
    [
        ("1990", "1990年", "1990"),
        ("1990-09", "1990年9月", "September 1990"),
        ("1990-09-05", "1990年9月5日", "5 September 1990"),
        ("2009~", "2009年頃", "about 2009"),
        ("2009-12~", "2009年12月頃", "about December 2009"),
        ("2009?", "2009年（推定）", "probably 2009"),
        ("2009%", "2009年頃（推定）", "probably about 2009"),
        ("1991/..", "1991年から", "since 1991"),
        ("1991-05-01/..", "1991年5月1日から", "since 1 May 1991"),
        ("../1991-05", "1991年5月まで", "until May 1991"),
        ("2009~/..", "2009年頃から", "since about 2009"),
        ("1989/1992", "1989年～1992年", "1989–1992"),
        ("1990-09-05/1990-09-08", "1990年9月5日～8日", "5–8 September 1990"),
        ("1990-09-28/1990-10-02", "1990年9月28日～10月2日", "28 September\u2009–\u20092 October 1990"),
        ("1990-12-30/1991-01-02", "1990年12月30日～1991年1月2日", "30 December 1990\u2009–\u20092 January 1991"),
        ("1990-09/1990-11", "1990年9月～11月", "September\u2009–\u2009November 1990"),
        ("1990-12/1991-02", "1990年12月～1991年2月", "December 1990\u2009–\u2009February 1991"),
        ("1990-09-05/1990-11", "1990年9月5日～1990年11月", "5 September 1990 to November 1990"),
        ("2009~/2011?", "2009年頃～2011年（推定）", "about 2009 to probably 2011"),
        ("2009-03~/2009-05", "2009年3月頃～2009年5月", "about March 2009 to May 2009"),
    ],
)
def test_a_date_is_written_as_each_language_writes_it(
    tiny_project: TinyProject, written: str, japanese: str, english: str
) -> None:
    tiny_project.catalogue("handbook", ENGLISH_WORDS)
    locales, date = tiny_project.root / "locales", EdtfDate.parse(written)

    assert Translation.load(locales, language="ja", source_language="ja").date(date) == japanese
    assert Translation.load(locales, language="en", source_language="ja").date(date) == english


@pytest.mark.parametrize(
    ("written", "japanese", "english"),
    [
        ("1990-09-05", "1990年", "1990"),
        ("2009~", "2009年", "2009"),
        ("1990-09-05/1990-09-08", "1990年", "1990"),
        ("1989/1992-06", "1989年～1992年", "1989 to 1992"),
        ("1991/..", "1991年", "1991"),
        ("../1991", "1991年", "1991"),
    ],
)
def test_the_year_of_a_date_is_all_that_a_timeline_shows(
    tiny_project: TinyProject, written: str, japanese: str, english: str
) -> None:
    tiny_project.catalogue("handbook", ENGLISH_WORDS)
    locales, date = tiny_project.root / "locales", EdtfDate.parse(written)

    assert Translation.load(locales, language="ja", source_language="ja").year(date) == japanese
    assert Translation.load(locales, language="en", source_language="ja").year(date) == english


@pytest.mark.parametrize(
    ("language", "since", "days"),
    [("de", "seit 1. Mai 1991", "5.–8. September 1990"), ("fi", "seit 1. toukokuuta 1991", "5.–8. syyskuuta 1990")],
)
def test_a_third_language_needs_nothing_but_a_catalogue(
    tiny_project: TinyProject, language: str, since: str, days: str
) -> None:
    tiny_project.catalogue("handbook", {"{date}から": "seit {date}"}, language=language)

    translation = Translation.load(tiny_project.root / "locales", language=language, source_language="ja")

    assert translation.date(EdtfDate.parse("1991-05-01/..")) == since
    assert translation.date(EdtfDate.parse("1990-09-05/1990-09-08")) == days
