"""The knowledge base kept as it was read: to read and check thousands of records takes a second, for each language.

    base = load_kept(Path("knowledge"), project=Path("."), file=Path("build/doctrees/knowledge.pickle"))

What is kept counts as long as the files hold the same bytes and the same code would read them.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import sys
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pybtex
import pydantic
import yaml

from handbook.knowledge.base import KnowledgeBase, load
from handbook.knowledge.problems import path_in_project

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The usual name of what is kept, beside what Sphinx keeps of the pages.
KEPT = "knowledge.pickle"

#: The bytes before what is kept, which vouch for it: whoever was stopped while writing has left half of it.
_SEAL = hashlib.sha256().digest_size


def load_kept(directory: Path, *, project: Path, file: Path) -> KnowledgeBase:
    """Load `directory` as `load` does; `file` keeps it for the next run, and for those of other languages.

    The `state` of what is returned is a fingerprint of all that it was read from.
    Raises `ContentError` with all problems of all files, each time anew.
    """
    return _load(_state_of(directory), directory, project, file)


def _state_of(directory: Path) -> str:
    """Return a fingerprint of the records and sources as they are read.

    Of files that cannot be read it says no more than that they are there.
    """
    files = _fingerprint(sorted(file for file in directory.glob("*") if file.is_file()))
    return " ".join((files, _code(), sys.version, pydantic.VERSION, yaml.__version__, pybtex.__version__))


@lru_cache(maxsize=1)
def _load(state: str, directory: Path, project: Path, file: Path) -> KnowledgeBase:
    name = f"{state} {path_in_project(directory, project)}"
    base = _kept(file, name)
    if base is None:
        base = replace(load(directory, project=project), state=state)
        # Somebody may have saved a file just now.
        if _state_of(directory) == state:
            _keep(file, name, base)
    return base


def _kept(file: Path, name: str) -> KnowledgeBase | None:
    """Return what is kept under a name, if it is there, and whole."""
    with contextlib.suppress(OSError):
        content = file.read_bytes()
        if content[:_SEAL] == _seal(name, content[_SEAL:]):
            # To be trusted as far as what Sphinx keeps beside it, which is a pickle, too.
            base = pickle.loads(content[_SEAL:])
            assert isinstance(base, KnowledgeBase)
            return base
    return None


def _keep(file: Path, name: str, base: KnowledgeBase) -> None:
    """Keep a knowledge base; without it, where there is no room to, the next run reads the files again."""
    kept = pickle.dumps(base, pickle.HIGHEST_PROTOCOL)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_seal(name, kept) + kept)


def _seal(name: str, kept: bytes) -> bytes:
    return hashlib.sha256(name.encode(errors="surrogateescape") + kept).digest()


@cache
def _code() -> str:
    """Return a fingerprint of the code that reads records and sources."""
    return _fingerprint(sorted(Path(__file__).parent.glob("*.py")))


def _fingerprint(files: Iterable[Path]) -> str:
    state = hashlib.sha256()
    for file in files:
        state.update(f"\0{file.name}\0".encode(errors="surrogateescape"))
        with contextlib.suppress(OSError):
            state.update(hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()
