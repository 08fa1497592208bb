"""EDTF dates in the words of a language: 1990年9月5日, 5 September 1990."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date as babel_date

from handbook.translation.languages import locale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.knowledge import DatePoint, EdtfDate


def format_edtf(value: EdtfDate, language: str, word: Callable[[str], str]) -> str:
    """Return `value` as running text in `language`.

    `word` translates the handbook's own patterns around dates.
    """
    if not value.is_interval:
        assert value.start is not None
        return _qualified(value.start, _point(value.start, language), word)
    if value.start is None:
        assert value.end is not None
        return word("{date}まで").format(date=_qualified(value.end, _point(value.end, language), word))
    if value.end is None:
        return word("{date}から").format(date=_qualified(value.start, _point(value.start, language), word))
    return _interval(value.start, value.end, language, word)


def format_year(value: EdtfDate, language: str, word: Callable[[str], str]) -> str:
    """Return only the year (or years) of `value`."""
    points = [point for point in (value.start, value.end) if point]
    first, last = points[0], points[-1]
    text = babel_date(date(first.year, 1, 1), _year_pattern(language), locale_of(language))
    if first.year == last.year:
        return text
    end = babel_date(date(last.year, 1, 1), _year_pattern(language), locale_of(language))
    return word("{start}～{end}").format(start=text, end=end)


def _point(point: DatePoint, language: str) -> str:
    locale = locale_of(language)
    day = date(point.year, point.month or 1, point.day or 1)
    if point.day:
        return babel_date(day, "long", locale)
    skeleton = "yMMMM" if point.month else "y"
    return babel_date(day, str(locale.datetime_skeletons[skeleton]), locale)


def _year_pattern(language: str) -> str:
    return str(locale_of(language).datetime_skeletons["y"])


def _qualified(point: DatePoint, text: str, word: Callable[[str], str]) -> str:
    if point.approximate:
        text = word("{date}頃").format(date=text)
    if point.uncertain:
        text = word("{date}（推定）").format(date=text)
    return text


def _interval(start: DatePoint, end: DatePoint, language: str, word: Callable[[str], str]) -> str:
    """Join two ends the way CLDR does, without repeating the year or month they share."""
    plain = not (start.approximate or start.uncertain or end.approximate or end.uncertain)
    precision = _precision(start)
    if plain and precision == _precision(end):
        locale = locale_of(language)
        skeleton = ("y", "yMMM", "yMMMd")[precision - 1]
        field = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        patterns = locale.interval_formats.get(skeleton, {}).get(field)
        if patterns:
            first, second = (_full_months(pattern) for pattern in patterns)
            return babel_date(date(start.year, start.month or 1, start.day or 1), first, locale) + babel_date(
                date(end.year, end.month or 1, end.day or 1), second, locale
            )
    return word("{start}～{end}").format(
        start=_qualified(start, _point(start, language), word), end=_qualified(end, _point(end, language), word)
    )


def _precision(point: DatePoint) -> int:
    """Return 1 for a year, 2 for a month, 3 for a day."""
    return 3 if point.day else 2 if point.month else 1


def _full_months(pattern: str) -> str:
    return pattern if "MMMM" in pattern else pattern.replace("MMM", "MMMM")
