"""`make diagrams`: draws the SVGs that are missing or out of date, in one browser run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import site
from handbook.commands.errors import plain_errors
from handbook.commands.page_errors import build_pages
from handbook.content.diagrams import DiagramDomain, stale_drawings, svg_path
from handbook.diagrams.palette import css_variables
from handbook.diagrams.renderer import RENDERER_VERSION, RendererUnavailableError, render
from handbook.diagrams.svg import fingerprint, finish
from tools.environment import SetupError, find_chromium

if TYPE_CHECKING:
    from handbook.commands.project import Project
    from handbook.diagrams.renderer import Drawing

#: The colours of pages and drawings, for the site.
STYLE_SHEET = Path(site.__file__).parent / "static" / "palette.css"


def style_sheet() -> str:
    """Return what `STYLE_SHEET` must hold."""
    return "/* Written by `make diagrams` from handbook/diagrams/palette.py. */\n\n" + css_variables()


def run(project: Project) -> int:
    """Draw what is stale and remove what no page shows. Returns 0, or 1 if something cannot be drawn."""
    stale: dict[Drawing, Path] = {}
    origins: dict[Drawing, tuple[Path, int]] = {}
    wanted: set[Path] = set()
    folder = project.docs
    for language in project.languages():
        doctrees = project.build / "doctrees" / f"diagrams-{language}"
        with plain_errors(), project.sphinx("dummy", language, project.build / "diagrams", doctrees) as app:
            build_pages(project, app)
            stale |= {drawing: svg_path(app, drawing) for drawing in stale_drawings(app)}
            domain = app.env.get_domain("diagram")
            assert isinstance(domain, DiagramDomain)
            for docname, placed in domain.drawings.items():
                page = Path(app.env.doc2path(docname)).relative_to(project.root)
                for drawing, line in placed:
                    wanted.add(svg_path(app, drawing))
                    origins[drawing] = (page, line)
            folder = project.docs / app.config.handbook_diagrams_dir
    failed = _draw(project, stale, origins) if stale else False
    if not STYLE_SHEET.exists() or STYLE_SHEET.read_text(encoding="utf-8") != style_sheet():
        STYLE_SHEET.write_text(style_sheet(), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{STYLE_SHEET.name}: the palette has changed\n")
    for file in set(folder.glob("*.svg")) - wanted:
        file.unlink()
        sys.stdout.write(f"{file.relative_to(project.root)}: removed, no page shows it\n")
    return 1 if failed else 0


def _draw(project: Project, stale: dict[Drawing, Path], origins: dict[Drawing, tuple[Path, int]]) -> bool:
    """Draw; return whether anything failed. What can be drawn is drawn all the same."""
    mermaid = project.root / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
    failed = False
    try:
        for rendering in render(stale, mermaid_js=mermaid, chromium=str(find_chromium())):
            drawing = rendering.drawing
            if rendering.error is not None:
                failed = True
                page, first = origins[drawing]
                line = first + (rendering.error.line or 1) - 1
                sys.stderr.write(
                    f"{page.as_posix()}:{line}: diagram '{drawing.name}' ({drawing.language}): "
                    f"{rendering.error.message}\n"
                )
                continue
            file = stale[drawing]
            file.parent.mkdir(exist_ok=True)
            text = finish(rendering.svg, drawing, fingerprint=fingerprint(drawing, RENDERER_VERSION))
            file.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{file.relative_to(project.root)}\n")
    except (RendererUnavailableError, SetupError) as error:
        sys.stderr.write(f"{error}\n")
        return True
    return failed
