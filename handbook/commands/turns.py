"""Builds of one folder take turns: the second waits for the first, and then has nothing to do."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from handbook.commands import stamp
from handbook.commands.imports import import_extensions, imported_to_stay

try:
    import fcntl
except ImportError:  # Windows has no fcntl: two builds at once are then on their own
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.commands.project import Project


@contextlib.contextmanager
def one_at_a_time(project: Project) -> Iterator[None]:
    """Wait until no other build writes into this folder, and say so; the system ends our turn even if we are killed."""
    project.build.mkdir(parents=True, exist_ok=True)
    with (project.build / "build.lock").open("w") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sys.stdout.write("Waiting for another build of this folder to finish …\n")
                sys.stdout.flush()
                fcntl.flock(handle, fcntl.LOCK_EX)
            except OSError:
                pass  # a file system without locks
        yield


def build_in_turn(project: Project, *names: str, languages: Sequence[str] = ()) -> int:
    """Build the formats of these names, or all, unless nothing has changed; or some languages, which are always built.

    Returns 0, or 1 if there were errors.
    """
    # Who may only read the folder can still be told that nothing has changed.
    if not languages and stamp.nothing_to_do(project):
        return 0
    with one_at_a_time(project):
        if not languages and stamp.nothing_to_do(project):
            return 0
        # Imported on demand: to find that nothing has changed takes no Sphinx.
        with imported_to_stay():
            from handbook.commands import formats
            from handbook.commands.building import build

            import_extensions()

        return build(project, tuple(getattr(formats, name) for name in names) or formats.ALL, languages)
