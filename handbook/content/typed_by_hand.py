"""Finds names, dates and numbers of records that a page types by hand.

What is written out stays when the record is corrected, and the page then
contradicts the data. So the name of a record comes from it, through the role
`record`; where a sentence names a record, so do its dates, through `date` and
`year`; and the number of a figure comes from the figure, through `figure` and
`value`. Words of the glossary are everyday words, too, and may be typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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


def report_typed_by_hand(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn of what a page types by hand (event `source-read`)."""
    edition = edition_of(app)
    if is_extraction(app) or edition.language != edition.translation.source_language:
        return
    text = _BLOCK.sub(lambda match: "\n" * match.group().count("\n"), content[0])
    amounts, names = _amounts(edition), _names(edition)
    proper = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")
    for sentence in _SENTENCE.finditer(text):
        named = [(name, names[name]) for name in proper.findall(_QUOTED.sub("", sentence.group()))]
        for typed, role in (*named, *_typed(sentence.group(), edition, amounts)):
            line = text.count("\n", 0, sentence.start()) + 1
            logger.warning(
                "'%s' is typed by hand, but stands in a record; write %s",
                typed,
                role,
                location=(docname, line),
                type="handbook",
                subtype="typed-by-hand",
            )


def _stands(date: str, text: str) -> bool:
    """Tell whether a date stands in a text, and not as the beginning of a more exact one."""
    return re.search(re.escape(date) + r"(?!\d)", text) is not None


def _typed(sentence: str, edition: Edition, amounts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a sentence types by hand, and the role to write instead."""
    bare = _ROLE.sub("", sentence)
    if not re.search(r"\d", bare):
        return
    translation, records = edition.translation, edition.base.records
    named = (match["target"] for match in _ROLE.finditer(sentence) if match["role"] == "record")
    for record in (records[target] for target in named if target in records):
        for field, value in record:
            if isinstance(value, EdtfDate) and field != "as_of" and _stands(typed := translation.date(value), bare):
                yield typed, "{date}`" + (record.id if field == "date" else f"{record.id}.{field}") + "`"
    for typed, role in amounts.items():
        if typed in bare:
            yield typed, role


def _names(edition: Edition) -> dict[str, str]:
    """Return the names of records that are no words of the glossary, and the role that prints each."""
    records = edition.base.records.values()
    words = {term.name for term in edition.base.all(Term)}
    names: dict[str, str] = {}
    for record in records:
        if isinstance(record, _NAMED) and record.name not in words:
            names.setdefault(record.name, f"{{record}}`{record.id}`")
    return names


def _amounts(edition: Edition) -> dict[str, str]:
    """Return the telling amounts of all figures, as readers see them, and the role that prints each."""
    amounts: dict[str, str] = {}
    for figure in edition.base.all(Figure):
        if figure.bare:
            continue
        for observation in figure.observations:
            if observation.value >= _TELLING:
                at = observation.key or (observation.as_of.text if observation.as_of else "")
                amount = edition.translation.amount(figure, observation).text
                amounts.setdefault(amount, f"{{value}}`{figure.id}{f'@{at}' if at else ''}`")
    return amounts
