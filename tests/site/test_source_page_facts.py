"""Every fact of ICLEI Japan's page about ICLEI is in the handbook, in both languages: see `source_page_facts.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.site.pages import Page, docnames

TABLE = Path(__file__).with_name("source_page_facts.yaml")
ROWS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Fact:
    """A row of the table, in one language."""

    name: str
    fact: str
    page: Page
    patterns: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}.{self.page.language}"


FACTS = [
    Fact(row["id"], row["fact"], Page(language, row["page"]), tuple(row[language]))
    for row in ROWS
    for language in ("ja", "en")
]


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_a_fact_of_the_source_page_is_in_the_handbook(fact: Fact, site: None) -> None:
    flags = re.IGNORECASE if fact.page.language == "en" else re.NOFLAG
    missing = list(fact.patterns)
    for block in fact.page.text():
        not_here = [pattern for pattern in fact.patterns if not re.search(pattern, block, flags)]
        if not not_here:
            return
        missing = min(missing, not_here, key=len)
    pytest.fail(f"{fact.page} does not say in one place: {fact.fact}\nThe nearest place lacks {missing}", pytrace=False)


def test_the_table_of_facts_is_well_formed() -> None:
    names = [row["id"] for row in ROWS]
    assert len(names) == len(set(names)), "two rows have one id"
    pages = set(docnames())
    for row in ROWS:
        assert set(row) == {"id", "fact", "page", "ja", "en"}, row["id"]
        assert row["page"] in pages, row["id"]
        assert row["ja"], row["id"]
        assert row["en"], row["id"]
