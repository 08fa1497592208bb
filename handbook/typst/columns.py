"""How wide the columns of a table are, reckoned from what they hold."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: How many Latin letters a line of a table has room for, and what the space around a cell takes of them.
LINE, _SPACE = 98, 3
#: The widest word that has to stay in one piece.
_WORD = 24
#: Names are bold, and their letters wider.
_BOLD = 1.1
#: Letters that are clearly narrower or wider than half an em, in any typeface; all others count as one.
_WIDTHS = (
    dict.fromkeys("ijlI.,;:'|! \u2019", 0.55)
    | dict.fromkeys("()[]{}/-\u201c\u201dftr", 0.7)
    | dict.fromkeys("mwMW", 1.5)
    | dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ\u2013&", 1.2)
)
#: From this width on, a cell is running text, which is not set narrower than the second number.
_RUNNING, _NARROWEST = 50, 14
#: Names and places are not set narrower than this, unless they are.
_NARROW = 7
#: Widths that columns should have: what holds only short cells keeps them on one line, names and places may take two,
#: running text needs more.
_SHORT, _NAME, _TEXT = 17, 14, 28
#: A cell that lacks all of that width reads as badly as if its row were this number of lines higher; a date, for
#: example, that is broken, as this number.
_CRAMPED, _BROKEN = 1.2, 0.7
#: What the end of a line leaves empty, where the next word does not go into it.
_RAGGED = 1.5
#: How much width is moved from one column to another at a time, when the best widths are looked for.
_STEPS = (12, 6, 3, 1)
#: The height of a line and of the space around a row, in em of the type of the table.
_HEIGHT, _AROUND = 1.5, 1.2
#: A boundary between Japanese and Latin letters takes a little space.
_BOUNDARY = re.compile(r"(?<=[\u3000-\u9fff])(?=[!-~])|(?<=[!-~])(?=[\u3000-\u9fff])")
#: What is not broken between letters; Japanese is.
_WORDS = re.compile(r"[!-~\u00c0-\u024f]+")


def column_widths(count: int, rows: list[nodes.Node], sizes: Mapping[str, float]) -> list[int]:
    """Return the widths of columns, in Latin letters: those that make the table low, and no column hard to read.

    Widths are moved from one column to another as long as that helps. A table
    that needs less than a whole line is given no more. `sizes` says of classes
    how large their type is beside that of the table.
    """
    columns = _columns(count, rows, sizes)
    if sum(column.natural for column in columns) <= LINE:
        return [column.natural for column in columns]
    if sum(column.whole for column in columns) <= LINE:
        for column in columns:
            column.least = max(column.least, min(column.whole, column.natural))
    left = max(0, LINE - sum(column.least for column in columns))
    wishes = [math.sqrt(column.natural) for column in columns]
    shares = [math.floor(left * wish / sum(wishes)) for wish in wishes]
    return _best(columns, [column.least + share for column, share in zip(columns, shares, strict=True)])


def table_height(widths: list[int], rows: list[nodes.Node], sizes: Mapping[str, float]) -> float:
    """Return about how high a table is, in em of its type; cells that span others count for nothing."""
    columns = _columns(len(widths), rows, sizes)
    lines = _lines([column.at(width)[0] for column, width in zip(columns, widths, strict=True)])
    return lines * _HEIGHT + len(rows) * _AROUND


def _columns(count: int, rows: list[nodes.Node], sizes: Mapping[str, float]) -> list[_Column]:
    cells = [row.children for row in rows if isinstance(row, nodes.Element) and _is_plain(row, count)]
    return [_Column([list(_lines_of(row[index], sizes)) for row in cells]) for index in range(count)]


def _lines(heights: list[list[int]]) -> int:
    """Return the number of lines of a table, from those of the cells of each column."""
    return sum(map(max, zip(*heights, strict=True)))


def _lines_of(cell: nodes.Node, sizes: Mapping[str, float]) -> Iterator[list[tuple[str, float]]]:
    """Yield the lines of a cell that its writer has parted, as texts with the size of their type."""
    line: list[tuple[str, float]] = []
    block: nodes.Node | None = None
    for text in cell.findall(nodes.Text):
        size = 1.0
        holder: nodes.Node | None = text.parent
        while isinstance(holder, nodes.Inline):
            size *= math.prod(sizes.get(name, 1.0) for name in holder["classes"])
            holder = holder.parent
        for number, part in enumerate(text.astext().split("\n")):
            if line and (number or holder is not block):
                yield line
                line = []
            if part:
                line.append((part, size))
        block = holder
    if line:
        yield line


def _is_plain(row: nodes.Element, count: int) -> bool:
    spans = any("morerows" in cell or "morecols" in cell for cell in row.children if isinstance(cell, nodes.Element))
    return len(row.children) == count and not spans


class _Column:
    """The cells of a column.

    `natural` is the width at which no line is broken; `least`, the width that it must have; `whole`, the width at
    which short cells are broken after commas only, so that dates stay whole, and running text reads well.
    """

    def __init__(self, cells: list[list[list[tuple[str, float]]]]) -> None:
        self._lines = [[sum(size * _width(text) for text, size in line) for line in cell] for cell in cells]
        self._pieces = [max((_longest_piece(line) for line in cell), default=0.0) for cell in cells]
        self._filled = sum(any(lines) for lines in self._lines)
        self._known: dict[int, tuple[list[int], float]] = {}
        widest = max((width for lines in self._lines for width in lines), default=1)
        words = (_longest_word("".join(text for text, _ in line)) for cell in cells for line in cell)
        word = _BOLD * max(words, default=1)
        self.natural = math.ceil(1.04 * max(widest, 1)) + _SPACE
        piece = max(self._pieces, default=0.0)
        floor = _NARROWEST if widest > _RUNNING else min(piece, _NARROW)
        self.least = math.ceil(max(min(word, _WORD), floor)) + _SPACE
        self._short = piece <= _SHORT and widest <= _RUNNING
        if self._short:
            self.whole = max(self.least, math.ceil(1.04 * piece) + _SPACE)
            self._wanted = float(self.whole)
        else:
            self.whole = max(self.least, _SPACE + _TEXT * (widest > _RUNNING))
            self._wanted = _SPACE + (_TEXT if widest > _RUNNING else _NAME)

    def at(self, width: int) -> tuple[list[int], float]:
        """Return how many lines each cell takes in a column of this width, and how much worse it is to read."""
        if width not in self._known:
            room = max(2 * _RAGGED, width - _SPACE)
            heights = [
                max(1, sum(1 if line <= room else math.ceil(line / (room - _RAGGED)) for line in lines))
                for lines in self._lines
            ]
            worse = _CRAMPED * self._filled * max(0, 1 - width / self._wanted)
            if self._short:
                worse += _BROKEN * sum(piece > room for piece in self._pieces)
            self._known[width] = heights, worse
        return self._known[width]


def _best(columns: list[_Column], widths: list[int]) -> list[int]:
    """Move width between columns while that helps: coarse steps first, finer ones where none does."""

    def cost(tried: list[int]) -> float:
        taken = [column.at(width) for column, width in zip(columns, tried, strict=True)]
        return _lines([heights for heights, _ in taken]) + sum(worse for _, worse in taken)

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
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else _WIDTHS.get(letter, 1) for letter in text)
    return letters + 0.5 * len(_BOUNDARY.findall(text))


def _longest_piece(line: list[tuple[str, float]]) -> float:
    """Return the width of the longest part of a line up to a comma: a list may be broken there, a date may not."""
    pieces = "".join(text for text, _ in line).split(", ")
    return max(size for _, size in line) * max(map(_width, pieces))


def _longest_word(text: str) -> float:
    """Return the width of the longest word."""
    return max((_width(word) for word in _WORDS.findall(text)), default=1.0)
