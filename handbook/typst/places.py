"""Where the links of a book lead: each target has one name, the only one in the book, whichever of its ids a link uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Element, Node

#: How a link to a page begins, see `TypstBuilder.get_target_uri`.
PAGE = "%"


class Places:
    """The targets of a book and who links to them: links in the text, and `indexed` places."""

    def __init__(self, book: nodes.document, indexed: Iterable[tuple[str, str]] = ()) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._linked: set[str] = set()
        links = list(indexed)
        for node, docname in _walk(book, book["docname"]):
            if isinstance(node, nodes.section):
                # A link to a page as a whole leads to its heading.
                self._names.setdefault((docname, ""), _name(docname, node))
            for identifier in _ids(node):
                self._names.setdefault((docname, identifier), _name(docname, node))
            if isinstance(node, nodes.target) and node.get("refid"):
                continue
            if target := link_target(node, docname):
                links.append(target)
        self._linked.update(name for target in links if (name := self._names.get(target)))

    def add(self, docname: str, name: str) -> None:
        """Add a place that is no page of the project."""
        self._names[docname, ""] = name

    def name(self, target: tuple[str, str]) -> str | None:
        """Return the name of the place that a link leads to, or None if there is none."""
        return self._names.get(target)

    def own(self, node: Element, docname: str) -> str | None:
        """Return the name under which links find `node`, or None if it needs none.

        Parts of lines, citations for example, are many: only those have a name that something links to.
        """
        name = _name(docname, node) if _ids(node) else None
        return name if name in self._linked or not isinstance(node, nodes.inline) else None


def _name(docname: str, node: Element) -> str:
    identifiers = _ids(node)
    return f"{docname}:{identifiers[0]}" if identifiers else docname


def _ids(node: Element) -> list[str]:
    """Return the ids of a node; what writes a page has none."""
    return node.get("ids") or []


def link_target(node: Element, docname: str) -> tuple[str, str] | None:
    """Return page and id that a link inside the book leads to; None for other nodes."""
    if identifier := node.get("refid"):
        return docname, identifier
    address = node.get("refuri", "") if node.get("internal", False) or isinstance(node, nodes.reference) else ""
    return place_of(address) if address.startswith(PAGE) else None


def place_of(address: str) -> tuple[str, str]:
    """Return page and id of an address in the book."""
    page, _, identifier = address.removeprefix(PAGE).partition("#")
    return page, identifier


def _walk(node: Node, docname: str) -> Iterator[tuple[Element, str]]:
    """Yield each element with the name of the page that it comes from."""
    if not isinstance(node, nodes.Element):
        return
    docname = node.get("docname", docname) if isinstance(node, addnodes.start_of_file) else docname
    yield node, docname
    for child in node.children:
        yield from _walk(child, docname)
