"""Terms in running text: a link to the glossary that shows the definition in place.

The definition is an attribute, so that it is neither copied with the sentence
nor shown by the search as if the page said it; `handbook.css` displays it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from handbook.content.domain import record_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.writers.html5 import HTML5Translator

    from handbook.content.term_uses import term_use


def visit_term_use(self: HTML5Translator, node: term_use) -> None:
    """Open the link; without a glossary, the word is text as any other."""
    domain = record_domain(self.builder.env)
    address = domain.address(self.builder, self.builder.current_docname, node["term"])
    node["linked"] = address is not None
    if address is None:
        return
    shown = ""
    # An attribute cannot say that it is in another language than the page.
    if node["definition_language"] == self.config.language:
        definition = escape(node["definition"])
        shown = f' aria-description="{definition}" data-definition="{definition}"'
    self.body.append(f'<a class="term-use" href="{escape(address)}"{shown}>')


def depart_term_use(self: HTML5Translator, node: term_use) -> None:
    """Close the link."""
    if node["linked"]:
        self.body.append("</a>")


def plain(self: Any, node: nodes.Element) -> None:
    """Write the word as it is, where there are no links."""
