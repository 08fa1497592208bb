"""`make diagrams`: draws the SVGs that are missing or out of date, in one browser run."""

from __future__ import annotations

import sys

from handbook.commands.project import Project, plain_errors
from handbook.content.diagrams import stale_drawings, svg_path


def run(project: Project) -> int:
    """Draw; returns 0, or 1 if a source has errors."""
    stale = {}
    for language in project.languages():
        output = project.build / "diagrams"
        with plain_errors(), project.sphinx("dummy", language, output, project.build / "doctrees" / language) as app:
            app.build()
            stale |= {svg_path(app, drawing): drawing for drawing in stale_drawings(app)}
    sys.stdout.write(f"{len(stale)} to draw\n")
    return 0
