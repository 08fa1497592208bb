"""Builds every language, one beside the other."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
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


def build(project: Project, wanted: Sequence[Format], languages: Sequence[str] = ()) -> int:
    """Build the wanted formats in all languages, or in some. Returns 0, or 1 if a language had errors or warnings.

    What leads from one language to another is written only when all are built; `join` writes it where they were built
    in different places.
    """
    started = time.monotonic()
    stamp.forget(project)
    inputs = stamp.read(project)
    everything = project.languages()
    chosen = list(languages) or everything
    workers = min(len(chosen), os.cpu_count() or 1)
    # Sphinx keeps global state, so languages are built in processes of their own.
    context = multiprocessing.get_context(_START)
    try:
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
            runs = [pool.submit(_build_language, project, language, wanted) for language in chosen]
            results = [run.result() for run in runs]
    except BrokenProcessPool:
        sys.stderr.write(
            "Something ended the build of a language, as systems do where memory is short: run make again.\n"
        )
        return 1
    formats.tell(results)
    failed = [language for language, result in zip(chosen, results, strict=True) if result.failed]
    if failed:
        sys.stderr.write(f"The handbook has errors in: {', '.join(failed)}. See the messages above.\n")
        return 1
    took = f"{', '.join(chosen)}: built in {time.monotonic() - started:.1f} s."
    if chosen != everything:
        sys.stdout.write(f"{took} When all are built: make join\n")
        return 0
    write_what_joins(project, everything)
    # What was said must be said again, as long as it holds.
    if wanted == formats.ALL and not any(result.stale or result.notes for result in results):
        stamp.leave(project, inputs)
    sys.stdout.write(f"{took} Open {project.entrance}\n")
    return 0


def write_what_joins(project: Project, languages: Sequence[str]) -> None:
    """Write what leads from one language to another, and the sizes of all books into all pages."""
    write_entrance(project.site, project.locales, languages)
    write_not_found(project.site, project.locales, languages, base_url())
    write_sitemap(project.site, languages, project.pages(), base_url())
    write_list_of_languages(project.site, project.locales, languages)
    state_sizes(project.site, project.locales, languages)


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


def _end_with_parent() -> None:
    """Let a process of a pool end at once with the one that started it, or with Ctrl-C, which goes to both."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
