"""Every fact that was collected is in the handbook, or there is a reason why not; every disagreement of sources is shown.

`facts/facts.tsv` lists the facts with confidence and sources; `facts/coverage.yaml` says of each where it is:

    fact-id: {record: record-id, says: "phrase"}       in the description of a record
    fact-id: {page: organization/council, says: "…"}   in the text of a page
    fact-id: {left_out: reason}                        nowhere, and why

`facts/disagreements.yaml` names the record of each disagreement that was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from handbook.knowledge import Conflict, KnowledgeBase, load
from tests.site.pages import PROJECT, Page, docnames, squeezed

FACTS = Path(__file__).with_name("facts")
COVERAGE: dict[str, dict[str, Any]] = yaml.safe_load((FACTS / "coverage.yaml").read_text(encoding="utf-8"))
DISAGREEMENTS: dict[str, str] = yaml.safe_load((FACTS / "disagreements.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Fact:
    """A fact as it was collected."""

    name: str
    confidence: str
    sources: frozenset[str]

    def __str__(self) -> str:
        return self.name


def _facts() -> list[Fact]:
    lines = (FACTS / "facts.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Fact(name, confidence, frozenset(sources.split(","))) for name, confidence, sources in rows]


CARRIED = [fact for fact in _facts() if "left_out" not in COVERAGE.get(fact.name, {})]


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return load(PROJECT.knowledge)


@pytest.fixture(scope="module")
def homes(site: None) -> dict[str, Tag]:
    """The element that describes each record, with all that belongs to it, on the Japanese pages."""
    found = {}
    for docname in docnames():
        for element in Page("ja", docname).html.select("article [id]"):
            whole = element
            if element.name == "dt" and (definition := element.find_next_sibling("dd")):
                whole = BeautifulSoup(f"<div>{element}{definition}</div>", "lxml").div or element
            found[str(element["id"])] = whole
    return found


def test_every_fact_has_a_place_or_a_reason_and_nothing_else_has() -> None:
    assert COVERAGE.keys() == {fact.name for fact in _facts()}
    for name, entry in COVERAGE.items():
        assert set(entry) in ({"record", "says"}, {"page", "says"}, {"left_out"}), name
        assert all(entry.values()), name


def test_no_fact_of_low_confidence_is_in_the_handbook_and_every_sure_one_is() -> None:
    assert [fact.name for fact in CARRIED if fact.confidence == "low"] == []
    left_out = [fact.name for fact in _facts() if fact.confidence == "high" and fact not in CARRIED]
    # Each was left out because a better source says otherwise; the reason is in the table.
    assert all("conflict" in COVERAGE[name]["left_out"] for name in left_out), left_out


@pytest.mark.parametrize("fact", CARRIED, ids=str)
def test_a_fact_is_said_with_one_of_its_sources(fact: Fact, base: KnowledgeBase, homes: dict[str, Tag]) -> None:
    entry = COVERAGE[fact.name]
    if "record" in entry:
        record = base.records[entry["record"]]
        place = homes[record.id]
        cited = {key for _, key in record.cited()}
    else:
        article = Page("ja", entry["page"]).html.select_one("article")
        assert article is not None
        place = article
        cited = {str(item["id"]).removeprefix("cited-") for item in article.select("#page-sources li[id]")}
    assert squeezed(entry["says"]) in squeezed(place.get_text())
    assert cited & fact.sources, f"none of the sources is cited: {', '.join(sorted(fact.sources))}"


def test_every_disagreement_that_was_found_is_a_record(base: KnowledgeBase) -> None:
    for name, record_id in DISAGREEMENTS.items():
        assert isinstance(base.records.get(record_id), Conflict), name
    shown = {record.id for record in base.all(Conflict)}
    assert set(DISAGREEMENTS.values()) == shown
