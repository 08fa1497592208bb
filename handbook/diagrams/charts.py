"""Charts, drawn from plain values with pygal: points over time, and bars.

    svg = draw_points([Point(date(2018, 6, 15), 1500, "1,500以上"), …], years=[(2020, "2020年")], amounts=[(0, "0"), …])
    svg = draw_bars([Bar("東アジア", 5, "5"), …], language="ja")

pygal lays a chart out: scales, guides, the place of each point and each bar. Its file brings a style sheet, a script,
random ids and the date with it, and sizes text as if every letter were Latin. So only the places are read from it
(`_Layout`); the shapes and texts are written here, with their colours from the palette. What comes out is the same on
every run and goes through `handbook.diagrams.svg` like the other drawings.

Charts need neither a browser nor a font, so they are drawn while the site is built. They live in this room because they
share its colours, its line breaks and its way into a page.
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from handbook.diagrams.labels import break_label
from handbook.diagrams.palette import LIGHT
from handbook.diagrams.renderer import SMALLEST_FONT_SIZE
from handbook.translation.languages import is_full_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from pygal import Graph

__all__ = ["Bar", "Point", "draw_bars", "draw_points", "even_steps", "even_years"]

#: How wide every chart is and how large its texts are: on the narrowest phones they come out just large enough to read.
WIDTH: Final = 408
SIZE: Final = SMALLEST_FONT_SIZE

_HEIGHT: Final = 280
_RADIUS: Final = 4.5
_LINE_HEIGHT: Final = 17
#: How far the baseline of a line of text is below its middle.
_BASELINE: Final = 0.35 * SIZE
#: How much of the width the labels of bars may take.
_LABELS: Final = 0.42 * WIDTH

_SVG: Final = "{http://www.w3.org/2000/svg}"


class Point(NamedTuple):
    """A value at a time, and how it is written."""

    when: date
    value: float
    label: str


class Bar(NamedTuple):
    """What a bar stands for, how long it is, and how that is written."""

    label: str
    value: float
    amount: str


def even_steps(highest: float, most: int = 4) -> list[float]:
    """Return round values from 0 to `highest` or just above, `most` steps or fewer.

    >>> even_steps(2600)
    [0, 1000, 2000, 3000]
    """
    if highest <= 0:
        return [0, 1]
    magnitude = 10 ** math.floor(math.log10(highest / most))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude * most >= highest)
    return [step * count for count in range(math.ceil(highest / step) + 1)]


def even_years(first: date, last: date, most: int = 4) -> list[int]:
    """Return the round years that begin between two days, `most` or fewer; if none does, the year of both.

    >>> even_years(date(2007, 5, 15), date(2025, 9, 15))
    [2010, 2015, 2020, 2025]
    """
    years = [year for year in range(first.year, last.year + 1) if date(year, 1, 1) >= first] or [first.year]
    for step in (1, 2, 5, 10, 20, 50):
        chosen = [year for year in years if year % step == 0]
        if len(chosen) <= most:
            return chosen
    return [year for year in years if year % 100 == 0]


# -- points over time --------------------------------------------------------------------------------------------------


def draw_points(
    points: Iterable[Point], *, years: Sequence[tuple[int, str]], amounts: Sequence[tuple[float, str]]
) -> str:
    """Return an SVG of `points`; no line joins them, since between two observations nothing is known.

    `years` and `amounts` say where the axes have labels and which; `amounts` go from 0 to the end of the upright axis.
    Points are labelled where there is room: the newest, the oldest and the highest before the others.
    """
    points = sorted(points)
    left = max(_width(text) for _, text in amounts) + 10
    plot = _pygal().XY(
        **_settings(_HEIGHT, left=left, top=14, bottom=SIZE + 14),
        range=(0, amounts[-1][0]),
        x_labels=[date(year, 1, 1).toordinal() for year, _ in years],
        y_labels=[value for value, _ in amounts],
    )
    plot.add("", [(point.when.toordinal(), point.value) for point in points])
    layout = _Layout.of(plot)
    svg = _canvas(_HEIGHT)
    guides, letters = SubElement(svg, "g"), SubElement(svg, "g")
    for (value, text), y in zip(amounts, layout.levels, strict=True):
        _rule(guides, (left, y), (WIDTH, y), "line" if value == 0 else "group-stroke")
        _text(letters, (left - 10, y + _BASELINE), text, anchor="end", role="edge-text")
    for (_, text), x in zip(years, layout.uprights, strict=True):
        _rule(guides, (x, layout.levels[0]), (x, layout.levels[0] + 5), "line")
        _text(letters, (x, layout.levels[0] + 8 + SIZE), text, anchor="middle", role="edge-text")
    dots = SubElement(svg, "g")
    for x, y in layout.dots:
        size = {"cx": _number(x), "cy": _number(y), "r": _number(_RADIUS)}
        SubElement(dots, "circle", size | {"fill": LIGHT["era-1"], "stroke": LIGHT["ground"], "stroke-width": "1"})
    labels = SubElement(svg, "g")
    frame = _Box(left, 0, WIDTH, layout.levels[0])
    lines = [_Box(left, y - 1, WIDTH, y + 1) for y in layout.levels]
    for label in _labels(points, layout.dots, frame, lines):
        _text(labels, label.place, label.text, anchor=label.anchor)
    return _written(svg)


class _Box(NamedTuple):
    """A part of the picture by its edges; from the top downwards, as in SVG."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        """Tell whether two boxes overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: _Box) -> bool:
        """Tell whether another box lies inside this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


class _Label(NamedTuple):
    """What is written beside a point: `place` is where its baseline begins, has its middle or ends (`anchor`)."""

    text: str
    place: tuple[float, float]
    anchor: str

    @property
    def box(self) -> _Box:
        """The room that it takes."""
        width = _width(self.text)
        x, baseline = self.place
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        # Commas reach below the baseline; two labels in one line need a space between them.
        return _Box(left - 2, baseline - 0.8 * SIZE, left + width + 2, baseline + 0.2 * SIZE)


def _labels(
    points: Sequence[Point], dots: Sequence[tuple[float, float]], frame: _Box, lines: Sequence[_Box]
) -> list[_Label]:
    """Return the labels that find a place beside their points without touching anything else."""
    newest, highest = len(points) - 1, max(range(len(points)), key=lambda index: points[index].value)
    taken = [*lines]
    taken += [_Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in dots]
    placed: list[_Label] = []
    for index in dict.fromkeys([newest, 0, highest, *range(len(points))]):
        for label in _places(points[index].label, *dots[index]):
            if frame.holds(label.box) and not any(label.box.meets(box) for box in taken):
                placed.append(label)
                taken.append(label.box)
                break
    return placed


def _places(text: str, x: float, y: float) -> list[_Label]:
    """Return where a point's label may stand, the best place first."""
    near, above, below = _RADIUS + 4, y - _RADIUS - 5, y + _RADIUS + 2 + 0.85 * SIZE
    return [
        _Label(text, (x, above), "middle"),
        _Label(text, (x, below), "middle"),
        _Label(text, (x + near, y + _BASELINE), "start"),
        _Label(text, (x - near, y + _BASELINE), "end"),
        _Label(text, (x + _RADIUS, above), "end"),
        _Label(text, (x + _RADIUS, below), "end"),
        _Label(text, (x - _RADIUS, below), "start"),
        _Label(text, (x + near, below), "start"),
        _Label(text, (x - near, above), "end"),
    ]


