"""Puts drawings into pages, committed ones and charts: no script, no request, links that work, colours that follow the mode."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import escape
from sphinx.writers.html5 import HTML5Translator

from handbook.content.application import application_of
from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.diagrams.svg import inline
from handbook.site.drawing_files import drawings_in, line_under, svg_of

if TYPE_CHECKING:
    from handbook.content.charts import chart, disclosure
    from handbook.content.diagrams import diagram


def visit_diagram(self: HTML5Translator, node: diagram) -> None:
    """Write the SVG inside a region that scrolls by itself on narrow screens."""
    app = application_of(self.builder.config)
    svg = svg_of(app, node)
    if svg is None:
        note = edition_of(app).translation.word("図は準備中です。同じ内容を下の文章で読むことができます。")
        self.body.append(f'<p class="diagram-missing">{escape(note)}</p>\n')
        raise nodes.SkipNode
    address = partial(record_domain(self.builder.env).address, self.builder, self.builder.current_docname)
    _show(self, inline(svg, link=address), node["alt"])
    raise nodes.SkipNode


def visit_chart(self: HTML5Translator, node: chart) -> None:
    """Write a chart as `visit_diagram` writes a diagram."""
    _show(self, inline(node["svg"], link=lambda record_id: None), node["alt"])
    raise nodes.SkipNode


def _show(self: HTML5Translator, svg: str, title: str) -> None:
    label = escape(edition_of(application_of(self.builder.config)).translation.word("図：{title}").format(title=title))
    self.body.append(f'<div class="diagram-scroll" role="region" tabindex="0" aria-label="{label}">\n{svg}</div>\n')


def depart_figure(self: HTML5Translator, node: nodes.figure) -> None:
    """Close a figure; under a drawing goes what leads to its file. Inside, only the caption may be last."""
    HTML5Translator.depart_figure(self, node)
    app = application_of(self.builder.config)
    self.body += [
        line_under(app, self.builder.current_docname, drawing) for drawing in drawings_in(node) if svg_of(app, drawing)
    ]


def visit_disclosure(self: HTML5Translator, node: disclosure) -> None:
    """Open what a reader opens by its summary."""
    classes = " ".join(node["classes"])
    self.body.append(f'<details class="{escape(classes)}">\n<summary>{escape(node["summary"])}</summary>\n')


def depart_disclosure(self: HTML5Translator, node: disclosure) -> None:
    """Close it."""
    self.body.append("</details>\n")


def depart_diagram(self: HTML5Translator, node: diagram) -> None:
    """Nothing is left to close."""


def skip_diagram(self: Any, node: nodes.Element) -> None:
    """Leave the picture out where there are no pictures; its content stands beside it as text."""
    raise nodes.SkipNode
