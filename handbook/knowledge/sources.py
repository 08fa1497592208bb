"""The sources that records and pages cite: `knowledge/sources.bib` (BibTeX).

sphinxcontrib-bibtex formats the list of sources; this module reads the same
file so that records can be checked against it, with the line of each entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pybtex.database.input.bibtex import Parser
from pybtex.errors import capture
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError

from handbook.knowledge.addresses import is_web_address
from handbook.knowledge.dates import EdtfDate
from handbook.knowledge.problems import ContentError, Problem, suggest
from handbook.knowledge.text_files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from pybtex.exceptions import PybtexError

_ENTRY = re.compile(r"^@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)

#: Keys are part of addresses, in pages and in the data.
_KEY = re.compile(r"[A-Za-z0-9]+([._:-]+[A-Za-z0-9]+)*")

#: How pybtex says that something is there twice.
_SAME_KEY = re.compile(r"repeated bibliography entry: (.+)")
_SAME_FIELD = re.compile(r"entry with key (.+) has a duplicate (.+) field")

#: Fields without which a reader could not find or judge a source.
REQUIRED = ("title", "publisher", "url", "urldate", "langid")
DATES = ("date", "urldate")
TEXTS = ("title", "publisher", "note")

#: Values of the BibTeX field `langid` (biblatex) as language tags.
LANGUAGES = {
    "japanese": "ja",
    "english": "en",
    "german": "de",
    "spanish": "es",
    "portuguese": "pt",
    "french": "fr",
    "korean": "ko",
    "chinese": "zh",
    "italian": "it",
    "swedish": "sv",
    "slovene": "sl",
    "slovenian": "sl",
    "dutch": "nl",
    "danish": "da",
    "norwegian": "no",
    "finnish": "fi",
    "icelandic": "is",
    "estonian": "et",
    "latvian": "lv",
    "lithuanian": "lt",
    "polish": "pl",
    "czech": "cs",
    "slovak": "sk",
    "hungarian": "hu",
    "romanian": "ro",
    "bulgarian": "bg",
    "croatian": "hr",
    "serbian": "sr",
    "greek": "el",
    "turkish": "tr",
    "russian": "ru",
    "ukrainian": "uk",
    "catalan": "ca",
    "basque": "eu",
    "galician": "gl",
    "welsh": "cy",
    "irish": "ga",
    "hebrew": "he",
    "arabic": "ar",
    "persian": "fa",
    "hindi": "hi",
    "bengali": "bn",
    "tamil": "ta",
    "indonesian": "id",
    "malay": "ms",
    "thai": "th",
    "vietnamese": "vi",
}

_COMMENT = re.compile(r"(?<!\\)%")
#: Text, in protecting braces or not, in which nothing can mean anything else in LaTeX.
_NO_LATEX = re.compile(
    r"(?P<brace>{)?(?P<text>(?:[^\s\\{}$%~`'\"#&_^,-]|(?<![ ,-])[,-](?![,-])|(?<=[^ ]) (?=[^ ]))*)(?(brace)})"
)


@dataclass(frozen=True)
class Source:
    """One entry of the BibTeX file."""

    key: str
    fields: dict[str, str]
    line: int

    @property
    def title(self) -> str:
        """The title as published."""
        return plain(self.fields["title"])

    @property
    def publisher(self) -> str:
        """Who published it."""
        return plain(self.fields["publisher"])

    @property
    def note(self) -> str:
        """What readers should know of it; empty if there is nothing."""
        return plain(self.fields.get("note", ""))

    @property
    def language(self) -> str:
        """The language of the source as a tag (BCP 47)."""
        return LANGUAGES[self.fields["langid"]]


@cache
def plain(field: str) -> str:
    """Return a field as text: LaTeX decoded, protecting braces gone."""
    # Decoding takes most of the time of reading sources, and few of them need it.
    simple = _NO_LATEX.fullmatch(field)
    return simple["text"] if simple else str(Text.from_latex(field))


def read_sources(file: Path, shown_as: Path) -> dict[str, Source]:
    """Read the BibTeX file and return its entries by key, in file order.

    Raises `ContentError` for a file that cannot be read or is no BibTeX, a key given
    twice, or an entry that lacks one of the `REQUIRED` fields or has a key, a date, an address or a language that cannot be.
    """
    text = read_text(file, shown_as)
    # Where a key is given twice, the second place is the one to be told.
    lines = {match.group(1): text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text)}
    with capture() as errors:
        data = Parser(encoding="utf-8").parse_string(text)
    if errors:
        raise ContentError(_from_pybtex(error, shown_as, lines) for error in errors)

    problems = []
    sources = {}
    for key, entry in data.entries.items():
        fields = dict(entry.fields.items())
        line = lines.get(key, 1)
        if not _KEY.fullmatch(key):
            what = f"the source key '{key}' is no part of an address"
            problems.append(Problem(shown_as, line, what, "use letters without accents, digits and single hyphens"))
        problems += [
            Problem(shown_as, line, f"source '{key}' lacks the field '{field}'", f"add {field} = {{…}} to the entry")
            for field in REQUIRED
            if not fields.get(field)
        ]
        for field, check in _CHECKS:
            if field in fields and (found := check(fields[field])):
                what, remedy = found
                problems.append(Problem(shown_as, line, f"source '{key}', field '{field}': {what}", remedy))
        sources[key] = Source(key, fields, line)
    if problems:
        raise ContentError(problems)
    return sources


def _from_pybtex(error: PybtexError, shown_as: Path, lines: dict[str, int]) -> Problem:
    """Say an error of pybtex in our words, with its place."""
    if isinstance(error, PybtexSyntaxError):
        return Problem(
            shown_as,
            error.lineno or 1,
            f"not valid BibTeX: {error}",
            "check the braces and commas of this entry and of the one before it",
        )
    if same := _SAME_KEY.search(str(error)):
        key = same.group(1)
        what, remedy = f"the source key '{key}' is given twice", "give each entry a key of its own"
    elif same := _SAME_FIELD.search(str(error)):
        key = same.group(1)
        what, remedy = f"source '{key}' has the field '{same.group(2)}' twice", "keep one of the two"
    else:
        key, what, remedy = "", f"not valid BibTeX: {error}", "compare with the other entries"
    return Problem(shown_as, lines.get(key, 1), what, remedy)


def _text(field: str) -> tuple[str, str] | None:
    """Return what is wrong with a text, and the remedy."""
    if _COMMENT.search(field):
        return "'%' hides the rest of the text", "write \\%"
    try:
        plain(field)
    except (PybtexSyntaxError, UnicodeError) as error:
        return f"not valid LaTeX: {error}", "close every brace, and write \\& \\# \\_ for & # _"
    return None


def _address(field: str) -> tuple[str, str] | None:
    """Return what is wrong with an address, and the remedy."""
    # That there is none is told already.
    if not field or is_web_address(field):
        return None
    return f"'{field[:80]}' is no address of the web", "write one that begins with https:// or http://, without spaces"


def _language(field: str) -> tuple[str, str] | None:
    """Return what is wrong with the name of a language, and the remedy."""
    if not field or field in LANGUAGES:
        return None
    otherwise = "write its English name in small letters, such as german; handbook/knowledge/sources.py lists them"
    return f"'{field[:80]}' is no language that we know", suggest(field, LANGUAGES, otherwise)


def _date(field: str) -> tuple[str, str] | None:
    """Return what is wrong with a date, and the remedy."""
    try:
        EdtfDate.parse(field)
    except ValueError as error:
        return str(error), "write a date such as 2026, 2026-11 or 2026-11-24"
    return None


#: What is looked at in an entry, in this order.
_CHECKS = (
    *((name, _text) for name in TEXTS),
    *((name, _date) for name in DATES),
    ("url", _address),
    ("langid", _language),
)
