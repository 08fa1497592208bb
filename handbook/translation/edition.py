"""The knowledge base as readers of one language get it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.translation.languages import script_of

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
        """The language that its readers read."""
        return self.translation.language

    @property
    def state(self) -> str:
        """Fingerprint of all that readers can see of records: of the knowledge base, and of its translations."""
        return f"{self.base.state} {self.translation.knowledge.state}"

    def name(self, record: Record) -> Localized:
        """Return the record's name in this edition's language."""
        return self.translation.text(record.name)

    def sort_key(self, record: Record) -> tuple[str, str]:
        """Key for lists that readers look things up in: by reading in Japanese, else by letters."""
        shown = self.name(record).text
        script = script_of(self.language)
        if script == "Jpan":
            return (record.reading or shown, shown)
        letters = unicodedata.normalize("NFKD", shown)
        if script == "Latn":
            letters = letters.encode("ascii", "ignore").decode()
        return (letters.casefold().lstrip("\"'(“‘«"), shown)

    def digest(self, records: Iterable[Record]) -> str:
        """Fingerprint of all that readers can see of `records`, translations included."""
        return hashlib.sha256(" ".join(map(self._digest, records)).encode()).hexdigest()

    def _digest(self, record: Record) -> str:
        """Fingerprint of one record. Pages name the same ones again and again, so it is kept."""
        if record.id not in self._digests:
            texts = [self.translation.text(text).text for _, text in record.messages()]
            state = json.dumps([record.model_dump_json(), texts], ensure_ascii=False)
            self._digests[record.id] = hashlib.sha256(state.encode()).hexdigest()
        return self._digests[record.id]

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}
