"""The handbook's own nodes in a book: drawings and charts as vectors with text in them, terms as links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook.content.application import application_of
from handbook.content.diagrams import current_svg, drawing_of
from handbook.content.domain import record_domain
from handbook.content.mentions import leave_out_mentions
from handbook.diagrams.renderer import FONT_SIZE
from handbook.typst.markup import call, string

if TYPE_CHECKING:
    from handbook.content.charts import chart
    from handbook.content.diagrams import diagram
    from handbook.content.term_uses import term_use
    from handbook.typst.translator import TypstTranslator


#: What the site sets below the rest of a cell.
_BELOW = frozenset({"below", "record-as-of"})


class LeaveOutMentionsInTables(SphinxPostTransform):
    """Keeps rows of tables to what they say; the index has the page numbers."""

    formats = ("typst",)
    #: After the lists of pages have been filled in (8).
    default_priority = 12

    def run(self, **kwargs: Any) -> None:
        leave_out_mentions(self.document, nodes.entry)


class SetBelowInTables(SphinxPostTransform):
    """Gives a paragraph of its own to what belongs below the rest of a cell: a second name, the date of a statement."""

    formats = ("typst",)
    default_priority = 12

    def run(self, **kwargs: Any) -> None:
        for part in list(self.document.findall(nodes.inline)):
            paragraph = part.parent
            if not _BELOW.intersection(part["classes"]) or not isinstance(paragraph.parent, nodes.entry):
                continue
            cell = paragraph.parent
            paragraph.remove(part)
            if part[0].astext() == " ":
                part.pop(0)
            below = nodes.paragraph("", "", part)
            cell.insert(cell.index(paragraph) + 1, below)
            if not paragraph.children:
                cell.remove(paragraph)


def visit_diagram(self: TypstTranslator, node: diagram) -> NoReturn:
    """Place the committed SVG; where it is missing or stale, nothing: the same content stands beside it as text."""
    drawing = drawing_of(node, self.config.language)
    svg = current_svg(application_of(self.builder.config), drawing)
    if svg is None:
        raise nodes.SkipNode
    alternative = " ".join(part for part in (drawing.title, drawing.description) if part)
    _place(self, drawing.name, svg, alternative, node)


def visit_chart(self: TypstTranslator, node: chart) -> NoReturn:
    """Place a chart."""
    _place(self, node["drawing"], node["svg"], " ".join(filter(None, (node["alt"], node["description"]))), node)


def _place(self: TypstTranslator, name: str, svg: str, alternative: str, node: nodes.Element) -> NoReturn:
    path = self.builder.place_drawing(name, svg)
    sizes = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
    assert sizes is not None
    width, height = sizes.groups()
    self.block(
        call(
            "drawing",
            string(path),
            f"alt: {string(alternative)}",
            f"width: {width}",
            f"height: {height}",
            f"letters: {FONT_SIZE}",
        ),
        node,
    )


def visit_term_use(self: TypstTranslator, node: term_use) -> NoReturn:
    """Link a term to the glossary; without a glossary, the word is text as any other."""
    home = record_domain(self.builder.env).homes.get(node["term"])
    content = self.inline(node.children)
    name = self.places.name((home.docname, home.anchor)) if home else None
    if name and not self.in_title:
        content = call("term-link", f"label({string(name)})", body=content)
    self.span(content, node)
