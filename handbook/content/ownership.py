"""Makes every node of a page belong to the page.

Sphinx reads each translated message as a small document of its own and moves its
nodes into the page, where they keep pointing at that document. Through its
settings it holds the whole environment, which would then be saved with every
translated page, and be loaded with it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def own_nodes(app: Sphinx, doctree: nodes.document) -> None:
    """Let all nodes point at the page that they stand in (event `doctree-read`, last)."""
    for node in doctree.findall():
        if node.document is not None:
            node.document = doctree
