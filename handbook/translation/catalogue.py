"""Gettext catalogues, read straight from their `.po` files.

Fuzzy entries are guesses and never shown, so they are left out on reading.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import StringIO
from typing import TYPE_CHECKING

from babel.messages.pofile import PoFileError, read_po

from handbook.knowledge import ContentError, Problem, read_text
from handbook.knowledge.problems import path_in_project
from handbook.knowledge.text_files import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import TypeAlias

    from babel.messages.catalog import Catalog

    #: Line, what is wrong, and the remedy.
    Fault: TypeAlias = tuple[int, str, str]

#: A line of a `.po` file: a comment, or a keyword and a text in quotes, or a text that goes on.
_LINE = re.compile(r'\s*(#.*|(msg(ctxt|id|id_plural|str|str\[\d+\])\s+)?"(\\.|[^"\\])*"\s*)?')
#: The first words of what is wrong with a file, and the usual remedy.
_INVALID, _QUOTES = "not valid gettext: ", "close every quote, and write msgid and msgstr in pairs"
#: Neither gettext nor Sphinx reads past it.
_MARK_OF_ORDER: Fault = (
    1,
    f"{_INVALID}the file begins with a mark of the byte order (BOM)",
    "save it as UTF-8 without BOM",
)
_CHARSET = re.compile(r'^\s*(?:msgstr\s+)?"Content-Type:[^"]*?charset=([^\\\s;"]*)', re.IGNORECASE | re.MULTILINE)
#: How a directive begins.
_DIRECTIVE = re.compile(r"(?:`{3,}|~{3,}|:{3,})\s*\{[^{}]*\}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True)
class Localized:
    """Text for readers, and the language that it is really in."""

    text: str
    language: str


class Catalogue:
    """The translations of one domain into one language.

    The catalogue of the source language, or of a file that does not exist, is
    empty: every message stays as it is.
    """

    def __init__(self, language: str, source_language: str, entries: dict[tuple[str, str], str]) -> None:
        self.language = language
        self.source_language = source_language
        self._entries = entries

    @cached_property
    def state(self) -> str:
        """Fingerprint of all translations."""
        return hashlib.sha256(repr(list(self._entries.items())).encode()).hexdigest()

    def localize(self, message: str) -> Localized:
        """Return the translation, or the message marked as source language."""
        translated = self._entries.get(("", message), "")
        if translated:
            return Localized(translated, self.language)
        return Localized(message, self.source_language)

    def gettext(self, message: str, context: str = "") -> str:
        """Return the translation, in `context` if given, or the message itself."""
        return self._entries.get((context, message), "") or message


def catalogue_folder(locale_dir: Path, language: str) -> Path:
    """Return where sphinx-intl keeps the catalogues of a language."""
    return locale_dir / language / "LC_MESSAGES"


def catalogue_path(locale_dir: Path, language: str, domain: str) -> Path:
    """Return where sphinx-intl keeps the catalogue of `domain`."""
    return catalogue_folder(locale_dir, language) / f"{domain}.po"


def domain_of(file: Path, folder: Path) -> str:
    """Return the domain of a catalogue or template in `folder`: `governance/council` for a page."""
    return file.relative_to(folder).with_suffix("").as_posix()


def load_catalogue(locale_dir: Path, language: str, source_language: str, domain: str) -> Catalogue:
    """Read the catalogue of `domain`; an empty one if there is no file.

    Raises `ContentError` if the file is not valid gettext.
    """
    file = catalogue_path(locale_dir, language, domain)
    if not file.exists():
        return Catalogue(language, source_language, {})
    return Catalogue(language, source_language, _entries(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def _entries(file: Path, _mtime: int) -> dict[tuple[str, str], str]:
    """Return translations by context and message; `_mtime` makes a file that has changed be read again."""
    project = file.parents[3]
    messages = [
        message
        for message in _read(file, project)
        if message.id and isinstance(message.id, str) and message.string and not message.fuzzy
    ]
    shown_as = path_in_project(file, project)
    problems = [
        Problem(
            shown_as,
            message.lineno or 1,
            f"the translation '{message.string}' has other words in braces than the message '{message.id}'",
            "keep the words in braces exactly as they stand in the message",
        )
        for message in messages
        if _braces(str(message.id)) != _braces(str(message.string))
    ]
    if problems:
        raise ContentError(problems)
    return {(message.context or "", str(message.id)): str(message.string) for message in messages}


def _braces(text: str) -> list[str]:
    """Return what is filled in when the text is shown: `{value}`; or a brace that stands alone."""
    return sorted(set(_BRACES.findall(text)))


def syntax_problems(files: Iterable[Path], *, project: Path) -> list[Problem]:
    """Return what keeps gettext, or Sphinx, from using each of `files`."""
    problems = []
    for file in files:
        try:
            _read(file, project)
        except ContentError as error:
            problems += error.problems
    return problems


def _read(file: Path, project: Path) -> Catalog:
    """Return a catalogue. Raises `ContentError` with everything that keeps gettext, or Sphinx, from using it."""
    shown_as = path_in_project(file, project)
    text = read_text(file, shown_as)
    found: Catalog | None = None
    if file.read_bytes().startswith(codecs.BOM_UTF8):
        faults = [_MARK_OF_ORDER]
    elif not (faults := _faults_of_lines(text)):
        try:
            found = read_po(StringIO(text), charset="utf-8", abort_invalid=True)
        except (PoFileError, ValueError) as error:
            line = min((getattr(error, "lineno", 0) or 0) + 1, lines_of(text))
            faults = [(line, _INVALID + str(error).split(" on ")[0], _QUOTES)]
        else:
            faults = [*_faults_of_charset(found, text), *_faults_of_messages(found)]
    if faults or found is None:
        raise ContentError(Problem(shown_as, *fault) for fault in faults)
    return found


def _faults_of_lines(text: str) -> list[Fault]:
    # Babel lets a text without its last quote pass, less its last letter.
    bad = [number for number, line in enumerate(text.split("\n"), start=1) if not _LINE.fullmatch(line)]
    return [(line, f"{_INVALID}this line is neither a comment nor a text in quotes", _QUOTES) for line in bad]


def _faults_of_charset(catalog: Catalog, text: str) -> list[Fault]:
    # Of two headers, some programs go by the first, and others by the last.
    said = {lines_of(text[: match.start()]): match[1] for match in _CHARSET.finditer(text)}
    if not said:
        said[1] = str(catalog.charset)
    return [
        (line, f"{_INVALID}the header says that the encoding is '{charset}'", "let it say charset=utf-8")
        for line, charset in said.items()
        if not _is_utf8(charset)
    ]


def _faults_of_messages(catalog: Catalog) -> list[Fault]:
    """Return what a page would take for more than words: Sphinx shows none of it, and may stop."""
    return [
        (
            message.lineno or 1,
            f"the translation holds '{begun[0]}', and the message does not",
            "translate its words alone",
        )
        for message in catalog
        if not message.fuzzy
        and (begun := _DIRECTIVE.findall(str(message.string)))
        and len(begun) > len(_DIRECTIVE.findall(str(message.id)))
    ]


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False
