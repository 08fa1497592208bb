"""`make`: builds the site and the books, unless nothing has changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.commands import stamp

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project, languages: str = "") -> int:
    """Build everything, or some languages. Returns 0, or 1 if one had errors or warnings, or is none of ours."""
    if not languages and stamp.nothing_to_do(project):
        return 0
    # Imported on demand: to find that nothing has changed takes no Sphinx.
    from handbook.commands import formats
    from handbook.commands.building import build

    chosen, known = languages.split(), project.languages()
    if strange := [language for language in chosen if language not in known]:
        sys.stderr.write(
            f"The handbook has no language {', '.join(map(repr, strange))}; it has: {', '.join(known)}. "
            "To add one: make language LANGUAGE=ko\n"
        )
        return 1
    return build(project, formats.ALL, [language for language in known if language in chosen])
