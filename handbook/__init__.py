"""The ICLEI Handbook's Sphinx extension: connects the rooms, nothing else.

Rooms, from the bottom: `knowledge` (records and sources), `translation`,
`diagrams`, `rules` (for pages), `data` (exports), `content` (roles and directives), `site`
(HTML), `epub` (the book for e-readers), `upstream` (changes to the libraries below) and
`typst` (a builder of books), which know nothing of the handbook, `book` (the PDF).
Imports go downwards only.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every room."""
    app.setup_extension("handbook.upstream")
    app.setup_extension("handbook.content")
    app.setup_extension("handbook.site")
    app.setup_extension("handbook.epub")
    app.setup_extension("handbook.book")
    return {
        "version": "1.0",
        "env_version": _code_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _code_version() -> int:
    """Return a number that changes with the code, so that pages made by other code are made again."""
    checksum = 0
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        checksum = zlib.crc32(file.read_bytes(), checksum)
    return checksum
