"""Cells of tables of records, which tell what they are where a phone shows each record as a card.

A style sheet cannot reach the heading of a column from its cells, so each cell carries it (`data-heading`).
"""

from __future__ import annotations

from docutils import nodes
from markupsafe import escape
from sphinx.writers.html5 import HTML5Translator


def visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Open a cell as Sphinx does, and name its column on the cell."""
    start = len(self.body)
    HTML5Translator.visit_entry(self, node)
    if heading := _heading(node):
        self.body[start] = self.body[start].replace("<td", f'<td data-heading="{escape(heading)}"', 1)


def depart_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Close a cell."""
    HTML5Translator.depart_entry(self, node)


def _heading(entry: nodes.entry) -> str:
    """Return the heading of a cell's column; empty outside tables of records, whose cells span no columns."""
    row = entry.parent
    group = row.parent.parent
    heads = [part for part in group.children if isinstance(part, nodes.thead)]
    if "records" not in group.parent["classes"] or row.parent in heads or not heads:
        return ""
    names = heads[0].children[0]
    assert isinstance(names, nodes.row)
    return " ".join(names[row.index(entry)].astext().split())
