"""The search in languages that the handbook does not come in yet: page and query are cut the same way."""

from __future__ import annotations

import json
import subprocess

import pytest

from handbook.site.search import search_language
from tools.environment import find_node

QUERIES = {
    "ja": ("気候変動に1990", ["気候", "候変", "変動", "#1990"]),
    "zh_TW": ("氣候變化 ICLEI", ["氣候", "候變", "變化", "iclei"]),
    "ko": ("기후변화에 1990", ["기후", "후변", "변화", "화에", "#1990"]),
    "th": ("ไทย 21", ["ไท", "ทย", "#21"]),
    "de": ("Städte 1990", ["Städte", "#1990"]),
    "ar": ("مدينة 1990", ["مدينة", "#1990"]),
}


@pytest.fixture(scope="module")
def asked() -> dict[str, list[str]]:
    """What the browser's part of the search cuts the queries into; one run of node for all."""
    parts = [
        f"(() => {{ {search_language(language).js_splitter_code}; return splitQuery({json.dumps(query)}); }})()"
        for language, (query, _) in QUERIES.items()
    ]
    script = f"console.log(JSON.stringify([{', '.join(parts)}]))"
    done = subprocess.run(
        [str(find_node()), "-e", script], capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
    )
    return dict(zip(QUERIES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("language", QUERIES)
def test_page_and_query_are_cut_into_the_same_terms(language: str, asked: dict[str, list[str]]) -> None:
    query, terms = QUERIES[language]

    assert search_language(language)({}).split(query) == terms
    assert asked[language] == terms


def test_words_come_to_their_stem_where_sphinx_knows_how() -> None:
    # As a second run in the same process asks for it again.
    for _ in range(2):
        assert search_language("de")({}).stem("Städten") == search_language("de")({}).stem("Städte")
    assert search_language("eo")({}).stem("urboj") == "urboj"
