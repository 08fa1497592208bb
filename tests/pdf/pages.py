"""What the book has to say: the text of all pages, block by block, as Sphinx has read them."""

from __future__ import annotations

import gc
import gettext
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sphinx.locale
from docutils import nodes
from sphinx import addnodes
from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.locale import admonitionlabels

from handbook.content.charts import chart
from handbook.content.diagrams import diagram, drawing_of, labelled_diagram, svg_path
from handbook.diagrams.svg import texts
from handbook.typst.assemble import assemble
from handbook.typst.builder import TypstBuilder
from tests.pdf.reading import squeezed
from tests.site.pages import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx


_PASSAGES = (
    nodes.paragraph,
    nodes.list_item,
    nodes.row,
    nodes.definition_list_item,
    nodes.caption,
    nodes.rubric,
)

#: Lists whose links are followed by the number of the page that they lead to.
_NUMBERED = {"record-index", "mentions", "start-links", "cards"}


@dataclass
class Block:
    """A paragraph, a title, a term, an item's number."""

    page: str
    kind: str
    text: str
    #: The same in pieces: a text, and whether the number of a page follows it.
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    #: What is in another language than the book: the language, and from where to where in the squeezed text.
    foreign: list[tuple[str, int, int]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.page}, {self.kind}: {self.text}"


@dataclass
class Heading:
    """A heading with its level: 1 for the introduction and for parts."""

    title: str
    level: int
    #: Whether a part or a chapter begins with it.
    opens: bool


@dataclass
class Picture:
    """A drawing with the words in it."""

    name: str
    labels: list[str]


