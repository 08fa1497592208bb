"""The sources that records and pages cite: `knowledge/sources.bib` (BibTeX).

sphinxcontrib-bibtex formats the list of sources; this module reads the same
file so that records can be checked against it, with the line of each entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pybtex.database import BibliographyData, BibliographyDataError
from pybtex.database.input.bibtex import Parser
from pybtex.scanner import PybtexSyntaxError

from handbook.knowledge.problems import ContentError, Problem

if TYPE_CHECKING:
    from pathlib import Path

_ENTRY = re.compile(r"^@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)

#: Fields without which a reader could not find or judge a source.
REQUIRED = ("title", "publisher", "url", "urldate", "langid")


@dataclass(frozen=True)
class Source:
    """One entry of the BibTeX file."""

    key: str
    fields: dict[str, str]
    line: int

    @property
    def title(self) -> str:
        return self.fields["title"].replace("{", "").replace("}", "")

    @property
    def publisher(self) -> str:
        return self.fields["publisher"].replace("{", "").replace("}", "")


def read_sources(file: Path, shown_as: Path) -> dict[str, Source]:
    """Read the BibTeX file and return its entries by key, in file order.

    Raises `ContentError` for text that is no BibTeX, a key given twice or an
    entry that lacks one of the `REQUIRED` fields.
    """
    text = file.read_text(encoding="utf-8-sig")
    lines = {match.group(1): text.count("\n", 0, match.start()) + 1 for match in reversed(list(_ENTRY.finditer(text)))}
    try:
        data: BibliographyData = Parser(encoding="utf-8").parse_string(text)
    except PybtexSyntaxError as error:
        raise ContentError(
            [
                Problem(
                    shown_as,
                    error.lineno or 1,
                    f"not valid BibTeX: {error}",
                    "check the braces and commas of this entry and of the one before it",
                )
            ]
        ) from error
    except BibliographyDataError as error:
        key = str(error).rsplit(" ", 1)[-1]
        line = max(
            (text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text) if match.group(1) == key),
            default=1,
        )
        raise ContentError(
            [Problem(shown_as, line, f"the source key '{key}' is given twice", "give each entry a key of its own")]
        ) from error

    problems = []
    sources = {}
    for key, entry in data.entries.items():
        fields = dict(entry.fields.items())
        line = lines.get(key, 1)
        problems += [
            Problem(shown_as, line, f"source '{key}' lacks the field '{field}'", f"add {field} = {{…}} to the entry")
            for field in REQUIRED
            if not fields.get(field)
        ]
        sources[key] = Source(key, fields, line)
    if problems:
        raise ContentError(problems)
    return sources
