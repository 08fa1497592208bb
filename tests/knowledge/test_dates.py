"""Dates in records: which are understood, and which are refused."""

from __future__ import annotations

import pytest

from handbook.knowledge import DatePoint, EdtfDate


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("1990", DatePoint(1990)),
        ("1990-09", DatePoint(1990, 9)),
        ("1990-09-05", DatePoint(1990, 9, 5)),
        ("2024-02-29", DatePoint(2024, 2, 29)),
        ("2009~", DatePoint(2009, approximate=True)),
        ("2009?", DatePoint(2009, uncertain=True)),
        ("2009%", DatePoint(2009, approximate=True, uncertain=True)),
        ("2009-12~", DatePoint(2009, 12, approximate=True)),
    ],
)
def test_a_single_date_is_read_as_exactly_as_it_is_written(text: str, point: DatePoint) -> None:
    date = EdtfDate.parse(text)

    assert (date.start, date.end) == (point, point)
    assert not date.is_interval
    assert str(date) == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1989/1992", DatePoint(1989), DatePoint(1992)),
        ("1990-09-05/1990-09-08", DatePoint(1990, 9, 5), DatePoint(1990, 9, 8)),
        ("1991/..", DatePoint(1991), None),
        ("../1991-05", None, DatePoint(1991, 5)),
        ("2009~/2011?", DatePoint(2009, approximate=True), DatePoint(2011, uncertain=True)),
        ("2003/2003-05", DatePoint(2003), DatePoint(2003, 5)),
        ("2003-05/2003", DatePoint(2003, 5), DatePoint(2003)),
    ],
)
def test_an_interval_has_two_ends_which_may_be_open(text: str, start: DatePoint | None, end: DatePoint | None) -> None:
    date = EdtfDate.parse(text)

    assert (date.start, date.end) == (start, end)
    assert date.is_interval


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1990-13", "'1990-13' is not a possible date"),
        ("1990-02-30", "'1990-02-30' is not a possible date"),
        ("2023-02-29", "'2023-02-29' is not a possible date"),
        ("0000", "'0000' is not a possible date"),
        ("1990-09-05/1990-09-31", "'1990-09-05/1990-09-31' is not a possible date"),
        ("1992/1989", "'1992/1989' ends before it starts"),
        ("1990-09-08/1990-09-05", "'1990-09-08/1990-09-05' ends before it starts"),
        ("1990-10/1990-09-05", "'1990-10/1990-09-05' ends before it starts"),
        ("../..", "'../..' names no date at all"),
        ("..", "'..' is not a date or an interval of two dates"),
        ("1990/1991/1992", "'1990/1991/1992' is not a date or an interval of two dates"),
        ("1990-9", "'1990-9' is not a date"),
        ("90", "'90' is not a date"),
        ("", "'' is not a date"),
        ("1990/", "'1990/' is not a date"),
        ("199X", "'199X' is not a date"),
        ("~2009", "'~2009' is not a date"),
        ("1990年9月", "'1990年9月' is not a date"),
        ("1990-09-05 ", "'1990-09-05 ' is not a date"),
        # Full-width digits look right, but neither EDTF nor `{figure}` selectors know them.
        ("１９９０", "'１９９０' is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is what matters
        EdtfDate.parse(text)

    assert str(caught.value) == reason


def test_dates_sort_by_where_they_start_and_a_year_stands_before_its_months() -> None:
    written = ["1991/..", "1990-09-05", "1990", "../1995", "1990-09", "1989/1992", "1990-09-04"]

    ordered = sorted(written, key=lambda text: EdtfDate.parse(text).key)

    assert ordered == ["../1995", "1989/1992", "1990", "1990-09", "1990-09-04", "1990-09-05", "1991/.."]
