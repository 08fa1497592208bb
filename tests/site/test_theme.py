"""What the site builds on in Furo's and Sphinx's own pages is there, as docs/contributing/leaning-on-libraries.md lists it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import furo

import handbook
from handbook import site as room
from tests.site.pages import DOCUMENTS, ROOT

if TYPE_CHECKING:
    from tests.conftest import TinyProject

THEME = Path(furo.__file__).parent
ROOM = Path(room.__file__).parent


def texts(folder: Path, *patterns: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for pattern in patterns for file in sorted(folder.rglob(pattern)))


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z][\w-]*", text))


def test_the_template_replaces_what_furo_writes() -> None:
    template = (ROOM / "templates/page.html").read_text(encoding="utf-8")
    expected = [found[1] for found in re.findall(r"""\b(?:replace|partition)\((["'])(.*?)\1""", template)]
    theirs = texts(THEME / "theme", "*.html")
    assert len(expected) > 15
    assert [text for text in expected if text not in theirs] == []


def test_every_class_of_the_looks_is_ours_or_of_the_theme() -> None:
    sheets = re.sub(
        r"/\*.*?\*/", "", texts(ROOM / "static", "handbook.css", "home.css", "drawings.css"), flags=re.DOTALL
    )
    classes = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "", sheets)))
    # Of handbook.js, which names classes of the theme, too, only those that it gives.
    given = re.findall(r'classList\.\w+\("([\w-]+)"', (ROOM / "static/handbook.js").read_text(encoding="utf-8"))
    code = texts(Path(handbook.__file__).parent, "*.py", "*.html", "handbook-search.js", "drawings.js", "settle.js")
    ours = words(code + texts(ROOT / "docs", "*.md")) | set(given)
    theirs = words(texts(THEME, "*.html", "*.css"))
    assert len(classes - ours) > 10, "the theme's are among them"
    assert sorted(classes - ours - theirs) == []


def test_cells_of_tables_of_records_name_their_column(site: None) -> None:
    cells = [cell for page in DOCUMENTS for cell in page.html.select("table.records:has(thead) tbody td")]
    assert len(cells) > 100
    assert [cell for cell in cells if not cell.get("data-heading")] == []


def test_compiled_templates_are_kept_for_the_next_build(tiny_project: TinyProject) -> None:
    tiny_project.replace("conf.py", '"handbook.book"', '"handbook.book", "handbook.site"')
    tiny_project.use_theme()
    tiny_project.build()
    (folder,) = tiny_project.root.glob("build/ja/**/templates")
    assert list(folder.iterdir())
