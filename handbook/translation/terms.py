"""Checks that translations call things by their names in the glossary and in the records.

A name counts as used if its words are there, in any order and inflection, or
its abbreviation, or one of the other forms that the term allows (`also_en`).
An ordinary word that English renders in many ways (`everyday`) is not looked for.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.knowledge import Term
from handbook.translation.checks_markup import PASSAGE, Fault
from handbook.translation.script import is_japanese

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.knowledge import KnowledgeBase
    from handbook.translation.entries import Entry

_ROLE = re.compile(r"\{[\w:-]+\}`(?:(?P<wording>[^`<]*)<)?[^`]*`")
_ADDRESS = re.compile(r"\]\([^)]*\)")
_QUOTED = re.compile(r"“[^“”]*”")
_SMALL_WORDS = frozenset(("a", "and", "at", "for", "in", "of", "on", "the", "to", "with"))
#: Terms that are not looked for, and why. To say so here is better than a note at every entry.
_UNCHECKED = {
    "term-local-government": "English speaks of cities, members, participants or the network where Japanese has 自治体",
    "term-climate-change": "English says only “climate” in names such as “climate action” or “COP26 (UNFCCC)”",
}
#: What inflection changes is at the end of a word.
_ENDING = 3


class Names:
    """The names of a knowledge base, Japanese and English, to compare entries of English catalogues with."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._terms = {term.name: term for term in base.all(Term)}

    def is_official(self, message: str, translation: str) -> bool:
        """Tell whether a translation is an official name, which follows no rule but its own."""
        return translation in self._official.get(message, ())

    def faults(self, entry: Entry) -> Iterator[Fault]:
        """Yield what an entry calls otherwise than the glossary or a record."""
        if entry.domain == "knowledge" and (official := self._official.get(entry.source)):
            if entry.translation not in official:
                wanted = " or ".join(f"'{name}'" for name in sorted(official))
                yield Fault("official-names", f"the official English name is {wanted}", f"write {wanted}")
            return
        source, translation = _bare(entry.source), _bare(entry.translation)
        yield from self._missing(source, translation)
        yield from self._miswritten(source, translation)
        yield from self._avoided(entry)

    def _missing(self, source: str, translation: str) -> Iterator[Fault]:
        """A longer name covers the shorter ones inside it: 世界理事会 is not 理事会."""
        for name in dict.fromkeys(self._pattern.findall(source)):
            term = self._terms[name]
            # A Japanese name may be quoted as it is.
            used = name in translation or any(_uses(translation, wording) for wording in _wordings(term))
            if not used and not term.everyday and term.id not in _UNCHECKED:
                yield Fault(
                    "terms",
                    f"'{name}' is in the Japanese, but '{term.name_en}' is not in the English",
                    f"write {' or '.join(_wordings(term))}",
                )

    def _miswritten(self, source: str, translation: str) -> Iterator[Fault]:
        """Proper names keep their capitals: not "Global executive committee"."""
        for name in dict.fromkeys(self._pattern.findall(source)):
            official = self._terms[name].name_en
            if " " in official and is_name(self._terms[name]) and official not in translation:
                for found in re.findall(rf"\b{re.escape(official)}\b", translation, re.IGNORECASE):
                    yield Fault("official-names", f"'{found}' is written '{official}'", f"write '{official}'")

    def _avoided(self, entry: Entry) -> Iterator[Fault]:
        """Forms that the glossary advises against, unless they are quoted as somebody's words."""
        translation = _QUOTED.sub("", _bare(PASSAGE.sub("", entry.translation)))
        for form, term, why in self._avoid:
            pattern = re.escape(form) if is_japanese(form) else rf"\b{re.escape(form)}\b"
            # Where the Japanese names the form, to speak of it, the English may do so as well.
            if re.search(pattern, translation) and form not in entry.source:
                yield Fault("avoid", f"'{form}' is a form to avoid: {why}", f"write {term.name_en}")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(name) for name in sorted(self._terms, key=len, reverse=True)) or r"(?!)")

    @cached_property
    def _official(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for record in self._base.records.values():
            if record.name_en:
                found.setdefault(record.name, set()).add(record.name_en)
        return found

    @cached_property
    def _avoid(self) -> list[tuple[str, Term, str]]:
        """Forms that are always wrong; those with a condition in parentheses are for a human reader."""
        return [(form.form, term, form.why) for term in self._terms.values() for form in term.avoid if form.always]


def is_name(term: Term) -> bool:
    """Tell whether the English of a term is a proper name."""
    words = [word for word in term.name_en.split() if word.lower() not in _SMALL_WORDS]
    return all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def _bare(text: str) -> str:
    """Return a message as readers see it, less what roles print: that comes from the records."""
    return _ADDRESS.sub("]", _ROLE.sub(lambda match: match["wording"] or "", text))


def _wordings(term: Term) -> list[str]:
    return [term.name_en, *([term.abbreviation] if term.abbreviation else []), *term.also_en]


def _uses(text: str, wording: str) -> bool:
    words = re.findall(r"\w+", text.casefold())
    return all(any(word.startswith(stem) for word in words) for stem in _stems(wording))


def _stems(wording: str) -> Iterator[str]:
    for word in re.findall(r"\w+", wording.casefold()):
        if word not in _SMALL_WORDS:
            yield word[: max(_ENDING + 1, len(word) - _ENDING)]
