"""The files of one edition: which there are, and writing them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from handbook.data.document import SCHEMA_FILE, document
from handbook.data.graph import linked_data
from handbook.data.json_ld import whole_json_ld
from handbook.data.library import TURTLE
from handbook.data.schema import schema
from handbook.data.tables import ROW_FOR_EACH, record_table, source_table
from handbook.data.words import SOURCES, kind_word
from handbook.knowledge import COLLECTIONS
from handbook.translation import mark

if TYPE_CHECKING:
    from handbook.data.graph import LinkedData
    from handbook.data.library import Library
    from handbook.knowledge import KnowledgeBase

ROOM = Path(__file__).resolve().parent
SHAPES = ROOM / "shapes.ttl"
#: Example questions to the Turtle file, in SPARQL.
QUERIES = ROOM / "queries"


class DataFile(NamedTuple):
    """A file, its format, what it holds (in the source language), and how many records (of figures: values)."""

    name: str
    format: str
    meaning: str
    records: int | None = None


def data_files(base: KnowledgeBase) -> list[DataFile]:
    """Return the files that `write` writes, in the order in which readers should see them."""
    everything = len(base.records)
    files = [
        DataFile("handbook.json", "JSON", mark("すべての記録と出典"), everything),
        DataFile(SCHEMA_FILE, "JSON Schema", mark("handbook.jsonの項目の説明と形")),
    ]
    for collection, record_type in COLLECTIONS.items():
        parts = ROW_FOR_EACH.get(collection)
        records = base.all(record_type)
        count = sum(len(getattr(record, parts)) for record in records) if parts else len(records)
        files.append(DataFile(f"{collection}.csv", "CSV", kind_word(collection).name, count))
    return [
        *files,
        DataFile("sources.csv", "CSV", SOURCES.name, len(base.sources)),
        DataFile(TURTLE, "Turtle", mark("すべての記録と出典（リンクトデータ）"), everything),
        DataFile("handbook.jsonld", "JSON-LD", mark("Turtleと同じ内容"), everything),
        DataFile(SHAPES.name, "SHACL", mark("Turtleの内容が満たす条件")),
    ]


def write(library: Library, language: str, folder: Path, data: LinkedData | None = None) -> None:
    """Write the files of one edition into `folder`, and remove what is none of them.

    `data` is the linked data of `library`, if it has been made already. Two runs
    with the same input write the same bytes; a file that would not change is left alone.
    """
    data = data or linked_data(library)
    texts = {
        "handbook.json": _json(document(library, language)),
        SCHEMA_FILE: _json(schema(library, language)),
        "sources.csv": "\ufeff" + source_table(library, language),
        TURTLE: data.graph.serialize(format="turtle"),
        "handbook.jsonld": whole_json_ld(data),
        SHAPES.name: SHAPES.read_text(encoding="utf-8"),
    }
    for collection, record_type in COLLECTIONS.items():
        # The byte order mark tells Excel that this is UTF-8.
        texts[f"{collection}.csv"] = "\ufeff" + record_table(library, language, record_type)
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.name not in texts:
            file.unlink()
    for name, text in texts.items():
        file, content = folder / name, text.encode()
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
