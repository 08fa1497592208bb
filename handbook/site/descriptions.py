"""What pages say of themselves in one sentence: `description` under `html_meta` at their beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Where Sphinx keeps what else is known of a page.
_KEY = "handbook-description"


def description(doctree: nodes.document | None) -> str:
    """Return the description of a page, or nothing."""
    metas = doctree.findall(nodes.meta) if doctree is not None else ()
    return next((str(node["content"]) for node in metas if node.get("name") == "description"), "")


def note_description(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the description of a page that has been read (event `doctree-read`)."""
    app.env.metadata[app.env.current_document.docname][_KEY] = description(doctree)


def kept_description(app: Sphinx, docname: str) -> str:
    """Return the description of a page that has been read, or nothing."""
    return str(app.env.metadata[docname].get(_KEY, ""))


def descriptions(app: Sphinx) -> dict[str, str]:
    """Return the descriptions of all pages; call it only when all have been read."""
    return {docname: kept_description(app, docname) for docname in sorted(app.env.found_docs)}
