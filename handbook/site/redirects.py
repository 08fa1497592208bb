"""Keeps old addresses alive: what has moved leads to where it is now.

The moves are listed in `docs/redirects.yaml`, one line each, of a page or of a heading or record in a page:

    about/old-name: about/name
    about/name#about-name-reasons: history/renaming#renaming-reasons

Without a script, nobody but the reader's browser knows which place in a page a link names, and no page can send it on.
So the old page keeps the anchor of what has moved, with a note that is shown to who comes by it. Where a whole page has
moved, all links to it lead to the beginning of the new one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from handbook.content.editions import edition_of
from handbook.knowledge import ContentError, Problem
from handbook.knowledge.yaml_source import read_yaml
from handbook.site.plain import write_redirect

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

FILE = "redirects.yaml"

_ONE_A_LINE = "write one move a line: 'old-page: new-page'"
#: What a page may have been called. A file is written there, so it must not lead out of the folder.
_PAGE = re.compile(r"[\w-]+([./][\w-]+)*")


class Move(NamedTuple):
    """A line of the list: an old page and, for a place in it, its anchor; then the new ones."""

    line: int
    page: str
    anchor: str
    new_page: str
    new_anchor: str

    def href(self, app: Sphinx) -> str:
        """Return where the move leads, seen from the old page."""
        to = relative_uri(app.builder.get_target_uri(self.page), app.builder.get_target_uri(self.new_page))
        return f"{to}#{self.new_anchor}" if self.new_anchor else to


def note_moves(app: Sphinx, config: Config) -> None:
    """Make the list part of the configuration (event `config-inited`): a change of it must write the pages anew.

    Raises `ConfigError` if it cannot be read.
    """
    file = Path(app.srcdir, FILE)
    try:
        moves = read_moves(file, file.relative_to(app.confdir)) if file.exists() else []
    except ContentError as error:
        raise ConfigError(str(error)) from None
    # As plain values, which Sphinx can compare with those of the run before.
    config.handbook_moves = [tuple(move) for move in moves]


def add_moved(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell the template what has moved away from the page (event `html-page-context`)."""
    context["moved"] = [
        {"anchor": move.anchor, "href": move.href(app), "title": app.env.titles[move.new_page].astext()}
        for move in _moves(app)
        # The check comes last: it goes through all places of all pages.
        if move.page == pagename and move.anchor and not _problem(app, move)
    ]


def write_redirects(app: Sphinx, exception: Exception | None) -> None:
    """Write a page at the old address of each page (event `build-finished`); warn of moves that lead nowhere."""
    if exception or app.builder.name != "html":
        return
    for move in _moves(app):
        if problem := _problem(app, move):
            logger.warning("%s", problem, location=f"{FILE}:{move.line}", type="handbook", subtype="redirect")
        elif not move.anchor:
            source = app.builder.get_target_uri(move.page)
            edition, up = edition_of(app), "../" * (source.count("/") + 1)
            write_redirect(Path(app.outdir, source), edition.language, edition.translation.word, move.href(app), up)


def _problem(app: Sphinx, move: Move) -> str:
    """Return what is wrong with a move, or nothing."""
    pages = app.env.all_docs
    if not _PAGE.fullmatch(move.page):
        return f"'{move.page}' is no page of this handbook; write its old path from docs/, without .md"
    if not move.anchor and move.page in pages:
        return f"the page '{move.page}' still exists; remove this line, or the page"
    if move.anchor and move.page not in pages:
        return f"there is no page '{move.page}' to say what has moved; write where the whole page is now"
    if move.new_page not in pages:
        return f"there is no page '{move.new_page}' to lead to; write where the page is now"
    if not (move.anchor or move.new_anchor):
        return ""
    places = {
        (docname, anchor)
        for domain in app.env.domains.sorted()
        for _name, _shown, _kind, docname, anchor, _priority in domain.get_objects()
    }
    if move.anchor and (move.page, move.anchor) in places:
        return f"the page '{move.page}' still has '#{move.anchor}'; remove this line, or the heading or record"
    if move.new_anchor and (move.new_page, move.new_anchor) not in places:
        return f"the page '{move.new_page}' has no '#{move.new_anchor}' to lead to; write a label or record that it has"
    return ""


def _moves(app: Sphinx) -> list[Move]:
    return [Move(*move) for move in app.config.handbook_moves]


def read_moves(file: Path, shown_as: Path) -> list[Move]:
    """Return the moves of a list; `shown_as` is the path that problems name. Raises `ContentError` if it cannot be read."""
    source = read_yaml(file, shown_as)
    # A file of comments has no moves.
    moves = source.data or {}
    if not isinstance(moves, dict):
        raise ContentError([Problem(shown_as, 1, "this is no list of moves", _ONE_A_LINE)])
    problems = [
        Problem(shown_as, source.line_of((old,)), f"'{old}' does not lead to one page", _ONE_A_LINE)
        for old, new in moves.items()
        if not (isinstance(new, str) and new)
    ]
    if problems:
        raise ContentError(problems)
    return [_move(source.line_of((old,)), old, new) for old, new in moves.items()]


def _move(line: int, old: str, new: str) -> Move:
    (page, _, anchor), (new_page, _, new_anchor) = old.partition("#"), new.partition("#")
    return Move(line, page, anchor, new_page, new_anchor)
