"""How commands import what they need: much of it, and all to stay."""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def imported_to_stay() -> Iterator[None]:
    """Import without looking for garbage, then or later.

    Python goes through all objects again and again while more come, and once more at the end. To build, that is a fifth
    of the time for starting and ending.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextlib.contextmanager
def loaded_to_stay() -> Iterator[None]:
    """Load without looking for garbage what a process needs until it ends.

    In a process that does more than this one run, it must go when the run does.
    """
    if multiprocessing.parent_process() is None:
        yield
    else:
        with imported_to_stay():
            yield


def import_extensions() -> None:
    """Import what Sphinx imports whenever a run begins, for the runs that are copies of this process."""
    from sphinx.application import builtin_extensions

    for name in ("handbook.epub", "handbook.upstream", "myst_parser.sphinx_ext.main", *builtin_extensions):
        importlib.import_module(name)
