"""What is wrong in a contributor's file, said so that it can be mended.

Every check of the handbook reports `Problem`s: the place (file and line), what
is wrong there, and what to do about it. A file's problems are collected and
shown together; nobody should have to run a build once for each typing error.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one place of one file.

    `line` counts from 1. `record` and `field` are empty where the fault lies
    outside a record. `remedy` is an instruction, without a full stop.
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
                f"record '{self.record}'" if self.record else "",
                f"field '{self.field}'" if self.field else "",
                self.what,
            )
            if part
        )
        return f"{place}: {subject}. To mend it: {self.remedy}."


class ContentError(Exception):
    """Raised when content files cannot be used; carries every problem found.

    `str(error)` is one line for each problem, sorted by file and line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy that names the known word nearest to `word`.

    Without a word near enough, `otherwise` is returned.
    """
    nearest = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f"write '{nearest[0]}' if that is what you mean, else {otherwise}" if nearest else otherwise
