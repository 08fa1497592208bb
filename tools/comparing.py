"""Compare what two builds have written, to the byte, and say where they differ first: in which file, and at which words."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: How much is shown around the first difference, in characters.
_AROUND = 80


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of each file in a folder, by its path there."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return a line for each file that only one of them has, and a paragraph for each that is not the same in both.

    >>> print(*differences({"a": b"Same. One.", "b": b""}, {"a": b"Same. Two."}), sep="\\n")
    a: differs at character 6
        'Same. One.'
        'Same. Two.'
    b: only in the first
    """
    found = []
    for name in sorted(one.keys() | other.keys()):
        if name not in other:
            found.append(f"{name}: only in the first")
        elif name not in one:
            found.append(f"{name}: only in the second")
        elif one[name] != other[name]:
            found += _difference(name, one[name], other[name])
    return found


def _difference(name: str, one: bytes, other: bytes) -> list[str]:
    """Say where two files differ; an archive by what is in it, and if that is the same, by how it is packed."""
    if all(zipfile.is_zipfile(io.BytesIO(content)) for content in (one, other)):
        inside = differences(_unpacked(one), _unpacked(other))
        return [f"{name}: {line}" for line in inside] or [f"{name}: packed in another way"]
    texts = [content.decode("utf-8", errors="backslashreplace") for content in (one, other)]
    pairs = enumerate(zip(*texts, strict=False))
    place = next((place for place, (left, right) in pairs if left != right), min(map(len, texts)))
    shown = [repr(text[max(0, place - _AROUND) : place + _AROUND]) for text in texts]
    return [f"{name}: differs at character {place}\n    {shown[0]}\n    {shown[1]}"]


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
