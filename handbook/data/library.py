"""What is exported: the knowledge base in all languages, with the pages that describe its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.knowledge import KnowledgeBase, Record
    from handbook.translation import Translation

#: Where the data would live if nobody says where the site is published. Linked data needs
#: absolute names; `.example` is reserved (RFC 2606), so these can never be somebody else's.
NOWHERE = "https://iclei-handbook.example"

LICENCE_NAME = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

#: The name of this file is part of the name of every record: `…/ja/data/handbook.ttl#council`.
TURTLE = "handbook.ttl"


@dataclass(frozen=True)
class Library:
    """A knowledge base joined with its translations, source language first.

    `homes` gives the page of a record, relative to the folder of a language
    (`organization/council.html#council`); `facts` the date of the facts (EDTF);
    `address` where the site is published, without a slash at its end, empty if
    not known; `words` what readers call the values of closed lists, in the
    source language (`campaign`: キャンペーン).
    """

    base: KnowledgeBase
    translations: Mapping[str, Translation]
    homes: Mapping[str, str]
    facts: str
    address: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def source_language(self) -> str:
        """The language that records are written in."""
        return next(iter(self.translations))

    @property
    def dataset(self) -> str:
        """The name of the data as a whole, the same in every edition."""
        return self.published(f"{self.source_language}/data/{TURTLE}")

    def published(self, path: str) -> str:
        """Return the full address of a file or page, given relative to the root of the site."""
        return f"{self.address or NOWHERE}/{path}"

    def iri(self, name: str) -> str:
        """Return the name that linked data knows a record or another thing by."""
        return f"{self.dataset}#{name}"

    def source_iri(self, key: str) -> str:
        """Return the name that linked data knows a source by."""
        return self.iri(f"source-{key}")

    def page(self, record_id: str, language: str) -> str | None:
        """Return the page of a record, relative to the root of the site, if there is one."""
        home = self.homes.get(record_id)
        return f"{language}/{home}" if home else None

    def in_languages(self, text: str) -> dict[str, str]:
        """Return a text of the knowledge base by language; languages without a translation are left out."""
        found = {}
        for language, translation in self.translations.items():
            localized = translation.text(text)
            if localized.language == language:
                found[language] = localized.text
        return found

    def names(self, record: Record) -> dict[str, str]:
        """Return the name of a record by language."""
        return self.in_languages(record.name)
