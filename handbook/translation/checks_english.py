"""Rules for English translations alone: numbers, names, leftover Japanese, typography, units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.translation.checks_markup import Fault, own_words, prose, shape
from handbook.translation.checks_numbers import number_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.translation.entries import Entry
    from handbook.translation.terms import Names

_JAPANESE = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff]+")
#: Marks that belong to Japanese text, and full-width letters and digits.
_FULL_WIDTH = re.compile(r"[\u3000-\u3004\u3006-\u303f\uff01-\uff9f]+")
_UNITS = re.compile(r"\d(?:km|m|kg|kW|MW|GW|kWh|MWh|ha|t|tonnes?)\b")
#: What the message says in Japanese, and what the translation says then.
_MEASURES = (
    ("%", re.compile(r"[%％]|パーセント"), re.compile(r"%|\bper ?cent")),
    ("yen", re.compile(r"\d[千万億]*円"), re.compile(r"\byen\b|¥|\bJPY\b")),
    ("euro", re.compile(r"\d[千万億]*ユーロ"), re.compile(r"\beuros?\b|€|\bEUR\b")),
    ("dollar", re.compile(r"\d[千万億]*(?:米)?ドル"), re.compile(r"\bdollar|\$|\bUSD\b")),
    ("tonne", re.compile(r"\dトン"), re.compile(r"\btonne")),
    ("degree", re.compile(r"\d度(?!目|合|々)"), re.compile(r"\bdegree|°")),
)
#: Rule, pattern, what is wrong, what to do.
_TYPOGRAPHY = (
    ("quotes", re.compile(r"[\"']|``|''"), "a straight quotation mark or apostrophe", "write “…”, ‘…’ or ’"),
    ("quotes", re.compile(r"[‟„«»]|“[^”]*$|^[^“]*”"), "a quotation mark without its partner", "write “…”"),
    (
        "dashes",
        re.compile(r"\s[-―—─−]+\s|--+|—"),
        "another dash than this handbook’s",
        "write an en dash between spaces: –",
    ),
    ("dashes", re.compile(r"\d\s*[~〜～]\s*\d"), "a wave dash", "write ranges with an en dash: 2015–2021"),
    (
        "dashes",
        re.compile(r"\b(?:1[89]|20)\d\d-(?:1[89]|20)\d\d\b"),
        "a hyphen in a range of years",
        "write an en dash: 2015–2021",
    ),
    ("ellipsis", re.compile(r"\.\.\."), "three full stops", "write …"),
    ("spaces", re.compile(r"\S(?: {2,}|\t|\u3000)\S"), "more than one space", "write one space"),
    ("spaces", re.compile(r"(?<=\S) +[,.;:!?)\]”](?!\w)"), "a space before a punctuation mark", "take the space away"),
    ("spaces", re.compile(r"[(“] "), "a space after an opening mark", "take the space away"),
    (
        "spaces",
        re.compile(r"[a-z]{2}[,;][A-Za-z]|[a-z]{3}\.[A-Z][a-z]"),
        "no space after a mark",
        "write a space after it",
    ),
    ("punctuation", re.compile(r"(?<!\.)\.\.(?!\.)|,,|[,;]\.|!!|\?\?"), "two marks in a row", "write one of them"),
    ("units", _UNITS, "no space between number and unit", "write a space: 10 km"),
    ("units", re.compile(r"\d +%"), "a space before %", "write it without: 20%"),
)


def english_faults(entry: Entry, names: Names) -> Iterator[Fault]:
    """Yield what the English of an entry gets wrong; official names, which follow no rule, are not asked about."""
    yield from number_faults(entry)
    yield from names.faults(entry)
    words = own_words(entry.translation, "en")
    for found in dict.fromkeys(_JAPANESE.findall(words)):
        yield Fault("japanese-left", f"'{found}' is Japanese", "translate it, or mark it: [日本語]{.language-ja}")
    for found in dict.fromkeys(_FULL_WIDTH.findall(words)):
        yield Fault("full-width", f"'{found}' is full-width", "write half-width letters, digits and marks")
    yield from _typography(entry)
    for name, in_japanese, in_english in _MEASURES:
        if in_japanese.search(prose(entry.source)) and not in_english.search(words):
            yield Fault("units", f"the message gives a number in {name}, the translation does not", f"give the {name}")
    yield from _endings(entry)


def _typography(entry: Entry) -> Iterator[Fault]:
    # What is the same on both sides was not written by a translator.
    if entry.source == entry.translation:
        return
    text, quoted = shape(entry.translation, "en"), shape(entry.source, "en")
    for rule, pattern, what, remedy in _TYPOGRAPHY:
        for match in pattern.finditer(text):
            # What the message has in Latin letters is quoted as it is: 2015-2021.
            if len(match[0]) < 4 or match[0] not in quoted:
                around = text[max(0, match.start() - 12) : match.end() + 12].strip()
                yield Fault(rule, f"{what}: … {around} …", remedy)
                break


def _endings(entry: Entry) -> Iterator[Fault]:
    """A sentence stays a sentence, a heading a heading."""
    source, translation = entry.source.rstrip(), entry.translation.rstrip()
    if source.endswith("。") and translation[-1:].isalnum():
        yield Fault("punctuation", "the message is a sentence, the translation has no full stop", "end it with a mark")
    if source.endswith(("？", "?")) and not translation.endswith("?"):
        yield Fault("punctuation", "the message asks, the translation does not", "end it with a question mark")
