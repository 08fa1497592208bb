"""The formats of the handbook: one function for each, which runs Sphinx for one language.

The books are made from the pages that the site has read. They work on a copy
of them: if a page has changed since, the site must not miss it.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from handbook.book.fonts import missing_typeface
from handbook.commands.errors import no_room_stops
from handbook.commands.imports import loaded_to_stay
from handbook.commands.page_errors import build_pages
from handbook.commands.unfinished import discard_unfinished, unfinished
from handbook.content.diagrams import stale_drawings, svg_path
from handbook.site.downloads import DOWNLOADS, book_name
from handbook.site.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import TypeAlias

    from sphinx.application import Sphinx

    from handbook.commands.project import Project

    Format: TypeAlias = Callable[[Project, str], "Result"]


@dataclass(frozen=True)
class Result:
    """How one language went: whether it failed, what could not be used, which drawings are stale, what else to say."""

    failed: bool
    unusable: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def together(results: Iterable[Result]) -> Result:
    """Return what several formats of one language come to."""
    failed, unusable, stale, notes = zip(*map(astuple, results), strict=True)
    return Result(any(failed), sum(unusable, ()), sum(stale, ()), sum(notes, ()))


def tell(results: Iterable[Result]) -> None:
    """Say on stderr what could not be used, and which drawings are stale: once, if it is so in every language."""
    results = list(results)
    for message in dict.fromkeys(line for result in results for line in result.unusable):
        sys.stderr.write(f"{message}\n")
    notes = [note for result in results for note in result.notes]
    if stale := sorted({name for result in results for name in result.stale}):
        notes.insert(0, f"diagrams are missing or out of date: {', '.join(stale)}. To draw them: make diagrams")
    for note in notes:
        sys.stderr.write(f"note: {note}\n")


def html(project: Project, language: str) -> Result:
    """Write the pages of the site."""
    return _run(project, "html", language, project.site / language, project.doctrees(language))


def epub(project: Project, language: str) -> Result:
    """Write the book for e-readers; its parts stay in `build/epub`."""
    return _book(project, "epub", language, "epub")


def pdf(project: Project, language: str) -> Result:
    """Set the book for paper and screen; its source stays in `build/typst`, for who wants to look at it.

    Where a typeface is missing, the site goes without the book and a note says what to add.
    """
    if missing := missing_typeface(language):
        (project.site / DOWNLOADS / f"{book_name(language)}.pdf").unlink(missing_ok=True)
        return Result(failed=False, notes=(missing,))
    return _book(project, "typst", language, "pdf")


#: All of them. The site comes first, since a book needs the pages that it has read; then what takes longest.
ALL: tuple[Format, ...] = (html, pdf, epub)


def _book(project: Project, builder: str, language: str, ending: str) -> Result:
    """Make a book and put it among the downloads."""
    output, name = project.build / builder / language, f"{book_name(language)}.{ending}"
    result = _run(project, builder, language, output, project.copied_doctrees(language, builder))
    if not result.failed:
        downloads = project.site / DOWNLOADS
        downloads.mkdir(parents=True, exist_ok=True)
        write_whole(downloads / name, (output / name).read_bytes())
    return result


def names_of_stale_drawings(app: Sphinx) -> tuple[str, ...]:
    """Return the files of the drawings that a run asked for and did not find as they should be."""
    return tuple(svg_path(app, drawing).name for drawing in stale_drawings(app))


def _run(project: Project, builder: str, language: str, output: Path, doctrees: Path) -> Result:
    """Run Sphinx; warnings go to stderr as they come.

    What it writes is believed by the next run, so it starts from nothing where this one comes to no end.
    """
    discard_unfinished(output, doctrees)
    try:
        with ExitStack() as run:
            with loaded_to_stay():
                app = run.enter_context(project.sphinx(builder, language, output, doctrees))
            run.enter_context(no_room_stops())
            run.enter_context(unfinished(output, doctrees))
            build_pages(project, app)
            if app.statuscode:
                # Sphinx would not read the pages again, and the next build would seem to be fine.
                (doctrees / "environment.pickle").unlink(missing_ok=True)
            return Result(bool(app.statuscode), stale=names_of_stale_drawings(app))
    except SphinxError as error:
        return Result(True, unusable=tuple(str(error).strip().splitlines()))
