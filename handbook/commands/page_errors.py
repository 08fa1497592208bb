"""Says which page, and where possible which line, Sphinx could not cope with: it would print a traceback.

Most mistakes on pages are told by those who read them, as warnings. What is left are the ones that nobody thought of.
"""

from __future__ import annotations

import contextlib
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import token_line
from sphinx.errors import ExtensionError, SphinxError

from handbook.commands.errors import told_refusal
from handbook.knowledge import Problem
from handbook.knowledge.problems import shown
from handbook.knowledge.text_files import lines_of
from handbook.rules import deep_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from handbook.commands.project import Project

#: Where the traceback goes, for those who develop the handbook; relative to the folder of what is built.
LOG = "log/pages.log"


class PageError(SphinxError):
    """Sphinx stops in the middle of a page; the message says in which, and what to do."""


def build_pages(project: Project, app: Sphinx, *, force_all: bool = False) -> None:
    """Let Sphinx build. Raises `PageError` for what it cannot tell by itself."""
    try:
        app.build(force_all=force_all)
    except Exception as error:
        # What happens in a listener comes packed in an error of Sphinx, which names the listener and no page.
        cause = error.orig_exc if isinstance(error, ExtensionError) and error.orig_exc else error
        if isinstance(cause, SphinxError) or told_refusal(cause):
            raise
        problems = _known(project, app) if isinstance(cause, RecursionError) else []
        raise PageError("\n".join(map(str, problems)) or _unexpected(project, app, cause)) from None


def _known(project: Project, app: Sphinx) -> list[Problem]:
    """Return what leads Sphinx round in circles or too deep: it does not look for that itself."""
    return [*deep_places(project.docs, project=project.root), *_circles(project, app)]


def _circles(project: Project, app: Sphinx) -> Iterator[Problem]:
    """Find the pages whose `{toctree}` leads back to them."""
    below = app.env.toctree_includes
    for page in sorted(below):
        found: set[str] = set()
        waiting = [*below[page]]
        while waiting:
            found.add(other := waiting.pop())
            waiting += [further for further in below.get(other, ()) if further not in found]
        if page in found:
            file = Path(app.env.doc2path(page))
            line = lines_of(file.read_text(encoding="utf-8-sig").partition("{toctree}")[0])
            what, remedy = (
                "the page stands below itself in the contents",
                "take it, or what leads back to it, out of {toctree}",
            )
            yield Problem(file.relative_to(project.root), line, what, remedy)


def _unexpected(project: Project, app: Sphinx, error: Exception) -> str:
    """Return a message about an error that nobody thought of; its traceback is kept."""
    log = project.build / LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace")
    page = app.env.current_document.docname
    file = app.env.doc2path(page) if page else project.docs
    place = f"{file.relative_to(project.root).as_posix()}{_line(error)}"
    return (
        f"{place}: Sphinx cannot cope with what stands here: {shown(f'{type(error).__name__}: {error}')}. "
        f"To mend it: write it as other pages do; {log.relative_to(project.root).as_posix()} says where Sphinx stopped."
    )


def _line(error: Exception) -> str:
    """Return the line of the page that MyST was at, behind a colon; nothing if the page had been read by then."""
    line = ""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        token = frame.f_locals.get("token")
        if isinstance(token, SyntaxTreeNode):
            with contextlib.suppress(ValueError):
                line = f":{token_line(token)}"
    return line
