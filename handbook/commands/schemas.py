"""`make schemas`: writes the JSON Schemas that editors check records with."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.knowledge.schemas import write_schemas

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project) -> int:
    """Write the schemas and say which files changed. Returns 0."""
    changed = write_schemas(project.knowledge / "schemas")
    for file in changed:
        sys.stdout.write(f"{file.relative_to(project.root).as_posix()}\n")
    sys.stdout.write(f"{len(changed)} schemas changed\n")
    return 0
