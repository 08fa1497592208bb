"""`make epub`: writes the books for e-readers and nothing else; the pages that `make` has read are not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.commands.turns import build_in_turn

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project) -> int:
    """Write the EPUBs. Returns 0, or 1 if a language had errors or warnings."""
    return build_in_turn(project, "epub")
