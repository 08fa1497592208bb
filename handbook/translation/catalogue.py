"""Gettext catalogues, read straight from their `.po` files.

Fuzzy entries are guesses and never shown, so they are left out on reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.messages.pofile import PoFileError, read_po

from handbook.knowledge import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Localized:
    """Text for readers, and the language that it is really in."""

    text: str
    language: str


class Catalogue:
    """The translations of one domain into one language.

    The catalogue of the source language, or of a file that does not exist, is
    empty: every message stays as it is.
    """

    def __init__(self, language: str, source_language: str, entries: dict[tuple[str, str], str]) -> None:
        self.language = language
        self.source_language = source_language
        self._entries = entries

    def localize(self, message: str) -> Localized:
        """Return the translation, or the message marked as source language."""
        translated = self._entries.get(("", message), "")
        if translated:
            return Localized(translated, self.language)
        return Localized(message, self.source_language)

    def gettext(self, message: str, context: str = "") -> str:
        """Return the translation, in `context` if given, or the message itself."""
        return self._entries.get((context, message), "") or message


def catalogue_path(locale_dir: Path, language: str, domain: str) -> Path:
    """Return where sphinx-intl keeps the catalogue of `domain`."""
    return locale_dir / language / "LC_MESSAGES" / f"{domain}.po"


def load_catalogue(locale_dir: Path, language: str, source_language: str, domain: str) -> Catalogue:
    """Read the catalogue of `domain`; an empty one if there is no file.

    Raises `ContentError` if the file is not valid gettext.
    """
    file = catalogue_path(locale_dir, language, domain)
    if not file.exists():
        return Catalogue(language, source_language, {})
    return Catalogue(language, source_language, _entries(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def _entries(file: Path, _mtime: int) -> dict[tuple[str, str], str]:
    problems = syntax_problems([file], project=file.parents[3])
    if problems:
        raise ContentError(problems)
    with file.open(encoding="utf-8") as stream:
        return {
            (message.context or "", str(message.id)): str(message.string)
            for message in read_po(stream, charset="utf-8")
            if message.id and isinstance(message.id, str) and message.string and not message.fuzzy
        }


def syntax_problems(files: Iterable[Path], *, project: Path) -> list[Problem]:
    """Return what keeps gettext from reading each of `files`."""
    problems = []
    for file in files:
        shown_as = file.relative_to(project) if file.is_relative_to(project) else file
        try:
            with file.open(encoding="utf-8") as stream:
                read_po(stream, charset="utf-8", abort_invalid=True)
        except PoFileError as error:
            problems.append(
                Problem(
                    shown_as,
                    (error.lineno or 0) + 1,
                    f"not valid gettext: {str(error).split(' on ')[0]}",
                    "close every quote, and write msgid and msgstr in pairs",
                )
            )
        except (UnicodeDecodeError, ValueError) as error:
            problems.append(
                Problem(shown_as, 1, f"the catalogue cannot be read: {error}", "save it as UTF-8 text in gettext form")
            )
    return problems