# -- bars --------------------------------------------------------------------------------------------------------------


def draw_bars(bars: Sequence[Bar], *, language: str) -> str:
    """Return an SVG of horizontal bars, the first one on top, each with its label on the left and its amount at its end."""
    # break_label counts the characters of the language: those of East Asia are about twice as wide as Latin ones.
    most = int(_LABELS / (SIZE if is_full_width(language) else SIZE * 0.5))
    broken = [break_label(bar.label, language, most).split("<br>") for bar in bars]
    left = max(_width(line) for lines in broken for line in lines) + 10
    lines_between = [(len(one) + len(other)) / 2 for one, other in pairwise(broken)]
    plot = _pygal().HorizontalBar(
        **_settings(
            len(bars) * (max(lines_between, default=1) * _LINE_HEIGHT + 16),
            left=left,
            right=max(_width(bar.amount) for bar in bars) + 6,
        ),
        range=(0, max(bar.value for bar in bars)),
        y_labels=[0],
    )
    # pygal begins at the bottom.
    plot.add("", [bar.value for bar in reversed(bars)])
    layout = _Layout.of(plot)
    boxes = sorted(layout.bars, key=lambda box: box.top)
    middles = [(box.top + box.bottom) / 2 for box in boxes]
    top = middles[0] - len(broken[0]) * _LINE_HEIGHT / 2 - 4
    bottom = middles[-1] + len(broken[-1]) * _LINE_HEIGHT / 2 + 4
    svg = _canvas(bottom - top, top)
    shapes, letters = SubElement(svg, "g"), SubElement(svg, "g")
    for bar, lines, box, middle in zip(bars, broken, boxes, middles, strict=True):
        size = {"x": box.left, "y": middle - 8, "width": box.right - box.left, "height": 16}
        SubElement(shapes, "rect", {key: _number(value) for key, value in size.items()} | {"fill": LIGHT["era-1"]})
        first = middle - (len(lines) - 1) * _LINE_HEIGHT / 2 + _BASELINE
        for index, line in enumerate(lines):
            _text(letters, (0, first + index * _LINE_HEIGHT), line)
        _text(letters, (box.right + 6, middle + _BASELINE), bar.amount)
    (zero,) = layout.uprights
    _rule(shapes, (zero, top), (zero, bottom), "line")
    return _written(svg)


