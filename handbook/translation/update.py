"""Keeps catalogues in step with the templates: sphinx-intl, then a tidy-up.

sphinx-intl adds new messages and marks near misses fuzzy. The tidy-up makes
the result depend on nothing but the texts: no dates or tool versions in
headers, no obsolete entries, no wrapped lines, no catalogues of deleted pages.
"""

from __future__ import annotations

import contextlib
import gettext
import io
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import denormalize, read_po, write_po
from sphinx import package_dir
from sphinx_intl.basic import update as sphinx_intl_update

from handbook.knowledge import ContentError
from handbook.translation.catalogue import catalogue_folder, catalogue_path, domain_of, syntax_problems
from handbook.translation.extract import THEME
from handbook.translation.languages import OFFICIAL_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.knowledge import KnowledgeBase

_CHANGING_HEADERS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By):.*\n',
    re.MULTILINE,
)
#: What a guess is the translation of, `#| msgid "…"`. Babel takes it for a translator's note, and breaks long lines in it.
_PREVIOUS = re.compile(r"^#\|.*\n", re.MULTILINE)


def update_catalogues(templates: Path, locale_dir: Path, languages: Sequence[str], base: KnowledgeBase) -> list[Path]:
    """Update the catalogues of `languages` from `templates`; return the files that changed.

    Files that come out the same are not touched, so a second run changes
    nothing. Catalogues without a template are removed.
    Raises `ContentError`, and changes nothing, if a catalogue is not valid gettext.
    """
    catalogues = [file for language in languages for file in sorted((locale_dir / language).rglob("*.po"))]
    if problems := syntax_problems(catalogues, project=locale_dir.parent):
        raise ContentError(problems)
    changed = []
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder, "locales")
        for language in languages:
            if (locale_dir / language).exists():
                shutil.copytree(locale_dir / language, workspace / language, ignore=shutil.ignore_patterns("*.mo"))
        for file in workspace.rglob("*.po"):
            # As a note, it would be broken into lines of which all but the first stay for ever.
            file.write_text(_PREVIOUS.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            sphinx_intl_update(str(workspace), str(templates), tuple(languages), line_width=0, ignore_obsolete=True)
        for language in languages:
            given = _given(language, base, templates)
            for template in sorted(templates.rglob("*.pot")):
                domain = domain_of(template, templates)
                if domain == THEME and language == OFFICIAL_NAMES:
                    # Its messages are English themselves.
                    continue
                target = catalogue_path(locale_dir, language, domain)
                text = _tidied(catalogue_path(workspace, language, domain), template, language, given, before=target)
                if not target.exists() or target.read_text(encoding="utf-8") != text:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text, encoding="utf-8", newline="\n")
                    changed.append(target)
            changed += _prune(templates, catalogue_folder(locale_dir, language))
    return changed


def _given(language: str, base: KnowledgeBase, templates: Path) -> dict[str, str]:
    """Return translations that nobody should have to type: official names are data, Sphinx brings words of its own."""
    if language == OFFICIAL_NAMES:
        return {record.name: record.name_en for record in base.records.values() if record.name_en}
    template = templates / f"{THEME}.pot"
    if not template.exists():
        return {}
    theirs = gettext.translation(
        THEME, str(Path(package_dir, "locale")), [language, language.partition("_")[0]], fallback=True
    )
    with template.open(encoding="utf-8") as stream:
        messages = [str(message.id) for message in read_po(stream, charset="utf-8") if message.id]
    return {message: theirs.gettext(message) for message in messages if theirs.gettext(message) != message}


def _tidied(file: Path, template: Path, language: str, given: dict[str, str], *, before: Path) -> str:
    """Return the catalogue as text that depends on messages and translations only.

    `before` is the catalogue as it was: what a guess was the translation of.
    """
    originals = _originals(before) if before.exists() else {}
    with template.open(encoding="utf-8") as stream:
        current = read_po(stream, charset="utf-8")
    with file.open(encoding="utf-8") as stream:
        catalogue = read_po(stream, locale=language, charset="utf-8")
    result = Catalog(locale=language, project=current.project, charset="utf-8", fuzzy=False)
    result.header_comment = "# Translations of the ICLEI Handbook. Licence: CC BY 4.0."
    for message in current:
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        string = known.string if known else ""
        flags = set(message.flags) | ({"fuzzy"} if known and known.fuzzy and string else set())
        offered = given.get(str(message.id))
        if offered and (not string or "fuzzy" in flags):
            string, flags = offered, flags - {"fuzzy"}
        result.add(
            message.id,
            string,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            previous_id=originals.get(str(string), ()) if "fuzzy" in flags else (),
            flags=flags,
            context=message.context,
        )
    output = io.BytesIO()
    write_po(output, result, width=0, ignore_obsolete=True, include_previous=True)
    return _CHANGING_HEADERS.sub("", _unbroken(output.getvalue().decode()))


def _unbroken(text: str) -> str:
    """Put each `#| msgid "…"` on one line: gettext and editors of catalogues cannot read broken ones."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("#| ") and lines and lines[-1].startswith("#| "):
            lines[-1] += line.removeprefix("#|")
        else:
            lines.append(line)
    return "\n".join(lines)


def _originals(file: Path) -> dict[str, str]:
    """Return what each translation in a catalogue is the translation of: its message, or the one noted with a guess."""
    with file.open(encoding="utf-8") as stream:
        messages = [message for message in read_po(stream, charset="utf-8") if message.id and message.string]
    originals: dict[str, str] = {}
    for message in messages:
        noted = "\n".join(note[1:].strip() for note in message.user_comments if note.startswith("|"))
        original = denormalize(noted.removeprefix("msgid ")) if noted.startswith("msgid ") else str(message.id)
        originals[str(message.string)] = original
    return originals


def _prune(templates: Path, folder: Path) -> Iterator[Path]:
    """Remove catalogues whose page is gone; yield them."""
    for file in sorted(folder.rglob("*.po")):
        if not (templates / file.relative_to(folder)).with_suffix(".pot").exists():
            file.unlink()
            file.with_suffix(".mo").unlink(missing_ok=True)
            yield file
