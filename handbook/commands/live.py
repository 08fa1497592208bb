"""`make live`: shows the site while it is being written; what changes in a file changes in the browser.

One process for each language keeps Sphinx and the pages in memory (see
`live_build`), and a small server hands out what they write, `build/live` (see `live_site`).
What is wrong is told in the terminal, and work goes on when it is mended.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import DefaultFilter, watch

from handbook.commands import formats
from handbook.commands.live_build import Change, Worker, begin_as_built
from handbook.commands.live_site import SIDE_BY_SIDE, LiveSite, NoFreePortError
from handbook.site.plain import write_entrance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handbook.commands.formats import Result
    from handbook.commands.project import Project

#: How long files must have been quiet, in milliseconds: an editor saves in several steps.
_QUIET = 50
#: How often watching pauses for a moment, in milliseconds, when nothing changes.
_WAKE = 500


class _Sources(DefaultFilter):
    """Passes what people write; compiled catalogues are written by the build itself."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"\.mo$")


def run(project: Project, language: str | None = None) -> int:
    """Serve and rebuild until Ctrl-C. Returns 0, 1 if no port is free, or 2 if there is no such language."""
    languages = project.languages()
    if language is not None and language not in languages:
        sys.stderr.write(f"There is no language '{language}'. Write one of: {', '.join(languages)}\n")
        return 2
    languages = [language] if language else languages
    project.live_site.mkdir(parents=True, exist_ok=True)
    try:
        live_site = LiveSite(project.live_site, languages)
    except NoFreePortError as error:
        sys.stderr.write(f"{error}: end one of the programs that use them.\n")
        return 1
    try:
        _serve(project, live_site, languages)
    except KeyboardInterrupt:
        _say("Ended.")
    return 0


def _serve(project: Project, live_site: LiveSite, languages: Sequence[str]) -> None:
    """Build everything once, then what changes, for ever."""
    with ExitStack() as stack:
        begin_as_built(project, languages)
        site = stack.enter_context(live_site)
        workers = [stack.enter_context(Worker(project, language)) for language in languages]
        changes = _changes(project)
        # Watch before anything is read, so that nothing is missed.
        next(changes)
        _say(f"{', '.join(languages)}: reading the pages …")
        _build(project, site, workers, Change.FILES)
        if len(languages) > 1:
            _say(f"Open {site.address}/index.html, or {site.address}{SIDE_BY_SIDE} with the languages side by side.")
        else:
            _say(f"Open {site.address}/{languages[0]}/index.html")
        _say("Ctrl-C ends this.")
        for files in filter(None, changes):
            affected = [worker for worker in workers if _concerns(project, files, worker.language)]
            if affected:
                _build(project, site, affected, max(_kind(project, file) for file in files))


def _changes(project: Project) -> Iterator[set[Path]]:
    """Yield the files that have changed, for ever: none when a moment has passed without."""
    places = [project.docs, project.knowledge, project.locales, project.root / "handbook", project.root / "conf.py"]
    watched = watch(
        *filter(Path.exists, places),
        watch_filter=_Sources(),
        step=_QUIET,
        rust_timeout=_WAKE,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    yield from ({project.root.joinpath(name) for _, name in changes} for changes in watched)


def _kind(project: Project, file: Path) -> Change:
    """Tell how much has to be started anew after a change of this file."""
    if file.suffix == ".py" and file.is_relative_to(project.root / "handbook"):
        return Change.CODE
    if file.suffix == ".md" and file.is_relative_to(project.docs):
        return Change.PAGES
    return Change.FILES


def _concerns(project: Project, files: Iterable[Path], language: str) -> bool:
    """Tell whether any of these files has a part in this language: catalogues of others have none."""
    own = project.locales / language
    return any(file.is_relative_to(own) or not file.is_relative_to(project.locales) for file in files)


def _build(project: Project, site: LiveSite, workers: Sequence[Worker], change: Change) -> None:
    """Build all languages side by side; each is shown as soon as its pages are there."""
    started = time.monotonic()
    for worker in workers:
        worker.start(change)
    at_work = {worker.connection: worker for worker in workers}
    results: list[Result] = []
    while at_work:
        for connection in wait(at_work):
            assert isinstance(connection, Connection)
            worker = at_work[connection]
            result = worker.receive()
            if result is None:
                site.reload(worker.language)
                _say(f"{worker.language}: shown after {time.monotonic() - started:.1f} s")
                continue
            del at_work[connection]
            results.append(result)
            if result.failed:
                _say(f"{worker.language}: has errors. Mend what is told here, and it goes on.")
    formats.tell(results)
    built = [language for language in project.languages() if (project.live_site / language / "index.html").exists()]
    if built:
        write_entrance(project.live_site, project.locales, built)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
