"""The index: names and abbreviations in the order in which readers look them up.

    ```{record-index}
    :kinds: body, office, programme, partner, term
    ```

Japanese goes by reading (よみ) in rows of the syllabary, other languages by letter.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives

from handbook.content.directives import RecordDirective
from handbook.content.selection import Selection, SelectionError

if TYPE_CHECKING:
    from docutils.nodes import Node

    from handbook.content.composer import Composer
    from handbook.knowledge import Record

#: The rows of the syllabary: what each begins with, small and voiced letters folded into plain ones.
_ROWS = (
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよ",
    "らりるれろ",
    "わをん",
)
#: How Unicode calls a consonant that is a part of a Korean syllable; by itself it is a letter.
_INITIAL_CONSONANT = "HANGUL CHOSEONG"
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゔ", "あいうえおつやゆよわう")


class _Entry(NamedTuple):
    """A line of the index. `order` sorts it; `wording` is an abbreviation, or empty for the name itself."""

    group: str
    order: tuple[str, str]
    wording: str
    record: Record


class RecordIndex(RecordDirective):
    """```` ```{record-index} ````: names and abbreviations of all records of some kinds."""

    has_content = False
    option_spec: ClassVar = {"kinds": directives.unchanged_required}

    def run(self) -> list[Node]:
        composer = self.composer()
        entries: list[_Entry] = []
        for kind in self.options.get("kinds", "").split(","):
            try:
                selection = Selection.where(kind.strip())
            except SelectionError as error:
                return self.complain("%s", error)
            composer.uses(selection)
            for record in selection.records(composer.edition.base):
                entries += _entries(composer, record)
        # A name has one line: of a body and the term for it, or of a person in two posts, the first leads there.
        single = {(entry.order, entry.wording): entry for entry in reversed(entries)}
        lists: list[Node] = []
        for group, members in groupby(sorted(single.values(), key=attrgetter("group", "order")), attrgetter("group")):
            lists.append(nodes.rubric("", group, translatable=False, classes=["index-group"]))
            items = (nodes.list_item("", _line(composer, entry)) for entry in members)
            lists.append(nodes.bullet_list("", *items, classes=["record-index", "no-search"]))
        return [nodes.container("", *lists, classes=["index-groups"])]


def _entries(composer: Composer, record: Record) -> list[_Entry]:
    order = composer.edition.sort_key(record)
    entries = [_Entry(_initial(order[0]), order, "", record)]
    short = record.abbreviation
    if short and short != composer.edition.name(record).text:
        entries.append(_Entry(_initial(short.casefold()), (short.casefold(), short), short, record))
    return entries


def _initial(key: str) -> str:
    """Return the heading that a key belongs under: あ for いくれい, A for agenda, ㄱ for 기후, # for 20 per cent.

    >>> [_initial(key) for key in ("がばなんす", "ぱりきょうてい", "charter", "기후", "2030")]
    ['か', 'は', 'C', 'ㄱ', '#']
    """
    first = unicodedata.normalize("NFKD", key[:1].translate(_SMALL))[:1]
    if unicodedata.name(first, "").startswith(_INITIAL_CONSONANT):
        first = unicodedata.lookup(unicodedata.name(first).replace(_INITIAL_CONSONANT, "HANGUL LETTER"))
    row = next((row[0] for row in _ROWS if first and first in row), "")
    return row or (first.upper() if first.isalpha() else "#")


def _line(composer: Composer, entry: _Entry) -> nodes.paragraph:
    name = composer.link(entry.record)
    if entry.wording:
        return composer.paragraph(nodes.Text(entry.wording), nodes.Text(composer.translation.word("：")), name)
    return composer.paragraph(name, *composer.beside(entry.record))
