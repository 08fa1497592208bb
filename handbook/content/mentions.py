"""Shows below each record which pages speak of it.

A record is mentioned where a page links to it. Links are noted when a page is
read; the list is filled in when the page with the record's description is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook.content.application import application_of
from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.content.term_uses import term_use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: A list longer than this by two or more is cut here.
_SHOWN = 6
#: Lists that link to records without saying anything of them.
_LISTS = frozenset({"record-index", "changes"})


class mentions(nodes.General, nodes.Element):  # noqa: N801 - docutils writes nodes in small letters
    """Stands where the list for the record named in its attribute `record` will be."""


def note_mentions(app: Sphinx, doctree: nodes.document) -> None:
    """Note which records the page links to (event `doctree-read`)."""
    domain = record_domain(app.env)
    domain.mentions[app.env.current_document.docname] = {
        node["reftarget"]
        for node in doctree.findall(pending_xref)
        if node.get("refdomain") == "record" and not _listed(node)
    } | {node["term"] for node in doctree.findall(term_use)}


def pages_with_new_mentions(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages to write again because other pages began or ceased to mention their records (`env-updated`)."""
    domain = record_domain(env)
    now: dict[str, list[tuple[str, str]]] = {}
    for docname, record_ids in sorted(domain.mentions.items()):
        for record_id in record_ids:
            now.setdefault(record_id, []).append((docname, env.titles[docname].astext()))
    before, domain.data["mentioned_in"] = domain.mentioned_in, now
    changed = {record_id for record_id in now.keys() | before.keys() if now.get(record_id) != before.get(record_id)}
    return sorted({domain.homes[record_id].docname for record_id in changed if record_id in domain.homes})


class FillMentions(SphinxPostTransform):
    """Writes the lists of a page."""

    #: Before Sphinx resolves references (10); links to records are not counted here any more.
    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        places = list(self.document.findall(mentions))
        mentioned_in = record_domain(self.env).mentioned_in
        word = edition_of(application_of(self.config)).translation.word
        for place in places:
            here = _page_of(place, self.env.current_document.docname)
            found = [(page, title) for page, title in mentioned_in.get(place["record"], []) if page != here]
            if not found:
                place.parent.remove(place)
                continue
            shown = found if len(found) <= _SHOWN + 1 else found[:_SHOWN]
            line = nodes.paragraph(
                "", word("ふれているページ："), classes=["mentions", "no-search"], translatable=False
            )
            for index, (page, title) in enumerate(shown):
                if index:
                    line += nodes.Text(word("、"))
                uri = application_of(self.config).builder.get_relative_uri(here, page)
                line += nodes.reference("", title, refuri=uri, internal=True)
            if more := len(found) - len(shown):
                line += nodes.Text(word("、ほか{count}ページ").format(count=more))
            place.replace_self(line)


def leave_out_mentions(document: nodes.document, *places: type[nodes.Element]) -> None:
    """Take the lists, filled in by now, out of elements of some kinds: a book has less room than the site."""
    for place in (found for kind in places for found in document.findall(kind)):
        for line in list(place.findall(nodes.paragraph)):
            if "mentions" in line["classes"]:
                line.parent.remove(line)


def _page_of(node: nodes.Element, document: str) -> str:
    """Return the page that `node` is on: in a book, which is one document, Sphinx marks sections with their pages."""
    parent: nodes.Element | None = node.parent
    while parent is not None and "docname" not in parent:
        parent = parent.parent
    return document if parent is None else str(parent["docname"])


def _listed(node: nodes.Element) -> bool:
    """Tell whether a link stands in an index or a list of changes, which speak of everything."""
    parent: nodes.Element | None = node.parent
    while parent is not None and not _LISTS.intersection(parent.get("classes", ())):
        parent = parent.parent
    return parent is not None
