"""The same text for three tools: this handbook, stock Sphinx with MyST and Furo, and MkDocs with Material.

    from tools.rivals import write_same_text
    projects = write_same_text(folder, pages=40)

For `make bench`. The text is what all three can read: headings, paragraphs, lists, tables, a picture on each page, in two
languages. Sphinx gets the English as catalogues, MkDocs as pages of its own (`page.en.md`, mkdocs-static-i18n).
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.environment import ROOT
from tools.synthetic import (
    PAGES_IN_A_PART,
    PARAGRAPHS,
    SECTIONS,
    Writer,
    add_own_words,
    catalogue,
    toctree,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PICTURE = ROOT / "docs/_diagrams/hierarchy.ja.svg"

_STOCK_CONF = """
project = "Handbook"
extensions = ["myst_parser"]
language = "ja"
locale_dirs = ["../locales"]
gettext_compact = False
html_theme = "furo"
html_copy_source = False
"""

_MKDOCS = """
site_name: Handbook
theme:
  name: material
  font: false
plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: ja, name: 日本語, default: true, build: true}
        - {locale: en, name: English, build: true}
"""


@dataclass(frozen=True)
class Rival:
    """A tool with its project: how to build both languages from nothing, side by side where it takes two runs."""

    name: str
    folder: Path
    commands: Sequence[Sequence[str]]
    #: A file with a sentence that can change.
    page: Path = Path("docs/part-0/page-1.md")


@dataclass(frozen=True)
class _Line:
    """A line of a page: a pattern, and the messages in it."""

    pattern: str
    messages: tuple[str, ...] = ()

    def written(self, words: dict[str, str] | None = None) -> str:
        return self.pattern.format(*(words[message] if words else message for message in self.messages))


def write_same_text(folder: Path, *, pages: int) -> list[Rival]:
    """Write a project for each tool into `folder`; the handbook comes first."""
    python = sys.executable
    sphinx = [python, "-m", "sphinx", "-q", "-b", "html", "-c", ".", "docs"]
    ours, stock, mkdocs = (
        Rival("handbook, HTML", folder / "ours", [[python, "-m", "tools.build_html"]]),
        Rival(
            "Sphinx, MyST, Furo",
            folder / "stock",
            [[*sphinx, "-D", f"language={tag}", "-d", f"build/trees-{tag}", f"build/{tag}"] for tag in ("ja", "en")],
        ),
        Rival(
            "MkDocs, Material",
            folder / "mkdocs",
            [[python, "-m", "mkdocs", "build", "--quiet", "--site-dir", "build"]],
        ),
    )
    shutil.copyfile(ROOT / "conf.py", _folder(ours) / "conf.py")
    write(ours.folder / "knowledge/sources.bib", "")
    add_own_words(ours.folder)
    write(_folder(stock) / "conf.py", _STOCK_CONF)
    write(_folder(mkdocs) / "mkdocs.yml", _MKDOCS)
    for rival in (ours, stock, mkdocs):
        (rival.folder / "docs").mkdir()
        shutil.copyfile(_PICTURE, rival.folder / "docs/picture.svg")
    writer = Writer(seed=1)
    for docname, lines, below in _pages(writer, pages):
        english = writer.take()
        japanese = "\n".join(line.written() for line in lines)
        for rival in (ours, stock):
            write(rival.folder / f"docs/{docname}.md", japanese + (toctree(below) if below else ""))
            catalogue(rival.folder, docname, english)
        write(mkdocs.folder / f"docs/{docname}.md", japanese)
        write(mkdocs.folder / f"docs/{docname}.en.md", "\n".join(line.written(english) for line in lines))
    return [ours, stock, mkdocs]


def _folder(rival: Rival) -> Path:
    rival.folder.mkdir(parents=True)
    return rival.folder


def _pages(writer: Writer, pages: int) -> Iterator[tuple[str, list[_Line], list[str]]]:
    """Yield the name, the lines and the pages below of each page."""
    parts = [range(first, min(first + PAGES_IN_A_PART, pages)) for first in range(0, pages, PAGES_IN_A_PART)]
    for part, numbers in enumerate(parts):
        for number in numbers:
            first = number == numbers.start
            name = "index" if first else f"page-{number}"
            below = [f"page-{other}" for other in numbers[1:]] if first else []
            yield f"part-{part}/{name}", list(_lines(writer, "../picture.svg")), below
    yield "index", list(_lines(writer, "picture.svg")), [f"part-{part}/index" for part in range(len(parts))]


def _lines(writer: Writer, picture: str) -> Iterator[_Line]:
    yield _Line("# {}\n", (writer.phrase(3),))
    yield _Line("{}\n", (writer.paragraph(),))
    for _ in range(SECTIONS):
        yield _Line("## {}\n", (writer.phrase(3),))
        for _ in range(PARAGRAPHS):
            yield _Line("{}\n", (writer.paragraph(),))
        for _ in range(4):
            yield _Line("- {}", (writer.phrase(4),))
        yield _Line("")
    yield _Line("![{}](" + picture + ")\n", (writer.phrase(3),))
    yield _Line("| {} | {} |", (writer.phrase(1), writer.phrase(2)))
    yield _Line("|---|---|")
    for _ in range(5):
        yield _Line("| {} | {} |", (writer.phrase(2), writer.phrase(5)))
    yield _Line("")
