"""Checks whether translations say what the messages say, without a build.

    for finding in check_catalogues(project, locales, "en", "ja", base):
        print(finding)

Rules for every language are in `checks_markup` and here; those that need to
know a language are in a module of its own, listed in `_LANGUAGES`. A translator
may break a rule where that is right, with a note above the entry that says why:

    # allow numbers: English counts the years, Japanese the days
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.knowledge.problems import path_in_project, shown
from handbook.translation.catalogue import catalogue_folder, syntax_problems
from handbook.translation.checks_english import english_faults
from handbook.translation.checks_japanese import message_faults
from handbook.translation.checks_markup import Fault, markup_faults, own_words, year_faults
from handbook.translation.entries import read_entries
from handbook.translation.languages import OFFICIAL_NAMES
from handbook.translation.terms import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from handbook.knowledge import KnowledgeBase
    from handbook.translation.entries import Entry

#: Language by language, what only this language has rules for.
_LANGUAGES: dict[str, Callable[[Entry, Names], Iterator[Fault]]] = {"en": english_faults}
#: Catalogues of texts that are put together from pieces.
_PIECES = ("knowledge", "handbook")
#: No other language is written with kana.
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]+")
_MSGFMT = re.compile(r"^(?P<file>.+?):(?P<line>\d+)(?::\d+)?: (?P<what>.+)$")


@dataclass(frozen=True, order=True)
class Finding:
    """One fault in one place, with both texts and what to do. `str()` is for a person to act on."""

    file: Path
    line: int
    rule: str
    what: str
    remedy: str
    source: str = ""
    translation: str = ""

    def __str__(self) -> str:
        lines = [f"{self.file.as_posix()}:{self.line}: {self.rule}: {shown(self.what)}"]
        if self.source:
            lines += [f"    message:     {self.source}", f"    translation: {self.translation}"]
        return "\n".join([*lines, f"    To mend it: {self.remedy}."])


def check_catalogues(
    project: Path, locale_dir: Path, language: str, source_language: str, base: KnowledgeBase
) -> list[Finding]:
    """Return what is wrong in the catalogues of one language, by file and line."""
    folder = catalogue_folder(locale_dir, language)
    files = sorted(folder.rglob("*.po"))
    # What cannot be read cannot be checked further.
    if broken := syntax_problems(files, project=project):
        return sorted(Finding(one.file, one.line, "syntax", one.what, one.remedy) for one in broken)
    entries = [entry for file in files for entry in read_entries(file, folder, project=project)]
    names = Names(base)
    faults = [(entry, fault) for entry in entries for fault in _faults(entry, source_language, language, names)]
    faults += _translated_differently(entries, names)
    faults += _strangers(entries, project / "docs")
    return sorted([*_judged(entries, faults), *_formats(files, project)])


def _faults(entry: Entry, source_language: str, language: str, names: Names) -> Iterator[Fault]:
    """Yield what is wrong with an entry by itself."""
    if entry.obsolete:
        yield Fault("obsolete", "no page has this message any more", "run make translations, which removes it")
        return
    if entry.fuzzy:
        what = "the translation is a guess, which no page shows"
        yield Fault("fuzzy", what, "correct the translation, then delete the mark 'fuzzy' and the line '#|'")
        return
    yield from message_faults(entry)
    if not entry.translation:
        # A translation that is missing is no fault: `make translate-status` counts it.
        return
    yield from _outer_space(entry)
    if language == OFFICIAL_NAMES and names.is_official(entry.source, entry.translation):
        return
    yield from markup_faults(entry, source_language, language)
    if language in _LANGUAGES:
        yield from _LANGUAGES[language](entry, names)
    else:
        yield from year_faults(entry)
        for found in dict.fromkeys(_KANA.findall(own_words(entry.translation, language))):
            yield Fault("japanese-left", f"'{found}' is Japanese", "translate it, or mark it: [日本語]{.language-ja}")


def _strangers(entries: Iterable[Entry], pages: Path) -> Iterator[tuple[Entry, Fault]]:
    """A message that its page does not have is translated in vain; somebody may have changed it by mistake."""
    texts: dict[str, str | None] = {}
    for entry in entries:
        if entry.domain not in texts:
            page = pages / f"{entry.domain}.md"
            texts[entry.domain] = " ".join(page.read_text(encoding="utf-8").split()) if page.exists() else None
        text = texts[entry.domain]
        if text is not None and not entry.obsolete and " ".join(entry.source.split()) not in text:
            what = f"docs/{entry.domain}.md does not say this"
            remedy = "put msgid back as it was, for only msgstr is translated; if the page has changed, run make translations"
            yield entry, Fault("message", what, remedy)


def _outer_space(entry: Entry) -> Iterator[Fault]:
    """Lines that a message begins or ends with are part of how it is put together; a space may be the language's."""
    for name, pattern in (("begins", r"^\n*"), ("ends", r"\n*$")):
        sides = [re.search(pattern, text) for text in (entry.source, entry.translation)]
        if len({found[0] for found in sides if found}) > 1:
            yield Fault("outer-space", f"only one side {name} with a new line", f"let both {name.rstrip('s')} the same")
    text = entry.translation
    # Our own words are put together, "Mentioned in: "; so are units, " countries".
    text = text.lstrip(" ") if entry.domain == "knowledge" else text
    if entry.domain != "handbook" and text != text.strip() and entry.source == entry.source.strip():
        yield Fault("outer-space", "the translation begins or ends with a space", "take the space away")


