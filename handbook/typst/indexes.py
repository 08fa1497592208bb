"""The index at the end of a book: what writers have marked with `index`, by page number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.environment.adapters.indexentries import IndexEntries

from handbook.typst.markup import call, escape, string
from handbook.typst.places import place_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from typing import Literal, TypeAlias

    from sphinx.builders import Builder

    from handbook.typst.places import Places

    _Target: TypeAlias = tuple[str | None, str | Literal[False]]

#: Where links to the index lead.
PAGE_OF_INDEX = "genindex"


class Index:
    """All entries of a project, in the order of Sphinx: groups of (entry, its targets and its entries below it)."""

    def __init__(self, builder: Builder) -> None:
        self._groups = IndexEntries(builder.env).create_index(builder)

    def targets(self) -> set[tuple[str, str]]:
        """Return the places that entries name."""
        uris = [
            uri
            for _, entries in self._groups
            for _, (targets, below, _) in entries
            for _, uri in [*targets, *(one for _, more in below for one in more)]
        ]
        return {place_of(uri) for uri in uris if uri}

    def source(self, places: Places, written: Container[str]) -> str:
        """Return the pages of the index, or nothing if nothing is marked; places that are not `written` have no page."""
        groups = []
        for title, entries in self._groups:
            lines = []
            for entry, (targets, below, _) in entries:
                deeper = [_line(name, 1, more, places, written) for name, more in below]
                first = _line(entry, 0, targets, places, written)
                if first or any(deeper):
                    lines += [first or _line(entry, 0, [], places, written), *filter(None, deeper)]
            if lines:
                groups.append(f"([{escape(title)}], ({', '.join(lines)},))")
        return call("index-pages", *groups) + "\n" if groups else ""


def _line(text: str, depth: int, targets: Sequence[_Target], places: Places, written: Container[str]) -> str:
    """Return a line of the index, or nothing if all that it names is outside the book."""
    names = [places.name(place_of(uri)) for _, uri in targets if uri]
    labels = [f"label({string(name)}), " for name in dict.fromkeys(names) if name and name in written]
    return f"([{escape(text)}], {depth}, ({''.join(labels)}))" if labels or not names else ""
