"""Makes one document of all pages, and finds out where its links lead.

`assemble` does what Sphinx's LaTeX builder does: every page that a table of
contents names takes its place. `Places` then gives each target one name that
is the only one in the book, whichever of its ids a link uses.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import inline_all_toctrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Element, Node
    from sphinx.builders import Builder

#: How a link to a page begins, see `TypstBuilder.get_target_uri`.
PAGE = "%"


def assemble(builder: Builder, root: str, docnames: set[str]) -> nodes.document:
    """Return the book from the page `root` on, its references resolved; `docnames` receives the pages."""
    docnames.add(root)
    tree = builder.env.get_doctree(root)
    tree["docname"] = root
    _make_parts(tree, root)
    book: nodes.document = inline_all_toctrees(builder, docnames, root, tree, lambda text: text, [root])
    book["docname"] = root
    _leave_out_headings_of_lists(book)
    builder.env.resolve_references(book, root, builder)
    _join_texts(book)
    return book


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Stop Python from looking through all pages again and again for what it could free: they all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _make_parts(tree: nodes.document, root: str) -> None:
    """Make a part of each table of contents of the root page that has a caption."""
    for number, toctree in enumerate(list(tree.findall(addnodes.toctree)), 1):
        if not toctree.get("caption"):
            continue
        part = nodes.section("", nodes.title("", toctree["caption"]), ids=[f"toctree-{number}"])
        part.source, part.line = toctree.source, toctree.line
        toctree.replace_self(addnodes.start_of_file("", part, docname=root))
        part += toctree


def _leave_out_headings_of_lists(book: nodes.document) -> None:
    """Leave out the heading of a section that lists the pages below and says no more: in a book, they follow it."""
    for section in list(book.findall(nodes.section)):
        rest = [child for child in section.children if not isinstance(child, nodes.title | nodes.target)]
        if isinstance(section.parent, nodes.section) and rest and all(map(_is_list_of_pages, rest)):
            section.replace_self([nodes.target("", "", ids=section["ids"]), *rest])


def _is_list_of_pages(node: Node) -> bool:
    """Tell whether a node is made of whole pages, or will hold them."""
    if isinstance(node, nodes.compound):
        return bool(node.children) and all(map(_is_list_of_pages, node.children))
    return isinstance(node, addnodes.start_of_file)


def _join_texts(book: nodes.document) -> None:
    """Put pieces of text that follow each other together: whether a line may end between them takes both to tell."""
    for element in list(book.findall(nodes.TextElement)):
        joined: list[Node] = []
        for child in element.children:
            if isinstance(child, nodes.Text) and joined and isinstance(joined[-1], nodes.Text):
                joined[-1] = nodes.Text(joined[-1] + child)
            else:
                joined.append(child)
        if len(joined) < len(element.children):
            element.children = []
            element.extend(joined)


class Places:
    """The targets of a book and who links to them: links in the text, and `indexed` places."""

    def __init__(self, book: nodes.document, indexed: Iterable[tuple[str, str]] = ()) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._linked: set[str] = set()
        links = list(indexed)
        for node, docname in walk(book, book["docname"]):
            if isinstance(node, nodes.section):
                # A link to a page as a whole leads to its heading.
                self._names.setdefault((docname, ""), _name(docname, node))
            for identifier in ids(node):
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
        name = _name(docname, node) if ids(node) else None
        return name if name in self._linked or not isinstance(node, nodes.inline) else None


def _name(docname: str, node: Element) -> str:
    identifiers = ids(node)
    return f"{docname}:{identifiers[0]}" if identifiers else docname


def ids(node: Element) -> list[str]:
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


def walk(node: Node, docname: str) -> Iterator[tuple[Element, str]]:
    """Yield each element with the name of the page that it comes from."""
    if not isinstance(node, nodes.Element):
        return
    docname = node.get("docname", docname) if isinstance(node, addnodes.start_of_file) else docname
    yield node, docname
    for child in node.children:
        yield from walk(child, docname)
