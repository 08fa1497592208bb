"""What only the site offers its readers, and where on a page: the books to download, the feed to follow.

    ```{downloads}
    ```

    ```{feed-link}
    ```

Books and Markdown twins leave both out: who reads one has it already.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook.content.application import application_of
from handbook.content.editions import edition_of
from handbook.site.downloads import download_links
from handbook.site.feed import FEED, TYPE, has_feed

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class offer(nodes.General, nodes.Element):  # noqa: N801 - docutils writes nodes in small letters
    """Stands where an offer will be; the attribute `offered` says which."""


class Offer(SphinxDirective):
    """```` ```{downloads} ```` and ```` ```{feed-link} ````."""

    has_content = False

    def run(self) -> list[Node]:
        return [offer(offered=self.name)]


def drop_offers(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take out what this run does not offer (event `doctree-resolved`)."""
    for node in list(doctree.findall(offer)):
        offered = has_feed(app) if node["offered"] == "feed-link" else app.builder.name == "html"
        if not offered:
            node.parent.remove(node)


def visit_offer(self: HTML5Translator, node: offer) -> None:
    """Write a line with the links."""
    app = application_of(self.builder.config)
    word = edition_of(app).translation.word
    up = "../" * self.builder.current_docname.count("/")
    if node["offered"] == "feed-link":
        wording = escape(word("更新をフィード（Atom）で受け取る"))
        line = f'<a href="{up}{FEED}" type="{TYPE}">{wording}</a>'
    else:
        links = download_links(f"../{up}", app.config.language, app.config.handbook_books)
        wording = escape(word("本書をまるごと読む："))
        line = f"{wording} {' '.join(links)}"
    self.body.append(f'<p class="offer offer-{node["offered"]}">{line}</p>\n')
    raise nodes.SkipNode
