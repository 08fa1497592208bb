"""The real knowledge base, ready to export, as if one page described every record."""

from __future__ import annotations

import pytest

from handbook.content.vocabulary import WORDS
from handbook.data import Library, LinkedData, linked_data
from handbook.diagrams.sources import VERBS
from handbook.knowledge import KnowledgeBase, load
from handbook.translation import Translation
from tests.conftest import ROOT

#: A record or source of every kind of trouble; no real one is like this.
FIGURES = """
- id: members
  name: 自治体数
  unit: 人
  observations:
    - {value: 2500, qualifier: more-than, as_of: 2025-09, sources: [a], note: 注です。}
    - {value: 12.5, as_of: 2009~, sources: [a, b], confidence: medium}
"""
MILESTONES = """
- id: meeting
  name: =1+1の会議
  name_en: A </script> meeting
  summary: -はじめの集まりです。
  sources: [a]
  date: 1990-09-05/1990-09-09
  era: era
- {id: vague, name: あいまいな日, summary: いつかの集まりです。, sources: [b], date: 1991~, era: era}
"""
BODIES = """
- id: council
  name: 議会
  summary: 決める機関です。
  sources: [a]
  function: decides
  duties: [決める, 選ぶ]
  relations: [{verb: elects, to: committee}]
- {id: committee, name: 理事会, summary: 運営する機関です。, sources: [a], function: runs, part_of: council}
"""


def library_of(base: KnowledgeBase, *, address: str = "") -> Library:
    """Return what would be exported if one page described every record of `base`."""
    translations = {
        language: Translation.load(ROOT / "locales", language=language, source_language="ja")
        for language in ("ja", "en")
    }
    homes = {record_id: f"part/page.html#{record_id}" for record_id in base.records}
    words = WORDS | {verb: one for verb, (one, _) in VERBS.items()}
    return Library(base, translations, homes, facts="2026-11-24", address=address, words=words)


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load(ROOT / "knowledge", project=ROOT)


@pytest.fixture(scope="session")
def library(base: KnowledgeBase) -> Library:
    return library_of(base)


@pytest.fixture(scope="session")
def data(library: Library) -> LinkedData:
    return linked_data(library)


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A few records that need care."""
    folder = tmp_path_factory.mktemp("made-up") / "knowledge"
    folder.mkdir()
    sources = [
        f"@online{{{key},\n title = {{Page {key}}},\n publisher = {{ICLEI}},\n url = {{https://example.org/{key}}},\n"
        " urldate = {2026-11-24},\n langid = {english},\n}\n"
        for key in ("a", "b")
    ]
    (folder / "sources.bib").write_text("\n".join(sources), encoding="utf-8")
    eras = "- {id: era, name: 時期, date: 1990/..}\n"
    for name, text in {"figures": FIGURES, "milestones": MILESTONES, "bodies": BODIES, "eras": eras}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return library_of(load(folder))
