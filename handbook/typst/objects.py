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
        self.verbatim += 1
        if node.get("is_multiline"):
            written = " \\\n".join(self.anchor(line) + self.inline(line.children) for line in node.children)  # type: ignore[arg-type]
        else:
            written = self.inline(node.children)
        self.verbatim -= 1
        return written

    def visit_desc_content(self, node: Element) -> None:
        self.block(self.blocks(node.children), node)

    def visit_desc_inline(self, node: Element) -> None:
        self.verbatim += 1
        written = self.inline(node.children)
        self.verbatim -= 1
        self.span(written, node)

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
        self.verbatim += 1
        lines = [
            self.anchor(line) + self.inline(line.children) for line in node.children if isinstance(line, nodes.Element)
        ]
        self.verbatim -= 1
        self.block(call("verbatim", body=" \\\n".join(lines)), node)
