"""What we change in the libraries below us, until they change it themselves.

Each module is one change: what the library does, what it costs, what is done
instead, and for which version. The pages come out the same to the byte; in any
other version nothing is changed. Each could be proposed to its library as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.upstream.myst_parsers import make_parsers_once
from handbook.upstream.myst_settings import make_settings_once
from handbook.upstream.plain_messages import take_plain_messages_as_they_are
from handbook.upstream.sphinx_catalogues import write_catalogues_whole
from handbook.upstream.sphinx_debugging import write_out_later
from handbook.upstream.sphinx_doctrees import keep_few_trees
from handbook.upstream.sphinx_messages import parse_messages_once
from handbook.upstream.sphinx_search import drop_unused_terms

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Make every change."""
    make_settings_once()
    make_parsers_once()
    parse_messages_once()
    write_out_later()
    take_plain_messages_as_they_are()
    write_catalogues_whole()
    drop_unused_terms()
    app.connect("builder-inited", keep_few_trees)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
