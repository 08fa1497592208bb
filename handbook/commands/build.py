"""`make`: builds the site, one Sphinx run for each language, side by side."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from handbook.commands.project import Project, plain_errors
from handbook.content.diagrams import stale_drawings, svg_path
from handbook.site.entrance import write_entrance

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(project: Project) -> int:
    """Build everything. Returns 0, or 1 if a language had errors or warnings."""
    started = time.monotonic()
    languages = project.languages()
    workers = min(len(languages), os.cpu_count() or 1)
    # "spawn": Sphinx keeps global state that must not leak from one run to another.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        results = list(pool.map(build_language, [project] * len(languages), languages))
    failed = [language for language, (code, _) in zip(languages, results, strict=True) if code]
    stale = sorted({name for _, names in results for name in names})
    if stale:
        sys.stderr.write(
            f"note: diagrams are missing or out of date: {', '.join(stale)}. To draw them: make diagrams\n"
        )
    if failed:
        sys.stderr.write(f"The handbook has errors in: {', '.join(failed)}. See the messages above.\n")
        return 1
    write_entrance(project.site, project.locales, languages)
    seconds = time.monotonic() - started
    sys.stdout.write(f"{', '.join(languages)}: built in {seconds:.1f} s. Open {_shown(project)}\n")
    return 0


def build_language(project: Project, language: str) -> tuple[int, Sequence[str]]:
    """Build one language; return an exit code and the file names of stale drawings."""
    try:
        with (
            plain_errors(),
            project.sphinx("html", language, project.site / language, project.build / "doctrees" / language) as app,
        ):
            app.build()
            return app.statuscode, [svg_path(app, drawing).name for drawing in stale_drawings(app)]
    except SystemExit:
        return 1, []


def _shown(project: Project) -> str:
    return os.path.relpath(project.site / "index.html")
