"""`make join`: makes one site of languages that were built in different places, as on several machines.

make build LANGUAGES="ja en"     on one machine
make build LANGUAGES="ko fr"     on another
make join                        where `build/site` of all has been put together
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.commands.building import write_what_joins
from handbook.commands.turns import one_at_a_time

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project) -> int:
    """Write what leads from one language to another. Returns 0, or 1 if one has not been built."""
    languages = project.languages()
    missing = [language for language in languages if not (project.site / language / "index.html").exists()]
    if missing:
        sys.stderr.write(
            f"build/site has no pages in: {', '.join(missing)}. "
            f'To build them: make build LANGUAGES="{" ".join(missing)}"\n'
        )
        return 1
    with one_at_a_time(project):
        write_what_joins(project, languages)
    sys.stdout.write(f"{', '.join(languages)}: joined. Open {project.entrance}\n")
    return 0
