"""Which pages are new, gone, moved or changed, and by how much."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from handbook.knowledge import read_text

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

#: How much of a page must be the same for it to be the same page in another place.
_SAME = 0.6


@dataclass(frozen=True)
class PageChange:
    """What happened to a page. `name` is where it is now, or was; `before` where it was, if that is elsewhere."""

    kind: str
    name: str
    title: str
    added: int = 0
    removed: int = 0
    before: str = ""


def page_changes(before: Path, after: Path) -> list[PageChange]:
    """Compare the pages in two `docs` folders; return what changed, in the order of their names.

    Raises `ContentError` if a page cannot be read.
    """
    old, new = _pages(before), _pages(after)
    moved: dict[str, str] = {}
    for name in sorted(new.keys() - old.keys()):
        gone = [other for other in sorted(old.keys() - new.keys()) if other not in moved.values()]
        likeness = {other: _likeness(old[other], new[name]) for other in gone}
        nearest = max(gone, key=likeness.__getitem__, default=None)
        if nearest is not None and likeness[nearest] >= _SAME:
            moved[name] = nearest
    changes = []
    for name in sorted(old.keys() | new.keys()):
        if name in new:
            was = moved.get(name, name)
            text = old.get(was, "")
            if text == new[name] and was == name:
                continue
            kind = "moved" if name in moved else "changed" if name in old else "added"
            added, removed = _lines(text, new[name])
            changes.append(PageChange(kind, name, _title(new[name]), added, removed, moved.get(name, "")))
        elif name not in moved.values():
            changes.append(PageChange("removed", name, _title(old[name]), 0, *_lines(old[name], "")[1:]))
    return changes


def pages_with(docs: Path, records: Collection[str]) -> list[tuple[str, str]]:
    """Return name and title of the pages that name one of these records."""
    if not records:
        return []
    named = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(records))) + r")(?![\w-])")
    return [(name, _title(text)) for name, text in _pages(docs).items() if named.search(text)]


def _pages(docs: Path) -> dict[str, str]:
    return {
        file.relative_to(docs).with_suffix("").as_posix(): read_text(file, file.relative_to(docs.parent))
        for file in sorted(docs.rglob("*.md"))
    }


def _title(text: str) -> str:
    found = re.search(r"^# +(.+)", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.splitlines(), other.splitlines(), autojunk=False).ratio()


def _lines(before: str, after: str) -> tuple[int, int]:
    """Count the lines that are new and those that are gone."""
    old, new = before.splitlines(), after.splitlines()
    same = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return len(new) - same, len(old) - same
