"""Keeps Sphinx from holding the trees of all pages in memory at once.

Sphinx 9.0 keeps the tree of each page that it has read until it writes the page, and the bytes of each that it has loaded
to the end of the run. In a handbook of 400 pages that is a quarter of its memory, and it grows with the pages. All trees
are on disk, too. Here the first ones are kept, so that smaller handbooks are written as fast as ever; others are loaded
when their turn comes, as they are for pages that have not changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import sphinx

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The versions whose code was read.
KNOWN = (9, 0)
#: How many pages are kept.
MOST = 150

V = TypeVar("V")


class _First(dict[str, V]):
    """Keeps what is put in first, and lets the rest go."""

    def __setitem__(self, page: str, kept: V) -> None:
        if len(self) < MOST or page in self:
            super().__setitem__(page, kept)


def keep_few_trees(app: Sphinx) -> None:
    """Let the environment of a run keep the trees of few pages (event `builder-inited`)."""
    if sphinx.version_info[:2] == KNOWN:
        app.env._pickled_doctree_cache = _First()
        app.env._write_doc_doctree_cache = _First()
