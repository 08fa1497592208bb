"""What a change leaves to translators: the messages that came, went and still wait, catalogue by catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from handbook.knowledge import ContentError
from handbook.translation.catalogue import syntax_problems

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message


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
            waiting = sum(not new[key].string or new[key].fuzzy for key in came)
            changes.append(
                CatalogueChange(language, "/".join(domain), tuple(text for _, text in came), gone, waiting),
            )
    return changes


def _messages(folder: Path, name: Path) -> dict[tuple[str, str], Message]:
    file = folder / name
    if not file.exists():
        return {}
    if problems := syntax_problems([file], project=folder.parent):
        raise ContentError(problems)
    with file.open(encoding="utf-8") as stream:
        catalogue: Catalog = read_po(stream, charset="utf-8")
    return {(message.context or "", str(message.id)): message for message in catalogue if message.id}
