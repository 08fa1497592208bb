"""`make check`: the rules for records, pages and links, without building anything: a matter of seconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.knowledge import ContentError, Problem, load
from handbook.rules import AvoidedWords, page_problems, refused_in_message, svg_problems, vague_links
from handbook.translation import INTERFACE, KNOWLEDGE
from handbook.translation.entries import read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.commands.project import Project
    from handbook.translation.entries import Entry


def run(project: Project) -> int:
    """Say what is wrong and what to do about it. Returns 0, or 1 if anything is."""
    problems: list[Problem] = []
    records, words = 0, None
    try:
        base = load(project.knowledge, project=project.root)
    except ContentError as error:
        problems += error.problems
    else:
        records, words = len(base.records), AvoidedWords(base)
        problems += words.in_records()
    problems += page_problems(project.docs, project=project.root, words=words)
    problems += svg_problems(project.docs, project=project.root)
    for catalogue in sorted(project.locales.rglob("*.po")):
        try:
            entries = [
                one for one in read_entries(catalogue, project.locales, project=project.root) if not one.obsolete
            ]
        except ContentError as error:
            problems += error.problems
            continue
        problems += _vague_links(entries)
        # The texts of records and our own words are no Markdown, and shown as they are.
        if catalogue.stem not in (KNOWLEDGE, INTERFACE):
            problems += _unsafe(entries)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(f"{len(project.pages())} pages, {records} records: {len(problems)} problems\n")
    return 1 if problems else 0


def _vague_links(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Translated links say where they lead, too."""
    for entry in entries:
        for wording in vague_links(entry.translation):
            yield Problem(
                entry.file,
                entry.line,
                f"the link text '{wording}' says nothing by itself",
                "name what the link leads to",
            )


def _unsafe(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Translated pages hold no more than pages may."""
    for entry in entries:
        for what, remedy in refused_in_message(entry.translation):
            yield Problem(entry.file, entry.line, what, remedy)
