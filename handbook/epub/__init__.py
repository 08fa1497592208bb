"""The handbook as an EPUB 3 book for e-readers: Sphinx's own builder `epub`, with what it lacks.

A room of its own beside `site`, because a book is not a website: it has no scripts, no search and no data files beside
it, and its drawings keep their colours. `builder` writes and packs the book, `front` knows what stands on its cover and in
its metadata, `nodes` turns what only a website can show into what a book can. Looks are in `static/book.css`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.epub.builder import ROOM, HandbookEpubBuilder
from handbook.epub.front import describe_book, moment
from handbook.epub.nodes import LeaveOutLongMentions, OpenDisclosures, PlaceDrawings, QuoteAddresses, UseTerms
from handbook.site.files import seen_from

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put our builder in the place of Sphinx's, and tell it about the book."""
    app.setup_extension("handbook.content")
    app.add_builder(HandbookEpubBuilder, override=True)
    app.add_config_value("handbook_epub_moment", moment, "epub", types=frozenset({str}))
    for transform in (PlaceDrawings, OpenDisclosures, UseTerms, LeaveOutLongMentions, QuoteAddresses):
        app.add_post_transform(transform)
    app.connect("config-inited", _use_own_settings)
    # After the edition is loaded (100), before Sphinx checks the settings (500).
    app.connect("builder-inited", describe_book, priority=103)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}


def _use_own_settings(app: Sphinx, config: Config) -> None:
    """Set what is the same in every language; for all builders, so that pages read by one serve the other."""
    config.templates_path = [*config.templates_path, str(seen_from(app.confdir, ROOM) / "templates")]
    # The menu of the site is hidden on its pages, and the table of contents of the book.
    config.epub_tocscope = "includehidden"
    config.epub_tocdepth = 3
    config.epub_tocdup = False
    # Links can be followed, and entries of the list of sources show their addresses anyway.
    config.epub_show_urls = "no"
