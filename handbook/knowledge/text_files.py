"""Text files of contributors, read in one way: UTF-8, with or without a mark of the byte order, and of a size to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.knowledge.problems import ContentError, Problem

if TYPE_CHECKING:
    from pathlib import Path

#: What pages, books and data files cannot hold (XML 1.0, section 2.2), or take for the end of a line.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
#: Megabytes. Ten times as much as any file has; what is larger has come in by mistake, and would take minutes to read.
_LARGEST = 2


def read_text(file: Path, shown_as: Path) -> str:
    """Return the text of a file, its lines ended by `\\n` alone.

    `shown_as` is the path that problems name (relative to the project).
    Raises `ContentError` if the file is not UTF-8, too large or has characters that cannot be shown.
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
    if found := CONTROL.search(text):
        raise ContentError([control_problem(found, shown_as, lines_of(text[: found.start()]))])
    return text


def control_problem(found: re.Match[str], shown_as: Path, line: int) -> Problem:
    """Say that a character of `CONTROL` was found."""
    what = f"a character that cannot be shown (U+{ord(found.group()):04X}) stands here"
    return Problem(shown_as, line, what, "delete it, or write the line anew")


def lines_of(text: str) -> int:
    """Return how many lines a text has for an editor, at least one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
