"""Charts: where points and bars stand, what is written, and that nothing of the plotting library leaks."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from handbook.diagrams.charts import SIZE, WIDTH, Bar, Point, draw_bars, draw_points, even_steps, even_years
from handbook.diagrams.palette import LIGHT
from handbook.diagrams.svg import READABLE, entitle, inline, texts

SVG = "{http://www.w3.org/2000/svg}"

POINTS = [
    Point(date(2025, 9, 15), 2500, "2,500以上"),
    Point(date(2007, 5, 15), 500, "500以上"),
    Point(date(2018, 6, 15), 1500, "約1,500"),
]
YEARS = [(2010, "2010年"), (2020, "2020年")]
AMOUNTS = [(0, "0"), (1000, "1,000"), (2000, "2,000"), (3000, "3,000")]
BARS = [Bar("東アジア", 4, "4"), Bar("メキシコ・中米・カリブ", 2, "2"), Bar("南米", 1, "1")]


def points(chart: list[Point] = POINTS) -> str:
    return draw_points(chart, years=YEARS, amounts=AMOUNTS)


def every(svg: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}{name}"))


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, "nan"))


def test_a_point_stands_as_far_to_the_right_as_it_is_late_and_as_high_as_its_value():
    first, second, third = every(points(), "circle")

    assert number(first, "cx") < number(second, "cx") < number(third, "cx")
    # 0 and 3,000 are the lowest and the highest guide.
    heights = [number(line, "y1") for line in every(points(), "line") if line.get("y1") == line.get("y2")]
    scale = (max(heights) - min(heights)) / 3000
    assert [(max(heights) - number(dot, "cy")) / scale for dot in (first, second, third)] == pytest.approx(
        [500, 1500, 2500], abs=5
    )


def test_points_and_axes_are_labelled_with_real_text():
    assert texts(points()) == ["0", "1,000", "2,000", "3,000", "2010年", "2020年", "2,500以上", "500以上", "約1,500"]


def test_labels_never_touch_each_other_and_the_newest_point_always_has_one():
    crowd = [Point(date(2010, month, 1), 1000 + month, f"約{1000 + month:,}") for month in range(1, 13)]

    written = [text for text in every(points(crowd), "text") if (text.text or "").startswith("約")]

    assert "約1,012" in [text.text for text in written]
    assert len(written) < len(crowd)
    assert len({(text.get("x"), text.get("y")) for text in written}) == len(written)


def test_bars_begin_at_one_line_and_are_as_long_as_their_values():
    bars = every(draw_bars(BARS, language="ja"), "rect")

    assert len({bar.get("x") for bar in bars}) == 1
    longest = number(bars[0], "width")
    assert [number(bar, "width") / longest for bar in bars] == pytest.approx([1, 0.5, 0.25], abs=0.01)
    assert [number(bar, "y") for bar in bars] == sorted(number(bar, "y") for bar in bars)


def test_each_bar_has_its_label_and_its_amount():
    assert texts(draw_bars(BARS, language="ja")) == ["東アジア", "4", "メキシコ・中米・カリブ", "2", "南米", "1"]


def test_a_long_label_is_broken_between_words_and_stays_inside():
    svg = draw_bars([Bar("Mexico, Central America and the Caribbean", 1, "1")], language="en")

    assert texts(svg) == ["Mexico, Central America", "and the Caribbean", "1"]
    (bar,) = every(svg, "rect")
    assert number(bar, "x") < WIDTH / 2 < number(bar, "x") + number(bar, "width") <= WIDTH


@pytest.mark.parametrize("draw", [points, lambda: draw_bars(BARS, language="ja")], ids=["points", "bars"])
def test_a_chart_is_the_same_each_time_and_holds_shapes_text_and_colours_of_the_palette_alone(draw):
    svg = draw()

    assert svg == draw()
    elements = list(ElementTree.fromstring(svg).iter())
    assert {element.tag.removeprefix(SVG) for element in elements} <= {"svg", "g", "line", "circle", "rect", "text"}
    assert not any(name in element.attrib for element in elements for name in ("id", "class", "style"))
    colours = {element.get(name, "none") for element in elements for name in ("fill", "stroke")} - {"none"}
    assert colours <= set(LIGHT.values())


def test_in_a_page_a_chart_is_a_picture_with_a_title_that_can_be_read_on_a_phone():
    file = entitle(
        points(), name="chart-members", title="会員数", description="増えました。", language="ja", role="img"
    )

    root = ElementTree.fromstring(inline(file, link=lambda record: None))

    by_id = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    assert by_id[root.get("aria-labelledby")] == "会員数"
    assert by_id[root.get("aria-describedby")] == "増えました。"
    assert {element.get("fill", "var(")[:4] for element in root.iter()} == {"var("}
    # Beside the page's margins, 328 of 360 pixels are left.
    assert SIZE * 328 / WIDTH >= READABLE


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (2600, [0, 1000, 2000, 3000]),
        (7, [0, 2, 4, 6, 8]),
        (131, [0, 50, 100, 150]),
        (0, [0, 1]),
        (0.3, [0, 0.1, 0.2, 0.3]),
    ],
)
def test_amounts_on_the_axis_are_round_and_few(highest: float, steps: list[float]):
    assert even_steps(highest) == pytest.approx(steps)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2007, 2025, [2010, 2015, 2020, 2025]),
        (2020, 2022, [2021, 2022]),
        (2020, 2020, [2020]),
        (1700, 2025, [1800, 1900, 2000]),
    ],
)
def test_years_on_the_axis_are_round_and_few(first: int, last: int, years: list[int]):
    assert even_years(date(first, 5, 1), date(last, 9, 1)) == years
