"""A small handbook around the files of a case, and how building it goes."""

from __future__ import annotations

import contextlib
import gettext
import io
from typing import TYPE_CHECKING

import sphinx.locale

from handbook.commands.project import Project
from tests.conftest import TinyProject
from tests.fuzz.judging import time_limit
from tests.fuzz.pages import RECORDS

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.commands.formats import Format

#: Where the page of a case is.
FILE = "docs/page.md"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n'
#: Seconds of the processor for one format, of which starting Sphinx takes some.
_LIMIT = 10


def project_with(root: Path, page: bytes) -> Project:
    """Make a handbook with this page."""
    tiny = TinyProject(root)
    tiny.use_all_rooms()
    tiny.use_theme()
    tiny.source("a")
    for name, text in RECORDS.items():
        tiny.write(f"knowledge/{name}.yaml", text)
    tiny.write("docs/index.md", "(home)=\n# はじめに\n\n```{toctree}\npage\n```\n\n```{bibliography}\n```\n")
    tiny.write("docs/_pictures/picture.svg", PICTURE)
    (root / FILE).write_bytes(page)
    return Project(root)


def build(project: Project, make: Format, language: str = "ja") -> list[str]:
    """Build one format; return what was said. It fails if and only if something was."""
    # What earlier builds in this process have read of catalogues.
    sphinx.locale.translators.clear()
    gettext._translations.clear()  # type: ignore[attr-defined]
    told = io.StringIO()
    with time_limit(_LIMIT), contextlib.redirect_stderr(told):
        result = make(project, language)
    lines = [*told.getvalue().splitlines(), *result.unusable]
    assert bool(lines) == result.failed, lines
    for line in lines:
        line.encode()
    return lines
