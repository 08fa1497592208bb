"""`make`: builds the site, one Sphinx run for each language, side by side."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from handbook.content.diagrams import stale_drawings, svg_path
from handbook.site.entrance import write_entrance
from handbook.site.markdown import write_list_of_languages

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project) -> int:
    """Build everything. Returns 0, or 1 if a language had errors or warnings."""
    started = time.monotonic()
    languages = project.languages()
    workers = min(len(languages), os.cpu_count() or 1)
    # "spawn": Sphinx keeps global state that must not leak from one run to another.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        results = list(pool.map(build_language, [project] * len(languages), languages))
    # What is wrong with a record is wrong in every language; once is enough.
    for message in dict.fromkeys(line for result in results for line in result.unusable):
        sys.stderr.write(f"{message}\n")
    failed = [language for language, result in zip(languages, results, strict=True) if result.failed]
    stale = sorted({name for result in results for name in result.stale})
    if stale:
        sys.stderr.write(
            f"note: diagrams are missing or out of date: {', '.join(stale)}. To draw them: make diagrams\n"
        )
    if failed:
        sys.stderr.write(f"The handbook has errors in: {', '.join(failed)}. See the messages above.\n")
        return 1
    write_entrance(project.site, project.locales, languages)
    write_list_of_languages(project.site, project.locales, languages)
    seconds = time.monotonic() - started
    sys.stdout.write(f"{', '.join(languages)}: built in {seconds:.1f} s. Open {_shown(project)}\n")
    return 0


@dataclass(frozen=True)
class Result:
    """How one language went: whether it failed, what could not be used, which drawings are stale."""

    failed: bool
    unusable: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def build_language(project: Project, language: str) -> Result:
    """Build one language; warnings go to stderr as they come."""
    doctrees = project.build / "doctrees" / language
    try:
        with project.sphinx("html", language, project.site / language, doctrees) as app:
            app.build()
            if app.statuscode:
                # Sphinx would not read the pages again, and the next build would seem to be fine.
                (doctrees / "environment.pickle").unlink(missing_ok=True)
            stale = tuple(svg_path(app, drawing).name for drawing in stale_drawings(app))
            return Result(bool(app.statuscode), stale=stale)
    except SphinxError as error:
        return Result(True, unusable=tuple(str(error).strip().splitlines()))


def _shown(project: Project) -> str:
    return os.path.relpath(project.site / "index.html")
