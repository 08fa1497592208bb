"""The Sphinx domain `record`: where records are described, and which pages use them.

It resolves `` {record}`id` `` links, lists records in `objects.inv` for
other projects, and finds the pages to rebuild when a record changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from handbook.content.application import application_of
from handbook.content.editions import edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from handbook.content.selection import Selection

logger = logging.getLogger(__name__)


class Home(NamedTuple):
    """The place where a record is described."""

    docname: str
    anchor: str
    name: str


class RecordDomain(Domain):
    """Homes of records and uses of records, by page."""

    name = "record"
    label = "Handbook record"
    object_types: ClassVar = {"record": ObjType(_("record"), "record")}
    dangling_warnings: ClassVar = {
        "record": "record '%(target)s' is described on no page; add a {record} directive or a table with :anchors:"
    }
    initial_data: ClassVar = {"homes": {}, "uses": {}, "mentions": {}}
    data_version = 2

    @property
    def homes(self) -> dict[str, Home]:
        """Where each record is described, by record id."""
        homes: dict[str, Home] = self.data["homes"]
        return homes

    def address(self, builder: Builder, docname: str, record_id: str) -> str | None:
        """Return how a page links to the description of a record, or None where there is none."""
        home = self.homes.get(record_id)
        return f"{builder.get_relative_uri(docname, home.docname)}#{home.anchor}" if home else None

    @property
    def uses(self) -> dict[str, dict[Selection, str]]:
        """For each page, the selections of records it shows and what they looked like."""
        uses: dict[str, dict[Selection, str]] = self.data["uses"]
        return uses

    @property
    def mentions(self) -> dict[str, set[str]]:
        """For each page, the ids of the records that it links to."""
        mentions: dict[str, set[str]] = self.data["mentions"]
        return mentions

    @property
    def mentioned_in(self) -> dict[str, list[tuple[str, str]]]:
        """For each record, the pages that link to it, with their titles; complete once all pages are read."""
        mentioned: dict[str, list[tuple[str, str]]] = self.data.get("mentioned_in", {})
        return mentioned

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002 - Sphinx's name
        """Return what search results call a record."""
        return edition_of(application_of(self.env.config)).translation.word("記録")

    def note_home(self, record_id: str, name: str, location: Element | tuple[str, int]) -> None:
        """Make the current page the home of a record."""
        docname = self.env.current_document.docname
        known = self.homes.get(record_id)
        if known:
            logger.warning(
                "record '%s' is described here and in '%s'; keep one, and link to it from the other",
                record_id,
                known.docname,
                location=location,
                type="handbook",
                subtype="two-homes",
            )
            return
        self.homes[record_id] = Home(docname, record_id, name)

    def note_use(self, selection: Selection) -> None:
        """Remember that the current page shows the records of `selection`."""
        edition = edition_of(application_of(self.env.config))
        uses = self.uses.setdefault(self.env.current_document.docname, {})
        uses[selection] = edition.digest(selection.records(edition.base))

    def clear_doc(self, docname: str) -> None:
        self.uses.pop(docname, None)
        self.mentions.pop(docname, None)
        for record_id in [key for key, home in self.homes.items() if home.docname == docname]:
            del self.homes[record_id]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for record_id, home in otherdata["homes"].items():
            if home.docname in docnames:
                self.homes[record_id] = home
        for docname, uses in otherdata["uses"].items():
            if docname in docnames:
                self.uses[docname] = uses
        for docname, record_ids in otherdata["mentions"].items():
            if docname in docnames:
                self.mentions[docname] = record_ids

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        home = self.homes.get(target)
        if home is None:
            return None
        return make_refnode(builder, fromdocname, home.docname, home.anchor, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for record_id, home in self.homes.items():
            # -1: Sphinx's search would link to the name; the site has a search of names of its own.
            yield record_id, home.name, "record", home.docname, home.anchor, -1


def record_domain(env: BuildEnvironment) -> RecordDomain:
    """Return the domain of a run."""
    domain = env.get_domain("record")
    assert isinstance(domain, RecordDomain)
    return domain


def forget_homes(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget what the pages that will be read again describe (event `env-before-read-docs`).

    Sphinx clears them one by one; a record that has moved would meet its old home.
    """
    for docname in docnames:
        record_domain(env).clear_doc(docname)


def pages_with_moved_records(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages to write again because a record that they show is described elsewhere now (`env-updated`)."""
    domain = record_domain(env)
    homes = {record_id: (home.docname, home.anchor) for record_id, home in domain.homes.items()}
    before: dict[str, tuple[str, str]] = domain.data.get("homes_before", {})
    domain.data["homes_before"] = homes
    moved = {record_id for record_id in homes.keys() | before.keys() if homes.get(record_id) != before.get(record_id)}
    if not moved:
        return []
    base = edition_of(app).base
    return sorted(
        docname
        for docname, uses in domain.uses.items()
        if any(record.id in moved for selection in uses for record in selection.records(base))
    )


def give_records_their_ids(app: Sphinx, doctree: nodes.document) -> None:
    """Take a record's id off a heading above it that docutils named alike (event `doctree-read`)."""
    records = {node["record"] for node in doctree.findall(nodes.Element) if "record" in node}
    for section in doctree.findall(nodes.section):
        for taken in records.intersection(section["ids"]):
            section["ids"].remove(taken)
            if not section["ids"]:
                section["ids"].append(f"{taken}-heading")


def pages_with_changed_records(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages whose records look different now (event `env-get-outdated`)."""
    edition = edition_of(app)
    domain = record_domain(env)
    if domain.data.get("state") == edition.state:
        return []
    digests: dict[Selection, str] = {}
    outdated = []
    for docname, uses in domain.uses.items():
        for selection, looked in uses.items():
            if selection not in digests:
                digests[selection] = edition.digest(selection.records(edition.base))
            if digests[selection] != looked:
                outdated.append(docname)
                break
    return outdated


def note_state_of_records(app: Sphinx, env: BuildEnvironment) -> None:
    """Note which records all pages have been read with (event `env-updated`)."""
    record_domain(env).data["state"] = edition_of(app).state
