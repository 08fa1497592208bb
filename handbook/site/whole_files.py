"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

_HALF = ".half"


def write_whole(file: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it, and whoever stops us here, has the old one or the new."""
    half = file.with_name(f".{file.name}{_HALF}")
    half.write_bytes(content)
    half.replace(file)


def remove_halves(folder: Path) -> None:
    """Delete what has been left of files by who was stopped while writing them."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(_HALF):
                Path(place, name).unlink()
