"""Builds the pages of one language again and again, in a process of its own.

Starting Sphinx takes longer than making a page. So the process keeps one Sphinx
application while only pages change, starts a new one for other files (records,
catalogues, settings), and is itself started anew when the code changes.
"""

from __future__ import annotations

import gc
import gettext
import multiprocessing
import shutil
import signal
import traceback
from contextlib import ExitStack
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import sphinx.locale
from sphinx.errors import SphinxError

from handbook.commands.errors import no_room_stops, told_refusal
from handbook.commands.formats import Result, names_of_stale_drawings
from handbook.commands.page_errors import build_pages
from handbook.commands.turns import one_at_a_time
from handbook.commands.unfinished import discard_unfinished, is_unfinished, unfinished
from handbook.site.data import add_linked_data, write_data
from handbook.site.downloads import DOWNLOADS
from handbook.site.markdown import write_list, write_twin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path
    from types import TracebackType

    from sphinx.application import Sphinx

    from handbook.commands.project import Project

#: Writes what programs read and people do not see: `make` will do, and it takes longer than a page.
_FOR_PROGRAMS = frozenset((add_linked_data, write_data, write_list, write_twin))
#: How long a build may take to end after Ctrl-C, in seconds, before it is stopped.
_PATIENCE = 30


class Change(IntEnum):
    """What has changed since the last build; more of it means more to start anew."""

    PAGES = 0
    FILES = 1
    CODE = 2


def begin_as_built(project: Project, languages: Sequence[str]) -> None:
    """Copy the site and the pages as `make` has left them: so the first build has only to write what has changed since."""
    with one_at_a_time(project):
        for language in languages:
            output, doctrees = _places(project, language)
            discard_unfinished(output, doctrees)
            site, read = project.site / language, project.doctrees(language)
            if read.is_dir() and not is_unfinished(site, read):
                with unfinished(output, doctrees):
                    for copy, original in ((output, site), (doctrees, read)):
                        shutil.rmtree(copy, ignore_errors=True)
                        shutil.copytree(original, copy)
        if (books := project.site / DOWNLOADS).is_dir():
            shutil.copytree(books, project.live_site / DOWNLOADS, dirs_exist_ok=True)


def _places(project: Project, language: str) -> tuple[Path, Path]:
    """Return where the pages of a language are written, and what is kept of them."""
    doctrees = project.doctrees(language)
    return project.live_site / language, doctrees.with_name(f"{doctrees.name}-live")


class LanguageBuild:
    """The pages of one language; `shown` is called as soon as they are written, before they can be searched."""

    def __init__(self, project: Project, language: str, shown: Callable[[], None]) -> None:
        self._project = project
        self._language = language
        self._shown = shown
        self._stack = ExitStack()
        self._app: Sphinx | None = None
        self._read: set[str] = set()
        self._written: list[str] = []
        #: Pages that had warnings, or may have had: told again until they have none.
        self._doubtful: set[str] = set()
        # Apart from those of `make`, which must not miss what has changed. See `begin_as_built`.
        self._output, self._doctrees = _places(project, language)

    def build(self, *, anew: bool) -> Result:
        """Build what has changed; warnings go to stderr as they come."""
        self._read.clear()
        self._written.clear()
        try:
            if anew or self._app is None:
                self._start_sphinx()
            assert self._app is not None
            with no_room_stops(), unfinished(self._output, self._doctrees):
                build_pages(self._project, self._app)
        except SphinxError as error:
            self.close()
            return Result(True, unusable=tuple(str(error).strip().splitlines()))
        except Exception as error:
            self.close()
            # If not the disk's, a fault of the code, not of a page; but the next change may be its cure.
            return Result(True, unusable=tuple((told_refusal(error) or traceback.format_exc()).splitlines()))
        app = self._app
        touched = self._read | set(self._written)
        failed = bool(app.statuscode)
        self._doubtful = self._doubtful | touched if failed else self._doubtful - touched
        stale = names_of_stale_drawings(app)
        if failed:
            # Sphinx counts the warnings of an application, not of a build.
            self.close()
        return Result(failed, stale=stale)

    def close(self) -> None:
        """End Sphinx; the next build starts it anew."""
        self._stack.close()
        self._app = None

    def _start_sphinx(self) -> None:
        self.close()
        # What earlier applications in this process have read of catalogues.
        sphinx.locale.translators.clear()
        gettext._translations.clear()  # type: ignore[attr-defined]
        app = self._stack.enter_context(self._project.sphinx("html", self._language, self._output, self._doctrees))
        for listeners in app.events.listeners.values():
            for listener in list(listeners):
                if listener.handler in _FOR_PROGRAMS:
                    app.disconnect(listener.id)
        app.connect("env-get-outdated", lambda app, env, *_: self._doubtful & env.found_docs)
        app.connect("env-before-read-docs", lambda app, env, pages: self._read.update(pages))
        app.connect("html-page-context", self._note_page)
        self._app = app

    def _note_page(self, app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
        if page in app.env.all_docs:
            self._written.append(page)
        elif page == "search":
            # The first thing after the pages; the index for searching takes longer than they.
            self._shown()


class Worker:
    """A process that builds one language, as its owner sees it."""

    def __init__(self, project: Project, language: str) -> None:
        self.language = language
        self._project = project
        self._open()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def start(self, change: Change) -> None:
        """Begin a build."""
        if change is Change.CODE or not self._process.is_alive():
            self._close()
            self._open()
        self.connection.send(change is not Change.PAGES)

    def receive(self) -> Result | None:
        """Return what the process says next: None when its pages are written, the result when all is done."""
        try:
            received = self.connection.recv()
        except EOFError:
            return Result(True, unusable=(f"The process that builds '{self.language}' has ended by itself.",))
        assert received is None or isinstance(received, Result)
        return received

    def _open(self) -> None:
        # "spawn": Sphinx keeps global state that must not leak from one language to another.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._project, self.language), daemon=True)
        self._process.start()
        theirs.close()

    def _close(self) -> None:
        """Let a build come to its end, so that no page is left half written."""
        self.connection.close()
        try:
            self._process.join(_PATIENCE)
        finally:
            self._process.terminate()


def _work(connection: Connection[Result | None, bool], project: Project, language: str) -> None:
    """Build whenever asked to; send None when the pages are there and the result when everything is."""
    # Ctrl-C goes to every process at the terminal; this one ends when its owner does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    build = LanguageBuild(project, language, shown=lambda: connection.send(None))
    # Looking for garbage among all those trees takes as long as the build; there is time for it afterwards.
    gc.disable()
    try:
        while True:
            connection.send(build.build(anew=connection.recv()))
            gc.collect()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        build.close()
