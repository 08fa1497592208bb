"""What tables and descriptions show of a record, field by field.

One registry serves both, so that a field looks the same wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from handbook.content.selection import Selection
from handbook.content.vocabulary import WORDS
from handbook.knowledge import EdtfDate, Record
from handbook.translation import mark

if TYPE_CHECKING:
    from docutils.nodes import Node

    from handbook.content.composer import Composer

Cell = Callable[["Composer", Record], "list[Node]"]


@dataclass(frozen=True)
class Column:
    """A heading (in the source language), a relative width, and how to fill a cell."""

    heading: str
    width: int
    cell: Cell


def _name(composer: Composer, record: Record) -> list[Node]:
    cell = [composer.text(composer.edition.name(record))]
    if short := composer.abbreviation(record):
        cell.append(nodes.Text(f" ({short})"))
    return cell


def _other_name(composer: Composer, record: Record) -> list[Node]:
    other = composer.other_name(record)
    return [other] if other is not None else []


def _names(composer: Composer, record: Record) -> list[Node]:
    """The name, and below it that in the other language."""
    cell = _name(composer, record)
    if (other := composer.other_name(record)) is not None:
        cell.append(nodes.inline("", "", nodes.Text(" "), other, classes=["record-other-name", "below"]))
    return cell


def _abbreviation(composer: Composer, record: Record) -> list[Node]:
    return [nodes.Text(record.abbreviation)] if record.abbreviation else []


def _text(field: str) -> Cell:
    """Fill from a translatable field."""

    def cell(composer: Composer, record: Record) -> list[Node]:
        value = getattr(record, field, None)
        return [composer.text(composer.translation.text(value))] if value else []

    return cell


def _date(field: str) -> Cell:
    def cell(composer: Composer, record: Record) -> list[Node]:
        value = getattr(record, field, None)
        if not isinstance(value, EdtfDate):
            return []
        return [nodes.inline("", "", composer.date(value), classes=["record-date"])]

    return cell


def _word(field: str) -> Cell:
    """Fill from a field with a closed list of values, or several of them."""

    def cell(composer: Composer, record: Record) -> list[Node]:
        value = getattr(record, field, None)
        values = value if isinstance(value, list) else [value] if value else []
        # Saying "unknown" in a table tells a reader nothing.
        values = [item for item in values if item != "unknown"]
        word = composer.translation.word
        return [nodes.Text(word("、").join(word(WORDS[item]) for item in values))] if values else []

    return cell


def _location(composer: Composer, record: Record) -> list[Node]:
    """The city in its country, or whichever of the two is known."""
    cells = {name: _text(name)(composer, record) for name in ("country", "city")}
    if not all(cells.values()):
        return cells["country"] or cells["city"]
    pattern = composer.translation.word("{country}・{city}")
    parts = (
        cells[part[1:-1]] if part.startswith("{") else [nodes.Text(part)]
        for part in re.split(r"({(?:country|city)})", pattern)
        if part
    )
    return [node for part in parts for node in part]


def _duties(composer: Composer, record: Record) -> list[Node]:
    duties = getattr(record, "duties", [])
    items = (nodes.list_item("", composer.paragraph(composer.text(composer.translation.text(duty)))) for duty in duties)
    return [nodes.bullet_list("", *items)] if duties else []


def _partners(composer: Composer, record: Record) -> list[Node]:
    return composer.links(getattr(record, "partners", []))


def _ours(composer: Composer, record: Record) -> list[Node]:
    """Say of a Japanese name that no source has it."""
    return [nodes.Text(composer.translation.word("本書による訳語です。"))] if record.name_is_ours else []


def _conflicts(composer: Composer, record: Record) -> list[Node]:
    """Link the points about this record on which its sources disagree."""
    selection = Selection.where("conflict", f"about={record.id}")
    composer.uses(selection)
    return composer.links(conflict.id for conflict in selection.records(composer.edition.base))


def _sources(composer: Composer, record: Record) -> list[Node]:
    return composer.citations(record.sources)[1:]


def _dated_sources(composer: Composer, record: Record) -> list[Node]:
    """The sources, and below them of what date the statement is: few have one, and a column of its own takes room."""
    cell = _sources(composer, record)
    if record.as_of:
        dated = composer.translation.word("{date}時点").format(date=composer.translation.date(record.as_of))
        cell.append(nodes.inline("", "", nodes.Text(" "), nodes.Text(dated), classes=["record-as-of"]))
    return cell


def _noted_summary(composer: Composer, record: Record) -> list[Node]:
    """The summary, and below it the note: few records have one, and a column of its own takes room."""
    cell, note = (_text(field)(composer, record) for field in ("summary", "note"))
    if note:
        word = composer.translation.word
        label = nodes.Text(f" {word('注')}{word('：')}")
        cell.append(nodes.inline("", "", label, *note, classes=["record-note"]))
    return cell


COLUMNS: dict[str, Column] = {
    "name": Column(mark("名称"), 25, _name),
    "names": Column(mark("名称"), 30, _names),
    "name-en": Column(mark("別言語の名称"), 25, _other_name),
    "name-is-ours": Column(mark("日本語名"), 20, _ours),
    "abbreviation": Column(mark("略称"), 10, _abbreviation),
    "date": Column(mark("年月日"), 22, _date("date")),
    "since": Column(mark("開始時期"), 20, _date("since")),
    "until": Column(mark("終了時期"), 20, _date("until")),
    "published": Column(mark("発行時期"), 20, _date("since")),
    "city": Column(mark("都市"), 15, _text("city")),
    "country": Column(mark("国・地域"), 15, _text("country")),
    "location": Column(mark("場所"), 22, _location),
    "region": Column(mark("地域"), 15, _text("region")),
    "place": Column(mark("場所"), 15, _text("place")),
    "post": Column(mark("役職"), 15, _word("post")),
    "kind": Column(mark("種類"), 15, _word("kind")),
    "function": Column(mark("役割"), 12, _word("function")),
    "status": Column(mark("状況"), 12, _word("status")),
    "iclei-role": Column(mark("イクレイの立場"), 15, _word("iclei_role")),
    "pathways": Column(mark("道筋"), 20, _word("pathways")),
    "summary": Column(mark("内容"), 45, _text("summary")),
    "noted-summary": Column(mark("内容"), 45, _noted_summary),
    "relation": Column(mark("イクレイとの関わり"), 40, _text("relation")),
    "chosen": Column(mark("選び方"), 30, _text("chosen")),
    "duties": Column(mark("主な仕事"), 40, _duties),
    "partners": Column(mark("協力相手"), 25, _partners),
    "as-of": Column(mark("時点"), 15, _date("as_of")),
    "note": Column(mark("注"), 30, _text("note")),
    "conflicts": Column(mark("出典の食い違い"), 25, _conflicts),
    "sources": Column(mark("出典"), 12, _sources),
    "dated-sources": Column(mark("出典"), 12, _dated_sources),
}

#: What a description lists below the summary: kind, dates, then the rest, and at the end of what date all this is.
_DETAILS = (
    "kind",
    "function",
    "post",
    "date",
    "since",
    "until",
    "status",
    "place",
    "city",
    "country",
    "region",
    "chosen",
    "duties",
    "iclei-role",
    "pathways",
    "partners",
    "relation",
    "name-is-ours",
    "note",
    "conflicts",
    "as-of",
)

_LAST = ("sources", "as-of")

_BLOCKS = {"duties"}


def blocks(composer: Composer, name: str, cell: list[Node]) -> list[Node]:
    """Return what a column says as blocks: lists as they are, anything else as a paragraph."""
    return cell if name in _BLOCKS else [composer.paragraph(*cell)]


def columns_of_homes(names: Sequence[str]) -> list[str]:
    """Return the columns of a table that describes its records: with both names, and with sources and date last.

    >>> columns_of_homes(["date", "name", "sources", "note"])
    ['date', 'names', 'note', 'dated-sources']

    A note stands below the summary where there is one:

    >>> columns_of_homes(["name", "summary", "note"])
    ['names', 'noted-summary', 'dated-sources']
    """
    apart = [name for name in names if name not in _LAST and not (name == "note" and "summary" in names)]
    fuller = {"name": "names", "summary": "noted-summary"} if "note" in names else {"name": "names"}
    return [*(fuller.get(name, name) for name in apart), "dated-sources"]


def details(composer: Composer, record: Record) -> nodes.field_list | None:
    """Return the fields of a record below its summary, or None if it has none."""
    fields = nodes.field_list(classes=["record-details"])
    # A summary cites its sources itself.
    for name in _DETAILS if record.summary else (*_DETAILS[:-1], *_LAST):
        column = COLUMNS[name]
        cell = column.cell(composer, record)
        if cell:
            fields += composer.field(composer.translation.word(column.heading), *blocks(composer, name, cell))
    return fields if fields.children else None
