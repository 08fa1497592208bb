"""`make`: builds the site and the books, unless nothing has changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.commands.turns import build_in_turn

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project, languages: str = "") -> int:
    """Build everything, or some languages. Returns 0, or 1 if one had errors or warnings, or is none of ours."""
    if not languages:
        return build_in_turn(project)
    chosen, known = languages.split(), project.languages()
    if strange := [language for language in chosen if language not in known]:
        sys.stderr.write(
            f"The handbook has no language {', '.join(map(repr, strange))}; it has: {', '.join(known)}. "
            "To add one: make language LANGUAGE=ko\n"
        )
        return 1
    return build_in_turn(project, languages=[language for language in known if language in chosen])
