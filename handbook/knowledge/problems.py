"""What is wrong in a contributor's file, said so that it can be mended.

Every check of the handbook reports `Problem`s: the place (file and line), what
is wrong there, and what to do about it. A file's problems are collected and
shown together; nobody should have to run a build once for each typing error.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: How many characters of what somebody typed a message repeats.
_LONGEST = 320


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one place of one file.

    `line` counts from 1. `record` and `field` are empty where the fault lies
    outside a record. `remedy` is an instruction, without a full stop.

    `str(problem)` is one line that a terminal shows as it is, whatever stands in the file.
    """

    file: Path
    line: int
    what: str
    remedy: str
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = f"{self.file.as_posix()}:{self.line}"
        subject = ": ".join(
            part
            for part in (
                f"record '{shown(self.record)}'" if self.record else "",
                f"field '{shown(self.field)}'" if self.field else "",
                shown(self.what),
            )
            if part
        )
        return f"{place}: {subject}. To mend it: {shown(self.remedy)}."


def shown(text: str) -> str:
    """Return what somebody typed as it can stand in a message: in one line, with nothing hidden, and not too long.

    >>> shown("two\\nlines, \\x1b[31mred")
    'two\\\\nlines, \\\\x1b[31mred'
    """
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 4 :]}"
    return "".join(
        letter if letter.isprintable() or unicodedata.category(letter) == "Zs" else ascii(letter)[1:-1]
        for letter in text
    )


class ContentError(Exception):
    """Raised when content files cannot be used; carries every problem found.

    `str(error)` is one line for each problem, sorted by file and line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def path_in_project(file: Path, project: Path) -> Path:
    """Return a file as problems name it: by its path in the project, or as it is if it lies elsewhere."""
    return file.relative_to(project) if file.is_relative_to(project) else file


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy that names the known word nearest to `word`.

    Without a word near enough, `otherwise` is returned.
    """
    nearest = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f"write '{nearest[0]}' if that is what you mean, else {otherwise}" if nearest else otherwise
