"""`handbook.schema.json`: what may stand in `handbook.json` (JSON Schema 2020-12).

Titles and descriptions are in the language of the edition, like everything that
readers see; they are the words that head the tables. Names of properties and
values of closed lists are the same in every edition.

The shape comes from the record types themselves, so a new type or field is in
the schema at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handbook.data.document import type_name
from handbook.data.words import DOCUMENT, Word, field_word, kind_word
from handbook.knowledge import COLLECTIONS
from handbook.knowledge.schemas import DIALECT
from handbook.translation import mark
from handbook.translation.languages import web_tag

if TYPE_CHECKING:
    from handbook.data.library import Library
    from handbook.knowledge import Record
    from handbook.translation import Translation

_TEXT = {"type": "string"}
#: What each source has, and what only some have.
_SOURCE_REQUIRED = ("key", "title", "publisher", "url", "urldate", "langid")
_SOURCE_OPTIONAL = ("issued", "language", "note")
_HEADING = mark("イクレイ・ハンドブックのデータの形")


def schema(library: Library, language: str) -> dict[str, Any]:
    """Return the schema of one edition."""
    translation = library.translations[language]
    definitions: dict[str, Any] = {}
    for record_type in COLLECTIONS.values():
        found = _record(record_type, translation)
        definitions |= found.pop("$defs", {})
        definitions[record_type.__name__] = found
    definitions["Source"] = _source(translation)
    licence = {name: _said({"type": "string"}, DOCUMENT[f"licence.{name}"], translation) for name in ("name", "url")}
    records = [{"$ref": f"#/$defs/{record_type.__name__}"} for record_type in COLLECTIONS.values()]
    shapes: dict[str, dict[str, Any]] = {
        "$schema": _TEXT,
        "title": _TEXT,
        "language": {"const": web_tag(language)},
        "date": {"type": "string", "format": "date"},
        "licence": _object(licence, list(licence)),
        "site": _TEXT,
        "records": {"type": "array", "items": {"oneOf": records}},
        "sources": {"type": "array", "items": {"$ref": "#/$defs/Source"}},
    }
    properties = {name: _said(shape, DOCUMENT[name], translation) for name, shape in shapes.items()}
    return {
        "$schema": DIALECT,
        "title": translation.word(_HEADING),
        **_object(properties, list(properties)),
        "$defs": dict(sorted(definitions.items())),
    }


def _record(record_type: type[Record], translation: Translation) -> dict[str, Any]:
    found = record_type.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    for definition in found.get("$defs", {}).values():
        _describe(definition, translation)
    _describe(found, translation)
    added: dict[str, dict[str, Any]] = {
        "type": {"const": type_name(record_type)},
        "iri": {"type": "string", "format": "iri"},
        "page": _TEXT,
        "names": {"type": "object", "minProperties": 1, "additionalProperties": _TEXT},
    }
    fields = found["properties"]
    found["properties"] = {
        "id": fields.pop("id"),
        **{name: _said(shape, field_word(name), translation) for name, shape in added.items()},
        **fields,
    }
    found["required"] = ["type", "iri", "names", *found["required"]]
    word = kind_word(record_type.collection)
    return {"title": translation.word(word.name), "description": translation.word(word.meaning)} | {
        name: value for name, value in found.items() if name not in ("title", "description")
    }


def _describe(definition: dict[str, Any], translation: Translation) -> None:
    """Put our words to the properties that pydantic found, and leave out its own, and what is never written: null."""
    for own in ("title", "description"):
        definition.pop(own, None)
    optional = set()
    properties = {}
    for name, shape in definition["properties"].items():
        choices = shape.get("anyOf", [])
        if {"type": "null"} in choices:
            optional.add(name)
            given = [choice for choice in choices if choice != {"type": "null"}]
            rest = {key: value for key, value in shape.items() if key not in ("anyOf", "default")}
            shape = rest | (given[0] if len(given) == 1 else {"anyOf": given})
        properties[name] = _said(shape, field_word(name), translation)
    definition["properties"] = properties
    definition["required"] = [name for name in properties if name not in optional]
    definition["additionalProperties"] = False


def _source(translation: Translation) -> dict[str, Any]:
    properties = {name: _said(_TEXT, field_word(name), translation) for name in (*_SOURCE_REQUIRED, *_SOURCE_OPTIONAL)}
    word = DOCUMENT["sources"]
    return _said(_object(properties, list(_SOURCE_REQUIRED)), word, translation)


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _said(shape: dict[str, Any], word: Word, translation: Translation) -> dict[str, Any]:
    """Return a shape with a title and a description."""
    described = {"title": translation.word(word.name)}
    if word.meaning:
        described["description"] = translation.word(word.meaning)
    return described | {name: value for name, value in shape.items() if name not in described}
