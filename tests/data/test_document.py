"""`handbook.json`: complete, translated, and as its schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from handbook.data.document import document
from handbook.data.schema import schema

if TYPE_CHECKING:
    from handbook.data import Library


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def by_id(library: Library, language: str) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in document(library, language)["records"]}


def mistakes(library: Library, language: str, instance: dict[str, Any]) -> list[str]:
    validator = Draft202012Validator(schema(library, language), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.json_path for error in validator.iter_errors(instance)]


def test_the_document_is_valid(library: Library, language: str) -> None:
    Draft202012Validator.check_schema(schema(library, language))
    assert mistakes(library, language, document(library, language)) == []


def test_a_document_with_something_wrong_is_not_valid(library: Library) -> None:
    whole = document(library, "ja")
    whole["records"][0]["colour"] = "green"
    del whole["sources"][0]["title"]
    whole["date"] = "yesterday"
    assert mistakes(library, "ja", whole) == ["$.date", "$.records[0]", "$.sources[0]"]


def test_the_schema_describes_every_property_in_the_language_of_the_edition(library: Library, language: str) -> None:
    def properties(shape: Any) -> list[tuple[str, dict[str, Any]]]:
        if isinstance(shape, list):
            return [found for item in shape for found in properties(item)]
        if not isinstance(shape, dict):
            return []
        here = list(shape["properties"].items()) if isinstance(shape.get("properties"), dict) else []
        return here + [found for item in shape.values() for found in properties(item)]

    found = properties(schema(library, language))
    assert len(found) > 50
    assert [name for name, shape in found if not (shape.get("title") and shape.get("description"))] == []


def test_everything_is_in_the_document(library: Library) -> None:
    whole = document(library, "ja")
    assert [record["id"] for record in whole["records"]] == list(library.base.records)
    assert [source["key"] for source in whole["sources"]] == list(library.base.sources)
    assert whole["date"] == "2026-11-24"
    assert whole["licence"]["name"] == "CC BY 4.0"


def test_texts_are_in_the_language_of_the_edition_and_names_in_all(library: Library) -> None:
    ja, en = by_id(library, "ja")["council"], by_id(library, "en")["council"]
    assert (ja["name"], en["name"]) == ("イクレイ議会", "ICLEI Council")
    assert ja["names"] == en["names"] == {"ja": "イクレイ議会", "en": "ICLEI Council"}
    assert ja["summary"].startswith("世界の会員を代表する")
    assert en["summary"].startswith("ICLEI’s highest")
    assert en["duties"][0] == "amend the ICLEI Charter"


def test_a_record_says_where_it_is_described(library: Library) -> None:
    assert by_id(library, "en")["council"]["page"] == "en/part/page.html#council"
    assert by_id(library, "en")["council"]["iri"] == by_id(library, "ja")["council"]["iri"]


def test_dates_are_edtf_and_whole_numbers_have_no_fraction(made_up: Library) -> None:
    records = by_id(made_up, "ja")
    assert records["meeting"]["date"] == "1990-09-05/1990-09-09"
    first, second = records["members"]["observations"]
    assert repr((first["value"], second["value"])) == "(2500, 12.5)"
    assert (first["as_of"], second["as_of"]) == ("2025-09", "2009~")
