"""The knowledge base as readers of one language get it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.knowledge import KnowledgeBase, Record
    from handbook.translation import Localized, Translation


@dataclass(frozen=True)
class Edition:
    """A knowledge base joined with the translation into one language."""

    base: KnowledgeBase
    translation: Translation

    @property
    def language(self) -> str:
        return self.translation.language

    def name(self, record: Record) -> Localized:
        """Return the record's name in this edition's language."""
        return self.translation.text(record.name)

    def sort_key(self, record: Record) -> tuple[str, str]:
        """Key for lists that readers look things up in: by reading in Japanese, else by letters."""
        shown = self.name(record).text
        if self.language == "ja":
            return (record.reading or shown, shown)
        letters = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode()
        return (letters.casefold().lstrip("\"'("), shown)

    def digest(self, records: Iterable[Record]) -> str:
        """Fingerprint of all that readers can see of `records`, translations included."""
        state = [
            [record.model_dump_json(), [self.translation.text(text).text for _, text in record.messages()]]
            for record in records
        ]
        return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()
