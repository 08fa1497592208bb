"""`make changes`: says what the working files change for readers, compared with the branch `BASE`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from handbook.changes.facts import fact_changes
from handbook.changes.messages import catalogue_changes
from handbook.changes.pages import page_changes, pages_with
from handbook.changes.report import Changes, Links, markdown
from handbook.changes.trees import GitError, branching_point, head, tree_of, uncommitted
from handbook.commands.errors import plain_errors
from handbook.content.address import base_url, repository_url
from handbook.site.downloads import DOWNLOADS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.commands.project import Project

#: What `make refresh` writes.
GENERATED = ("locales", "docs/_diagrams", "docs/addresses.txt", "knowledge/schemas")


def run(project: Project) -> int:
    """Write the report. Returns 0, or 1 if there is nothing to compare with or a file cannot be read."""
    base = os.environ.get("BASE") or "origin/main"
    try:
        commit = branching_point(project.root, base)
        with plain_errors(), tree_of(project.root, commit) as before:
            facts = fact_changes(before / "knowledge", project.knowledge)
            changed = {fact.id for fact in facts if fact.kind == "changed"}
            changes = Changes(
                f"{base} ({commit[:9]})",
                page_changes(before / "docs", project.docs),
                pages_with(project.docs, changed),
                facts,
                catalogue_changes(before / "locales", project.locales),
                _books(project.site / DOWNLOADS),
                uncommitted(project.root, GENERATED),
            )
        sys.stdout.write(markdown(changes, _links(head(project.root))))
    except GitError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _books(folder: Path) -> Mapping[str, tuple[int | None, int]]:
    """Count the pages of the books, and of those before if `BOOKS` names the folder that they are in."""
    earlier = Path(os.environ.get("BOOKS") or "build/base")
    return {
        book.name: (_pages(earlier / book.name) if (earlier / book.name).is_file() else None, _pages(book))
        for book in sorted(folder.glob("*.pdf"))
    }


def _pages(book: Path) -> int:
    with pikepdf.open(book) as pdf:
        return len(pdf.pages)


def _links(commit: str) -> Links:
    repository = repository_url()
    return Links(f"{repository}/blob/{commit}" if repository else "", base_url())
