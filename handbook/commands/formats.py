"""The formats of the handbook: one function for each, which runs Sphinx for one language.

The books are made from the pages that the site has read. They work on a copy
of them: if a page has changed since, the site must not miss it.
"""

from __future__ import annotations

import shutil
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from handbook.book.fonts import missing_typeface
from handbook.content.diagrams import stale_drawings, svg_path
from handbook.site.downloads import DOWNLOADS, book_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import TypeAlias

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


def html(project: Project, language: str) -> Result:
    """Write the pages of the site."""
    return _run(project, "html", language, project.site / language, project.build / "doctrees" / language)


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


def _book(project: Project, builder: str, language: str, ending: str) -> Result:
    """Make a book and put it among the downloads."""
    output, name = project.build / builder / language, f"{book_name(language)}.{ending}"
    doctrees = project.build / "doctrees" / f"{language}-{builder}"
    if (read := project.build / "doctrees" / language).is_dir():
        shutil.copytree(read, doctrees, dirs_exist_ok=True)
    result = _run(project, builder, language, output, doctrees)
    if not result.failed:
        downloads = project.site / DOWNLOADS
        downloads.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(output / name, downloads / name)
    return result


def _run(project: Project, builder: str, language: str, output: Path, doctrees: Path) -> Result:
    """Run Sphinx; warnings go to stderr as they come."""
    try:
        with project.sphinx(builder, language, output, doctrees) as app:
            app.build()
            if app.statuscode:
                # Sphinx would not read the pages again, and the next build would seem to be fine.
                (doctrees / "environment.pickle").unlink(missing_ok=True)
            return Result(bool(app.statuscode), stale=tuple(svg_path(app, one).name for one in stale_drawings(app)))
    except SphinxError as error:
        return Result(True, unusable=tuple(str(error).strip().splitlines()))
