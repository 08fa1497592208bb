"""`make language LANGUAGE=ko`: adds a language, which is to say, makes its catalogues."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.book.fonts import missing_typeface
from handbook.commands import translations
from handbook.commands.project import SOURCE_LANGUAGE
from handbook.translation.entries import read_entries
from handbook.translation.languages import EXAMPLES, LanguageError, language_named, own_name

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project, tag: str) -> int:
    """Make the catalogues of a language. Returns 0, or 1 if `tag` names none or the pages have errors."""
    if not tag.strip():
        sys.stderr.write(
            f"Which language? Give its tag: make language LANGUAGE=ko. Tags are, for example: {EXAMPLES}\n"
        )
        return 1
    try:
        language = language_named(tag)
    except LanguageError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    name = f"{own_name(language)} ({language})"
    if language == SOURCE_LANGUAGE:
        sys.stderr.write(f"{name} is the language that the handbook is written in; it needs no catalogues\n")
        return 1
    existed = language in project.languages()
    if failed := translations.update(project, [language]):
        return failed
    if existed:
        sys.stdout.write(f"{name} is there already; its catalogues are up to date\n")
        return 0
    folder = project.locales / language
    sys.stdout.write(
        f"{name} is new: {_untranslated(project, language)} texts to translate in "
        f"{folder.relative_to(project.root).as_posix()}.\n"
        "Write translations as msgstr, those of handbook.po first: its words are around every page. "
        "What has none stays Japanese. Then: make diagrams, make\n"
    )
    if missing := missing_typeface(language):
        sys.stdout.write(f"note: {missing}\n")
    return 0


def _untranslated(project: Project, language: str) -> int:
    folder = project.locales / language / "LC_MESSAGES"
    entries = (entry for file in folder.rglob("*.po") for entry in read_entries(file, folder, project=project.root))
    return sum(not entry.translation for entry in entries)
