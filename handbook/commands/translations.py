"""`make translations`: extracts messages and updates the catalogues of all languages."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from handbook.commands.errors import plain_errors
from handbook.commands.page_errors import build_pages
from handbook.commands.project import SOURCE_LANGUAGE
from handbook.content.editions import edition_of
from handbook.translation.catalogue import catalogue_path
from handbook.translation.extract import THEME, theme_template, write_template
from handbook.translation.update import update_catalogues

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handbook.commands.project import Project
    from handbook.knowledge import KnowledgeBase


def run(project: Project) -> int:
    """Update catalogues and say which files changed. Returns 0, or 1 if the pages have errors."""
    return update(project, [language for language in project.languages() if language != SOURCE_LANGUAGE] or ["en"])


def extract(project: Project, templates: Path, doctrees: Path) -> KnowledgeBase | None:
    """Write the templates of pages, records and our own words; return the records, or None if pages have errors."""
    with plain_errors(), project.sphinx("gettext", SOURCE_LANGUAGE, templates, doctrees) as app:
        build_pages(project, app, force_all=True)
        return None if app.statuscode else edition_of(app).base


def update(project: Project, languages: Sequence[str]) -> int:
    """Bring the catalogues of `languages` up to date, or make them. Returns 0, or 1 if the pages have errors."""
    # Templates of deleted pages would keep their catalogues alive.
    shutil.rmtree(project.templates, ignore_errors=True)
    base = extract(project, project.templates, project.build / "doctrees" / "gettext")
    if base is None:
        return 1
    theme = catalogue_path(project.locales, SOURCE_LANGUAGE, THEME)
    if theme.exists():
        write_template(theme_template(theme), project.templates / f"{THEME}.pot")
    with plain_errors():
        changed = update_catalogues(project.templates, project.locales, languages, base)
    for file in changed:
        sys.stdout.write(f"{file.relative_to(project.root).as_posix()}\n")
    sys.stdout.write(f"{len(changed)} catalogues changed\n")
    return 0
