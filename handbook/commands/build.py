"""`make`: builds the site and the books, unless nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.commands import stamp

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project) -> int:
    """Build everything. Returns 0, or 1 if a language had errors or warnings."""
    if stamp.nothing_to_do(project):
        return 0
    # Imported on demand: to find that nothing has changed takes no Sphinx.
    from handbook.commands import formats
    from handbook.commands.building import build

    return build(project, formats.ALL)
