"""Writes the nodes of a book as Typst source.

A node without a method here is an error: leaving it out would lose what a
writer wrote. Extensions bring methods for their own nodes with
`app.add_node(node, typst=(visit, depart))`; a method adds to `self.body`, and
says `raise nodes.SkipNode` where it has written the children, too. `Writer` has
what such a method needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote, unquote

from docutils import nodes
from sphinx import addnodes

from handbook.typst.figures import FigureMethods
from handbook.typst.lists import ListMethods
from handbook.typst.markup import breakable, call, escape, label, string, value
from handbook.typst.notes import NoteMethods
from handbook.typst.numbers import section_number
from handbook.typst.objects import ObjectMethods
from handbook.typst.places import link_target
from handbook.typst.writer import classes

if TYPE_CHECKING:
    from docutils.nodes import Element

    from handbook.typst.builder import TypstBuilder


_PAGE_NUMBER = re.compile(r'#page-number\("[^"]*"\);')
#: How MyST writes the box of a task.
_CHECKBOX = re.compile(r'<input [^>]*type="checkbox"')
#: What the paragraph before it announces: a list, a table, code.
_ANNOUNCED = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.table, nodes.literal_block)
#: A longer paragraph says something itself, and may stand at the end of a page.
_ANNOUNCEMENT = 300


class TypstTranslator(ListMethods, FigureMethods, NoteMethods, ObjectMethods):
    """Visits the nodes of an assembled book. What is not text or structure is in the modules that it builds on."""

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self._pages = [self.docname]
        #: How many sections are open in each of the pages that are open.
        self._sections = [0]
        self._level = 0
        self._explained: set[tuple[str, str]] = set()

    # -- text ----------------------------------------------------------------------------------------------------------

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 - docutils' name
        text = node.astext()
        self.body.append(call("raw", string(text)) if self.verbatim else escape(text))

    def visit_strong(self, node: Element) -> None:
        self.span(call("strong", body=self.inline(node.children)), node)

    def visit_emphasis(self, node: Element) -> None:
        self.span(call("emph", body=self.inline(node.children)), node)

    visit_title_reference = visit_emphasis

    def visit_literal(self, node: Element) -> None:
        code = call("raw", string(node.astext()))
        self.span(call("key", body=code) if "kbd" in classes(node) else code, node)

    def visit_subscript(self, node: Element) -> None:
        self.span(call("sub", body=self.inline(node.children)), node)

    def visit_superscript(self, node: Element) -> None:
        self.span(call("super", body=self.inline(node.children)), node)

    def visit_inline(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    visit_manpage = visit_generated = visit_problematic = visit_pending_xref = visit_inline

    def visit_abbreviation(self, node: Element) -> None:
        """Write what an abbreviation stands for where a page uses it first: paper shows nothing under a pointer."""
        content = self.inline(node.children)
        explanation = node.get("explanation", "")
        key = self.docname, node.astext()
        if explanation and key not in self._explained and not (self.in_title or self.verbatim):
            self._explained.add(key)
            content += escape(f" ({explanation})")
        self.span(content, node)

    def visit_reference(self, node: Element) -> None:
        content = self.inline(node.children)
        if self.in_title:
            self.span(content, node)
        if target := link_target(node, self.docname):
            self.span(self.link(target, content, node), node)
        address = node.get("refuri", "")
        if not address:
            self.span(content, node)
        shown = node.astext().strip()
        told = unquote(shown) == unquote(address.removeprefix("mailto:"))
        # PDF readers know addresses of ASCII only.
        link = string(quote(address, safe="!#$%&'()*+,/:;=?@[]~"))
        written = call("link", link, body=breakable(content) if told and "//" in address else content)
        if self.config.typst_show_urls == "footnote" and not told and ":" in address:
            written += call("footnote", body=call("link", link, body=breakable(escape(address))))
        self.span(written, node)

    def visit_target(self, node: Element) -> None:
        self.span("" if node.get("refid") else self.inline(node.children), node)

    # -- structure -----------------------------------------------------------------------------------------------------

    def visit_start_of_file(self, node: Element) -> None:
        self._pages.append(node["docname"])
        self.docname = node["docname"]
        self._sections.append(0)

    def depart_start_of_file(self, node: Element) -> None:
        self._pages.pop()
        self.docname = self._pages[-1]
        self._sections.pop()

    def visit_section(self, node: Element) -> None:
        self._sections[-1] += 1

    def depart_section(self, node: Element) -> None:
        self._sections[-1] -= 1

    def visit_title(self, node: Element) -> None:
        section = node.parent
        kind, level = self._rank(section)
        # A page without a heading of its own must not leave a gap between the levels.
        self._level = min(level, self._level + 1)
        others = self.anchor(node)
        name = self.places.own(section, self.docname) or ""
        self.written.add(name)
        heading = call("heading", f"level: {self._level}", f"supplement: [{kind}]", body=self._title(node))
        source = others + heading + (label(name) if name else "")
        if language := self.language_of(node):
            # A function around the heading would take its label.
            source = f"#[#set text(lang: {string(language)})\n{source}]"
        self.body.append(f"{self.mark(node)}{source}\n\n")
        raise nodes.SkipNode

    def _title(self, node: Element) -> str:
        if self._sections == [1] and "preface" in self.config.typst_words:
            # The title of the root page is that of the book, and stands on the cover.
            return escape(self.config.typst_words["preface"])
        self.in_title = True
        content = self.inline(node.children)
        self.in_title = False
        number = section_number(self.builder, self.docname, node.parent)
        return escape(f"{number} ") + content if number else content

    def _rank(self, section: Element) -> tuple[str, int]:
        """Return what a section is (part, chapter, section) and the level of its heading."""
        page_depth = len(self._sections) - 1
        level = max(1, page_depth) + self._sections[-1] - 1
        if self._sections[-1] > 1 or page_depth > 2:
            return "section", level
        if page_depth == 1 and any(section.findall(addnodes.start_of_file)):
            return "part", level
        return "chapter", level

    def visit_compound(self, node: Element) -> None:
        self.block(self.blocks(node.children), node)

    visit_glossary = visit_only = visit_acks = visit_autosummary_table = visit_compound

    def visit_paragraph(self, node: Element) -> None:
        numbered = self.has_numbered_links(node)
        self.numbered_links += numbered
        text = self.inline(node.children)
        numbers = _PAGE_NUMBER.findall(text) if self.numbered_links else []
        if len(numbers) == 1:
            # An entry of an index, whatever stands beside the link: the number ends it.
            text = text.replace(numbers[0], "").rstrip() + numbers[0]
        self.numbered_links -= numbered
        self.block(call("lead-in", body=text) if _announces(node) else text, node)

    def visit_rubric(self, node: Element) -> None:
        # Sphinx puts one above footnotes, which the book has elsewhere.
        following = node.parent.children[node.parent.index(node) + 1 :]
        if following and all(isinstance(child, nodes.footnote) for child in following):
            raise nodes.SkipNode
        self.block(call("rubric", body=self.inline(node.children)), node)

    def visit_centered(self, node: Element) -> None:
        self.block(call("align", "center", body=call("strong", body=self.inline(node.children))), node)

    def visit_transition(self, node: Element) -> None:
        # MyST draws one above footnotes.
        following = node.parent.children[node.parent.index(node) + 1 :]
        if following and all(isinstance(child, nodes.footnote) for child in following):
            raise nodes.SkipNode
        self.block(call("transition"), node)

    def visit_block_quote(self, node: Element) -> None:
        said_by = self.inline(child for child in node.children if isinstance(child, nodes.attribution))
        quoted = self.paragraphs(child for child in node.children if not isinstance(child, nodes.attribution))
        extra = [f"attribution: [{said_by}]"] if said_by else []
        self.block(call("quote", "block: true", *extra, body=quoted), node)

    def visit_attribution(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    # -- what other formats show ---------------------------------------------------------------------------------------

    def visit_comment(self, node: Element) -> NoReturn:
        raise nodes.SkipNode

    # The entries of `index` stand at the end of the book.
    visit_substitution_definition = visit_meta = visit_index = visit_highlightlang = visit_comment
    visit_toctree = visit_pending = visit_system_message = visit_tabular_col_spec = visit_comment

    def visit_raw(self, node: Element) -> None:
        if _CHECKBOX.search(node.astext()):
            self.span(call("checkbox", value("checked" in node.astext())), node)
        if "typst" not in node.get("format", "").split():
            raise nodes.SkipNode
        if isinstance(node.parent, nodes.TextElement):
            self.span(self.mark(node) + node.astext(), node)
        self.block(node.astext(), node)


def _announces(paragraph: Element) -> bool:
    """Tell whether a paragraph of a section is short and stands before what it announces."""
    if not isinstance(paragraph.parent, (nodes.section, nodes.document)):
        return False
    following = paragraph.next_node(siblings=True, descend=False, ascend=False)
    announced = isinstance(following, _ANNOUNCED) or (
        isinstance(following, nodes.container) and "literal-block-wrapper" in classes(following)
    )
    return announced and len(paragraph.astext()) < _ANNOUNCEMENT
