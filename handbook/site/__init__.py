"""What only the HTML site needs: language switch, looks, diagrams in pages, search, data, Markdown twins.

Templates in `templates/` extend Furo's; `static/handbook.css` holds the looks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from jinja2 import FileSystemBytecodeCache
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.writers.html5 import HTML5Translator

from handbook.content.charts import chart, disclosure
from handbook.content.diagrams import diagram, labelled_diagram
from handbook.content.term_uses import term_use
from handbook.site.breadcrumbs import add_breadcrumbs
from handbook.site.data import add_linked_data, keep_links_to_data_alive, write_data
from handbook.site.descriptions import note_description
from handbook.site.diagrams import (
    depart_diagram,
    depart_disclosure,
    depart_figure,
    skip_diagram,
    visit_chart,
    visit_diagram,
    visit_disclosure,
)
from handbook.site.downloads import TYPES
from handbook.site.drawing_files import write_drawing_files
from handbook.site.feed import add_feed, write_feed
from handbook.site.files import leave_out_unused_files, seen_from
from handbook.site.markdown import write_list, write_twin
from handbook.site.navigation import add_navigation, leave_out_stock_contents
from handbook.site.offers import Offer, drop_offers, offer, visit_offer
from handbook.site.page_tools import add_page_tools
from handbook.site.pages import add_page_context, turn_pages, use_own_title
from handbook.site.record_tools import add_record_tools, pages_with_moved_lines, record_tools, visit_record_tools
from handbook.site.redirects import add_moved, note_moves, write_redirects
from handbook.site.search import use_search_language
from handbook.site.search_index import write_index
from handbook.site.sources import depart_citation, visit_citation
from handbook.site.tables import depart_entry, visit_entry
from handbook.site.term_uses import depart_term_use, plain, visit_term_use

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

ROOM = Path(__file__).resolve().parent

#: Formats with neither our pictures nor our links.
_PLAIN = ("latex", "text", "man", "texinfo")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what the site shows in its own way, its templates and files, and what it writes."""
    _add_nodes(app)
    app.add_directive("downloads", Offer)
    app.add_directive("feed-link", Offer)
    # "html": the pages are written anew, and not read.
    app.add_config_value("handbook_moves", [], "html", types=frozenset({list}))
    app.add_config_value("handbook_books", list(TYPES), "html", types=frozenset({list}))
    app.add_css_file("palette.css")
    app.add_css_file("handbook.css")
    app.add_css_file("home.css")
    app.add_js_file("handbook.js", loading_method="defer")

    app.connect("config-inited", _use_own_files)
    app.connect("config-inited", note_moves)
    app.connect("config-inited", use_search_language)
    app.connect("builder-inited", _keep_compiled_templates)
    # After the edition is in use (101).
    app.connect("builder-inited", use_own_title, priority=102)
    app.connect("doctree-read", note_description)
    app.connect("env-updated", pages_with_moved_lines)
    for resolve in (_keep_ids_single, add_record_tools, keep_links_to_data_alive, drop_offers):
        app.connect("doctree-resolved", resolve)
    for furnish in (
        add_page_context,
        leave_out_stock_contents,
        write_drawing_files,
        leave_out_unused_files,
        add_breadcrumbs,
        add_feed,
        add_page_tools,
        add_moved,
        add_linked_data,
        write_twin,
    ):
        app.connect("html-page-context", furnish)
    # After Furo has had its turn.
    app.connect("html-page-context", add_navigation, priority=900)
    for finish in (turn_pages, write_index, write_list, write_redirects, write_data, write_feed):
        app.connect("build-finished", finish)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}


def _add_nodes(app: Sphinx) -> None:
    """Say how nodes are written as HTML, and those of the handbook where there are no pictures and no links."""
    for node, visit in ((diagram, visit_diagram), (labelled_diagram, visit_diagram), (chart, visit_chart)):
        app.add_node(node, override=False, html=(visit, depart_diagram), **dict.fromkeys(_PLAIN, (skip_diagram, None)))
    app.add_node(
        term_use, override=False, html=(visit_term_use, depart_term_use), **dict.fromkeys(_PLAIN, (plain, plain))
    )
    app.add_node(disclosure, html=(visit_disclosure, depart_disclosure))
    app.add_node(record_tools, html=(visit_record_tools, None))
    app.add_node(offer, html=(visit_offer, None))
    app.add_node(nodes.figure, override=True, html=(HTML5Translator.visit_figure, depart_figure))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))


def _keep_ids_single(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take the ids off Furo's wrappers around tables: it copies them there, and the tables keep them."""
    for wrapper in doctree.findall(nodes.container):
        if "table-wrapper" in wrapper["classes"]:
            wrapper["ids"] = []


def _keep_compiled_templates(app: Sphinx) -> None:
    """Let Jinja keep what it makes of templates; a build of one page takes half its time for it (`builder-inited`)."""
    if isinstance(templates := getattr(app.builder, "templates", None), BuiltinTemplateLoader):
        folder = Path(app.doctreedir, "templates")
        folder.mkdir(parents=True, exist_ok=True)
        templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _use_own_files(app: Sphinx, config: Config) -> None:
    """Put our templates before the theme's, and our static files beside them."""
    room = seen_from(app.confdir, ROOM)
    config.templates_path = [str(room / "templates"), *config.templates_path]
    config.html_favicon = config.html_favicon or str(room / "static" / "favicon.svg")
    config.html_static_path = [str(room / "static"), *config.html_static_path]
