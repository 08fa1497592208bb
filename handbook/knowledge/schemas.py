"""JSON Schemas of the record files, for editors that complete and check while one types.

They come from the record types, by `make schemas`. Each YAML file names its
schema in a comment that the YAML language server understands:
https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from handbook.knowledge.records import COLLECTIONS

if TYPE_CHECKING:
    from pathlib import Path

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(collection: str) -> str:
    """Return the JSON Schema (2020-12) of the file `<collection>.yaml`, as text."""
    record = COLLECTIONS[collection].model_json_schema()
    parts = record.pop("$defs", {})
    schema = {"$schema": DIALECT, "title": f"{collection}.yaml", "type": "array", "items": record, "$defs": parts}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(directory: Path) -> list[Path]:
    """Write the schemas of all collections into `directory`; return the files that changed."""
    directory.mkdir(exist_ok=True)
    changed = []
    for collection in COLLECTIONS:
        file, text = directory / f"{collection}.json", schema_of(collection)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            changed.append(file)
    return changed
