"""What a build that was cut short has left: half a file passes for a whole one, so it is made anew.

Sphinx writes its files in place and goes by their times. So a mark stands beside what a run of Sphinx writes for as long as
it is at work; whoever finds one begins from nothing. It costs the affected language one reading, and no file a second look.
"""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def discard_unfinished(*folders: Path) -> None:
    """Delete the folders if what wrote them last did not finish: half a file in them would pass for a whole one."""
    if is_unfinished(*folders):
        for folder in folders:
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(folder)


def is_unfinished(*folders: Path) -> bool:
    """Tell whether what wrote the folders last did not finish."""
    return _mark(*folders).exists()


@contextlib.contextmanager
def unfinished(*folders: Path) -> Iterator[None]:
    """Mark the folders as unfinished until the block ends without an error. See `discard_unfinished`."""
    mark = _mark(*folders)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    yield
    mark.unlink()


def _mark(*folders: Path) -> Path:
    """Return the file that says so: beside the last of the folders, which is not published."""
    return folders[-1].with_name(f"{folders[-1].name}.unfinished")
