"""Which facts changed: the fields of records and sources, before and after.

The files are compared as they are written, not as record types: so a state can be compared, too, that was written for
other record types than today's. Whether the records are right is for the build to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handbook.knowledge import SOURCES_FILE
from handbook.knowledge.sources import read_sources
from handbook.knowledge.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What tells the items of a list apart that are more than text, best first: a list of observations, relations, claims.
_NAMING = ("as_of", "key", "to", "form", "text")


@dataclass(frozen=True)
class FieldChange:
    """A field and what stood in it; `None` where there was nothing or is nothing now."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class FactChange:
    """What happened to a record or a source."""

    kind: str
    file: str
    id: str
    name: str
    name_en: str
    fields: tuple[FieldChange, ...] = ()


def fact_changes(before: Path, after: Path) -> list[FactChange]:
    """Compare records and sources in two `knowledge` folders, file by file.

    Raises `ContentError` if a file cannot be read.
    """
    files = sorted({file.name for folder in (before, after) for file in folder.glob("*.yaml")})
    changes = [change for name in files for change in _compare(name, _records(before / name), _records(after / name))]
    return [*changes, *_compare(SOURCES_FILE, _sources(before), _sources(after))]


def _records(file: Path) -> dict[str, Any]:
    data = read_yaml(file, _shown(file)).data if file.exists() else []
    items = data if isinstance(data, list) else []
    return {str(item["id"]): item for item in items if isinstance(item, dict) and "id" in item}


def _sources(folder: Path) -> dict[str, Any]:
    file = folder / SOURCES_FILE
    found = read_sources(file, _shown(file)) if file.exists() else {}
    return {key: {"name": source.title, **source.fields} for key, source in found.items()}


def _shown(file: Path) -> Path:
    return file.relative_to(file.parents[1])


def _compare(file: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[FactChange]:
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        kind = "removed" if new is None else "added" if old is None else "changed"
        shown = new or old or {}
        fields = tuple(_fields(old, new)) if kind == "changed" else ()
        yield FactChange(kind, file, key, shown.get("name", key), shown.get("name_en", ""), fields)


def _fields(before: Any, after: Any, path: str = "") -> Iterator[FieldChange]:
    """Yield what differs, as deep inside as it can be told."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from _fields(before.get(key), after.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(after, list):
        old, new = _named(before), _named(after)
        for key in dict.fromkeys([*old, *new]):
            yield from _fields(old.get(key), new.get(key), f"{path}[{key}]" if _deep(before + after) else path)
        if old == new:
            yield FieldChange(path, ", ".join(old), ", ".join(new))
    else:
        yield FieldChange(path, _text(before), _text(after))


def _deep(items: list[Any]) -> bool:
    return any(isinstance(item, dict) for item in items)


def _named(items: list[Any]) -> dict[str, Any]:
    """Give each item of a list a name that stays when others come before it."""
    named: dict[str, Any] = {}
    for item in items:
        name = next((str(item[key]) for key in _NAMING if key in item), "") if isinstance(item, dict) else str(item)
        # Two of one name, as observations of one year from two sources: count them.
        count = sum(known == name or known.startswith(f"{name} (") for known in named)
        named[f"{name} ({count + 1})" if count else name] = item
    return named


def _text(value: Any) -> str | None:
    """Say a value of YAML in one line."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
