"""Words that the glossary says to avoid, in pages and in the texts of records.

A form with a note in brackets, 市長（知事も含む場合）, is wrong in one sense only;
that is for people to judge, and not looked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.knowledge import Problem, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.knowledge import KnowledgeBase

#: What somebody else calls a thing: quotations, wordings in another language, code, addresses.
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|`[^`]*`|\[[^\]]*\]\{[^}]*\}|\]\([^)]*\)")


class AvoidedWords:
    """The forms that are wrong wherever they stand, of all terms of a knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._forms = {
            avoided.form: (term, avoided.why) for term in base.all(Term) for avoided in term.avoid if avoided.always
        }

    def faults(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield what is wrong in a text, and the remedy."""
        own = _QUOTED.sub("", text)
        for form, (term, why) in self._forms.items():
            if form in own.replace(term.name, ""):
                yield (
                    f"the glossary says to avoid '{form}' ({why})",
                    f"write '{term.name}', or put the words of somebody else in 「」",
                )

    def in_records(self) -> Iterator[Problem]:
        """Yield what is wrong in the texts of the records."""
        for message in self._base.messages():
            for what, remedy in self.faults(message.text):
                yield Problem(message.file, message.line, what, remedy, message.record, message.field)
