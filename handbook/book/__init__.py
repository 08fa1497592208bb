"""The handbook as a book: what the builder of `handbook.typst`, which knows nothing of ICLEI, needs to be told.

Title, cover and imprint in the language of the run; drawings and charts as vectors; terms as links to the glossary. The
pictures of pages are set here, too: each is a small cover.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook.book.fonts import font_files, missing_typeface
from handbook.book.front import describe_book
from handbook.book.nodes import LeaveOutMentionsInTables, SetBelowInTables, visit_chart, visit_diagram, visit_term_use
from handbook.book.pictures import add_picture, draw_pictures
from handbook.content.charts import chart
from handbook.content.diagrams import diagram, labelled_diagram
from handbook.content.term_uses import term_use
from handbook.diagrams.palette import PAGE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

ROOM = Path(__file__).resolve().parent


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the builder, and what it does with the handbook's own nodes."""
    app.setup_extension("handbook.typst")
    for node, visit in (
        (diagram, visit_diagram),
        (labelled_diagram, visit_diagram),
        (chart, visit_chart),
        (term_use, visit_term_use),
    ):
        # The room `site` has registered the nodes themselves.
        app.add_node(node, override=True, typst=(visit, None))
    app.add_post_transform(LeaveOutMentionsInTables)
    app.add_post_transform(SetBelowInTables)
    app.connect("config-inited", _use_own_files)
    app.connect("builder-inited", describe_book, priority=103)
    app.connect("html-page-context", add_picture)
    app.connect("build-finished", draw_pictures)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}


def _use_own_files(app: Sphinx, config: Config) -> None:
    """Give the builder our typefaces and looks, unless conf.py has others."""
    if missing_typeface(config.language):
        config.handbook_books = [ending for ending in config.handbook_books if ending != "pdf"]
    else:
        config.typst_fonts = config.typst_fonts or font_files(config.language)
    config.typst_colours = config.typst_colours or {role: colour.light for role, colour in PAGE.items()}
    config.typst_styles = config.typst_styles or str(ROOM / "styles.typ")
    config.typst_styled = config.typst_styled or [
        "bibtex-citation",
        "record-other-name",
        "record-abbreviation",
        "record",
        "record-name",
        "key-source",
        "change-date",
        "mentions",
        "record-index",
        "index-groups",
    ]
    config.typst_sizes = config.typst_sizes or {"bibtex-citation": 0.82}
    config.typst_numbered_links = config.typst_numbered_links or ["record-index", "mentions", "start-links", "cards"]
