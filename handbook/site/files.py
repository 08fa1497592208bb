"""Which style sheets and scripts a page loads: those it needs. And where they come from.

Sphinx and Furo give each page the files for code, for searching and for extensions that others may use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes
    from sphinx.application import Sphinx

#: Needed by no page: what Sphinx's own search asks for (`handbook-search.js` stands in its place), and the looks of
#: extensions that are not in use.
_UNUSED = frozenset(
    f"_static/{name}"
    for name in (
        "doctools.js",
        "documentation_options.js",
        "sphinx_highlight.js",
        "translations.js",
        "styles/furo-extensions.css",
    )
)

#: What only some pages need, with what those pages hold: code; changes, as the home page does.
_SPECIAL = {"_static/pygments.css": 'class="highlight', "_static/home.css": 'class="change-date'}


def leave_out_unused_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take from a page the files that it does not need (event `html-page-context`)."""
    body = context.get("body", "")
    unused = _UNUSED | {file for file, sign in _SPECIAL.items() if sign not in body}
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if getattr(file, "filename", file) not in unused]


def seen_from(project: Path, room: Path) -> Path:
    """Return a folder of ours as seen from that of conf.py: settings, which `.buildinfo` sums up, must not say where it is.

    >>> from pathlib import Path
    >>> seen_from(Path("/handbook"), Path("/handbook/handbook/site")).as_posix()
    'handbook/site'
    """
    return room.relative_to(project) if room.is_relative_to(project) else room
