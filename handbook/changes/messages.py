"""What a change leaves to translators: the messages that came, went and still wait, catalogue by catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.translation.entries import read_entries

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.translation.entries import Entry


@dataclass(frozen=True)
class CatalogueChange:
    """The messages of a catalogue that are new, those that are gone, and how many of the new wait for a translation."""

    language: str
    domain: str
    new: tuple[str, ...]
    gone: int
    waiting: int


def catalogue_changes(before: Path, after: Path) -> list[CatalogueChange]:
    """Compare the catalogues in two `locales` folders.

    Raises `ContentError` if a catalogue is not valid gettext.
    """
    changes = []
    files = sorted({file.relative_to(folder) for folder in (before, after) for file in folder.rglob("*.po")})
    for file in files:
        old, new = _messages(before, file), _messages(after, file)
        came = [key for key in new if key not in old]
        gone = sum(key not in new for key in old)
        if came or gone:
            language, _, *domain = file.with_suffix("").parts
            waiting = sum(not new[key].shown for key in came)
            changes.append(
                CatalogueChange(language, "/".join(domain), tuple(text for _, text in came), gone, waiting),
            )
    return changes


def _messages(folder: Path, name: Path) -> dict[tuple[str, str], Entry]:
    file = folder / name
    if not file.exists():
        return {}
    entries = read_entries(file, folder, project=folder.parent)
    return {entry.key: entry for entry in entries if not entry.obsolete}
