"""`make release`: gathers what a release publishes: the books, the data, what is new, and checksums of the files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import zipfile
from typing import TYPE_CHECKING

from handbook.commands.errors import plain_errors
from handbook.knowledge import read_text
from handbook.site.downloads import DOWNLOADS

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.commands.project import Project

#: What is new, for readers: one heading of the second level for each release.
CHANGELOG = "CHANGELOG.md"
NOTES = "NOTES.md"
DATA = "iclei-handbook-data.zip"
SUMS = "SHA256SUMS"


def run(project: Project) -> int:
    """Write `build/release`. Returns 0, or 1 if a part is missing."""
    tag = os.environ.get("TAG", "")
    changelog = project.root / CHANGELOG
    with plain_errors():
        text = read_text(changelog, changelog.relative_to(project.root)) if changelog.exists() else ""
    news = section(text, tag.removeprefix("v"))
    books = sorted((project.site / DOWNLOADS).glob("*.*"))
    problem = (
        "A release needs a name. To give it: make release TAG=v2026.12"
        if not tag
        else f"{CHANGELOG} has no section about {tag}. To add it: ## {tag.removeprefix('v')}"
        if not news
        else "There are no books to publish. To make them: make"
        if not books
        else ""
    )
    if problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    folder = project.build / "release"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for book in books:
        shutil.copyfile(book, folder / book.name)
    _archive(folder / DATA, project)
    files = sorted(folder.iterdir())
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    # Beside the folder: what is in it gets published as files.
    (project.build / NOTES).write_text(news, encoding="utf-8", newline="\n")
    for file in sorted(folder.iterdir()):
        sys.stdout.write(f"{file.relative_to(project.root).as_posix()}\n")
    return 0


def section(changelog: str, version: str) -> str:
    """Return what a changelog says about a version: the text below `## [version] - date` or `## version`."""
    start = rf"^## +\[?v?{re.escape(version)}\]?(?![\w.])[^\n]*\n"
    found = re.search(start + r"(?P<text>.*?)(?=^## |^\[[^\]]+\]: |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return f"{found['text'].strip()}\n" if version and found and found["text"].strip() else ""


def _archive(target: Path, project: Project) -> None:
    """Pack the data of all languages, the same bytes for the same data."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for language in project.languages():
            data = project.site / language / "data"
            for file in sorted(data.rglob("*")):
                if file.is_file():
                    name = f"{target.stem}/{language}/{file.relative_to(data).as_posix()}"
                    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = 0o644 << 16
                    archive.writestr(entry, file.read_bytes())
