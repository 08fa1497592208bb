"""Linked data: the knowledge base as RDF, in the vocabularies of the field.

schema.org says what a thing is, W3C ORG how the organisation is built, SKOS what
terms mean, PROV-O and Dublin Core what a statement is taken from. The graph is
the same in every edition: labels and texts stand in all languages.

Every date is an EDTF literal, and a second one that any RDF tool can compare
(`xsd:date`, `xsd:gYearMonth`, `xsd:gYear`) where it is neither approximate nor
uncertain.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import DC, DCTERMS, ORG, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from handbook.data.document import TITLE
from handbook.data.library import LICENCE_URL
from handbook.knowledge import EdtfDate
from handbook.knowledge.records import Figure, Observation, Part, Relation
from handbook.translation.languages import web_tag
from handbook.translation.script import is_japanese

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

    from handbook.data.library import Library
    from handbook.knowledge import DatePoint, Record, Source

#: rdflib has a list of its terms that lacks newer ones, such as `StatisticalVariable`.
SCHEMA = Namespace("https://schema.org/")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
#: FaBiO, for the one thing that the other vocabularies cannot say: when a source was consulted.
FABIO = Namespace("http://purl.org/spar/fabio/")

#: The term whose name is the full name of ICLEI, the organisation that bodies and offices belong to.
ICLEI = "iclei"
ICLEI_NAME = "term-iclei-name"
GLOSSARY = "glossary"

#: Bodies that are held by one person.
POSTS = frozenset({"president", "secretary-general"})

_ORGANIZATION = (ORG.Organization, SCHEMA.Organization)

#: What the records of a type are, by collection, and by the value of `kind` or `function` where that matters.
CLASSES: dict[str, dict[str, tuple[URIRef, ...]]] = {
    "bodies": {
        "": (ORG.OrganizationalUnit, SCHEMA.Organization),
        "members": (ORG.OrganizationalCollaboration, SCHEMA.Organization),
    },
    "offices": {"": (ORG.OrganizationalUnit, SCHEMA.Organization)},
    "eras": {"": (DCTERMS.PeriodOfTime, SCHEMA.Thing)},
    "milestones": {"": (SCHEMA.Event,)},
    "programmes": {
        "": (SCHEMA.Project,),
        "event": (SCHEMA.EventSeries,),
        "publication": (SCHEMA.CreativeWork,),
        "service": (SCHEMA.Service,),
        "standard": (SCHEMA.CreativeWork,),
        "tool": (SCHEMA.CreativeWork,),
    },
    "partners": {
        "": _ORGANIZATION,
        "un-convention": (SCHEMA.Legislation,),
        "un-conference": (SCHEMA.Event,),
        "un-process": (SCHEMA.Project,),
    },
    "figures": {"": (SCHEMA.StatisticalVariable,)},
    "terms": {"": (SKOS.Concept, SCHEMA.DefinedTerm)},
    "tenures": {"": (ORG.Membership, SCHEMA.OrganizationRole)},
    "conflicts": {"": (SCHEMA.CreativeWork,)},
    "changes": {"": (SCHEMA.CreativeWork,)},
}

#: Texts; those that are not listed are notes.
_TEXTS: dict[str, tuple[URIRef, ...]] = {
    "name": (SKOS.prefLabel, SCHEMA.name),
    "summary": (SCHEMA.description,),
    "label": (SKOS.altLabel,),
    "place": (SCHEMA.location,),
    "region": (SCHEMA.areaServed,),
    "duties": (ORG.purpose,),
    "unit": (SCHEMA.unitText,),
    "post": (SCHEMA.roleName,),
    "topic": (SCHEMA.headline,),
}
_NOTE = (SKOS.note,)
#: Texts that stand elsewhere: in observations, and in the address of an office.
_ELSEWHERE = {"pattern", "city", "country"}

_DATES = {"since": SCHEMA.startDate, "until": SCHEMA.endDate, "as_of": DCTERMS.valid}
#: By collection, where these dates are called otherwise.
_DATES_OF = {
    "offices": _DATES | {"since": SCHEMA.foundingDate, "until": SCHEMA.dissolutionDate},
    "changes": _DATES | {"date": SCHEMA.datePublished},
}

#: References to other records; those that are not listed are relations of some kind.
_REFERENCES: dict[str, tuple[URIRef, ...]] = {
    "era": (DCTERMS.isPartOf,),
    "partners": (DCTERMS.contributor,),
    "body": (ORG.organization,),
    "about": (SCHEMA.about,),
}


@dataclass(frozen=True)
class LinkedData:
    """The graph, and for each record the nodes that describe it: its own, then those of its parts."""

    graph: Graph
    nodes: Mapping[str, tuple[URIRef, ...]]


def linked_data(library: Library, records: Iterable[str] | None = None) -> LinkedData:
    """Return everything as RDF, or what is stated of some records. Nothing depends on the language of an edition."""
    writer = _Writer(library)
    return writer.written() if records is None else writer.written_of(records)


@dataclass
class _Writer:
    """Puts statements into a graph, and notes which nodes describe a record."""

    library: Library
    graph: Graph = field(default_factory=lambda: Graph(bind_namespaces="none"))
    nodes: dict[str, list[URIRef]] = field(default_factory=lambda: defaultdict(list))

    def written(self) -> LinkedData:
        """State everything: what the data is, its sources and its records."""
        prefixes = {"dc": DC, "dcterms": DCTERMS, "fabio": FABIO, "org": ORG, "prov": PROV, "rdf": RDF, "rdfs": RDFS}
        prefixes |= {"schema": SCHEMA, "skos": SKOS, "xsd": XSD, "edtf": EDTF.removesuffix("EDTF")}
        for prefix, namespace in (prefixes | {"": self.library.iri("")}).items():
            self.graph.bind(prefix, namespace)
        self._whole()
        for source in self.library.base.sources.values():
            self._source(source)
        return self.written_of(self.library.base.records)

    def written_of(self, records: Iterable[str]) -> LinkedData:
        """State what is known of some records."""
        for record_id in records:
            self._record(self.library.base.records[record_id])
        return LinkedData(self.graph, {record_id: tuple(nodes) for record_id, nodes in self.nodes.items()})

    # Statements

    def _node(self, name: str) -> URIRef:
        return URIRef(self.library.iri(name))

    def _add(self, subject: Node, properties: Iterable[URIRef], value: Node) -> None:
        for name in properties:
            self.graph.add((subject, name, value))

    def _text(self, subject: Node, properties: Iterable[URIRef], text: str) -> None:
        for language, translated in self.library.in_languages(text).items():
            self._add(subject, properties, Literal(translated, lang=web_tag(language)))

    def _word(self, subject: Node, properties: Iterable[URIRef], word: str) -> None:
        for language, translation in self.library.translations.items():
            self._add(subject, properties, Literal(translation.word(word), lang=web_tag(language)))

    def _point(self, subject: Node, name: URIRef, point: DatePoint | None, text: str) -> None:
        """State one date, exactly where it is exact; an open end says nothing."""
        if point is None:
            return
        self.graph.add((subject, name, Literal(text, datatype=EDTF)))
        if not (point.approximate or point.uncertain):
            datatype = XSD.date if point.day else XSD.gYearMonth if point.month else XSD.gYear
            self.graph.add((subject, name, Literal(text, datatype=datatype, normalize=False)))

    def _date(self, subject: Node, name: URIRef, value: EdtfDate) -> None:
        if value.is_interval:
            self.graph.add((subject, name, Literal(value.text, datatype=EDTF)))
        else:
            self._point(subject, name, value.start, value.text)

    def _period(self, subject: Node, value: EdtfDate) -> None:
        """State when something was: as a whole, and where it starts and ends."""
        self.graph.add((subject, DCTERMS.date, Literal(value.text, datatype=EDTF)))
        texts = value.text.split("/")
        self._point(subject, SCHEMA.startDate, value.start, texts[0])
        if value.is_interval:
            self._point(subject, SCHEMA.endDate, value.end, texts[-1])

    def _sources(self, subject: Node, keys: Iterable[str], properties: Iterable[URIRef]) -> None:
        for key in keys:
            self._add(subject, properties, URIRef(self.library.source_iri(key)))

    # Things

    def _whole(self) -> None:
        """State what the data is as a whole: a dataset, an organisation, a glossary."""
        library, graph = self.library, self.graph
        dataset, iclei, glossary = URIRef(library.dataset), self._node(ICLEI), self._node(GLOSSARY)
        self._add(dataset, [RDF.type], SCHEMA.Dataset)
        self._word(dataset, [DCTERMS.title, SCHEMA.name], TITLE)
        self._add(dataset, [DCTERMS.license, SCHEMA.license], URIRef(LICENCE_URL))
        self._date(dataset, DCTERMS.valid, EdtfDate.parse(library.facts))
        for kind in (ORG.FormalOrganization, SCHEMA.NGO):
            graph.add((iclei, RDF.type, kind))
        if ICLEI_NAME in library.base.records:
            self._text(iclei, _TEXTS["name"], library.base.records[ICLEI_NAME].name)
        for kind in (SKOS.ConceptScheme, SCHEMA.DefinedTermSet):
            graph.add((glossary, RDF.type, kind))
        self._word(glossary, _TEXTS["name"], "用語集")
        verbs = {
            relation.verb for record in library.base.records.values() for relation in getattr(record, "relations", [])
        }
        for verb in sorted(verbs):
            arrow = self._node(f"relation-{verb}")
            graph.add((arrow, RDF.type, RDF.Property))
            graph.add((arrow, RDFS.subPropertyOf, DCTERMS.relation))
            self._word(arrow, [RDFS.label], library.words.get(verb, verb))

    def _record(self, record: Record) -> None:
        node = self._node(record.id)
        self.nodes[record.id].append(node)
        classes = CLASSES.get(record.collection, {})
        kind = str(getattr(record, "kind", getattr(record, "function", "")))
        for found in classes.get(kind, classes.get("", (SCHEMA.Thing,))):
            self.graph.add((node, RDF.type, found))
        if record.id in POSTS:
            for old, new in ((ORG.OrganizationalUnit, ORG.Post), (SCHEMA.Organization, SCHEMA.OrganizationRole)):
                self.graph.remove((node, RDF.type, old))
                self.graph.add((node, RDF.type, new))
        self._fields(node, record)
        for language in self.library.translations:
            if page := self.library.page(record.id, language):
                self.graph.add((node, SCHEMA.url, URIRef(self.library.published(page))))
        self._sources(node, record.sources, [DCTERMS.source])
        match record.collection:
            case "bodies":
                self._belongs(node, getattr(record, "part_of", None) or ICLEI, post=record.id in POSTS)
            case "offices":
                self._belongs(node, ICLEI, post=False)
                self._site(record, node)
            case "terms":
                self.graph.add((node, SKOS.inScheme, self._node(GLOSSARY)))
                self.graph.add((node, SCHEMA.inDefinedTermSet, self._node(GLOSSARY)))

    def _fields(self, node: URIRef, record: Record) -> None:
        """State every field that needs no more than a property."""
        dates = _DATES_OF.get(record.collection, _DATES)
        for path, text in record.messages():
            if len(path) < 3 and path[0] not in _ELSEWHERE:
                properties = _TEXTS.get(str(path[0]), _NOTE)
                if path[0] == "summary" and record.collection == "terms":
                    properties = (*properties, SKOS.definition)
                self._text(node, properties, text)
        for path, target, _ in record.references():
            if len(path) < 3 and path[0] != "part_of":
                self._add(node, _REFERENCES.get(str(path[0]), (DCTERMS.relation,)), self._node(target))
        for name, value in record:
            if isinstance(value, EdtfDate):
                if name in dates:
                    self._date(node, dates[name], value)
                else:
                    self._period(node, value)
            elif isinstance(value, list):
                for index, part in enumerate(value):
                    if isinstance(part, Part):
                        # Counted from the last: the newest comes first, and must not rename the others.
                        self._part(node, record, part, len(value) - index)
        if record.reading:
            self.graph.add((node, SKOS.hiddenLabel, Literal(record.reading, lang="ja-Hira")))
        if record.abbreviation:
            self._add(node, [SKOS.altLabel, SCHEMA.alternateName], Literal(record.abbreviation))
        if kind := getattr(record, "kind", ""):
            self.graph.add((node, SCHEMA.additionalType, Literal(kind)))

    def _belongs(self, node: URIRef, whole: str, *, post: bool) -> None:
        properties = (ORG.postIn,) if post else (ORG.unitOf, SCHEMA.parentOrganization)
        self._add(node, properties, self._node(whole))

    def _site(self, record: Record, node: URIRef) -> None:
        """State where an office is."""
        city, country = getattr(record, "city", None), getattr(record, "country", None)
        if not (city or country):
            return
        site, address = self._node(f"{record.id}.site"), self._node(f"{record.id}.address")
        self.nodes[record.id] += [site, address]
        self._add(node, [ORG.hasSite, SCHEMA.location], site)
        self._add(site, [RDF.type], ORG.Site)
        self._add(site, [RDF.type], SCHEMA.Place)
        self._add(site, [SCHEMA.address], address)
        self._add(address, [RDF.type], SCHEMA.PostalAddress)
        for name, text in ((SCHEMA.addressLocality, city), (SCHEMA.addressCountry, country)):
            if text:
                self._text(address, [name], text)

    def _part(self, node: URIRef, record: Record, part: Part, number: int) -> None:
        if isinstance(part, Relation):
            self.graph.add((node, self._node(f"relation-{part.verb}"), self._node(part.to)))
        elif isinstance(part, Observation) and isinstance(record, Figure):
            self._observation(node, record, part, self._node(f"{record.id}.{number}"))
        elif record.collection == "conflicts":
            self._claim(node, record, part, self._node(f"{record.id}.{number}"))

    def _observation(self, figure: URIRef, record: Figure, part: Observation, node: URIRef) -> None:
        self.nodes[record.id].append(node)
        number = int(part.value) if part.value.is_integer() else Decimal(str(part.value))
        self._add(node, [RDF.type], SCHEMA.Observation)
        self._add(node, [SCHEMA.variableMeasured], figure)
        self._add(node, [SCHEMA.value], Literal(number))
        if part.qualifier in ("more-than", "at-least"):
            self._add(node, [SCHEMA.minValue], Literal(number))
        for language, translation in self.library.translations.items():
            amount = translation.amount(record, part)
            if amount.language == language:
                self._add(node, [SCHEMA.description], Literal(amount.text, lang=web_tag(language)))
        if record.unit:
            self._text(node, [SCHEMA.unitText], record.unit)
        if part.as_of:
            self._date(node, SCHEMA.observationDate, part.as_of)
        if part.note:
            self._text(node, _NOTE, part.note)
        self._sources(node, part.sources, [DCTERMS.source, PROV.wasDerivedFrom])

    def _claim(self, conflict: URIRef, record: Record, part: Part, node: URIRef) -> None:
        """State what one side of a disagreement between sources says."""
        self.nodes[record.id].append(node)
        self._add(node, [RDF.type], SCHEMA.Claim)
        self._add(conflict, [SCHEMA.hasPart], node)
        for _, text in part.messages():
            self._text(node, [SCHEMA.text], text)
        self._sources(node, getattr(part, "sources", []), [DCTERMS.source, PROV.wasDerivedFrom])

    def _source(self, source: Source) -> None:
        node = URIRef(self.library.source_iri(source.key))
        for kind in (PROV.Entity, SCHEMA.CreativeWork):
            self.graph.add((node, RDF.type, kind))
        self._add(node, [DCTERMS.title, SCHEMA.name], Literal(source.title, lang=source.language or None))
        if is_japanese(source.publisher):
            self._text(node, [DC.publisher], source.publisher)
        else:
            self._add(node, [DC.publisher], Literal(source.publisher))
        self._add(node, [SCHEMA.inLanguage], Literal(source.language))
        # What a browser would do with an address that holds other characters than an IRI may.
        self._add(node, [SCHEMA.url], URIRef(quote(source.fields["url"], safe=":/?#[]@!$&'()*+,;=%~")))
        if date := source.fields.get("date"):
            self._date(node, DCTERMS.issued, EdtfDate.parse(date))
        self._date(node, FABIO.hasAccessDate, EdtfDate.parse(source.fields["urldate"]))
