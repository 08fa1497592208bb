"""`make check`: the rules for records, pages and links, without building anything: a matter of seconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from handbook.content.avoided_words import AvoidedWords
from handbook.content.page_rules import page_problems, vague_links
from handbook.knowledge import ContentError, Problem, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.commands.project import Project


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
    for catalogue in sorted(project.locales.rglob("*.po")):
        problems += _vague_links(catalogue, project.root)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(f"{len(project.pages())} pages, {records} records: {len(problems)} problems\n")
    return 1 if problems else 0


def _vague_links(catalogue: Path, root: Path) -> Iterator[Problem]:
    """Translated links say where they lead, too."""
    with catalogue.open("rb") as stream:
        messages = list(read_po(stream))
    for message in messages:
        for wording in vague_links(message.string if isinstance(message.string, str) else ""):
            yield Problem(
                catalogue.relative_to(root),
                message.lineno or 1,
                f"the link text '{wording}' says nothing by itself",
                "name what the link leads to",
            )
