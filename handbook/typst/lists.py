"""Lists of all kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from handbook.typst.markup import call, string, value
from handbook.typst.writer import Writer, classes

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

#: An entry of so many letters takes a quarter of a page at most.
_SHORT = 600
#: What may be large though it has few words, and is kept in one piece where it needs to be.
_LARGE = (nodes.image, nodes.figure, nodes.literal_block, nodes.table, nodes.list_item)
_NUMBERINGS = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


class ListMethods(Writer):
    """Methods for lists."""

    def visit_bullet_list(self, node: Element) -> None:
        numbered = self.has_numbered_links(node)
        self.numbered_links += numbered
        items = [f"[{self._item(item)}]" for item in node.children]
        self.numbered_links -= numbered
        # The box to tick takes the place of the bullet.
        name = "tasks" if "contains-task-list" in classes(node) else "list"
        self.block(call(name, f"tight: {_tight(node)}", *items), node)

    def visit_enumerated_list(self, node: Element) -> None:
        numbering = _NUMBERINGS.get(node.get("enumtype", "arabic"), "1")
        pattern = node.get("prefix", "") + numbering + node.get("suffix", ".")
        items = [f"[{self._item(item)}]" for item in node.children]
        start = [f"start: {node['start']}"] if "start" in node else []
        self.block(call("enum", f"tight: {_tight(node)}", f"numbering: {string(pattern)}", *start, *items), node)

    def has_numbered_links(self, node: Element) -> bool:
        """Tell whether the links in `node` are to be followed by the page number."""
        return any(name in self.config.typst_numbered_links for name in classes(node))

    def _item(self, item: Node) -> str:
        assert isinstance(item, nodes.Element)
        # The entries of an index are paragraphs of their own, whose further lines can stand in.
        content = self.paragraphs(item.children) if self.numbered_links else self.blocks(item.children)
        if len(item.children) > 1 and is_short(item):
            content = call("together", body=content)
        return self.dressed(content, item, "block")

    def visit_definition_list(self, node: Element) -> None:
        items = []
        for item in node.children:
            assert isinstance(item, nodes.Element)
            text = "\n\n".join(
                self.dressed(self.paragraphs(child.children), child, "block")
                for child in item.children
                if isinstance(child, nodes.definition)
            )
            if is_short(item):
                text = call("together", body=text)
            items.append(f"([{self.anchor(item)}{self._heading(item)}], [{text}])")
        self.block(call("definitions", *items), node)

    def _heading(self, item: Element) -> str:
        """Return the terms of a definition, one a line, each with its classifiers."""
        lines: list[str] = []
        for child in item.children:
            if isinstance(child, nodes.term):
                lines.append(self.inline([child]))
            elif isinstance(child, nodes.classifier):
                lines[-1] += " " + call("classifier", body=self.inline([child]))
        return " \\\n".join(lines)

    def visit_term(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    visit_classifier = visit_term

    def visit_field_list(self, node: Element) -> None:
        fields = []
        for field in node.children:
            assert isinstance(field, nodes.Element)
            name, content = field.children
            fields.append(
                f"([{self.anchor(field)}{self.inline(name.children)}], [{self.paragraphs(content.children)}])"
            )
        self.block(call("fields", *fields), node)

    def visit_option_list(self, node: Element) -> None:
        items = []
        for item in node.children:
            group, description = item.children
            options = ", ".join(option.astext() for option in group.children)
            items.append(f"([{call('raw', string(options))}], [{self.paragraphs(description.children)}])")
        self.block(call("definitions", *items), node)

    def visit_hlist(self, node: Element) -> None:
        columns = [f"[{self.blocks(column.children)}]" for column in node.children]
        self.block(call("side-by-side", *columns), node)

    def visit_line_block(self, node: Element) -> None:
        lines = [
            (f"#h({depth * 2}em);" if depth else "") + self.inline(line.children) for line, depth in _lines(node, 0)
        ]
        self.block(" \\\n".join(lines), node)


def is_short(item: Element) -> bool:
    """Tell whether an entry is nothing but text, and so short that it can stay in one piece."""
    return len(item.astext()) < _SHORT and not any(
        isinstance(part, _LARGE) for part in item.findall(nodes.Element, include_self=False)
    )


def _tight(node: Element) -> str:
    """Tell whether the items of a list are one line of text each, in Typst's words."""
    return value(
        not any(len(item.children) > 1 and isinstance(item.children[1], nodes.paragraph) for item in node.children)
    )


def _lines(block: Element, depth: int) -> list[tuple[Element, int]]:
    """Return the lines of a line block with how deep they are set in."""
    found: list[tuple[Element, int]] = []
    for child in block.children:
        if isinstance(child, nodes.line_block):
            found += _lines(child, depth + 1)
        elif isinstance(child, nodes.line):
            found.append((child, depth))
    return found
