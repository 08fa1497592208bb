"""Keeps sphinxcontrib-bibtex's list of citations true in translated pages.

A translated paragraph replaces the original one, but bibtex has noted the
citations of both by then. The leftovers would become backlinks that lead
nowhere, so they are dropped once the page is complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx.addnodes import pending_xref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain


def drop_replaced_citations(app: Sphinx, doctree: nodes.document) -> None:
    """Forget citations of this page that are not in it any more (event `doctree-read`)."""
    docname = app.env.current_document.docname
    present: set[str] = set()
    for node in doctree.findall(pending_xref):
        if node.get("refdomain") == "cite":
            # Sphinx gives two citations of one source in a translated paragraph the same id.
            node["ids"] = [identifier for identifier in node["ids"] if identifier not in present]
            present.update(node["ids"])
    domain = cast("BibtexDomain", app.env.get_domain("cite"))
    domain.data["citation_refs"] = [
        ref for ref in domain.citation_refs if ref.docname != docname or ref.citation_ref_id in present
    ]


def pages_with_new_numbers(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages to write again because a number or an entry they print has changed (event `env-updated`).

    Numbers are given once all pages are read, so a new source on one page can
    renumber the citations of another that is itself unchanged.
    """
    domain = cast("BibtexDomain", env.get_domain("cite"))
    entries = {
        citation.key: (citation.formatted_entry.label, str(citation.formatted_entry.text))
        for citation in domain.citations
    }
    before: dict[str, tuple[str, str]] = domain.data.get("handbook_entries", {})
    domain.data["handbook_entries"] = entries
    changed = {key for key in entries.keys() | before.keys() if entries.get(key) != before.get(key)}
    if not changed:
        return []
    citing = {ref.docname for ref in domain.citation_refs if any(target.key in changed for target in ref.targets)}
    return sorted(citing | {key.docname for key in domain.bibliographies})
