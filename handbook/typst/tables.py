"""Tables: columns as wide as what they hold, header rows that come again on each page, cells that span."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from typing import TYPE_CHECKING

from docutils import nodes

from handbook.typst.markup import call

if TYPE_CHECKING:
    from docutils.nodes import Element

    from handbook.typst.figures import FigureMethods

#: How many Latin letters a line of a table has room for, and what the space around a cell takes of them.
_LINE, _SPACE = 103, 3
#: The widest word that has to stay in one piece.
_WORD = 24
#: Names are bold, and their letters wider.
_BOLD = 1.1
#: From this width on, a cell is running text, which is not set narrower than the second number.
_RUNNING, _NARROWEST = 60, 14
#: Names and places are not set narrower than this, unless they are.
_NARROW = 10
#: Widths that columns should have: what holds only short cells keeps them on one line, names and places may take two,
#: running text needs more.
_SHORT, _NAME, _TEXT = 18, 14, 28
#: A cell that lacks all of that width reads as badly as if its row were this number of lines higher.
_CRAMPED = 1.2
#: How much width is moved from one column to another at a time, when the best widths are looked for.
_STEPS = (12, 6, 3, 1)
#: A cell that may fill a page by itself may be broken between pages.
_TALL = 1500
#: A boundary between Japanese and Latin letters takes a little space.
_BOUNDARY = re.compile(r"(?<=[\u3000-\u9fff])(?=[!-~])|(?<=[!-~])(?=[\u3000-\u9fff])")
#: What is not broken between letters; Japanese is.
_WORDS = re.compile(r"[!-~\u00c0-\u024f]+")
_ALIGNMENTS = {"text-left": "left", "text-center": "center", "text-right": "right"}


def write_table(writer: FigureMethods, table: Element) -> str:
    """Return the source of a table, with its caption where it has one."""
    caption = ""
    for title in table.children:
        if isinstance(title, nodes.title):
            caption = writer.caption(title, table)
    group = next(child for child in table.children if isinstance(child, nodes.tgroup))
    columns = [child for child in group.children if isinstance(child, nodes.colspec)]
    stubs = [bool(column.get("stub")) for column in columns]
    head = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
    body = [row for part in group.children if isinstance(part, nodes.tbody) for row in part.children]
    if "colwidths-given" in table["classes"]:
        shares = [f"{column['colwidth']}fr" for column in columns]
    else:
        widths = column_widths(len(columns), [*head, *body])
        # Half an em is a Latin letter; what stands in bold type takes a little more.
        small = sum(widths) < _LINE * 0.6
        shares = [f"{width / 2 + 0.5}em" if small else f"{width}fr" for width in widths]
    arguments = [f"columns: ({', '.join(shares)},)"]
    once: list[str] = []
    if head:
        writer.once = once
        arguments.append(f"table.header({', '.join(_cells(writer, head, stubs, header=True))})")
        writer.once = None
    arguments += _cells(writer, body, stubs, header=False)
    written = "".join(once) + call("table", *arguments)
    return call("captioned", *([f"caption: [{caption}]"] if caption else []), body=written)


def _cells(writer: FigureMethods, rows: list[nodes.Node], stubs: list[bool], *, header: bool) -> list[str]:
    cells = []
    taken: dict[int, int] = {}
    for row in rows:
        assert isinstance(row, nodes.Element)
        at = 0
        before = writer.anchor(row)
        for entry in row.children:
            assert isinstance(entry, nodes.Element)
            while taken.get(at, 0):
                taken[at] -= 1
                at += 1
            text = writer.dressed(writer.blocks(entry.children), entry, "inline")
            if not header and at < len(stubs) and stubs[at]:
                text = call("stub", body=text)
            down, right = entry.get("morerows", 0), entry.get("morecols", 0)
            options = [f"rowspan: {down + 1}"] * bool(down) + [f"colspan: {right + 1}"] * bool(right)
            options += ["breakable: true"] * (len(entry.astext()) > _TALL)
            options += [f"align: {side}" for name, side in _ALIGNMENTS.items() if name in entry["classes"]]
            cells.append(f"table.cell({', '.join(options)})[{before}{text}]" if options else f"[{before}{text}]")
            before = ""
            for column in range(at, at + right + 1):
                taken[column] = taken.get(column, 0) + down if down else taken.get(column, 0)
            at += right + 1
        while taken.get(at, 0):
            taken[at] -= 1
            at += 1
    return cells


def column_widths(count: int, rows: list[nodes.Node]) -> list[int]:
    """Return the widths of columns, in Latin letters: those that make the table low, and no column hard to read.

    Widths are moved from one column to another as long as that helps. A table
    that needs less than a whole line is given no more.
    """
    cells = [row.children for row in rows if isinstance(row, nodes.Element) and _is_plain(row, count)]
    columns = [_Column([row[index].astext() for row in cells]) for index in range(count)]
    if sum(column.natural for column in columns) <= _LINE:
        return [column.natural for column in columns]
    if sum(column.whole for column in columns) <= _LINE:
        for column in columns:
            column.least = max(column.least, min(column.whole, column.natural))
    left = max(0, _LINE - sum(column.least for column in columns))
    wishes = [math.sqrt(column.natural) for column in columns]
    shares = [math.floor(left * wish / sum(wishes)) for wish in wishes]
    return _best(columns, [column.least + share for column, share in zip(columns, shares, strict=True)])


def _is_plain(row: nodes.Element, count: int) -> bool:
    spans = any("morerows" in cell or "morecols" in cell for cell in row.children if isinstance(cell, nodes.Element))
    return len(row.children) == count and not spans


class _Column:
    """The cells of a column.

    `natural` is the width at which no line is broken; `least`, the width that it must have; `whole`, the width at
    which no line of short cells is broken, dates for example, and running text reads well.
    """

    def __init__(self, cells: list[str]) -> None:
        texts = [cell.split("\n") for cell in cells]
        self._lines = [[_width(line) for line in text] for text in texts]
        self._filled = sum(any(lines) for lines in self._lines)
        self._known: dict[int, tuple[list[int], float]] = {}
        widest = max((width for lines in self._lines for width in lines), default=1)
        word = _BOLD * max((_longest_word(line) for text in texts for line in text), default=1)
        self.natural = math.ceil(max(widest, 1)) + _SPACE
        floor = _NARROWEST if widest > _RUNNING else min(widest, _NARROW)
        self.least = math.ceil(max(min(word, _WORD), floor)) + _SPACE
        self.whole = self.natural if widest <= _SHORT else max(self.least, _SPACE + _TEXT * (widest > _RUNNING))
        self._wanted = _SPACE + (widest if widest <= _SHORT else _TEXT if widest > _RUNNING else _NAME)

    def at(self, width: int) -> tuple[list[int], float]:
        """Return how many lines each cell takes in a column of this width, and how much worse it is to read."""
        if width not in self._known:
            room = max(1, width - _SPACE)
            heights = [sum(math.ceil(max(line, 1) / room) for line in lines) for lines in self._lines]
            self._known[width] = heights, _CRAMPED * self._filled * max(0, 1 - width / self._wanted)
        return self._known[width]


def _best(columns: list[_Column], widths: list[int]) -> list[int]:
    """Move width between columns while that helps: coarse steps first, finer ones where none does."""

    def cost(tried: list[int]) -> float:
        taken = [column.at(width) for column, width in zip(columns, tried, strict=True)]
        lines: int = sum(map(max, zip(*(heights for heights, _ in taken), strict=True)))
        return lines + sum(worse for _, worse in taken)

    best = cost(widths)
    for step in _STEPS:
        found = True
        while found:
            found = False
            for giver, taker in itertools.permutations(range(len(widths)), 2):
                if widths[giver] - step < columns[giver].least:
                    continue
                tried = [*widths]
                tried[giver] -= step
                tried[taker] += step
                if (now := cost(tried)) < best:
                    widths, best, found = tried, now, True
    return widths


def _width(text: str) -> float:
    """Return the width of a text in Latin letters; a Japanese one is as wide as two."""
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return letters + 0.5 * len(_BOUNDARY.findall(text))


def _longest_word(text: str) -> float:
    """Return the width of the longest word."""
    return max((_width(word) for word in _WORDS.findall(text)), default=1.0)
