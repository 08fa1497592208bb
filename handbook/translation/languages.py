"""Which languages the handbook comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale

if TYPE_CHECKING:
    from pathlib import Path


def languages_of(locale_dir: Path, source_language: str) -> list[str]:
    """Return the source language, then every language with catalogues, by tag."""
    if not locale_dir.exists():
        return [source_language]
    translated = {
        folder.name
        for folder in locale_dir.iterdir()
        if folder.name != source_language and any(folder.glob("LC_MESSAGES/**/*.po"))
    }
    return [source_language, *sorted(translated)]


def own_name(language: str) -> str:
    """Return what speakers of a language call it: 日本語, English."""
    # Sphinx writes pt_BR, HTML pt-BR.
    locale = Locale.parse(language.replace("-", "_"))
    return locale.get_display_name(locale) or language
