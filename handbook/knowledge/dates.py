"""Dates as historians write them: EDTF, the extended part of ISO 8601-2.

Records use the part of EDTF that chronologies need: a year, a month or a day
(`1990`, `1990-09`, `1990-09-05`), one of these marked approximate (`2009~`) or
uncertain (`2009?`), and intervals of them, open ends included (`1991/..`).
Specification: https://www.loc.gov/standards/datetime/

The library `edtf` reads all of EDTF but takes some 5 ms for each date, seconds for
the whole handbook; this part of it needs a pattern and a calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<mark>[~?%])?", re.ASCII)
_SCHEMA_POINT = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?"
_SCHEMA_PATTERN = rf"^(({_SCHEMA_POINT}|\.\.)/)?({_SCHEMA_POINT}|\.\.)$"


@dataclass(frozen=True)
class DatePoint:
    """A year, month or day; `approximate` (~) and `uncertain` (?) qualify it."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def key(self) -> tuple[int, int, int]:
        """Sorting key: a bare year sorts before its months."""
        return (self.year, self.month or 0, self.day or 0)


def _after(one: DatePoint, other: DatePoint) -> bool:
    """Compare as exactly as both are known: 2003 is not after 2003-05."""
    known = 3 if one.day and other.day else 2 if one.month and other.month else 1
    return one.key[:known] > other.key[:known]


@dataclass(frozen=True)
class EdtfDate:
    """A date or interval. `start` or `end` is None where an interval is open.

    For a single date `start == end`. `text` is the EDTF string as written.
    """

    text: str
    start: DatePoint | None
    end: DatePoint | None

    @property
    def is_interval(self) -> bool:
        """Whether two ends are given, of which one may be open."""
        return "/" in self.text

    @property
    def key(self) -> tuple[int, int, int]:
        """Sorting key: where it starts (an open start sorts first)."""
        return self.start.key if self.start else (0, 0, 0)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> EdtfDate:
        """Read an EDTF string.

        Raises `ValueError` for impossible dates such as 1990-02-30, for text
        that is no EDTF, and for those parts of EDTF that the handbook leaves
        out (seasons, unspecified digits, sets).
        """
        parts = text.split("/")
        if len(parts) > 2 or (len(parts) == 1 and parts[0] == ".."):
            raise ValueError(f"'{text}' is not a date or an interval of two dates")
        points = [None if part == ".." else cls._point(part, text) for part in parts]
        start, end = points[0], points[-1]
        if start is None and end is None:
            raise ValueError(f"'{text}' names no date at all")
        if start and end and _after(start, end):
            raise ValueError(f"'{text}' ends before it starts")
        return cls(text, start, end)

    @staticmethod
    def _point(part: str, whole: str) -> DatePoint:
        match = _POINT.fullmatch(part)
        if not match:
            raise ValueError(f"'{whole}' is not a date")
        month, day, mark = match["month"], match["day"], match["mark"] or ""
        try:
            date(int(match["year"]), int(month or 1), int(day or 1))
        except ValueError as error:
            raise ValueError(f"'{whole}' is not a possible date") from error
        return DatePoint(
            int(match["year"]),
            int(month) if month else None,
            int(day) if day else None,
            approximate=mark in ("~", "%"),
            uncertain=mark in ("?", "%"),
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        def validate(value: Any) -> EdtfDate:
            if isinstance(value, cls):
                return value
            try:
                return cls.parse(str(value))
            except ValueError as error:
                # Keeps pydantic from prefixing "Value error, " to our sentence.
                raise PydanticCustomError("edtf", "{reason}", {"reason": str(error)}) from error

        return core_schema.no_info_plain_validator_function(
            validate,
            serialization=core_schema.to_string_ser_schema(),
            # Editors read a bare year as a number.
            json_schema_input_schema=core_schema.union_schema(
                [core_schema.str_schema(pattern=_SCHEMA_PATTERN), core_schema.int_schema(ge=1000, le=9999)]
            ),
        )


def whole_day(value: EdtfDate) -> EdtfDate:
    """Refuse what is not one exact day, for fields that need one."""
    point = value.start
    if value.is_interval or point is None or not point.day or point.approximate or point.uncertain:
        raise PydanticCustomError("day", "{reason}", {"reason": f"'{value.text}' is not one exact day"})
    return value
