"""CSV tables: right in Excel, and harmless there."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from handbook.data import write
from handbook.data.tables import record_table, source_table
from handbook.knowledge import COLLECTIONS, Body, Figure, Milestone

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.data import Library


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def test_excel_knows_the_encoding_and_the_ends_of_lines(library: Library, tmp_path: Path) -> None:
    write(library, "ja", tmp_path)
    tables = sorted(tmp_path.glob("*.csv"))
    assert {table.stem for table in tables} == {*COLLECTIONS, "sources"}
    for table in tables:
        content = table.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), table.name
        assert content.count(b"\n") == content.count(b"\r\n") > 1, table.name


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_column_has_a_heading_of_its_own(library: Library, language: str, collection: str) -> None:
    header, *body = csv.reader(io.StringIO(record_table(library, language, COLLECTIONS[collection]), newline=""))
    assert len(set(header)) == len(header)
    assert all(len(row) == len(header) for row in body)


def test_the_heading_is_in_the_language_of_the_edition(library: Library) -> None:
    assert rows(record_table(library, "ja", Body))[1]["名称（English）"] == "ICLEI Council"
    assert rows(record_table(library, "en", Body))[1]["Name"] == "ICLEI Council"


def test_a_list_is_separated_clearly_and_words_stand_for_codes(made_up: Library) -> None:
    council = rows(record_table(made_up, "ja", Body))[0]
    assert council["主な仕事"] == "決める | 選ぶ"
    assert council["ほかの機関との関係"] == "verb=elects; to=committee"
    assert council["役割"] == "決定する"


def test_a_figure_has_a_row_for_every_value(library: Library, made_up: Library) -> None:
    table = rows(record_table(library, "ja", Figure))
    assert len(table) == sum(len(figure.observations) for figure in library.base.all(Figure))
    first, second = rows(record_table(made_up, "ja", Figure))
    assert (first["値"], first["値の幅"], first["単位"]) == ("2500", "以上", "人")
    assert (second["値"], second["出典（この行）"], second["確かさ（この行）"]) == ("12.5", "a | b", "中くらい")


def test_a_date_stands_in_words_and_as_edtf(made_up: Library) -> None:
    meeting, vague = rows(record_table(made_up, "ja", Milestone))
    assert (meeting["年月日"], meeting["年月日（EDTF）"]) == ("1990年9月5日～9日", "1990-09-05/1990-09-09")
    assert (vague["年月日"], vague["年月日（EDTF）"]) == ("1991年頃", "1991~")


def test_no_cell_is_a_formula(made_up: Library) -> None:
    meeting = rows(record_table(made_up, "ja", Milestone))[0]
    assert meeting["名称"] == "'=1+1の会議"
    assert meeting["内容"] == "'-はじめの集まりです。"


def test_sources_have_a_table_of_their_own(library: Library) -> None:
    table = rows(source_table(library, "ja"))
    assert [row["キー"] for row in table] == list(library.base.sources)
    assert all(row["題名"] and row["公表者"] and row["アドレス"].startswith("http") for row in table)