# -- what pygal lays out -----------------------------------------------------------------------------------------------


def _pygal() -> ModuleType:
    """Import pygal without the finder that it leaves behind for its maps, at which Python would warn for ever after."""
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
    return cast("ModuleType", pygal)


@dataclass
class _Layout:
    """Where pygal puts things: guides by their height or their distance from the left, points, and bars."""

    levels: list[float] = field(default_factory=list)
    uprights: list[float] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    bars: list[_Box] = field(default_factory=list)

    @classmethod
    def of(cls, graph: Graph) -> _Layout:
        """Let pygal lay a chart out, and read the places from what it draws."""
        layout = cls()
        for plot in ElementTree.fromstring(graph.render(is_unicode=True)).iter(f"{_SVG}g"):
            if "plot" not in plot.get("class", "").split():
                continue
            left, top = map(float, re.findall(r"[\d.]+", plot.get("transform", "")))
            for element in plot.iter():
                layout._note(element, left, top)
        return layout

    def _note(self, element: Element, left: float, top: float) -> None:
        kind = element.get("class", "").split()
        if "guides" in kind:
            for guide in element.iter(f"{_SVG}path"):
                x, y, way = re.findall(r"[\d.]+|[hv]", guide.get("d", ""))[:3]
                if way == "h":
                    self.levels.append(top + float(y))
                else:
                    self.uprights.append(left + float(x))
        elif "dot" in kind:
            self.dots.append((left + float(element.get("cx", 0)), top + float(element.get("cy", 0))))
        elif "rect" in kind:
            x, y, width, height = (float(element.get(key, 0)) for key in ("x", "y", "width", "height"))
            self.bars.append(_Box(left + x, top + y, left + x + width, top + y + height))


def _settings(height: float, *, left: float = 0, right: float = 0, top: float = 0, bottom: float = 0) -> dict[str, Any]:
    """Return what every chart asks of pygal: our margins, and no room for labels of its own."""
    from pygal.style import Style

    return {
        "width": WIDTH,
        "height": height,
        "margin_left": left,
        "margin_right": right,
        "margin_top": top,
        "margin_bottom": bottom,
        "spacing": 0,
        "style": Style(label_font_size=0),
        "truncate_label": -1,
        "show_legend": False,
        "js": [],
    }


# -- what is written ---------------------------------------------------------------------------------------------------


def _canvas(height: float, top: float = 0) -> Element:
    return Element("svg", {"xmlns": _SVG.strip("{}"), "viewBox": f"0 {_number(top)} {WIDTH} {_number(height)}"})


def _rule(parent: Element, start: tuple[float, float], end: tuple[float, float], role: str) -> None:
    (x1, y1), (x2, y2) = start, end
    ends = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
    SubElement(parent, "line", ends | {"stroke": LIGHT[role], "stroke-width": "1"})


def _text(parent: Element, place: tuple[float, float], text: str, *, anchor: str = "start", role: str = "text") -> None:
    x, y = place
    attributes = {"x": _number(x), "y": _number(y), "text-anchor": anchor, "font-size": str(SIZE), "fill": LIGHT[role]}
    SubElement(parent, "text", attributes).text = text


def _number(value: float) -> str:
    """Return a length, to a tenth: the same whatever the last digits are."""
    return f"{value:.1f}".removesuffix(".0")


def _written(svg: Element) -> str:
    return ElementTree.tostring(svg, encoding="unicode")


def _width(text: str) -> float:
    """Return about how wide a text comes out."""
    return SIZE * sum(1 if unicodedata.east_asian_width(letter) in "WF" else 0.56 for letter in text)
