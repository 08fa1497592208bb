"""What pages say of themselves in one sentence: `description` under `html_meta` at their beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_read: WeakKeyDictionary[Sphinx, dict[str, str]] = WeakKeyDictionary()


def description(doctree: nodes.document | None) -> str:
    """Return the description of a page, or nothing."""
    metas = doctree.findall(nodes.meta) if doctree is not None else ()
    return next((str(node["content"]) for node in metas if node.get("name") == "description"), "")


def descriptions(app: Sphinx) -> dict[str, str]:
    """Return the descriptions of all pages; call it only when all have been read."""
    if app not in _read:
        _read[app] = {docname: description(app.env.get_doctree(docname)) for docname in sorted(app.env.found_docs)}
    return _read[app]
