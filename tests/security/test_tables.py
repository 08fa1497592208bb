"""Spreadsheets take no cell of the tables for a formula, whatever stands in a record, a source or a translation."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from handbook.content.vocabulary import WORDS
from handbook.data import Library
from handbook.data.tables import record_table, source_table
from handbook.knowledge import load
from handbook.knowledge.records import RECORD_TYPES
from handbook.translation import Translation
from tests.conftest import ROOT
from tests.security.hostile import record_of, texts_of

if TYPE_CHECKING:
    from tests.conftest import TinyProject

LEADS = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]


def led(value: Any, lead: str, texts: set[str]) -> Any:
    """Return a record whose hostile texts begin with what makes a formula."""
    if isinstance(value, dict):
        return {name: led(one, lead, texts) for name, one in value.items()}
    if isinstance(value, list):
        return [led(one, lead, texts) for one in value]
    return f"{lead}{value}" if value in texts else value


def cells_of(tables: list[str]) -> list[str]:
    return [cell for table in tables for row in csv.reader(io.StringIO(table, newline="")) for cell in row]


@pytest.mark.parametrize("lead", LEADS)
def test_no_cell_is_a_formula_and_numbers_stay_numbers(tiny_project: TinyProject, lead: str) -> None:
    for record_type in RECORD_TYPES:
        record = record_of(record_type)
        record.pop("part_of", None)
        changed = led(record, lead.strip() or "=", set(texts_of(record)))
        if record_type.collection == "figures":
            changed["observations"][0]["value"] = "-5"
        tiny_project.write(f"knowledge/{record_type.collection}.yaml", json.dumps([changed]))
    tiny_project.source("source")
    for field in ("title = {", "publisher = {"):
        tiny_project.replace("knowledge/sources.bib", field, field + (lead.strip() or "="))
    base = load(tiny_project.root / "knowledge", project=tiny_project.root)
    # Spaces at the beginning of a record are gone when it is read; translations keep theirs.
    records = Catalog("en")
    for known in base.records.values():
        for _, text in known.messages():
            records.add(text, f"{lead}{text}")
    with (ROOT / "locales/en/LC_MESSAGES/handbook.po").open(encoding="utf-8") as stream:
        words = read_po(stream)
    for message in words:
        if message.id and isinstance(message.string, str):
            message.string = f"{lead}{message.string}"
    folder = tiny_project.root / "locales/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain, catalogue in (("knowledge", records), ("handbook", words)):
        with (folder / f"{domain}.po").open("wb") as file:
            write_po(file, catalogue, width=0)
    translations = {
        language: Translation.load(tiny_project.root / "locales", language=language, source_language="ja")
        for language in ("ja", "en")
    }
    homes = {record_id: f"page.html#{record_id}" for record_id in base.records}
    library = Library(base, translations, homes, facts="2026-11-24", address="", words=WORDS)

    for language in ("ja", "en"):
        tables = [record_table(library, language, record_type) for record_type in RECORD_TYPES]
        cells = cells_of([*tables, source_table(library, language)])

        assert "-5" in {cell.removesuffix(".0") for cell in cells}
        formulas = [cell[:60] for cell in cells if cell.startswith(tuple(LEADS)) and cell.removesuffix(".0") != "-5"]
        assert formulas == []
        # They are in it, and can be read back.
        assert any(cell.startswith(f"'{lead}") for cell in cells) or (language == "ja" and not lead.strip())