@dataclass
class Contents:
    """The pages of a language as one document."""

    title: str
    author: str
    date: str
    blocks: list[Block] = field(default_factory=list)
    #: Blocks that belong together: those of an item, of a row, of a term and what it means, of a card.
    passages: list[list[Block]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: int = 0
    pictures: list[Picture] = field(default_factory=list)
    #: Addresses on the web that are linked to.
    addresses: set[str] = field(default_factory=set)


def contents(language: str, folder: Path) -> Contents:
    """Return what the pages say in a language; `folder` is for what Sphinx writes."""
    doctrees = PROJECT.build / "doctrees" / language
    # What an earlier run in this process has read of catalogues.
    sphinx.locale.translators.clear()
    gettext._translations.clear()  # type: ignore[attr-defined]
    with warnings.catch_warnings(), PROJECT.sphinx("typst", language, folder, doctrees) as app:
        # MyST-Parser's, as it resolves links.
        warnings.simplefilter("ignore", RemovedInSphinx11Warning)
        assert isinstance(app.builder, TypstBuilder)
        # So many objects come to life that looking for dead ones among them takes as long as all else.
        gc.disable()
        book = assemble(app.builder, app.config.root_doc, app.builder.docnames)
        found = Contents(app.config.typst_title, app.config.author, app.config.release)
        _Reader(app, found).read(book, "index", 1)
        found.blocks += [Block("", "colophon", text) for text in app.config.typst_colophon]
        gc.enable()
    return found


class _Reader:
    def __init__(self, app: Sphinx, found: Contents) -> None:
        self.app = app
        self.found = found
        self.words = app.config.typst_words
        self.parts = 0
        #: The pages that the one being read is in.
        self.around: list[str] = []

    def read(self, node: Node, page: str, depth: int, *, numbered: bool = False) -> None:
        if isinstance(node, nodes.Element):
            before = len(self.found.blocks)
            self._read(node, page, depth, numbered)
            if isinstance(node, _PASSAGES) or "record" in node.get("classes", ()):
                self.found.passages += filter(None, [self.found.blocks[before:]])

    def _read(self, node: Element, page: str, depth: int, numbered: bool) -> None:
        if isinstance(node, addnodes.start_of_file):
            page = node["docname"]
            self.around.append(page)
            # A page is below the one whose table of contents names it, whichever section that stands in.
            for child in node.children:
                self.read(child, page, max(1, len(self.around)))
            self.around.pop()
            return
        numbered = numbered or bool(_NUMBERED & {*node.get("classes", ())})
        match node:
            case nodes.section():
                self._heading(node, page, depth)
                for child in node.children[1:]:
                    self.read(child, page, depth + 1, numbered=numbered)
            case nodes.meta() | nodes.comment() | nodes.substitution_definition():
                return
            case nodes.bullet_list() | nodes.enumerated_list():
                for number, item in enumerate(node.children, start=node.get("start", 1)):
                    ordered = isinstance(node, nodes.enumerated_list)
                    # The index has no bullets.
                    if "record-index" not in node["classes"]:
                        self._add(page, "mark", f"{number}." if ordered else _bullet(node))
                    self.read(item, page, depth, numbered=numbered)
            case nodes.citation():
                label, *rest = node.children
                self._add(page, "number", f"[{label.astext()}]")
                for child in rest:
                    self.read(child, page, depth)
            case nodes.Admonition():
                if not isinstance(node.children[0], nodes.title):
                    self._add(page, "label", str(admonitionlabels[type(node).__name__]))
                for child in node.children:
                    self.read(child, page, depth)
            case chart():
                self.found.pictures.append(Picture(node["drawing"], texts(node["svg"])))
            case diagram() | labelled_diagram():
                drawing = drawing_of(node, self.app.config.language)
                svg = svg_path(self.app, drawing).read_text(encoding="utf-8")
                self.found.pictures.append(Picture(drawing.name, texts(svg)))
            case nodes.TextElement() if any(isinstance(child, (nodes.Text, nodes.Inline)) for child in node.children):
                self._text(node, page, numbered)
            case _:
                self.found.tables += isinstance(node, nodes.table)
                for child in node.children:
                    self.read(child, page, depth, numbered=numbered)

    def _heading(self, section: Element, page: str, depth: int) -> None:
        title = section.children[0]
        assert isinstance(title, nodes.title)
        text = title.astext()
        # Sphinx leaves to the first section of a page the document that it was read in.
        opens = isinstance(section.parent, nodes.document)
        if not self.around and opens:
            text = self.words["preface"]
        elif opens and section.next_node(addnodes.start_of_file):
            self.parts += 1
            self._add(page, "part", self.words["part"].replace("{}", str(self.parts)))
        self.found.headings.append(Heading(text, depth, opens))
        self._text(title, page, numbered=False, text=text)
        self.found.passages.append(self.found.blocks[-1:])

    def _text(self, node: Element, page: str, numbered: bool, text: str | None = None) -> None:
        block = Block(page, type(node).__name__, node.astext() if text is None else text)
        if numbered:
            block.pieces = [(child.astext(), _leads_into_the_book(child)) for child in node.children]
            if sum(leads for _, leads in block.pieces) == 1:
                # An entry of an index: the number ends it.
                block.pieces = [(block.text, True)]
        if text is None:
            self._note_foreign(node, block, 0)
        for inner in node.findall(nodes.Element):
            if isinstance(inner, nodes.reference) and inner.get("refuri", "").startswith(("http", "mailto")):
                self.found.addresses.add(inner["refuri"])
        self.found.blocks.append(block)

    def _note_foreign(self, node: Node, block: Block, at: int) -> None:
        """Note what is in another language; `at` is where the node begins in the squeezed text."""
        if not isinstance(node, nodes.Element):
            return
        classes: list[str] = node.get("classes", [])
        for name in classes:
            tag = name.removeprefix("language-")
            if tag not in (name, self.app.config.language):
                block.foreign.append((tag, at, at + len(squeezed(node.astext()))))
        for child in node.children:
            self._note_foreign(child, block, at)
            at += len(squeezed(child.astext()))

    def _add(self, page: str, kind: str, text: str) -> None:
        self.found.blocks.append(Block(page, kind, text))


def _leads_into_the_book(node: Node) -> bool:
    links = [node, *node.findall(nodes.reference)] if isinstance(node, nodes.Element) else []
    return any(isinstance(one, nodes.reference) and not one.get("refuri", "").startswith("http") for one in links)


def _bullet(node: Element) -> str:
    deep = 0
    while node.parent is not None:
        node = node.parent
        deep += isinstance(node, nodes.bullet_list)
    return "•–"[deep % 2]
