"""Descriptions of what programs consist of (`py:function` and the like, autodoc), and grammars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from handbook.typst.markup import call, string
from handbook.typst.writer import Writer

if TYPE_CHECKING:
    from docutils.nodes import Element


class ObjectMethods(Writer):
    """Methods for signatures and what is said of them."""

    def visit_desc(self, node: Element) -> None:
        signatures = [child for child in node.children if isinstance(child, addnodes.desc_signature)]
        content = [child for child in node.children if not isinstance(child, addnodes.desc_signature)]
        lines = " \\\n".join(self.anchor(signature) + self._signature(signature) for signature in signatures)
        self.block(call("object", f"[{lines}]", body=self.blocks(content)), node)

    def _signature(self, node: Element) -> str:
        return self._lines(node) if node.get("is_multiline") else self.verbatim_inline(node)

    def _lines(self, node: Element) -> str:
        """Return what a node holds, each a line."""
        lines = [child for child in node.children if isinstance(child, nodes.Element)]
        return " \\\n".join(self.anchor(line) + self.verbatim_inline(line) for line in lines)

    def visit_desc_content(self, node: Element) -> None:
        self.block(self.blocks(node.children), node)

    def visit_desc_inline(self, node: Element) -> None:
        self.span(self.verbatim_inline(node), node)

    def visit_desc_name(self, node: Element) -> None:
        self.span(call("strong", body=self.inline(node.children)), node)

    def visit_desc_addname(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    visit_desc_type = visit_desc_annotation = visit_desc_addname

    def visit_desc_returns(self, node: Element) -> None:
        self.span(call("raw", string(" → ")) + self.inline(node.children), node)

    def visit_desc_parameterlist(self, node: Element) -> None:
        self.span(self._listed(node, "(", ")"), node)

    def visit_desc_type_parameter_list(self, node: Element) -> None:
        self.span(self._listed(node, "[", "]"), node)

    def _listed(self, node: Element, start: str, end: str) -> str:
        """Return parameters with commas between them; what is optional stands in brackets, its comma too."""
        written = call("raw", string(start))
        for index, parameter in enumerate(node.children):
            if index and not isinstance(parameter, addnodes.desc_optional):
                written += call("raw", string(", "))
            written += self.inline([parameter])
        return written + call("raw", string(end))

    def visit_desc_optional(self, node: Element) -> None:
        first = node.parent.children[0] is node
        self.span(self._listed(node, "[" if first else "[, ", "]"), node)

    def visit_desc_parameter(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    visit_desc_type_parameter = visit_desc_parameter

    def visit_productionlist(self, node: Element) -> None:
        self.block(call("verbatim", body=self._lines(node)), node)
