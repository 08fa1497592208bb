"""Keeps Sphinx from listing terms that no page holds any more.

Where pages are written again, Sphinx 9.0 takes them out of the lists of its search index, and leaves the lists that have
become empty. So the index tells what a page said once, and differs from that of a build from nothing. Here, those lists go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx
from sphinx.search import IndexBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The versions whose code was read.
KNOWN = (9, 0)

_prune = IndexBuilder.prune


def _prune_terms(index: IndexBuilder, docnames: Iterable[str]) -> None:
    """Leave these pages in the index, and the terms that they hold."""
    _prune(index, docnames)
    for terms in (index._mapping, index._title_mapping):
        for term in [term for term, pages in terms.items() if not pages]:
            del terms[term]


def drop_unused_terms() -> None:
    """Let Sphinx keep its search index in this way."""
    if sphinx.version_info[:2] == KNOWN:
        IndexBuilder.prune = _prune_terms  # type: ignore[assignment, method-assign]
