"""What pages show in their own way on the site, as a book can show it. Runs for the builder `epub` only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook.content.application import application_of
from handbook.content.charts import disclosure
from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.content.mentions import leave_out_mentions
from handbook.content.term_uses import term_use
from handbook.diagrams.svg import inline
from handbook.site.drawing_files import drawings_in, svg_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

#: Characters that addresses keep as they are: RFC 3986 without brackets, and the sign of what is quoted already.
_IN_ADDRESSES = "!#$%&'()*+,/:;=?@-._~"


class PlaceDrawings(SphinxPostTransform):
    """Puts diagrams and charts into the page, as SVG with its own colours; readers know no variables."""

    builders = ("epub",)
    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        app = application_of(self.config)
        for node in drawings_in(self.document):
            if svg := svg_of(app, node):
                text = inline(svg, link=lambda record_id: _address(self.env, record_id), book=True)
                node.replace_self(nodes.raw("", text, format="html", classes=["drawing"]))
            else:
                note = edition_of(app).translation.word("図は準備中です。同じ内容を下の文章で読むことができます。")
                node.replace_self(nodes.paragraph("", note, translatable=False))


class OpenDisclosures(SphinxPostTransform):
    """Shows what readers of the site open: not every e-reader can open anything."""

    builders = ("epub",)
    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(disclosure)):
            node.replace_self(nodes.container("", *node.children, classes=node["classes"], is_div=True))


class UseTerms(SphinxPostTransform):
    """Makes terms links to the glossary, where their definitions are; without a glossary, text."""

    builders = ("epub",)
    #: After the sources of the page have been looked for among its links (15).
    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(term_use)):
            address = _address(self.env, node["term"])
            if address is None:
                node.replace_self(node.children)
            else:
                node.replace_self(
                    nodes.reference("", "", *node.children, refuri=address, internal=True, classes=["term-use"])
                )


class LeaveOutLongMentions(SphinxPostTransform):
    """Keeps the lists of pages that speak of a record out of tables, where they would take more room than the record."""

    builders = ("epub",)
    #: After they have been filled in (8).
    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        leave_out_mentions(self.document, nodes.entry, nodes.definition)


class QuoteAddresses(SphinxPostTransform):
    """Writes brackets in the addresses of websites as URLs have it; browsers forgive them, e-readers may not."""

    builders = ("epub",)
    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        for link in self.document.findall(nodes.reference):
            if "://" in link.get("refuri", ""):
                link["refuri"] = quote(link["refuri"], safe=_IN_ADDRESSES)


def _address(env: BuildEnvironment, record_id: str) -> str | None:
    """Return how the current page links to the description of a record, or None where there is none."""
    builder = application_of(env.config).builder
    return record_domain(env).address(builder, env.current_document.docname, record_id)
