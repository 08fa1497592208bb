"""The JSON Schemas that editors check records with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from handbook.knowledge import COLLECTIONS
from handbook.knowledge.schemas import schema_of, write_schemas

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: a date is text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(collection: str, text: str) -> list[str]:
    validator = Draft202012Validator(json.loads(schema_of(collection)))
    data: Any = yaml.load(text, Loader=EditorLoader)
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_committed_schema_is_what_make_schemas_writes(collection: str) -> None:
    committed = (KNOWLEDGE / "schemas" / f"{collection}.json").read_text(encoding="utf-8")
    assert committed == schema_of(collection), "run: make schemas"


@pytest.mark.parametrize("file", sorted(KNOWLEDGE.glob("*.yaml")), ids=lambda file: file.name)
def test_every_record_file_names_its_schema_and_keeps_to_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=schemas/{file.stem}.json\n")
    assert faults(file.stem, text) == []


@pytest.mark.parametrize(
    "date", ["1990", "1990-09", "1990-09-05", "2009~", "1990/1993", "1991-05/..", "../2003", "2001?/2004~"]
)
def test_a_date_that_the_handbook_reads_is_right_in_an_editor(date: str) -> None:
    assert faults("eras", f"- {{id: era-x, name: 時代, date: '{date}'}}") == []


@pytest.mark.parametrize("date", ["90", "1990-9", "September 1990", "1990/"])
def test_a_date_that_the_handbook_refuses_is_wrong_in_an_editor(date: str) -> None:
    assert faults("eras", f"- {{id: era-x, name: 時代, date: '{date}'}}")


def test_a_field_that_does_not_exist_is_wrong_in_an_editor() -> None:
    assert faults("eras", "- {id: era-x, name: 時代, date: 1990, dat: 1990}")


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    assert len(write_schemas(tmp_path / "schemas")) == len(COLLECTIONS)
    assert write_schemas(tmp_path / "schemas") == []
