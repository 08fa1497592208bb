"""A guard on the handbook's own records: official English names are used exactly."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from handbook.knowledge import KnowledgeBase, load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return load(ROOT / "knowledge")


def test_no_japanese_name_has_two_official_english_ones(base: KnowledgeBase) -> None:
    official: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record in base.records.values():
        if record.name_en:
            official[record.name][record.name_en].append(record.id)

    assert {name: dict(names) for name, names in official.items() if len(names) > 1} == {}


def test_the_english_catalogue_uses_official_names(base: KnowledgeBase) -> None:
    with (ROOT / "locales/en/LC_MESSAGES/knowledge.po").open(encoding="utf-8") as stream:
        catalogue = read_po(stream)
    # A record that is new in a pull request may wait for `make translations`.
    translations = {message.id: message.string for message in catalogue if message.string and not message.fuzzy}

    differing = {
        record.id: (record.name_en, translations[record.name])
        for record in base.records.values()
        if record.name_en and translations.get(record.name, record.name_en) != record.name_en
    }

    assert differing == {}
