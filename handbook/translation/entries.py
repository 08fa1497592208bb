"""The entries of catalogues as those who check and count them need them: with place, state and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from handbook.knowledge import ContentError
from handbook.knowledge.problems import path_in_project
from handbook.translation.catalogue import domain_of, syntax_problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

#: A translator's note that lets an entry break a rule: `# allow numbers: the reason`.
_ALLOWANCE = re.compile(r"allow ([a-z-]+):\s*(.*?)\s*(?=allow [a-z-]+:|$)")


@dataclass(frozen=True)
class Entry:
    """One message of one catalogue; `file` is relative to the project, `allowed` maps rules to reasons."""

    file: Path
    line: int
    domain: str
    source: str
    translation: str
    context: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    allowed: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What makes a message the same in template and catalogue."""
        return (self.context, self.source)

    @property
    def shown(self) -> bool:
        """Whether readers get the translation."""
        return bool(self.translation) and not self.fuzzy and not self.obsolete


def read_entries(file: Path, folder: Path, *, project: Path) -> Iterator[Entry]:
    """Yield the entries of a catalogue or template, obsolete ones last; `folder` holds all domains of the language.

    Raises `ContentError` if it is not valid gettext.
    """
    if problems := syntax_problems([file], project=project):
        raise ContentError(problems)
    with file.open(encoding="utf-8") as stream:
        catalogue = read_po(stream, charset="utf-8")
    shown_as, domain = path_in_project(file, project), domain_of(file, folder)
    for message in catalogue:
        if message.id:
            yield _entry(message, shown_as, domain, obsolete=False)
    for message in catalogue.obsolete.values():
        yield _entry(message, shown_as, domain, obsolete=True)


def _entry(message: Message, file: Path, domain: str, *, obsolete: bool) -> Entry:
    # Notes are wrapped when catalogues are updated.
    notes = " ".join(note for note in message.user_comments if not note.startswith("|"))
    return Entry(
        file=file,
        line=message.lineno or 1,
        domain=domain,
        source=str(message.id),
        translation=str(message.string or ""),
        context=message.context or "",
        fuzzy=message.fuzzy,
        obsolete=obsolete,
        allowed=dict(_ALLOWANCE.findall(notes)),
    )