def _translated_differently(entries: Iterable[Entry], names: Names) -> Iterator[tuple[Entry, Fault]]:
    """The same message says the same everywhere; articles, plurals and capitals may differ with the place."""
    same: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.shown and not names.is_official(entry.source, entry.translation):
            same.setdefault(entry.key, []).append(entry)
    for group in same.values():
        usual, times = Counter(_core(entry.translation) for entry in group).most_common(1)[0]
        if times == len(group):
            continue
        model = next(entry for entry in group if _core(entry.translation) == usual)
        for entry in group:
            if _core(entry.translation) != usual:
                yield (
                    entry,
                    Fault(
                        "duplicates",
                        f"{model.file.as_posix()}:{model.line} translates the same message as '{model.translation}'",
                        "use one translation, or say why not in a note above: # allow duplicates: …",
                    ),
                )


def _core(text: str) -> str:
    """Return what is left of a text without articles, plurals and capitals."""
    text = re.sub(r"<br\s*/?>", " ", text).casefold()
    words = re.sub(r"^(?:the|an?) ", "", text).replace("’s ", " ").split()
    return " ".join(re.sub(r"(?:ie|y)$", "i", word.rstrip("s")) for word in words)


def _judged(entries: Iterable[Entry], faults: Iterable[tuple[Entry, Fault]]) -> Iterator[Finding]:
    """Yield faults that no note allows, and notes that allow nothing or give no reason."""
    used: set[tuple[Path, int, str]] = set()
    for entry, fault in faults:
        used.add((entry.file, entry.line, fault.rule))
        if fault.rule not in entry.allowed:
            yield Finding(entry.file, entry.line, *fault, entry.source, entry.translation)
    for entry in entries:
        # What a note allows in a guess shows when somebody has corrected it.
        for rule, reason in () if entry.fuzzy else entry.allowed.items():
            if not reason:
                what, remedy = f"the note allows '{rule}' without a reason", "write the reason after the colon"
            elif (entry.file, entry.line, rule) not in used:
                what, remedy = f"the note allows '{rule}', which finds nothing here", "delete the note"
            else:
                continue
            yield Finding(entry.file, entry.line, "notes", what, remedy, entry.source, entry.translation)


def _formats(files: Iterable[Path], project: Path) -> Iterator[Finding]:
    """Let gettext's own checker look at each file, where it is installed."""
    msgfmt = shutil.which("msgfmt")
    for file in files if msgfmt else ():
        # Babel takes roles for Python's braces and says so of pages, where the format means nothing.
        wanted = ["--check"] if file.stem in _PIECES else ["--check-header", "--check-domain"]
        done = subprocess.run(
            [str(msgfmt), *wanted, f"--output-file={os.devnull}", str(file)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            shown_as = path_in_project(file, project)
            for line in done.stderr.splitlines():
                if (match := _MSGFMT.match(line)) and not match["what"].startswith("warning:"):
                    what = f"msgfmt -c says: {match['what']}"
                    yield Finding(shown_as, int(match["line"]), "msgfmt", what, "mend what gettext complains of")
