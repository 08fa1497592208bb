"""Writes the nodes of a book as Typst source.

A node without a method here is an error: leaving it out would lose what a
writer wrote. Extensions bring methods for their own nodes with
`app.add_node(node, typst=(visit, depart))`; a method adds to `self.body`, and
says `raise nodes.SkipNode` where it has written the children, too.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import SphinxError
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from handbook.typst.assemble import Places, link_target
from handbook.typst.markup import anchor, call, escape, label, string, value
from handbook.typst.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils.nodes import Element, Node

    from handbook.typst.builder import TypstBuilder

logger = logging.getLogger(__name__)

_LANGUAGE = "language-"


class UnknownNodeError(SphinxError):
    """A node that the translator cannot write."""

    category = "The book cannot be written"


class TypstTranslator(SphinxTranslator):
    """Visits the nodes of an assembled book; `places` says where links lead."""

    builder: TypstBuilder
    places: Places

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self.docname = document["docname"]
        self.pages = [self.docname]
        #: How many sections are open in each of the pages that are open.
        self.sections = [0]
        self.footnotes: dict[str, nodes.footnote] = {}
        self.noted: set[str] = set()
        #: Inside a title nothing may be linked to: contents and headers show it again.
        self.in_title = False
        self.numbered_links = 0

    # -- what methods of extensions use, too ---------------------------------------------------------------------------

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

    def blocks(self, children: Iterable[Node]) -> str:
        """Return the source of nodes that stand below each other."""
        written = (self.inline([child]).strip() for child in children)
        return "\n\n".join(part for part in written if part)

    def block(self, source: str, node: Element) -> NoReturn:
        """Write a block with its target, its language and its look; its children are done."""
        self.body.append(self._dressed(source, node, "block") + "\n\n")
        raise nodes.SkipNode

    def span(self, source: str, node: Element) -> NoReturn:
        """Write a part of a line with its target, its language and its look; its children are done."""
        self.body.append(self._dressed(source, node, "inline"))
        raise nodes.SkipNode

    def anchor(self, node: Element) -> str:
        """Return an invisible target, where something links to `node`."""
        name = None if self.in_title else self.places.own(node, self.docname)
        return anchor(name) if name else ""

    def link(self, target: tuple[str, str], content: str, node: Node) -> str:
        """Return a link to a place in the book, or only `content` where there is no such place."""
        name = self.places.name(target)
        if name is None:
            logger.warning("the book has no place '%s#%s' to link to", *target, location=node, type="typst")
            return content
        written = call("link", f"label({string(name)})", body=content)
        return written + (call("page-number", string(name)) if self.numbered_links else "")

    def place(self, node: Node) -> str:
        """Return where a node was written: `docs/index.md:3`, as far as it is known."""
        source, line = node.source, node.line
        parent = node.parent
        while parent is not None and not (source and line):
            source, line = source or parent.source, line or parent.line
            parent = parent.parent
        return ":".join(str(part) for part in (source or self.docname, line) if part)

    def _dressed(self, source: str, node: Element, kind: str) -> str:
        for name in node.get("classes", ()):
            if name.startswith(_LANGUAGE):
                source = call("in-language", string(name.removeprefix(_LANGUAGE)), body=source)
            else:
                source = self._styled(source, name, kind)
        return self.anchor(node) + source

    def _styled(self, source: str, name: str, kind: str) -> str:
        if name not in self.config.typst_styled:
            return source
        return call(f"({kind}-styles.{name})", body=source)

    def unknown_visit(self, node: Node) -> NoReturn:
        raise UnknownNodeError(
            f"\n{self.place(node)}: the book cannot show '{type(node).__name__}'; write it in another way, "
            "or give the builder 'typst' a method for it"
        )

    # -- text ----------------------------------------------------------------------------------------------------------

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 - docutils' name
        self.body.append(escape(node.astext()))

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802
        pass

    def visit_strong(self, node: Element) -> None:
        self.span(call("strong", body=self.inline(node.children)), node)

    def visit_emphasis(self, node: Element) -> None:
        self.span(call("emph", body=self.inline(node.children)), node)

    visit_title_reference = visit_literal_emphasis = visit_emphasis
    visit_literal_strong = visit_strong

    def visit_literal(self, node: Element) -> None:
        self.span(call("raw", string(node.astext())), node)

    visit_kbd = visit_literal

    def visit_subscript(self, node: Element) -> None:
        self.span(call("sub", body=self.inline(node.children)), node)

    def visit_superscript(self, node: Element) -> None:
        self.span(call("super", body=self.inline(node.children)), node)

    def visit_inline(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    visit_abbreviation = visit_manpage = visit_generated = visit_download_reference = visit_number_reference = visit_inline
    visit_problematic = visit_pending_xref = visit_inline

    def visit_reference(self, node: Element) -> None:
        content = self.inline(node.children)
        if self.in_title:
            self.span(content, node)
        if target := link_target(node, self.docname):
            self.span(self.link(target, content, node), node)
        address = node.get("refuri", "")
        if not address:
            self.span(content, node)
        written = call("link", string(address), body=content)
        shown = node.astext().strip()
        if self.config.typst_show_urls == "footnote" and address.removeprefix("mailto:") != shown and ":" in address:
            written += call("footnote", body=call("link", string(address), body=escape(address)))
        self.span(written, node)

    def visit_target(self, node: Element) -> None:
        self.span("" if node.get("refid") else self.inline(node.children), node)

    def visit_image(self, node: Element) -> None:
        alternative = node.get("alt", "")
        if not alternative:
            logger.warning("this image says nothing to those who cannot see it; add 'alt'", location=node, type="typst")
        file = self.builder.images.get(node["uri"])
        if file is None:
            logger.warning("the book cannot show the image '%s'", node["uri"], location=node, type="typst")
            raise nodes.SkipNode
        size = [f"{name}: {length}" for name in ("width", "height") if (length := _length(node.get(name)))]
        self.span(call("picture", string(f"images/{file}"), f"alt: {string(alternative)}", *size), node)

    def visit_footnote_reference(self, node: Element) -> None:
        footnote = self.footnotes.get(f"{self.docname}:{node.get('refid')}")
        if footnote is None:
            logger.warning("there is no footnote for '%s'", node.astext(), location=node, type="typst")
            raise nodes.SkipNode
        name = f"footnote:{self.docname}:{node['refid']}"
        if name in self.noted:
            self.span(call("footnote", f"label({string(name)})"), node)
        self.noted.add(name)
        text = self.blocks(child for child in footnote.children if not isinstance(child, nodes.label))
        self.span(call("footnote", body=text) + label(name), node)

    # -- structure -----------------------------------------------------------------------------------------------------

    def visit_document(self, node: Element) -> None:
        for page in [node, *node.findall(addnodes.start_of_file)]:
            docname = page["docname"]
            for footnote in _of_page(page):
                for identifier in footnote["ids"]:
                    self.footnotes[f"{docname}:{identifier}"] = footnote

    def depart_document(self, node: Element) -> None:
        pass

    def visit_start_of_file(self, node: Element) -> None:
        self.pages.append(node["docname"])
        self.docname = node["docname"]
        self.sections.append(0)

    def depart_start_of_file(self, node: Element) -> None:
        self.pages.pop()
        self.docname = self.pages[-1]
        self.sections.pop()

    def visit_section(self, node: Element) -> None:
        self.sections[-1] += 1

    def depart_section(self, node: Element) -> None:
        self.sections[-1] -= 1

    def visit_title(self, node: Element) -> None:
        self.in_title = True
        content = self.inline(node.children)
        self.in_title = False
        section = node.parent
        kind, level = self._rank(section)
        if self.sections == [1] and "preface" in self.config.typst_words:
            # The title of the root page is that of the book, and stands on the cover.
            content = escape(self.config.typst_words["preface"])
        name = self.places.own(section, self.docname)
        others = self.places.own(node, self.docname)
        source = call("heading", f"level: {level}", f"supplement: [{kind}]", body=content) + (label(name) if name else "")
        if others:
            source = anchor(others) + source
        for class_name in node.get("classes", ()):
            if class_name.startswith(_LANGUAGE):
                # A function around the heading would take its label.
                source = f"#[#set text(lang: {string(class_name.removeprefix(_LANGUAGE))})\n{source}]"
        self.body.append(f"{source}\n\n")
        raise nodes.SkipNode

    def _rank(self, section: Element) -> tuple[str, int]:
        """Return what a section is (part, chapter, section) and the level of its heading."""
        page_depth = len(self.sections) - 1
        level = max(1, page_depth) + self.sections[-1] - 1
        if self.sections[-1] > 1 or page_depth > 2:
            return "section", level
        if page_depth == 1 and any(section.findall(addnodes.start_of_file)):
            return "part", level
        return "chapter", level

    def visit_compound(self, node: Element) -> None:
        self.block(self.blocks(node.children), node)

    visit_glossary = visit_only = visit_compound

    def visit_container(self, node: Element) -> None:
        if "literal-block-wrapper" in node.get("classes", ()):
            caption = self.inline(child for child in node.children if isinstance(child, nodes.caption))
            code = self.blocks(child for child in node.children if not isinstance(child, nodes.caption))
            self.block(call("listing", f"caption: [{caption}]", body=code), node)
        self.block(self.blocks(node.children), node)

    def visit_paragraph(self, node: Element) -> None:
        numbered = self._has_numbered_links(node)
        self.numbered_links += numbered
        text = self.inline(node.children)
        self.numbered_links -= numbered
        self.block(text, node)

    visit_line_block_item = visit_paragraph

    def visit_rubric(self, node: Element) -> None:
        self.block(call("rubric", body=self.inline(node.children)), node)

    visit_centered = visit_rubric

    def visit_transition(self, node: Element) -> None:
        self.block(call("transition"), node)

    def visit_block_quote(self, node: Element) -> None:
        said_by = self.inline(child for child in node.children if isinstance(child, nodes.attribution))
        quoted = self.blocks(child for child in node.children if not isinstance(child, nodes.attribution))
        extra = [f"attribution: [{said_by}]"] if said_by else []
        self.block(call("quote", "block: true", *extra, body=quoted), node)

    def visit_attribution(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    def visit_line_block(self, node: Element) -> None:
        lines = [
            f"#h({depth * 2}em)" + self.inline(line.children) if depth else self.inline(line.children)
            for line, depth in _lines(node, 0)
        ]
        self.block(" \\\n".join(lines), node)

    def visit_literal_block(self, node: Element) -> None:
        language = node.get("language", "")
        shown = "" if language in ("", "none", "text", "default", "guess") else language
        self.block(call("raw", "block: true", *([f"lang: {string(shown)}"] if shown else []), string(node.astext())), node)

    visit_doctest_block = visit_literal_block

    # -- lists ---------------------------------------------------------------------------------------------------------

    def visit_bullet_list(self, node: Element) -> None:
        numbered = self._has_numbered_links(node)
        self.numbered_links += numbered
        items = [f"[{self._item(item)}]" for item in node.children]
        self.numbered_links -= numbered
        self.block(call("list", f"tight: {_tight(node)}", *items), node)

    def visit_enumerated_list(self, node: Element) -> None:
        numbering = _NUMBERINGS.get(node.get("enumtype", "arabic"), "1")
        pattern = node.get("prefix", "") + numbering + node.get("suffix", ".")
        items = [f"[{self._item(item)}]" for item in node.children]
        start = [f"start: {node['start']}"] if "start" in node else []
        self.block(call("enum", f"tight: {_tight(node)}", f"numbering: {string(pattern)}", *start, *items), node)

    def _has_numbered_links(self, node: Element) -> bool:
        return any(name in self.config.typst_numbered_links for name in node.get("classes", ()))

    def _item(self, item: Node) -> str:
        assert isinstance(item, nodes.Element)
        return self._dressed(self.blocks(item.children), item, "block")

    def visit_definition_list(self, node: Element) -> None:
        items = []
        for item in node.children:
            assert isinstance(item, nodes.Element)
            terms = [child for child in item.children if isinstance(child, (nodes.term, nodes.classifier))]
            heading = " ".join(self.inline([term]) for term in terms)
            text = "\n\n".join(
                self._dressed(self.blocks(child.children), child, "block")
                for child in item.children
                if isinstance(child, nodes.definition)
            )
            items.append(f"([{self.anchor(item)}{heading}], [{text}])")
        self.block(call("definitions", *items), node)

    def visit_term(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    visit_classifier = visit_term

    def visit_field_list(self, node: Element) -> None:
        fields = []
        for field in node.children:
            assert isinstance(field, nodes.Element)
            name, content = field.children
            assert isinstance(name, nodes.Element)
            assert isinstance(content, nodes.Element)
            fields.append(f"([{self.anchor(field)}{self.inline(name.children)}], [{self.blocks(content.children)}])")
        self.block(call("fields", *fields), node)

    visit_docinfo = visit_field_list

    def visit_option_list(self, node: Element) -> None:
        items = []
        for item in node.findall(nodes.option_list_item):
            group, description = item.children
            assert isinstance(description, nodes.Element)
            options = ", ".join(option.astext() for option in group.children)
            items.append(f"([{call('raw', string(options))}], [{self.blocks(description.children)}])")
        self.block(call("definitions", *items), node)

    # -- figures and tables --------------------------------------------------------------------------------------------

    def visit_figure(self, node: Element) -> None:
        caption = "".join(self.inline(child.children) for child in node.children if isinstance(child, nodes.caption))
        legend = self.blocks(
            inner for child in node.children if isinstance(child, nodes.legend) for inner in child.children
        )
        shown = self.blocks(
            child for child in node.children if not isinstance(child, (nodes.caption, nodes.legend))
        )
        if not shown:
            raise nodes.SkipNode
        caption = "\n\n".join(part for part in (caption, legend) if part)
        self.block(call("illustration", *([f"caption: [{caption}]"] if caption else []), body=shown), node)

    def visit_caption(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    def visit_table(self, node: Element) -> None:
        self.block(write_table(self, node), node)

    def visit_tabular_col_spec(self, node: Element) -> NoReturn:
        raise nodes.SkipNode

    # -- notes ---------------------------------------------------------------------------------------------------------

    def visit_Admonition(self, node: Element) -> None:  # noqa: N802
        """Write any of docutils' admonitions: they share this base class."""
        kind = type(node).__name__
        children = list(node.children)
        if children and isinstance(children[0], nodes.title):
            heading: Node = children.pop(0)
            title = self.inline(heading.children)
        else:
            title = escape(str(admonitionlabels.get(kind, kind.capitalize())))
        self.block(call("admonition", string(kind), f"[{title}]", body=self.blocks(children)), node)

    visit_seealso = visit_note = visit_warning = visit_important = visit_tip = visit_hint = visit_Admonition
    visit_caution = visit_danger = visit_attention = visit_error = visit_admonition = visit_topic = visit_Admonition
    visit_sidebar = visit_Admonition

    def visit_versionmodified(self, node: Element) -> None:
        self.block(self.blocks(node.children), node)

    # -- sources -------------------------------------------------------------------------------------------------------

    def visit_citation(self, node: Element) -> NoReturn:
        """Write an entry and all that follow it as one list."""
        siblings = node.parent.children
        at = siblings.index(node)
        if at and isinstance(siblings[at - 1], nodes.citation):
            raise nodes.SkipNode
        entries = []
        for citation in takewhile(lambda sibling: isinstance(sibling, nodes.citation), siblings[at:]):
            assert isinstance(citation, nodes.citation)
            mark, *text = citation.children
            entries.append(f"([{self.anchor(citation)}\\[{escape(mark.astext())}\\]], [{self.blocks(text)}])")
        self.body.append(call("sources", *entries) + "\n\n")
        raise nodes.SkipNode

    # -- nothing to show -----------------------------------------------------------------------------------------------

    def visit_comment(self, node: Element) -> NoReturn:
        raise nodes.SkipNode

    # Footnotes stand where they are referred to.
    visit_footnote = visit_substitution_definition = visit_meta = visit_index = visit_highlightlang = visit_system_message = visit_comment
    visit_toctree = visit_pending = visit_acks_list = visit_comment

    def visit_raw(self, node: Element) -> NoReturn:
        if "typst" in node.get("format", "").split():
            self.body.append(node.astext() + ("" if isinstance(node.parent, nodes.TextElement) else "\n\n"))
        raise nodes.SkipNode


