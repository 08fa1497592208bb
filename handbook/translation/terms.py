"""Checks that translations call things by their names in the glossary.

Only proper names are checked (Global Executive Committee, Seoul Plan): for
common words such as 自治体 a good sentence may well use another word. A name
counts as used if its words are there, in any order and inflection, or its
abbreviation, or one of the shorter forms that the term allows (`also_en`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from handbook.knowledge import Problem, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from handbook.knowledge import KnowledgeBase

_ROLE = re.compile(r"\{[\w:-]+\}`(?:(?P<wording>[^`<]*)<)?[^`]*`")
_ADDRESS = re.compile(r"\]\([^)]*\)")
_SMALL_WORDS = frozenset(("a", "and", "at", "for", "in", "of", "on", "the", "to", "with"))
#: What inflection changes is at the end of a word.
_ENDING = 3


def term_problems(base: KnowledgeBase, catalogues: Iterable[Path], *, project: Path) -> list[Problem]:
    """Return the entries of English `catalogues` whose message uses a name that the translation does not.

    A longer name covers the shorter ones inside it: 世界理事会 is not 理事会.
    """
    terms = {term.name: term for term in base.all(Term)}
    if not terms:
        return []
    pattern = re.compile("|".join(re.escape(name) for name in sorted(terms, key=len, reverse=True)))
    problems = []
    for file in catalogues:
        with file.open(encoding="utf-8") as stream:
            messages = [item for item in read_po(stream, charset="utf-8") if isinstance(item.id, str) and item.string]
        for message in messages:
            source, translation = _bare(str(message.id)), _bare(str(message.string))
            for name in dict.fromkeys(pattern.findall(source)):
                term = terms[name]
                # A Japanese name may be quoted as it is.
                used = name in translation or any(_uses(translation, wording) for wording in _wordings(term))
                if _is_name(term) and not used:
                    problems.append(
                        Problem(
                            file.relative_to(project) if file.is_relative_to(project) else file,
                            message.lineno or 1,
                            f"'{name}' is in the Japanese, but '{term.name_en}' is not in the English: "
                            f"{source} / {translation}",
                            f"write {' or '.join(_wordings(term))}",
                        )
                    )
    return problems


def _bare(text: str) -> str:
    """Return a message as readers see it, less what roles print: that comes from the records."""
    return _ADDRESS.sub("]", _ROLE.sub(lambda match: match["wording"] or "", text))


def _is_name(term: Term) -> bool:
    words = [word for word in term.name_en.split() if word.lower() not in _SMALL_WORDS]
    return all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def _wordings(term: Term) -> list[str]:
    return [term.name_en, *([term.abbreviation] if term.abbreviation else []), *term.also_en]


def _uses(text: str, wording: str) -> bool:
    words = re.findall(r"\w+", text.casefold())
    return all(any(word.startswith(stem) for word in words) for stem in _stems(wording))


def _stems(wording: str) -> Iterator[str]:
    for word in re.findall(r"\w+", wording.casefold()):
        if word not in _SMALL_WORDS:
            yield word[: max(_ENDING + 1, len(word) - _ENDING)]
