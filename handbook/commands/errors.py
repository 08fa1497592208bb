"""Errors that a contributor can mend, as a message and an exit code."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a disk says that takes nothing more, and a place that one may not write to.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors that a contributor can mend into a message and exit code 1."""
    # Imported on demand: to find that nothing has changed takes no Sphinx.
    from sphinx.errors import SphinxError

    from handbook.knowledge import ContentError

    try:
        yield
    except (SphinxError, ContentError) as error:
        sys.stderr.write(f"{str(error).strip()}\n")
        raise SystemExit(1) from None


@contextlib.contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn Ctrl-C, and what a disk or a folder refuses, into a message and an exit code: 130, or 1."""
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. Run it again, and what is unfinished is made anew.\n")
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output has gone (`make | head`); nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        if not (message := told_refusal(error)):
            raise
        sys.stderr.write(f"{message}\n")
        raise SystemExit(1) from None


def told_refusal(error: BaseException) -> str:
    """Return in a line what a disk or a folder refuses and what to do, or nothing if the error is another."""
    if not isinstance(error, OSError) or error.errno not in _FULL | _FORBIDDEN:
        return ""
    # Of two files, the second is the one that is written.
    file = error.filename2 or error.filename
    place = f"'{os.path.relpath(os.fsdecode(file))}'" if isinstance(file, (str, bytes, os.PathLike)) else "A file"
    what, remedy = ("written", "free some space") if error.errno in _FULL else ("used", "allow yourself to do so")
    return f"{place} cannot be {what} ({error.strerror}): {remedy}, then run this again."


@contextlib.contextmanager
def no_room_stops() -> Iterator[None]:
    """Let the first file that a disk or a folder refuses end a run of Sphinx, with its `OSError`.

    Sphinx warns of each such file and goes on, and wraps what happens in listeners to its events.
    """
    from sphinx.errors import SphinxError

    logger, handler = logging.getLogger("sphinx"), _NoRoom()
    logger.addHandler(handler)
    try:
        yield
    except SphinxError as error:
        if refused := _refusal(error):
            raise refused from None
        raise
    finally:
        logger.removeHandler(handler)


class _NoRoom(logging.Handler):
    """Raises what a message tells of, instead of telling it."""

    def handle(self, record: logging.LogRecord) -> bool:
        for fact in record.args if isinstance(record.args, tuple) else ():
            if isinstance(fact, BaseException) and (refused := _refusal(fact)):
                raise refused
        return True


def _refusal(error: BaseException | None) -> OSError | None:
    """Return the refusal that an error comes from, if it comes from one."""
    while error is not None:
        if isinstance(error, OSError) and told_refusal(error):
            return error
        error = error.__cause__ or error.__context__
    return None
