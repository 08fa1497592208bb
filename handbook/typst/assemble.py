"""Makes one document of all pages, as Sphinx's LaTeX builder does: every page that a table of contents names takes its place."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import inline_all_toctrees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node
    from sphinx.builders import Builder


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
