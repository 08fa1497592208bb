"""CSV tables, one for each record type and one of the sources, that open right in Excel.

UTF-8 with a byte order mark and CRLF (RFC 4180), headed in the edition's
language. Items of a list are separated by ` | `. A date stands in two columns:
in words, and as EDTF. A type whose records are lists of values (figures) has
one row for each value.
"""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

from handbook.data.document import content, described_source
from handbook.data.words import VALUES, field_word
from handbook.knowledge import EdtfDate
from handbook.knowledge.records import Part
from handbook.translation.languages import own_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handbook.data.library import Library
    from handbook.knowledge import Record
    from handbook.translation import Translation

SEPARATOR = " | "

#: What has a row for each item of one of its fields, by collection.
ROW_FOR_EACH = {"figures": "observations", "conflicts": "claims"}

#: A spreadsheet takes what begins with these for a formula, in full width as well; an apostrophe prevents that.
#: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

Cell = str | int | float


class _Column(NamedTuple):
    """A field of a record, or of the part (`in_part`) that a row stands for; in words, or as it is."""

    heading: str
    field: str
    in_words: bool = False
    in_part: bool = False


def record_table(library: Library, language: str, record_type: type[Record]) -> str:
    """Return the table of one record type."""
    translation = library.translations[language]
    others = [other for other in library.translations if other != language]
    repeated = ROW_FOR_EACH.get(record_type.collection, "")
    part = _part_of(record_type.model_fields[repeated].annotation) if repeated else None
    columns = _columns(record_type, translation, leave_out=repeated)
    if part:
        columns += _columns(part, translation, beside={column.heading for column in columns})
    name_heading = translation.word(field_word("name").name)
    header = [
        *(column.heading for column in columns[:2]),
        *(translation.word("{field}（{language}）").format(field=name_heading, language=own_name(it)) for it in others),
        *(column.heading for column in columns[2:]),
        translation.word(field_word("page").name),
    ]

    def rows() -> Iterator[list[Cell]]:
        for record in library.base.all(record_type):
            fields = content(record, translation)
            names = library.names(record)
            page = library.page(record.id, language) or ""
            if page and library.address:
                page = f"{library.address}/{page}"
            for item in fields[repeated] if repeated else [{}]:
                cells = [
                    _cell(library, translation, part if column.in_part and part else record_type, column, values)
                    for column in columns
                    for values in [item if column.in_part else fields]
                ]
                yield [*cells[:2], *(names.get(other, "") for other in others), *cells[2:], page]

    return _csv(header, rows())


def source_table(library: Library, language: str) -> str:
    """Return the table of sources."""
    translation = library.translations[language]
    names = ("key", "title", "publisher", "issued", "url", "urldate", "langid", "language", "note")
    rows: Iterator[list[Cell]] = (
        [described.get(name, "") for name in names]
        for source in library.base.sources.values()
        for described in [described_source(source, translation)]
    )
    return _csv([translation.word(field_word(name).name) for name in names], rows)


def _columns(
    part: type[Part], translation: Translation, *, leave_out: str = "", beside: set[str] | None = None
) -> list[_Column]:
    """Return the columns for the fields of a type, `beside` those of the record that it is a part of."""
    columns = []
    for name, field in part.model_fields.items():
        if name == leave_out:
            continue
        heading = translation.word(field_word(name).name)
        if beside and heading in beside:
            heading = translation.word("{field}（この行）").format(field=heading)
        in_part = beside is not None
        if EdtfDate in (field.annotation, *get_args(field.annotation)):
            columns.append(_Column(heading, name, True, in_part))
            heading = translation.word("{field}（EDTF）").format(field=heading)
        columns.append(_Column(heading, name, False, in_part))
    return columns


def _cell(
    library: Library, translation: Translation, part: type[Part], column: _Column, values: dict[str, Any]
) -> Cell:
    value = values.get(column.field)
    if value is None:
        return ""
    if column.in_words:
        return translation.isodate(value)
    words = VALUES | dict(library.words)
    closed = _is_closed(part.model_fields[column.field].annotation)

    def shown(item: Any) -> str:
        if isinstance(item, dict):
            return "; ".join(f"{name}={shown(inner)}" for name, inner in item.items())
        if isinstance(item, list):
            return ", ".join(shown(inner) for inner in item)
        return translation.word(words[item]) if closed and item in words else str(item)

    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return value
    return SEPARATOR.join(shown(item) for item in value) if isinstance(value, list) else shown(value)


def _is_closed(annotation: Any) -> bool:
    """Tell whether a field holds values of a closed list."""
    return get_origin(annotation) is Literal or any(_is_closed(inner) for inner in get_args(annotation))


def _part_of(annotation: Any) -> type[Part] | None:
    """Return the type of the items of a list of parts."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part_of(inner))), None)


def _csv(header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in chain([header], rows))
    return output.getvalue()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
