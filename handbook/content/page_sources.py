"""Ends each page with the sources that it cites, and keeps `sources.bib` free of sources nobody cites.

A citation in the text leads to the entry at the end of its page; from there,
the number leads to the full list, and another link leads back to the text.

The heading is added when a page is read, so that it stands in tables of
contents. The entries follow when the page is written, because their numbers
are known only once every page has been read.

A book of all pages in one document has the full list in it: there, pages end without.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from handbook.content.application import application_of
from handbook.content.editions import edition_of
from handbook.content.extraction import is_extraction
from handbook.knowledge import SOURCES_FILE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain, Citation

logger = logging.getLogger(__name__)

#: What a link to the full list ends with; see `bibtex_cite_id` in conf.py.
_FULL_ENTRY = re.compile(r"(?:^|#)source-([^#]+)$")

SECTION = "page-sources"


class page_sources(nodes.General, nodes.Element):  # noqa: N801 - docutils writes nodes in small letters
    """Stands where the entries will be."""


def add_section(app: Sphinx, doctree: nodes.document) -> None:
    """Add the heading and a place for the entries to a page with citations (event `doctree-read`)."""
    cites = any(node.get("refdomain") == "cite" for node in doctree.findall(pending_xref))
    top = next(iter(doctree.findall(nodes.section)), None)
    if top is None or not cites or any(doctree.findall(bibliography)):
        return
    heading = nodes.title("", edition_of(app).translation.word("このページの出典"), translatable=False)
    # Titles of sources would only be noise among the results of a search.
    top += nodes.section("", heading, page_sources(), ids=[SECTION], names=[], classes=[SECTION, "no-search"])


class FillPageSources(SphinxPostTransform):
    """Writes the entries, and leads the citations of the page to them."""

    #: After Sphinx has resolved references (10).
    default_priority = 15

    def run(self, **kwargs: Any) -> None:
        places = list(self.document.findall(page_sources))
        if places and any(self.document.findall(nodes.citation)):
            # A book in one piece: citations lead to its list of sources, and once is enough.
            for place in places:
                place.parent.parent.remove(place.parent)
            return
        for place in places:
            place.replace_self(self._entries(self._lead_here()))

    def _lead_here(self) -> dict[str, str]:
        """Lead the citations of the page to its own entries; return the key of each source with what cites it first."""
        cited: dict[str, str] = {}
        for reference in self.document.findall(nodes.reference):
            match = _FULL_ENTRY.search(reference.get("refid") or reference.get("refuri") or "")
            if not match or not reference.get("internal"):
                continue
            key = match.group(1)
            cited.setdefault(key, next(iter(reference.parent["ids"]), ""))
            reference.attributes.pop("refuri", None)
            reference["refid"] = f"cited-{key}"
        return cited

    def _entries(self, cited: dict[str, str]) -> nodes.bullet_list:
        """Return an entry for each source, in the order of their numbers."""
        domain = cast("BibtexDomain", self.env.get_domain("cite"))
        citations = {citation.citation_id: citation for citation in domain.citations}
        entries = sorted(
            ((citations[f"source-{key}"], back) for key, back in cited.items() if f"source-{key}" in citations),
            key=lambda entry: int(entry[0].formatted_entry.label),
        )
        word = edition_of(application_of(self.config)).translation.word
        items = nodes.bullet_list("", classes=[SECTION])
        for citation, back in entries:
            number = make_refnode(
                application_of(self.config).builder,
                self.env.current_document.docname,
                citation.bibliography_key.docname,
                citation.citation_id,
                nodes.Text(f"[{citation.formatted_entry.label}]"),
            )
            line = _entry(citation)
            line.insert(0, nodes.inline("", "", number, nodes.Text(" "), classes=["number"]))
            if back:
                line += nodes.Text(" ")
                line += nodes.reference("", word("本文へ戻る"), refid=back, internal=True, classes=["back"])
            items += nodes.list_item("", line, ids=[f"cited-{citation.key}"])
        return items


def _entry(citation: Citation) -> nodes.paragraph:
    line = BibliographyTransform.backend.paragraph(citation.formatted_entry)
    assert isinstance(line, nodes.paragraph)
    line["translatable"] = False
    return line


def report_uncited(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of sources that no page cites (event `env-check-consistency`)."""
    if is_extraction(app):
        return
    domain = cast("BibtexDomain", env.get_domain("cite"))
    cited = {target.key for reference in domain.citation_refs for target in reference.targets}
    file = Path(app.confdir, app.config.handbook_knowledge_dir, SOURCES_FILE)
    for key, source in edition_of(app).base.sources.items():
        if key not in cited:
            logger.warning(
                "no page cites the source '%s'; cite it, or remove the entry",
                key,
                location=f"{file}:{source.line}",
                type="handbook",
                subtype="uncited-source",
            )