_NUMBERINGS = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_UNITS = {"px": 0.75, "": 0.75}


def _length(given: Any) -> str:
    """Return a length of an image in Typst: `50%`, `96` or `96px` (three quarters of a point each), `3cm`."""
    text = str(given or "").strip().replace(" ", "")
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz%")
    unit = text[len(number) :]
    if not number:
        return ""
    if unit in _UNITS:
        return f"{float(number) * _UNITS[unit]}pt"
    return f"{number}{unit}" if unit in ("%", "pt", "mm", "cm", "in", "em") else ""


def _tight(node: Element) -> str:
    """Tell whether the items of a list are one line of text each, in Typst's words."""
    loose = any(isinstance(item, nodes.Element) and len(item.children) > 1 and isinstance(item.children[1], nodes.paragraph) for item in node.children)
    return value(not loose)


def _lines(block: Element, depth: int) -> Sequence[tuple[Element, int]]:
    """Return the lines of a line block with how deep they are set in."""
    found: list[tuple[Element, int]] = []
    for child in block.children:
        if isinstance(child, nodes.line_block):
            found += _lines(child, depth + 1)
        elif isinstance(child, nodes.line):
            found.append((child, depth))
    return found


def _of_page(page: Element) -> Iterable[nodes.footnote]:
    """Yield the footnotes of one page of the book, not those of pages inside it."""
    for child in page.children:
        if isinstance(child, nodes.footnote):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, addnodes.start_of_file):
            yield from _of_page(child)
