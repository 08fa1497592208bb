"""Pictures, tables, code and formulas."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes

from handbook.typst.formulas import FormulaError, formula
from handbook.typst.markup import call, escape, string, value
from handbook.typst.numbers import caption_number
from handbook.typst.tables import write_table
from handbook.typst.writer import Writer, classes

if TYPE_CHECKING:
    from docutils.nodes import Element

_UNITS = {"px": 0.75, "": 0.75}
_PLAIN = ("", "none", "text", "default", "guess")


class FigureMethods(Writer):
    """Methods for what is shown apart from the text, and for code and formulas within it."""

    # -- pictures ------------------------------------------------------------------------------------------------------

    def visit_image(self, node: Element) -> None:
        alternative = node.get("alt", "")
        if not alternative:
            self.warn(node, "this image says nothing to those who cannot see it; add 'alt'")
            alternative = PurePosixPath(node["uri"]).name
        file = self.builder.images.get(node["uri"])
        if file is None:
            self.warn(node, "the book cannot show the image '%s'", node["uri"])
            raise nodes.SkipNode
        size = [f"{name}: {length}" for name in ("width", "height") if (length := _length(node.get(name)))]
        if "scale" in node:
            size.append(f"scale: {node['scale']}%")
        if isinstance(node.parent, nodes.TextElement):
            size.append("inline: true")
        self.span(call("picture", string(f"images/{file}"), f"alt: {string(alternative)}", *size), node)

    def visit_figure(self, node: Element) -> None:
        caption = "".join(self.caption(child, node) for child in node.children if isinstance(child, nodes.caption))
        legend = "\n\n".join(self.blocks(child.children) for child in node.children if isinstance(child, nodes.legend))
        shown = self.blocks(child for child in node.children if not isinstance(child, (nodes.caption, nodes.legend)))
        if not shown:
            raise nodes.SkipNode
        caption = "\n\n".join(part for part in (caption, legend) if part)
        self.block(call("illustration", *([f"caption: [{caption}]"] if caption else []), body=shown), node)

    def caption(self, node: Element, shown: Element) -> str:
        """Return the caption of `shown`, with its number where the project numbers such things."""
        number = caption_number(self.builder, self.docname, shown)
        return (f"{escape(number)} " if number else "") + self.inline(node.children)

    def visit_caption(self, node: Element) -> None:
        self.span(self.inline(node.children), node)

    def visit_table(self, node: Element) -> None:
        self.block(write_table(self, node), node)

    # -- code ----------------------------------------------------------------------------------------------------------

    def visit_literal_block(self, node: Element) -> None:
        if node.rawsource != node.astext():
            # Lines with markup in them (`parsed-literal`).
            self.block(call("verbatim", body=self.verbatim_inline(node)), node)
        arguments = [string(node.astext())]
        if (language := node.get("language", "")) not in _PLAIN:
            arguments.append(f"lang: {string(language)}")
        options: dict[str, Any] = node.get("highlight_args", {})
        if node.get("linenos"):
            arguments.append(f"first: {options.get('linenostart', 1)}")
        if marked := options.get("hl_lines"):
            arguments.append(f"marked: {value(marked)}")
        self.block(call("code", *arguments), node)

    visit_doctest_block = visit_literal_block

    def visit_container(self, node: Element) -> None:
        if "literal-block-wrapper" in classes(node):
            caption = "".join(self.caption(child, node) for child in node.children if isinstance(child, nodes.caption))
            code = self.blocks(child for child in node.children if not isinstance(child, nodes.caption))
            self.block(call("listing", f"caption: [{caption}]", body=code), node)
        self.block(self.blocks(node.children), node)

    # -- formulas ------------------------------------------------------------------------------------------------------

    def visit_math(self, node: Element) -> None:
        self.span(self._formula(node, block=False), node)

    def visit_math_block(self, node: Element) -> None:
        self.block(self._formula(node, block=True), node)

    def _formula(self, node: Element, *, block: bool) -> str:
        latex = node.astext().strip()
        number = node.get("number")
        numbering = [f"number: {string(f'({number})')}"] if number else []
        try:
            written = formula(latex, block=block)
        except FormulaError as error:
            self.warn(node, "the book cannot show this formula and shows its source: %s", error)
            return call("raw", f"block: {value(block)}", string(latex))
        return call(
            "formula",
            f"alt: {string(latex)}",
            f"block: {value(block)}",
            *numbering,
            f"$ {written} $" if block else f"${written}$",
        )


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
