"""Rules for the pages in `docs/` that nobody sees broken until a translation, a link or a screen reader breaks.

Checking all pages takes a few seconds, and every fault is told with its line and its remedy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handbook.knowledge import ContentError, Problem, read_text
from handbook.rules.form import depth_problems, duplicate_labels, form_problems, meta_problems, name_problems
from handbook.rules.passages import is_label, passages_of
from handbook.rules.unsafe import unsafe_problems
from handbook.rules.wording import wording_problems

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.rules.avoided_words import AvoidedWords
    from handbook.rules.passages import Passage


def page_problems(docs: Path, *, project: Path, words: AvoidedWords | None = None) -> list[Problem]:
    """Return what is wrong on the pages in `docs`; with `words`, also those that the glossary says to avoid."""
    problems: list[Problem] = []
    passages: dict[Path, list[Passage]] = {}
    for file in sorted(docs.rglob("*.md")):
        try:
            passages[file] = list(passages_of(file, read_text(file, file)))
        except ContentError as error:
            problems += error.problems
    labels = {
        token.content for page in passages.values() for passage in page for token in passage.tokens if is_label(token)
    }
    problems += duplicate_labels(passages.values())
    for file, page in passages.items():
        problems += name_problems(file, docs)
        problems += meta_problems(page[0])
        for passage in page:
            problems += form_problems(passage)
            problems += wording_problems(passage, labels, words)
            problems += unsafe_problems(passage)
    return sorted(replace(one, file=one.file.relative_to(project)) for one in problems)


def deep_places(docs: Path, *, project: Path) -> list[Problem]:
    """Return where pages have things in each other that deep that Sphinx cannot follow."""
    passages = (passage for file in sorted(docs.rglob("*.md")) for passage in passages_of(file, read_text(file, file)))
    problems = (problem for passage in passages for problem in depth_problems(passage))
    return sorted(replace(one, file=one.file.relative_to(project)) for one in problems)
