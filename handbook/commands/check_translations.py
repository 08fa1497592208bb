"""`make check-translations`: whether translations say what the Japanese says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.commands.errors import plain_errors
from handbook.commands.project import SOURCE_LANGUAGE
from handbook.knowledge import load
from handbook.translation.checks import check_catalogues

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project) -> int:
    """Check the catalogues of all languages. Returns 0, or 1 if something has to be mended."""
    languages = [language for language in project.languages() if language != SOURCE_LANGUAGE]
    with plain_errors():
        base = load(project.knowledge, project=project.root)
        found = [
            finding
            for language in languages
            for finding in check_catalogues(project.root, project.locales, language, SOURCE_LANGUAGE, base)
        ]
        for finding in found:
            sys.stdout.write(f"{finding}\n\n")
    if found:
        sys.stderr.write(f"{len(found)} places to mend. If one is right as it is, say why above the entry:\n")
        sys.stderr.write("    # allow RULE: the reason\n")
        return 1
    sys.stdout.write(f"{', '.join(languages)}: nothing to mend\n")
    return 0
