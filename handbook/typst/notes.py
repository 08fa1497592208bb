"""What stands beside the text: footnotes, sources, boxes."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from handbook.typst.markup import call, escape, label, string
from handbook.typst.writer import Writer, classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element

    from handbook.typst.builder import TypstBuilder


class NoteMethods(Writer):
    """Methods for notes."""

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        #: By page and id; and those that a reference has shown.
        self.footnotes: dict[tuple[str, str], nodes.footnote] = {}
        self.shown: set[tuple[str, str]] = set()

    def visit_document(self, node: Element) -> None:
        for page in [node, *node.findall(addnodes.start_of_file)]:
            for footnote in _of_page(page):
                self.footnotes.update({(page["docname"], identifier): footnote for identifier in footnote["ids"]})

    def depart_document(self, node: Element) -> None:
        for key, footnote in self.footnotes.items():
            if key not in self.shown:
                self.warn(footnote, "no text refers to this footnote, so it is not in the book")

    def visit_footnote(self, node: Element) -> NoReturn:
        """Write nothing: footnotes stand where they are referred to."""
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: Element) -> None:
        key = (self.docname, node.get("refid", ""))
        footnote = self.footnotes.get(key)
        if footnote is None:
            self.warn(node, "there is no footnote for '%s'", node.astext())
            raise nodes.SkipNode
        name = "footnote:{}:{}".format(*key)
        if self.in_title:
            self.span(call("title-note", body=self._note(footnote)), node)
        if key in self.shown:
            self.span(call("footnote", f"label({string(name)})"), node)
        if self.once is not None:
            # A label must not come again.
            self.span(call("footnote", body=self._note(footnote)), node)
        self.shown.add(key)
        self.span(call("footnote", body=self._note(footnote)) + label(name), node)

    def _note(self, footnote: Element) -> str:
        return self.blocks(child for child in footnote.children if not isinstance(child, nodes.label))

    def visit_citation(self, node: Element) -> NoReturn:
        """Write an entry and all that follow it as one list."""
        siblings = node.parent.children
        at = siblings.index(node)
        if at and isinstance(siblings[at - 1], nodes.citation):
            raise nodes.SkipNode
        entries = []
        for citation in takewhile(lambda sibling: isinstance(sibling, nodes.citation), siblings[at:]):
            assert isinstance(citation, nodes.citation)
            key, *text = citation.children
            entries.append(f"([{self.anchor(citation)}\\[{escape(key.astext())}\\]], [{self.blocks(text)}])")
        self.body.append(call("sources", *entries) + "\n\n")
        raise nodes.SkipNode

    def visit_Admonition(self, node: Element) -> None:  # noqa: N802 - docutils' name
        """Write a note, a warning or what an extension makes like them: they share this base class."""
        kind = type(node).__name__
        children = list(node.children)
        titles = takewhile(lambda child: isinstance(child, (nodes.title, nodes.subtitle)), node.children)
        headings = [self.inline(heading.children) for heading in titles]
        if not headings:
            headings = [escape(str(admonitionlabels.get(kind, kind.capitalize())))]
        else:
            children = children[len(headings) :]
        title = " \\\n".join(headings)
        self.block(call("admonition", string(kind), f"[{title}]", body=self.blocks(children)), node)

    def visit_todo_node(self, node: Element) -> None:
        """Write what `sphinx.ext.todo` reminds of, where the project shows that."""
        if not self.config.todo_include_todos:
            raise nodes.SkipNode
        self.visit_Admonition(node)

    def visit_topic(self, node: Element) -> None:
        # The contents of a page are among those of the book.
        if "contents" in classes(node):
            raise nodes.SkipNode
        self.visit_Admonition(node)

    visit_sidebar = visit_Admonition

    def visit_versionmodified(self, node: Element) -> None:
        self.block(call("version-note", string(node["type"]), body=self.blocks(node.children)), node)


def _of_page(page: Element) -> Iterator[nodes.footnote]:
    """Yield the footnotes of one page of the book, not those of pages inside it."""
    for child in page.children:
        if isinstance(child, nodes.footnote):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, addnodes.start_of_file):
            yield from _of_page(child)
