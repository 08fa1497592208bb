"""Which records a writer means: one by id, or all of a kind with conditions.

    era=era-founding, kind=campaign|tool

Conditions are separated by commas and must all hold; `|` means "or", `none` that
the field is left out. A field that holds a list matches if one of its items does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.knowledge import COLLECTIONS, suggest

if TYPE_CHECKING:
    from handbook.knowledge import KnowledgeBase, Record

#: What a writer may call a collection: its singular.
KINDS: dict[str, str] = {record_type.__name__.lower(): name for name, record_type in COLLECTIONS.items()}


class SelectionError(ValueError):
    """A selection that means nothing; the message says why and what to write."""


@dataclass(frozen=True)
class Selection:
    """A set of records, described so that it can be asked for again later."""

    collection: str = ""
    conditions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, *ids: str) -> Selection:
        """Select records by id."""
        return cls(ids=ids)

    @classmethod
    def where(cls, kind: str, conditions: str = "") -> Selection:
        """Select by kind (`milestone`) and conditions (`era=era-founding`).

        Raises `SelectionError` for an unknown kind or field.
        """
        if kind not in KINDS:
            remedy = suggest(kind, KINDS, "write one of " + ", ".join(KINDS))
            raise SelectionError(f"'{kind}' is not a kind of record; {remedy}")
        fields = COLLECTIONS[KINDS[kind]].model_fields
        parsed = []
        for condition in filter(None, (part.strip() for part in conditions.split(","))):
            name, equals, values = condition.partition("=")
            name = name.strip()
            if not equals or not values.strip():
                raise SelectionError(f"the condition '{condition}' is not of the form field=value")
            if name not in fields:
                remedy = suggest(name, fields, "write one of " + ", ".join(fields))
                raise SelectionError(f"records of kind '{kind}' have no field '{name}'; {remedy}")
            parsed.append((name, tuple(value.strip() for value in values.split("|"))))
        return cls(KINDS[kind], tuple(parsed))

    def records(self, base: KnowledgeBase) -> list[Record]:
        """Return the records that are meant, in file order; unknown ids are left out."""
        if self.ids:
            return [base.records[record_id] for record_id in self.ids if record_id in base.records]
        return [record for record in base.all(COLLECTIONS[self.collection]) if self._holds(record)]

    def _holds(self, record: Record) -> bool:
        for name, wanted in self.conditions:
            value = getattr(record, name)
            values = value if isinstance(value, list) else [value]
            if not any(_as_written(item) in wanted for item in values):
                return False
        return True


def _as_written(value: object) -> str:
    return str(value).lower() if value is None or isinstance(value, bool) else str(value)
