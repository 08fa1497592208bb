"""What all methods for nodes build on: writing parts of the source, their targets and looks, and links."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from handbook.typst.markup import anchor, call, mark, string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element, Node

    from handbook.typst.builder import TypstBuilder
    from handbook.typst.places import Places

logger = logging.getLogger(__name__)

_LANGUAGE = "language-"


def classes(node: Element) -> list[str]:
    """Return the classes of a node."""
    return node.get("classes") or []


class UnknownNodeError(SphinxError):
    """A node that the translator cannot write."""

    category = "The book cannot be written"


class Writer(SphinxTranslator):
    """Keeps what has been written of a book in `body`; `places` says where links lead."""

    builder: TypstBuilder
    places: Places

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self.docname = document["docname"]
        #: Inside a title nothing may be linked to: contents and headers show it again.
        self.in_title = False
        #: How many elements are open in which each space and each line break counts.
        self.verbatim = 0
        #: How many elements are open whose links are followed by the page number.
        self.numbered_links = 0
        #: Inside a header that comes again on each page, what must be in the book once: it goes before the table.
        self.once: list[str] | None = None
        #: The names of the places that are in the source.
        self.written: set[str] = set()
        self._led_to: dict[str, Node] = {}

    def finish(self) -> None:
        """Make up for places that links lead to, but that no method has written."""
        for name in sorted(self._led_to.keys() - self.written):
            node = self._led_to[name]
            self.warn(node, "the book has no place '%s' to link to", name)
            self.body.append(anchor(name))

    def astext(self) -> str:
        """Return the source."""
        return "".join(self.body).strip() + "\n"

    def inline(self, children: Iterable[Node]) -> str:
        """Return the source of nodes that stand in a line."""
        before, self.body = self.body, []
        for child in children:
            child.walkabout(self)
        written, self.body = "".join(self.body), before
        return written

    def verbatim_inline(self, node: Element) -> str:
        """Return the source of text in which each space and each line break counts."""
        self.verbatim += 1
        written = self.inline(node.children)
        self.verbatim -= 1
        return written

    def blocks(self, children: Iterable[Node]) -> str:
        """Return the source of nodes that stand below each other."""
        written = (self.inline([child]).strip() for child in children)
        return "\n\n".join(part for part in written if part)

    def paragraphs(self, children: Iterable[Node]) -> str:
        """Return the same, but mark a paragraph that stands alone as one: by itself it would be no more than its words."""
        found = list(children)
        alone = len(found) == 1 and isinstance(found[0], nodes.paragraph)
        return call("par", body=self.blocks(found)) if alone else self.blocks(found)

    def block(self, source: str, node: Element) -> NoReturn:
        """Write a block with its target, its language and its look; its children are done."""
        self.body.append(self.mark(node) + self.dressed(source, node, "block") + "\n\n")
        raise nodes.SkipNode

    def span(self, source: str, node: Element) -> NoReturn:
        """Write a part of a line with its target, its language and its look; its children are done."""
        self.body.append(self.dressed(source, node, "inline"))
        raise nodes.SkipNode

    def dressed(self, source: str, node: Element, kind: str) -> str:
        """Return `source` with the target, the language and the look that `node` has; `kind` is block or inline."""
        for name in classes(node):
            if name.startswith(_LANGUAGE):
                source = call("in-language", string(name.removeprefix(_LANGUAGE)), body=source)
            elif name in self.config.typst_styled:
                source = call(f"({kind}-styles.{name})", body=source)
        return self.anchor(node) + source

    def anchor(self, node: Element) -> str:
        """Return an invisible target, where something links to `node`."""
        name = None if self.in_title else self.places.own(node, self.docname)
        if not name or name in self.written:
            return ""
        self.written.add(name)
        if self.once is None:
            return anchor(name)
        self.once.append(anchor(name))
        return ""

    def link(self, target: tuple[str, str], content: str, node: Node) -> str:
        """Return a link to a place in the book, or only `content` where there is no such place."""
        name = self.places.name(target)
        if name is None:
            # A page that no table of contents names is not in the book; that is no mistake.
            if target[0] in self.builder.docnames:
                self.warn(node, "the book has no place '%s#%s' to link to", *target)
            return content
        self._led_to.setdefault(name, node)
        written = call("link", f"label({string(name)})", body=content)
        return written + (call("page-number", string(name)) if self.numbered_links else "")

    def language_of(self, node: Element) -> str | None:
        """Return the language that a class of `node` names."""
        named = (name.removeprefix(_LANGUAGE) for name in classes(node) if name.startswith(_LANGUAGE))
        return next(named, None)

    def place(self, node: Node) -> tuple[str, int | None]:
        """Return where a node was written, file and line, as far as it is known."""
        source, line = node.source, node.line
        parent = node.parent
        while parent is not None and not (source and line):
            source, line = source or parent.source, line or parent.line
            parent = parent.parent
        return str(source or self.builder.env.doc2path(self.docname)), line

    def mark(self, node: Node) -> str:
        """Return a comment that says where `node` was written, so that an error of Typst can be traced to it."""
        file, line = self.place(node)
        return mark(os.path.relpath(file, self.builder.srcdir).replace(os.sep, "/"), line)

    def warn(self, node: Node, message: str, *arguments: object) -> None:
        """Warn of something in `node`."""
        logger.warning(message, *arguments, location=self._shown_place(node), type="typst")

    def _shown_place(self, node: Node) -> str:
        return ":".join(str(part) for part in self.place(node) if part)

    def unknown_visit(self, node: Node) -> NoReturn:
        raise UnknownNodeError(
            f"\n{self._shown_place(node)}: the book cannot show '{type(node).__name__}'; write it in another way, "
            "or give the builder 'typst' a method for it"
        )

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802 - docutils' name
        pass
