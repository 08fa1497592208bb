"""What is expected of the handbook whatever it is given: an answer in time, and messages that can be acted on."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    from handbook.knowledge import Problem

#: Seconds that a case may take.
LIMIT = 5
#: How many characters a message may have: nobody reads more.
_LONGEST = 1_000
#: Cases of a cheap kind in `make test`; `make fuzz CASES=` says how many otherwise.
_FEW = 100


def cases(share: float = 1) -> Callable[..., object]:
    """Decorate a test with how many cases it gets, as a share of those of a cheap kind."""
    wanted = int(os.environ.get("CASES") or _FEW)
    return settings(max_examples=max(5, int(wanted * share)))


class TooLongError(BaseException):
    """Raised in the middle of a case that is not done in time; nothing that catches exceptions may hide it."""


@contextlib.contextmanager
def time_limit(seconds: float = LIMIT) -> Iterator[None]:
    """Stop what does not come to its end; seconds of the processor, since a busy machine is nobody's fault."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Yield a folder for one case; Hypothesis runs many in one test, which has one folder."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def assert_can_be_acted_on(problems: Iterable[Problem], root: Path) -> None:
    """Fail if a problem has no place in a file of the project, no remedy, or cannot be printed and read."""
    problems = list(problems)
    assert problems, "an error says what is wrong"
    for problem in problems:
        file = root / problem.file
        assert file.is_file(), f"{problem.file} is no file"
        lines = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        assert 1 <= problem.line <= lines, f"line {problem.line} of {lines}: {problem}"
        assert problem.what
        assert problem.remedy
        assert_readable(str(problem))


def assert_readable(message: str) -> None:
    """Fail if a message is not a line that a terminal shows as it is."""
    message.encode()
    assert len(message) <= _LONGEST, f"{len(message)} characters: {message[:200]}"
    hidden = ("Cc", "Cs", "Zl", "Zp")
    odd = [character for character in message if character != "\t" and unicodedata.category(character) in hidden]
    assert not odd, f"{odd!r} in {message!r}"
