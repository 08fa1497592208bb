"""Errors that a contributor can mend, as a message and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from handbook.knowledge import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors that a contributor can mend into a message and exit code 1."""
    try:
        yield
    except (SphinxError, ContentError) as error:
        sys.stderr.write(f"{str(error).strip()}\n")
        raise SystemExit(1) from None
    except BrokenPipeError:
        # The reader of our output has gone (`make | head`); nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
