"""`make translations`: extracts messages and updates the catalogues of all languages."""

from __future__ import annotations

import shutil
import sys

from handbook.commands.project import SOURCE_LANGUAGE, Project, plain_errors
from handbook.content.editions import edition_of
from handbook.translation.update import update_catalogues


def run(project: Project) -> int:
    """Update catalogues and say which files changed. Returns 0, or 1 if the pages have errors."""
    languages = [language for language in project.languages() if language != SOURCE_LANGUAGE] or ["en"]
    # Templates of deleted pages would keep their catalogues alive.
    shutil.rmtree(project.templates, ignore_errors=True)
    with (
        plain_errors(),
        project.sphinx("gettext", SOURCE_LANGUAGE, project.templates, project.build / "doctrees" / "gettext") as app,
    ):
        app.build(force_all=True)
        if app.statuscode:
            return app.statuscode
        base = edition_of(app).base
    with plain_errors():
        changed = update_catalogues(project.templates, project.locales, languages, base)
    for file in changed:
        sys.stdout.write(f"{file.relative_to(project.root).as_posix()}\n")
    sys.stdout.write(f"{len(changed)} catalogues changed\n")
    return 0
