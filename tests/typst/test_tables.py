"""Tables."""

from __future__ import annotations

import re
from typing import Any


def test_header_rows_and_stub_columns_are_headers(rst: Any) -> None:
    book = rst(
        """
        .. list-table:: The caption
           :header-rows: 1
           :stub-columns: 1

           * - City
             - People
           * - Bonn
             - 330,000
        """
    )
    assert "The caption City People Bonn 330,000" in book.text
    assert book.tags().count("TH") >= 2
    assert "#stub[" in book.source


def test_cells_that_span_rows_and_columns_leave_the_others_in_place(rst: Any) -> None:
    book = rst(
        """
        +-----+-----+-----+
        | a   | b   | c   |
        +=====+=====+=====+
        | d         | e   |
        +-----+-----+     +
        | f   | g   |     |
        +     +-----+-----+
        |     | h   | i   |
        +-----+-----+-----+
        """
    )
    assert book.rows[1:-1] == [["a", "b", "c"], ["d", "e"], ["f", "g"], ["h", "i"]]
    assert "colspan: 2" in book.source
    assert book.source.count("rowspan: 2") == 2


def test_a_stub_column_is_the_first(rst: Any) -> None:
    book = rst(
        """
        .. list-table::
           :stub-columns: 1
           :class: spanned

           * - a
             - b
             - c
           * - f
             - g
             - h
        """
    )
    assert book.rows[1:-1] == [["a", "b", "c"], ["f", "g", "h"]]
    assert re.findall(r"#stub\[/\*.*?\*/(.)", book.source) == ["a", "f"]


def test_the_header_of_a_long_table_comes_again_on_each_page(rst: Any) -> None:
    rows = "\n".join(f"   {number},value {number}" for number in range(120))
    book = rst(f".. csv-table::\n   :header: Number,Value\n\n{rows}\n")
    pages = [page for page in book.pages if "value" in page]
    assert len(pages) > 2
    assert all("Number Value" in page for page in pages)
    assert all(f"value {number}" in book.text for number in range(120))


def test_links_into_a_header_that_comes_again_have_one_place(rst: Any) -> None:
    rows = "\n".join(f"   {number},value {number}" for number in range(120))
    book = rst(f"See :ref:`here <cell>`.\n\n.. csv-table::\n   :header: _`cell`,Value\n\n{rows}\n")
    assert book.links_to(book.page_of("See here."))


def test_columns_of_markdown_tables_are_aligned(markdown: Any) -> None:
    book = markdown("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n")
    assert "a b c 1 2 3" in book.text
    assert "align: center" in book.source
    assert "align: right" in book.source


def test_the_widths_that_a_writer_gives_are_kept(rst: Any) -> None:
    book = rst(".. list-table::\n   :widths: 1 3\n\n   * - a\n     - b\n")
    assert "columns: (1fr, 3fr,)" in book.source


def test_a_table_in_a_cell_and_an_empty_table_are_no_problem(rst: Any) -> None:
    book = rst(
        """
        +-----------+-----+
        | a         | b   |
        |           |     |
        | - c       |     |
        |           |     |
        |   == ==   |     |
        |   d  e    |     |
        |   == ==   |     |
        +-----------+-----+
        |           |     |
        +-----------+-----+
        """
    )
    assert "a • c d e b" in book.text or "a b • c d e" in book.text


def test_a_column_of_smaller_type_leaves_more_room_to_the_others(rst: Any) -> None:
    table = """
        .. role:: small

        .. list-table::
           :header-rows: 1

           * - Source
             - Text
           * - :small:`one, two, three, four, five, six, seven, eight, nine and ten`
             - {text}
           * - :small:`one, two, three, four, five, six, seven, eight, nine and ten`
             - {text}
        """
    text = table.format(text="Words that go on and on until the line is full, and then some more. " * 4)
    as_large, smaller = (_shares(rst(text, typst_sizes=sizes).source) for sizes in ({}, {"small": 0.5}))
    assert smaller[0] < as_large[0]


def test_a_date_beside_much_text_stays_in_one_line(rst: Any) -> None:
    text = "Words that go on and on until the line is full, and then some more. " * 6
    rows = "".join(f"   * - 30 September 20{year}\n     - {text}\n     - {text}\n" for year in range(10, 14))
    book = rst(f".. list-table::\n\n{rows}")
    assert any(line.startswith("30 September 2010") for line in book.lines)


def _shares(source: str) -> list[int]:
    """Return the widths of the columns of the only table."""
    (columns,) = re.findall(r"columns: \(([^)]*)\)", source)
    return [int(share) for share in re.findall(r"(\d+)fr", columns)]
