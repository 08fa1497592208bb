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
