"""The books that readers can download: where they are, and what the pages say of them.

The books are made after the pages, so the pages leave a place for the size of
each, and it is filled in when the files are there.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from handbook.site.whole_files import remove_halves, write_whole
from handbook.translation import Translation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: The folder of the books, beside those of the languages.
DOWNLOADS = "downloads"

#: The formats of the books, by the endings of their files.
TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}

#: The place that each link has for the size of its file: see `state_sizes`.
_PLACE = re.compile(r'(<span class="size" data-file="([^"]+)">)[^<]*(</span>)')
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
    """Write into each page how large its downloads are; `languages` begins with the source."""
    remove_halves(site)
    sizes = {file.name: file.stat().st_size / _MEGABYTE for file in (site / DOWNLOADS).glob("*")}
    for language in languages:
        word = Translation.load(locale_dir, language=language, source_language=languages[0]).word
        stated = {name: word("（{size} MB）").format(size=f"{size:.1f}") for name, size in sizes.items()}
        for page in (site / language).rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            filled = _PLACE.sub(partial(_fill, stated), text)
            if filled != text:
                # Sphinx would take half a page for a new one.
                write_whole(page, filled.encode())


def _fill(stated: dict[str, str], place: re.Match[str]) -> str:
    before, name, after = place.groups()
    return f"{before}{stated.get(name, '')}{after}"
