"""Linked data: true to the records, as its shapes say, and the same in every form and every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyshacl import validate
from rdflib import DCTERMS, ORG, PROV, RDF, SDO, SKOS, XSD, Graph, Literal, URIRef

from handbook.data import Library, LinkedData, linked_data, page_json_ld
from handbook.data.files import SHAPES
from handbook.data.graph import EDTF, SCHEMA
from handbook.data.json_ld import whole_json_ld
from handbook.knowledge import KnowledgeBase, Term
from tests.conftest import ROOT
from tests.data.conftest import library_of

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node


def conforms(graph: Graph, around: URIRef | None = None) -> tuple[bool, str]:
    """Tell whether a graph has its shapes; with `around`, only what has to do with this node is looked at."""
    nodes = [str(node) for node in (around, *graph.subjects(None, around))] if around else None
    found, _, report = validate(graph, shacl_graph=str(SHAPES), focus_nodes=nodes)
    return bool(found), str(report)


def copy(data: LinkedData) -> Graph:
    return Graph() + data.graph


def values(library: Library, data: LinkedData, name: str, predicate: Node) -> set[Node]:
    return set(data.graph.objects(URIRef(library.iri(name)), predicate))


def test_the_graph_has_the_shapes_that_it_promises(data: LinkedData) -> None:
    found, report = conforms(data.graph)
    assert found, report


@pytest.mark.parametrize(
    ("name", "predicate"),
    [
        ("council", ORG.unitOf),
        ("president", ORG.postIn),
        ("office-bonn.site", SCHEMA.address),
        ("founding-congress", DCTERMS.date),
        ("term-sustainability", SKOS.definition),
        ("term-sustainability", SKOS.inScheme),
        ("members.1", PROV.wasDerivedFrom),
        ("members.1", SCHEMA.value),
        ("source-arc-748", SCHEMA.url),
        ("source-arc-748", RDF.type),
    ],
)
def test_a_graph_that_lacks_something_does_not_pass(
    library: Library, data: LinkedData, name: str, predicate: URIRef
) -> None:
    broken, node = copy(data), URIRef(library.iri(name))
    assert conforms(broken, node)[0]
    assert (node, predicate, None) in broken
    broken.remove((node, predicate, None))
    assert not conforms(broken, node)[0]


def test_two_names_in_one_language_do_not_pass(library: Library, data: LinkedData) -> None:
    broken, council = copy(data), URIRef(library.iri("council"))
    broken.add((council, SKOS.prefLabel, Literal("議会", lang="ja")))
    assert not conforms(broken, council)[0]


def test_names_stand_in_both_languages(library: Library, data: LinkedData) -> None:
    both = {Literal("イクレイ議会", lang="ja"), Literal("ICLEI Council", lang="en")}
    assert values(library, data, "council", SKOS.prefLabel) == both
    assert values(library, data, "council", SCHEMA.name) == both


def test_the_glossary_is_a_concept_scheme(library: Library, data: LinkedData, base: KnowledgeBase) -> None:
    concepts = set(data.graph.subjects(SKOS.inScheme, URIRef(library.iri("glossary"))))
    assert concepts == {URIRef(library.iri(term.id)) for term in base.all(Term)}


def test_dates_are_edtf_and_comparable_only_where_they_are_exact(made_up: Library) -> None:
    made = linked_data(made_up)

    def plain(name: str, predicate: URIRef) -> set[tuple[str, Node | None]]:
        return {(str(value), getattr(value, "datatype", None)) for value in values(made_up, made, name, predicate)}

    assert plain("meeting", DCTERMS.date) == {("1990-09-05/1990-09-09", EDTF)}
    assert plain("meeting", SCHEMA.startDate) == {("1990-09-05", EDTF), ("1990-09-05", XSD.date)}
    assert plain("meeting", SCHEMA.endDate) == {("1990-09-09", EDTF), ("1990-09-09", XSD.date)}
    assert plain("vague", SCHEMA.startDate) == {("1991~", EDTF)}
    assert plain("era", SCHEMA.startDate) == {("1990", EDTF), ("1990", XSD.gYear)}
    assert plain("era", SCHEMA.endDate) == set()
    assert plain("members.2", SCHEMA.observationDate) == {("2025-09", EDTF), ("2025-09", XSD.gYearMonth)}


def test_an_observation_says_what_was_counted_when_and_by_whom(made_up: Library) -> None:
    made = linked_data(made_up)
    assert values(made_up, made, "members.2", SCHEMA.variableMeasured) == {URIRef(made_up.iri("members"))}
    assert values(made_up, made, "members.2", SCHEMA.value) == {Literal(2500)}
    assert values(made_up, made, "members.2", SCHEMA.minValue) == {Literal(2500)}
    assert values(made_up, made, "members.1", PROV.wasDerivedFrom) == {
        URIRef(made_up.source_iri("a")),
        URIRef(made_up.source_iri("b")),
    }


def test_relations_between_bodies_have_names(made_up: Library) -> None:
    made = linked_data(made_up)
    elects = URIRef(made_up.iri("relation-elects"))
    assert values(made_up, made, "council", elects) == {URIRef(made_up.iri("committee"))}
    assert made.graph.value(elects, URIRef("http://www.w3.org/2000/01/rdf-schema#label")) is not None


def test_words_of_schema_org_are_real(data: LinkedData) -> None:
    """rdflib knows the vocabulary, but not its newest words."""
    used = {str(term) for _, name, value in data.graph for term in (name, value) if str(term).startswith(str(SCHEMA))}
    assert {term for term in used if URIRef(term) not in SDO} <= {str(SCHEMA.StatisticalVariable)}


def test_names_begin_with_the_address_of_the_site_or_a_reserved_one(base: KnowledgeBase) -> None:
    assert library_of(base).iri("council") == "https://iclei-handbook.example/ja/data/handbook.ttl#council"
    published = library_of(base, address="https://example.org/handbook")
    assert published.iri("council") == "https://example.org/handbook/ja/data/handbook.ttl#council"


def test_json_ld_says_what_turtle_says(data: LinkedData) -> None:
    turtle = Graph().parse(data=data.graph.serialize(format="turtle"), format="turtle")
    json_ld = Graph().parse(data=whole_json_ld(data), format="json-ld")
    assert set(turtle) == set(json_ld)


def test_no_text_can_end_the_script_element_of_a_page(made_up: Library) -> None:
    made = linked_data(made_up)
    renamed = Library(made_up.base, made_up.translations, made_up.homes, facts=made_up.facts)
    graph = Graph() + made.graph
    graph.add((URIRef(renamed.iri("meeting")), SCHEMA.description, Literal("</script><b>", lang="ja")))
    text = page_json_ld(renamed, LinkedData(graph, made.nodes), "ja", ["meeting"])
    assert "<" not in text
    assert "</script><b>" in json.loads(text)["@graph"][0]["description"]


def test_a_page_names_its_own_address_and_not_that_of_another_language(base: KnowledgeBase) -> None:
    published = library_of(base, address="https://example.org/ja/handbook")
    text = page_json_ld(published, linked_data(published), "en", ["council"])
    (node,) = json.loads(text)["@graph"]
    assert node["url"] == "https://example.org/ja/handbook/en/part/page.html#council"
    assert node["name"] == "ICLEI Council"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_made_for_one_page_is_a_part_of_the_whole(library: Library, data: LinkedData, language: str) -> None:
    records = list(library.base.records)
    for here in (records[number : number + 40] for number in range(0, len(records), 40)):
        alone = page_json_ld(library, linked_data(library, here), language, here)
        assert alone == page_json_ld(library, data, language, here)


def test_a_page_without_records_says_nothing(library: Library, data: LinkedData) -> None:
    assert page_json_ld(library, data, "ja", []) == ""


_EXPORT = """
import sys
from pathlib import Path
from handbook.data import write
from tests.data.conftest import ROOT, library_of
from handbook.knowledge import load
write(library_of(load(ROOT / "knowledge", project=ROOT)), "en", Path(sys.argv[1]))
"""


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", _EXPORT, str(folder)], env=environment, cwd=ROOT, check=True)
        found.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert found[0] == found[1]
