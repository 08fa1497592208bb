"""Whether anything has changed since the last build; if not, there is nothing to build.

As make itself does, this goes by names, sizes and times of files: of what a build reads, and of what it wrote. A build
that has begun and not ended, that had something to say, or whose files somebody has touched counts for nothing.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.commands.project import Project

#: What a build reads besides the code: files and folders of the project, and settings of the environment.
INPUTS = ("conf.py", "docs", "knowledge", "locales", "requirements.txt")
SETTINGS = ("HANDBOOK_BASE_URL", "HANDBOOK_REPOSITORY_URL", "SOURCE_DATE_EPOCH")

_CODE = Path(__file__).resolve().parents[1]

#: What Python and Sphinx make of inputs, beside them.
_COMPILED = (".mo", ".pyc")


def nothing_to_do(project: Project) -> bool:
    """Tell whether another build would write what is there, and say so."""
    stamp = _file(project)
    current = stamp.exists() and stamp.read_text(encoding="utf-8") == read(project) + _written(project)
    if current:
        sys.stdout.write(f"Nothing has changed. Open {project.entrance}\n")
    return current


def forget(project: Project) -> None:
    """Count the last build for nothing, since another begins."""
    _file(project).unlink(missing_ok=True)


def leave(project: Project, inputs: str) -> None:
    """Note that everything has been built from `inputs`: what `read` returned before, for files may have changed since."""
    _file(project).write_text(inputs + _written(project), encoding="utf-8")


def read(project: Project) -> str:
    """Return a fingerprint of all that a build reads."""
    settings = [f"{name}={os.environ.get(name, '')}\n" for name in SETTINGS]
    return _fingerprint([sys.version, *settings], [_CODE, *(project.root / name for name in INPUTS)])


def _written(project: Project) -> str:
    return _fingerprint([], [project.site])


def _file(project: Project) -> Path:
    return project.build / "built.stamp"


def _fingerprint(facts: Iterable[str], places: Iterable[Path]) -> str:
    state = hashlib.sha256()
    for line in [*facts, *sorted(_files(places))]:
        state.update(line.encode(errors="surrogateescape"))
    return f"{state.hexdigest()}\n"


def _files(places: Iterable[Path]) -> Iterator[str]:
    """Yield a line for each file."""
    for place in places:
        for file in place.rglob("*") if place.is_dir() else (place,):
            if file.suffix not in _COMPILED and file.is_file():
                status = file.stat()
                yield f"{file} {status.st_size} {status.st_mtime_ns}\n"
