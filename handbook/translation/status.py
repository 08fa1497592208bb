"""How much of each page is translated: catalogues counted against the messages that there are now.

for progress in status({"index": Messages.of(keys)}, locale_dir, "en"):
    print(progress.domain, progress.percent)
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from handbook.translation.catalogue import catalogue_folder, catalogue_path, domain_of
from handbook.translation.entries import read_entries
from handbook.translation.extract import THEME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from babel.messages.catalog import Catalog

#: Context and text: what makes a message the same in template and catalogue.
Key = tuple[str, str]

#: Where the numbers are published, beside the pages, and kept by `make translate-status`.
FILE = "translation-status.json"
#: The numbers of a `Progress`, as tables show them.
COUNTS = ("total", "translated", "fuzzy", "missing", "stale")


@dataclass(frozen=True)
class Progress:
    """The numbers of one catalogue. `stale` entries translate messages that are no more, and count for nothing."""

    domain: str
    total: int
    translated: int
    fuzzy: int
    missing: int
    stale: int

    @property
    def percent(self) -> int:
        """What is translated, rounded down: only what is complete is 100 %."""
        return self.translated * 100 // self.total if self.total else 100

    @property
    def behind(self) -> int:
        """How many messages readers get in the source language."""
        return self.fuzzy + self.missing

    def as_json(self) -> dict[str, Any]:
        """Return the numbers as they are published."""
        return {**asdict(self), "percent": self.percent}


@dataclass(frozen=True)
class Messages:
    """The messages that a domain has now: what tells them from others, and how to get them."""

    state: str
    keys: Callable[[], Iterable[Key]]

    @classmethod
    def of(cls, keys: Iterable[Key]) -> Messages:
        """Return messages that are at hand."""
        found = list(keys)
        return cls(hashlib.sha256(json.dumps(found).encode()).hexdigest(), lambda: found)


class Counts:
    """Counts what is translated, and keeps the numbers of catalogues that have not changed, nor what they translate."""

    def __init__(self, file: Path | None = None) -> None:
        """`file` keeps the numbers for later, and for the builds of other languages; whoever reads half of it counts anew."""
        self._file, self._new = file, False
        self._kept: dict[str, tuple[str, list[int]]] = {}
        with contextlib.suppress(OSError, ValueError):
            self._kept = json.loads(file.read_text(encoding="utf-8")) if file else {}

    def progress(self, domain: str, messages: Messages, locale_dir: Path, language: str) -> Progress:
        """Return how far the translation of one domain is, which has these messages now."""
        found = None
        with contextlib.suppress(FileNotFoundError):
            found = catalogue_path(locale_dir, language, domain).stat()
        facts = [COUNTS, messages.state, found and found.st_size, found and found.st_mtime_ns]
        state, name = hashlib.sha256(json.dumps(facts).encode()).hexdigest(), f"{language}/{domain}"
        before, numbers = self._kept.get(name, ("", []))
        if before == state:
            return Progress(domain, *numbers)
        progress = domain_progress(domain, messages.keys(), locale_dir, language)
        self._kept[name] = state, [getattr(progress, count) for count in COUNTS]
        self._new = True
        return progress

    def keep(self) -> None:
        """Write the numbers to the file, if there are others."""
        if self._file and self._new:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(self._kept), encoding="utf-8")
            self._new = False


def status(
    messages: Mapping[str, Messages], locale_dir: Path, language: str, counts: Counts | None = None
) -> list[Progress]:
    """Return the progress of every domain of `messages`, by name; then of catalogues without messages, all stale.

    What `counts` has kept is not counted again.
    """
    counts = counts or Counts()
    folder = catalogue_folder(locale_dir, language)
    known = {domain_of(file, folder) for file in folder.rglob("*.po")}
    # What the theme says has a template only after `make translations`, and is no part of the handbook.
    domains = [*sorted({*messages} - {THEME}), *sorted(known - {*messages, THEME})]
    none = Messages.of(())
    return [counts.progress(domain, messages.get(domain, none), locale_dir, language) for domain in domains]


def total(found: Iterable[Progress]) -> Progress:
    """Add up the numbers of a language."""
    found = list(found)
    return Progress("", *(sum(getattr(one, count) for one in found) for count in COUNTS))


def status_json(languages: Mapping[str, list[Progress]]) -> dict[str, Any]:
    """Return the numbers of all languages as they are published."""
    return {
        language: {
            "all": {key: number for key, number in total(found).as_json().items() if key != "domain"},
            "catalogues": [one.as_json() for one in found],
        }
        for language, found in languages.items()
    }


def keys_of(template: Catalog) -> list[Key]:
    """Return the messages of a template."""
    return [(message.context or "", str(message.id)) for message in template if message.id]


def template_messages(templates: Path) -> dict[str, Messages]:
    """Return the messages of all templates in a folder, by domain."""
    return {
        domain_of(file, templates): Messages.of(
            entry.key for entry in read_entries(file, templates, project=templates) if not entry.obsolete
        )
        for file in sorted(templates.rglob("*.pot"))
    }


def domain_progress(domain: str, messages: Iterable[Key], locale_dir: Path, language: str) -> Progress:
    """Return how far the translation of one domain is, which has these messages now."""
    messages = set(messages)
    file = catalogue_path(locale_dir, language, domain)
    folder = catalogue_folder(locale_dir, language)
    entries = list(read_entries(file, folder, project=locale_dir)) if file.exists() else []
    current = [entry for entry in entries if entry.key in messages and not entry.obsolete]
    translated = sum(entry.shown for entry in current)
    fuzzy = sum(entry.fuzzy and bool(entry.translation) for entry in current)
    return Progress(
        domain=domain,
        total=len(messages),
        translated=translated,
        fuzzy=fuzzy,
        missing=len(messages) - translated - fuzzy,
        stale=len(entries) - len(current),
    )
