"""Finds names, dates and numbers of records that a page types by hand.

What is written out stays when the record is corrected, and the page then
contradicts the data. So the name of a record comes from it, through the role
`record`; its dates do, through `date` and `year`, and the number of a figure,
through `figure` and `value`. Not every 21 is the number of a record: a sentence
means it if it names the record or cites one of its sources, or if the number is
telling by itself. Words of the glossary are everyday words, too, and may be typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from sphinx.util import logging

from handbook.content.editions import edition_of
from handbook.content.extraction import is_extraction
from handbook.knowledge import Body, EdtfDate, Figure, Milestone, Office, Partner, Programme, Tenure, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from handbook.translation import Edition

logger = logging.getLogger(__name__)

_ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}`(?:[^`<]*<)?(?P<target>[^`<>]*)>?`")
#: What is not running text: directives with their fences, what stands before the title, headings.
_BLOCK = re.compile(r"^(`{3,}).*?^\1$|\A---\n.*?^---$|^#[^\n]*$", re.MULTILINE | re.DOTALL)
#: What is not said by the page itself: roles and code, links, and what somebody else calls a thing.
_QUOTED = re.compile(r"`[^`]*`|\[[^\]]*\]\{[^}]*\}|\[[^\]]*\]\([^)]*\)|「[^」]*」")
#: Smaller numbers are the same by chance too often: 21の自治体, 200以上の自治体.
_TELLING = 1000
#: Records whose names are names, not descriptions.
_NAMED = (Body, Milestone, Office, Partner, Programme, Tenure)
_SENTENCE = re.compile(r"[^。\n]+")

#: Facts, names, and what finds the names: the same for every page of a run.
_known: WeakKeyDictionary[Sphinx, tuple[list[_Fact], dict[str, str], re.Pattern[str]]] = WeakKeyDictionary()


def report_typed_by_hand(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn of what a page types by hand (event `source-read`)."""
    edition = edition_of(app)
    if is_extraction(app) or edition.language != edition.translation.source_language:
        return
    text = _BLOCK.sub(lambda match: "\n" * match.group().count("\n"), content[0])
    if app not in _known:
        names = _names(edition)
        proper = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")
        _known[app] = (list(_facts(edition)), names, proper)
    facts, names, proper = _known[app]
    for sentence in _SENTENCE.finditer(text):
        named = [(name, names[name]) for name in proper.findall(_QUOTED.sub("", sentence.group()))]
        for typed, role in dict.fromkeys((*named, *_typed(sentence.group(), facts))):
            line = text.count("\n", 0, sentence.start()) + 1
            logger.warning(
                "'%s' is typed by hand, but stands in a record; write %s",
                typed,
                role,
                location=(docname, line),
                type="handbook",
                subtype="typed-by-hand",
            )


class _Fact(NamedTuple):
    """A date or an amount: as readers see it, the role that prints it, and what tells that a sentence means it."""

    text: str
    role: str
    record: str
    sources: frozenset[str]
    telling: bool
    #: A bare year is the same by chance too often, unless the record is named.
    exact: bool


def _typed(sentence: str, facts: list[_Fact]) -> Iterator[tuple[str, str]]:
    """Yield what a sentence types by hand, and the role to write instead."""
    bare = _ROLE.sub("", sentence)
    if not re.search(r"\d", bare):
        return
    targets: dict[str, set[str]] = {}
    for match in _ROLE.finditer(sentence):
        targets.setdefault(match["role"], set()).update(match["target"].split(","))
    named, cited = targets.get("record", set()), targets.get("cite", set())
    for fact in facts:
        meant = fact.telling or fact.record in named or (fact.exact and fact.sources & cited)
        if meant and _stands(fact.text, bare):
            yield fact.text, fact.role


def _stands(fact: str, text: str) -> bool:
    """Tell whether a date or an amount stands in a text, and not as a part of a longer one."""
    return re.search(r"(?<![\d,.])" + re.escape(fact) + r"(?!\d)", text) is not None


def _facts(edition: Edition) -> Iterator[_Fact]:
    translation = edition.translation
    for record in edition.base.records.values():
        sources = frozenset(key for _, key in record.cited())
        for field, value in record:
            if isinstance(value, EdtfDate) and field != "as_of":
                role = "{date}`" + (record.id if field == "date" else f"{record.id}.{field}") + "`"
                exact = any(point is not None and point.month for point in (value.start, value.end))
                yield _Fact(translation.date(value), role, record.id, sources, telling=False, exact=exact)
        if isinstance(record, Figure) and not record.bare:
            for observation in record.observations:
                at = f"@{observation.selector}" if observation.selector else ""
                role = f"{{value}}`{record.id}{at}`"
                amount = translation.amount(record, observation).text
                telling = observation.value >= _TELLING
                yield _Fact(amount, role, record.id, frozenset(observation.sources), telling=telling, exact=True)


def _names(edition: Edition) -> dict[str, str]:
    """Return the names of records that are no words of the glossary, and the role that prints each."""
    records = edition.base.records.values()
    words = {term.name for term in edition.base.all(Term)}
    names: dict[str, str] = {}
    for record in records:
        if isinstance(record, _NAMED) and record.name not in words:
            names.setdefault(record.name, f"{{record}}`{record.id}`")
    return names
