"""The example questions: each gets the answer that the records give."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

import pytest
from rdflib import Graph

from handbook.data.files import QUERIES
from handbook.knowledge import Body, Figure, Milestone, Office, Term

if TYPE_CHECKING:
    from handbook.data import Library, LinkedData

ALL = sorted(file.stem for file in QUERIES.glob("*.rq"))


@pytest.fixture(scope="module")
def turtle(data: LinkedData) -> Graph:
    """What a reader of handbook.ttl gets."""
    return Graph().parse(data=data.graph.serialize(format="turtle"), format="turtle")


def answer(turtle: Graph, name: str) -> list[tuple[str, ...]]:
    result = turtle.query((QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
    return [tuple("" if value is None else str(value) for value in cast("tuple[object, ...]", row)) for row in result]


def english(library: Library, text: str) -> str:
    return library.translations["en"].text(text).text


@pytest.mark.parametrize("name", ALL)
def test_a_query_says_first_what_it_asks(name: str) -> None:
    assert (QUERIES / f"{name}.rq").read_text(encoding="utf-8").startswith("# ")


def test_every_query_is_tested_here() -> None:
    tested = {name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")}
    assert set(ALL) <= tested


def test_events_of_a_year(turtle: Graph, library: Library) -> None:
    events = [event for event in library.base.all(Milestone) if event.date.text.startswith("1990")]
    assert answer(turtle, "events-of-a-year") == sorted(
        (event.date.text, event.name, english(library, event.name)) for event in events
    )
    assert len(events) > 2


def test_offices_by_country(turtle: Graph, library: Library) -> None:
    offices = [office for office in library.base.all(Office) if office.country and not office.until]
    assert answer(turtle, "offices-by-country") == sorted(
        (english(library, office.country or ""), english(library, office.name), str(office.since or ""))
        for office in offices
    )


def test_history_of_a_figure(turtle: Graph, library: Library) -> None:
    figure = library.base.records["members"]
    assert isinstance(figure, Figure)
    dated = [item for item in figure.observations if item.as_of]
    found = answer(turtle, "history-of-a-figure")
    assert [row[0] for row in found] == sorted(str(item.as_of) for item in dated)
    assert Counter((row[0], row[1]) for row in found) == Counter(
        (str(item.as_of), f"{item.value:.0f}") for item in dated
    )
    assert all(
        {library.base.sources[key].title for key in item.sources} in [set(row[3].split(" | ")) for row in found]
        for item in dated
    )


def test_glossary_pairs(turtle: Graph, library: Library) -> None:
    terms = library.base.all(Term)
    found = answer(turtle, "glossary-pairs")
    assert sorted(found) == sorted((term.reading, term.name, english(library, term.name)) for term in terms)
    assert [row[0] for row in found] == sorted(term.reading for term in terms)


def test_most_cited_sources(turtle: Graph, library: Library) -> None:
    citing: Counter[str] = Counter()
    for record in library.base.records.values():
        citing.update(set(record.sources))
        for observation in getattr(record, "observations", []) or getattr(record, "claims", []):
            citing.update(set(observation.sources))
    expected = sorted(citing.values(), reverse=True)[:10]
    found = answer(turtle, "most-cited-sources")
    assert [int(row[2]) for row in found] == expected
    keys = {source.fields["url"]: key for key, source in library.base.sources.items()}
    assert citing[keys[found[0][1]]] == expected[0]


def test_who_elects_whom(turtle: Graph, library: Library) -> None:
    assert answer(turtle, "who-elects-whom") == sorted(
        (english(library, body.name), english(library, library.base.records[relation.to].name))
        for body in library.base.all(Body)
        for relation in body.relations
        if relation.verb == "elects"
    )
