"""`handbook.json`: everything that the handbook knows, in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handbook.data.library import LICENCE_NAME, LICENCE_URL
from handbook.translation import mark
from handbook.translation.languages import web_tag

if TYPE_CHECKING:
    from handbook.data.library import Library
    from handbook.knowledge import Record, Source
    from handbook.knowledge.records import Part
    from handbook.translation import Translation

#: The name of the data, in the source language.
TITLE = mark("イクレイ・ハンドブックのデータ")

SCHEMA_FILE = "handbook.schema.json"


def document(library: Library, language: str) -> dict[str, Any]:
    """Return the document of one edition; `schema` says what is in it."""
    translation = library.translations[language]
    return {
        "$schema": SCHEMA_FILE,
        "title": translation.word(TITLE),
        "language": web_tag(language),
        "date": library.facts,
        "licence": {"name": LICENCE_NAME, "url": LICENCE_URL},
        "site": library.address,
        "records": [_record(library, record, language) for record in library.base.records.values()],
        "sources": [described_source(source, translation) for source in library.base.sources.values()],
    }


def content(part: Part, translation: Translation) -> dict[str, Any]:
    """Return the fields of a record or of a part of one: texts translated, dates as EDTF, nothing empty."""
    fields: dict[str, Any] = part.model_dump(mode="json", exclude_none=True)
    for path, text in part.messages():
        at: Any = fields
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = translation.text(text).text
    whole: dict[str, Any] = _with_whole_numbers(fields)
    return whole


def type_name(record_type: type[Record]) -> str:
    """Return what the data calls a record type."""
    return record_type.__name__.lower()


def described_source(source: Source, translation: Translation) -> dict[str, str]:
    """Return what is known of a source; its title as published, the rest translated."""
    found = {
        "key": source.key,
        "title": source.title,
        "publisher": translation.text(source.publisher).text,
        "url": source.fields["url"],
        "urldate": source.fields["urldate"],
        "issued": source.fields.get("date", ""),
        "langid": source.fields["langid"],
        "language": source.language,
        "note": translation.text(source.note).text if source.note else "",
    }
    return {name: value for name, value in found.items() if value}


def _record(library: Library, record: Record, language: str) -> dict[str, Any]:
    fields = content(record, library.translations[language])
    page = library.page(record.id, language)
    return {
        "id": fields.pop("id"),
        "type": type_name(type(record)),
        "iri": library.iri(record.id),
        **({"page": page} if page else {}),
        "names": library.names(record),
        **fields,
    }


def _with_whole_numbers(value: Any) -> Any:
    """Write 2500, not 2500.0."""
    if isinstance(value, dict):
        return {name: _with_whole_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
