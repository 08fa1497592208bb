"""Which languages the handbook comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale

if TYPE_CHECKING:
    from pathlib import Path


def languages_of(locale_dir: Path, source_language: str) -> list[str]:
    """Return the source language, then every language with catalogues, by tag."""
    translated = {
        folder.name
        for folder in locale_dir.iterdir()
        if folder.name != source_language and any(folder.glob("LC_MESSAGES/**/*.po"))
    }
    return [source_language, *sorted(translated)]


def own_name(language: str) -> str:
    """Return what speakers of a language call it: 日本語, English."""
    return Locale.parse(language, sep="-").get_display_name(language) or language
