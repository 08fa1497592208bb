"""The books that readers can download: where they are, and what the pages say of them.

The books are made after the pages, so the pages leave a place for the size of
each, and it is filled in when the files are there.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

from handbook.site.whole_files import remove_halves, write_whole
from handbook.translation import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: The folder of the books, beside those of the languages.
DOWNLOADS = "downloads"

#: The formats of the books, by the endings of their files.
TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}

#: The place that each link has for the size of its file: see `state_sizes`.
_PLACE = re.compile(r'(<span class="size" data-file="([^"]+)">)[^<]*(</span>)')
#: Beside the site: what its pages say since the file was written.
_STATED = "stated-sizes.json"
_MEGABYTE = 1_000_000


def book_name(language: str) -> str:
    """Return the name of the book's files in a language, without an ending."""
    return f"iclei-handbook-{language}"


def download_links(up: str, language: str, endings: Sequence[str]) -> list[str]:
    """Return links to the books of a language as HTML; `up` leads from the page to the root of the site."""
    files = {ending: f"{book_name(language)}.{ending}" for ending in endings}
    return [
        f'<span class="download"><a href="{up}{DOWNLOADS}/{file}" type="{TYPES[ending]}">{ending.upper()}</a>'
        f'<span class="size" data-file="{file}"></span></span>'
        for ending, file in files.items()
    ]


def state_sizes(site: Path, locale_dir: Path, languages: Sequence[str]) -> None:
    """Write into each page how large its downloads are; `languages` begins with the source.

    Pages that have not been touched since all pages said the same are not read again.
    """
    remove_halves(site)
    sizes = {file.name: file.stat().st_size / _MEGABYTE for file in sorted((site / DOWNLOADS).glob("*"))}
    stated = {
        language: {name: word("（{size} MB）").format(size=f"{size:.1f}") for name, size in sizes.items()}
        for language, word in words_of(locale_dir, languages).items()
    }
    note, text = site.parent / _STATED, json.dumps(stated)
    since = note.stat().st_mtime_ns if note.exists() and note.read_text(encoding="utf-8") == text else 0
    for language in languages:
        for page in (site / language).rglob("*.html"):
            if _touched(page) >= since:
                _state(page, stated[language])
    note.write_text(text, encoding="utf-8")


def _touched(file: Path) -> int:
    """Return when a file was written or put in its place, which may have kept the time of writing."""
    status = file.stat()
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _state(page: Path, stated: Mapping[str, str]) -> None:
    text = page.read_text(encoding="utf-8")
    filled = _PLACE.sub(partial(_fill, stated), text)
    if filled != text:
        # Sphinx would take half a page for a new one.
        write_whole(page, filled.encode())


def _fill(stated: Mapping[str, str], place: re.Match[str]) -> str:
    before, name, after = place.groups()
    return f"{before}{stated.get(name, '')}{after}"
