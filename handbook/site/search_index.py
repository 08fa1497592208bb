"""The search index that a browser loads with the first search: small, and in the shape that `handbook-search.js` asks.

Sphinx's own index (`searchindex.js`, which it reads again when it builds anew) says more than the search needs and takes a
third more bytes. Here, terms are packed: those with the same first character stand in one string, each followed by the
pages that hold it, a character a page. They stand in files of their own, each for a range of first characters, of which a
query needs a few, however large the handbook is.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.knowledge import Change, EdtfDate
from handbook.site.descriptions import descriptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

#: Where the index stands in the folder of a language.
FILE = "_static/handbook-index.js"
#: Where the terms of one range stand.
TERMS = "_static/handbook-terms-{edition}-{number}.js"

#: Characters of a range: some ten kilobytes when they are sent.
RANGE = 16_000

#: Pages that list what stands elsewhere.
_LISTS = (
    "reference/sources",
    "reference/name-index",
    "reference/data",
    "reference/figures",
    "reference/changes",
    "history/chronology",
)

#: What every page is about says nothing of a page.
_OWN_NAMES = ("ICLEI", "イクレイ")

#: The character of the first page; `handbook-search.js` knows it, too. No space comes after it.
_FIRST_PAGE = ord("0")


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index (event `build-finished`)."""
    indexer = getattr(app.builder, "indexer", None)
    if exception or indexer is None or app.builder.name != "html":
        return
    frozen = indexer.freeze()
    pages = {docname: number for number, docname in enumerate(frozen["docnames"])}
    about = descriptions(app)
    ranges = split(pack(frozen["terms"], frozen["titleterms"]))
    index = {
        "pages": [
            [docname, title, about.get(docname, "")]
            for docname, title in zip(frozen["docnames"], frozen["titles"], strict=True)
        ],
        "headings": dict(sorted(frozen["alltitles"].items())),
        "names": sorted([pages[docname], anchor, name, details] for name, docname, anchor, details in _names(app)),
        "ranges": [next(iter(terms)) for terms in ranges],
        "lists": [pages[docname] for docname in _LISTS if docname in pages],
        "own": _OWN_NAMES,
    }
    # A browser may have kept files of another day. What belongs together has the same name.
    edition = hashlib.sha256(_json([index, ranges]).encode()).hexdigest()[:10]
    texts = {FILE: f"handbookSearch({_json(index | {'edition': edition})});\n"}
    for number, terms in enumerate(ranges):
        texts[TERMS.format(edition=edition, number=number)] = f"handbookTerms({_json(terms)});\n"
    for old in Path(app.outdir).glob(TERMS.format(edition="*", number="*")):
        if old.relative_to(app.outdir).as_posix() not in texts:
            old.unlink()
    for name, text in texts.items():
        Path(app.outdir, name).write_text(text, encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def split(packed: Mapping[str, str]) -> list[dict[str, str]]:
    """Return packed terms in files of about `RANGE` characters, in the order of their first characters.

    >>> split({"b": "y" * RANGE, "a": "x", "c": "z"}) == [{"a": "x"}, {"b": "y" * RANGE}, {"c": "z"}]
    True
    """
    ranges: list[dict[str, str]] = []
    room = 0
    for first, terms in sorted(packed.items()):
        if len(terms) > room:
            ranges.append({})
            room = RANGE
        ranges[-1][first] = terms
        room -= len(terms)
    return ranges


def pack(*indexes: Mapping[str, int | Sequence[int]]) -> dict[str, str]:
    """Return the terms of indexes, which name the pages that hold a term, as strings by their first characters.

    >>> pack({"気候": [0, 2], "気温": 1, "mayor": 1}, {"気温": 2})
    {'m': 'ayor 1', '気': '候 02 温 12'}
    """
    holding: dict[str, set[int]] = defaultdict(set)
    for index in indexes:
        for term, pages in index.items():
            holding[term] |= {pages} if isinstance(pages, int) else set(pages)
    packed: dict[str, list[str]] = defaultdict(list)
    for term, holders in sorted(holding.items()):
        # Queries are in lower case; what is not is never asked for.
        if term == term.lower():
            packed[term[0]] += [term[1:], "".join(chr(_FIRST_PAGE + page) for page in sorted(holders))]
    return {first: " ".join(parts) for first, parts in packed.items()}


def _names(app: Sphinx) -> Iterator[tuple[str, str, str, str]]:
    """Yield the name of each record, the page and anchor of its description, and where and when it is or was."""
    edition = edition_of(app)
    translation = edition.translation
    for record_id, home in record_domain(app.env).homes.items():
        record = edition.base.records[record_id]
        if isinstance(record, Change):
            # Its name is a sentence about other records.
            continue
        places = (getattr(record, field, None) for field in ("place", "city", "country"))
        dates = (getattr(record, field, None) for field in ("date", "since"))
        details = [
            *(translation.text(place).text for place in places if place),
            *(translation.date(date) for date in dates if isinstance(date, EdtfDate)),
        ]
        yield home.name, home.docname, home.anchor, " ".join(details)
