"""Builds every language, one beside the other."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from handbook.commands import formats, stamp
from handbook.commands.formats import together
from handbook.content.address import base_url
from handbook.site.downloads import state_sizes
from handbook.site.markdown import write_list_of_languages
from handbook.site.plain import write_entrance, write_not_found
from handbook.site.sitemap import write_sitemap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.commands.formats import Format, Result
    from handbook.commands.project import Project

#: How a process is started: on Linux as a copy of this one, which has imported everything and done nothing yet.
_START = "fork" if sys.platform == "linux" else "spawn"


def build(project: Project, wanted: Sequence[Format]) -> int:
    """Build the wanted formats in all languages. Returns 0, or 1 if a language had errors or warnings."""
    started = time.monotonic()
    stamp.forget(project)
    languages = project.languages()
    workers = min(len(languages), os.cpu_count() or 1)
    # Sphinx keeps global state, so languages are built in processes of their own.
    context = multiprocessing.get_context(_START)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        runs = [pool.submit(_build_language, project, language, wanted) for language in languages]
        results = [run.result() for run in runs]
    formats.tell(results)
    failed = [language for language, result in zip(languages, results, strict=True) if result.failed]
    if failed:
        sys.stderr.write(f"The handbook has errors in: {', '.join(failed)}. See the messages above.\n")
        return 1
    write_entrance(project.site, project.locales, languages)
    write_not_found(project.site, project.locales, languages, base_url())
    write_sitemap(project.site, languages, project.pages(), base_url())
    write_list_of_languages(project.site, project.locales, languages)
    state_sizes(project.site, project.locales, languages)
    # What was said must be said again, as long as it holds.
    if wanted == formats.ALL and not any(result.stale or result.notes for result in results):
        stamp.leave(project)
    seconds = time.monotonic() - started
    sys.stdout.write(f"{', '.join(languages)}: built in {seconds:.1f} s. Open {project.entrance}\n")
    return 0


def _build_language(project: Project, language: str, wanted: Sequence[Format]) -> Result:
    """Build one format after the other; after a failure, no further one."""
    # Pages are many small objects that stay: looking through them again and again for what could be freed is a large
    # part of a build, so Python looks less often.
    gc.set_threshold(200_000, 20, 20)
    results: list[Result] = []
    for make in wanted:
        results.append(make(project, language))
        if results[-1].failed:
            break
    return together(results)
