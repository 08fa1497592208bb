"""Text files of contributors, read in one way: UTF-8, with or without a mark of the byte order, and of a size to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.knowledge.problems import ContentError, Problem
from handbook.knowledge.unseen import unseen

if TYPE_CHECKING:
    from pathlib import Path

#: Megabytes. Ten times as much as any file has; what is larger has come in by mistake, and would take minutes to read.
_LARGEST = 2


def read_text(file: Path, shown_as: Path) -> str:
    """Return the text of a file, its lines ended by `\\n` alone.

    `shown_as` is the path that problems name (relative to the project).
    Raises `ContentError` if the file is not UTF-8, too large or holds characters that nobody sees.
    """
    if file.stat().st_size > _LARGEST * 1_000_000:
        what = f"the file is larger than {_LARGEST} MB"
        raise ContentError([Problem(shown_as, 1, what, "take out what does not belong there")])
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = lines_of(data[: error.start].decode("latin-1"))
        raise ContentError(
            [Problem(shown_as, line, "the file is not UTF-8", "save it with the encoding UTF-8")]
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unseen(text):
        lines = enumerate(text.split("\n"), start=1)
        raise ContentError(Problem(shown_as, line, *found) for line, one in lines if (found := unseen(one)))
    return text


def lines_of(text: str) -> int:
    """Return how many lines a text has for an editor, at least one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
