"""Keeps sphinxcontrib-bibtex's list of citations true in translated pages, and makes citations fast.

A translated paragraph replaces the original one, but bibtex has noted the
citations of both by then. The leftovers would become backlinks that lead
nowhere, so they are dropped once the page is complete.

Stock sphinxcontrib-bibtex 2.7.0 goes through all sources for each citation and
through all citations for each source, looks through all pages for the place of
each citation, and sets every number by a template: with 500 sources and 1,900
citations, a second of each run. `CitationDomain` looks them up instead.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CiteRole

from handbook.content.roles import complain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from docutils.nodes import Node, system_message
    from pybtex.database import Entry
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.directives import BibliographyKey
    from sphinxcontrib.bibtex.domain import Citation
    from sphinxcontrib.bibtex.roles import CitationRef

#: The role `cite`; its relatives (`cite:t`, `cite:year`) are rare, and left to bibtex.
_NUMBER = "p"


class CitationRole(CiteRole):
    """`` {cite}`key` `` and `` {cite}`key, other` ``; what holds no keys is told, where stock bibtex stops the build."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        try:
            list(parse_citation_targets(self.target))
        except ValueError:
            return complain(self, f"'{self.target}' names no sources; write their keys, with a comma between two")
        return super().run()


class CitationDomain(BibtexDomain):
    """Bibtex's domain with indexes; pages come out the same."""

    roles: ClassVar = dict.fromkeys(BibtexDomain.roles, CitationRole())

    #: The sources that a key stands for without doubt, with their places in the list.
    _sources: Mapping[str, tuple[int, Citation]] = MappingProxyType({})
    #: While a list is put together: who cites each key.
    _citing: Mapping[str, list[CitationRef]] | None = None

    def get_filtered_entries(self, bibliography_key: BibliographyKey) -> Iterable[tuple[str, Entry]]:
        """Yield keys and entries of a list; for each, stock bibtex looks through `citation_refs` for who cites it."""
        everything = self.citation_refs
        if not self.bibliographies[bibliography_key].keyprefix:
            citing = defaultdict(list)
            for ref in everything:
                for key in {target.key for target in ref.targets}:
                    citing[key].append(ref)
            self._citing = citing
        try:
            yield from super().get_filtered_entries(bibliography_key)
        finally:
            self._citing = None
            self.data["citation_refs"] = everything

    def get_entries(self, bibfiles: list[Path]) -> Iterator[Entry]:
        """Yield the entries of the files, each while `citation_refs` holds its own citations alone."""
        for entry in super().get_entries(bibfiles):
            if self._citing is not None:
                self.data["citation_refs"] = self._citing.get(entry.key, [])
            yield entry

    def get_all_cited_keys(self, docnames: Sequence[str]) -> Iterator[str]:
        """Yield the keys that pages cite, in the order of the pages; for each, stock bibtex looks through all pages."""
        place = {docname: number for number, docname in enumerate(docnames)}
        for ref in sorted(self.citation_refs, key=lambda ref: place[ref.docname]):
            yield from (target.key for target in ref.targets)

    def env_updated(self) -> Iterable[str]:
        """Number the sources (called when all pages are read)."""
        updated: Iterable[str] = super().env_updated()
        listed = [one for one in self.citations if self.bibliographies[one.bibliography_key].list_ == "citation"]
        times = Counter(one.key for one in listed)
        self._sources = {one.key: (place, one) for place, one in enumerate(listed) if times[one.key] == 1}
        return updated

    def resolve_xref(  # type: ignore[override]  # what bibtex returns; Sphinx takes any element
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Return the numbers of a citation in square brackets, in their order, each a link to its source."""
        wanted = {one.key: one for one in parse_citation_targets(target)}
        if typ != _NUMBER or any(one.pre or one.post or one.key not in self._sources for one in wanted.values()):
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        parts: list[nodes.Node] = []
        for _, source in sorted((self._sources[key] for key in wanted), key=lambda one: one[0]):
            page, number = source.bibliography_key.docname, nodes.Text(source.formatted_entry.label)
            parts += [nodes.Text(", "), make_refnode(builder, fromdocname, page, source.citation_id, number)]
        return nodes.inline(target, "", nodes.Text("["), *parts[1:], nodes.Text("]"), classes=["bibtex-citation"])


def drop_replaced_citations(app: Sphinx, doctree: nodes.document) -> None:
    """Forget citations of this page that are not in it any more (event `doctree-read`)."""
    docname = app.env.current_document.docname
    present: set[str] = set()
    for node in doctree.findall(pending_xref):
        if node.get("refdomain") == "cite":
            # Sphinx gives two citations of one source in a translated paragraph the same id.
            node["ids"] = [identifier for identifier in node["ids"] if identifier not in present]
            present.update(node["ids"])
    noted = cast("BibtexDomain", app.env.get_domain("cite")).citation_refs
    # Those of the page that has just been read are the last.
    own = list(takewhile(lambda ref: ref.docname == docname, reversed(noted)))
    noted[len(noted) - len(own) :] = [ref for ref in reversed(own) if ref.citation_ref_id in present]


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
