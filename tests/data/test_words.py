"""Words: a record type or field that is added to the knowledge must be added to the data, too."""

from __future__ import annotations

import pytest

from handbook.data.graph import CLASSES, POSTS
from handbook.data.words import FIELDS, KINDS
from handbook.knowledge import COLLECTIONS, Body, KnowledgeBase


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_type_has_a_title(collection: str) -> None:
    assert collection in KINDS, f"add '{collection}' to KINDS in handbook/data/words.py"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_type_is_something_in_rdf(collection: str) -> None:
    assert CLASSES.get(collection, {}).get(""), f"add '{collection}' to CLASSES in handbook/data/graph.py"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_field_has_a_name_and_a_meaning(collection: str) -> None:
    record_type = COLLECTIONS[collection]
    definitions = record_type.model_json_schema()
    fields = {*record_type.model_fields}
    fields |= {name for part in definitions.get("$defs", {}).values() for name in part["properties"]}
    missing = sorted(fields - FIELDS.keys())
    assert not missing, f"add {missing} to FIELDS in handbook/data/words.py"


def test_every_post_is_a_body(base: KnowledgeBase) -> None:
    assert {body.id for body in base.all(Body)} >= POSTS
