"""Keeps old addresses alive: where a page has moved, its old address leads to the new one.

The moves are listed in `docs/redirects.yaml`, one line each:

    about/old-name: about/name
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from handbook.content.editions import edition_of
from handbook.site.plain import write_redirect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

FILE = "redirects.yaml"


def write_redirects(app: Sphinx, exception: Exception | None) -> None:
    """Write a page at each old address (event `build-finished`); warn of moves that lead nowhere."""
    if exception or app.builder.name != "html":
        return
    edition = edition_of(app)
    for line, old, new in _moves(Path(app.srcdir, FILE)):
        problem = ""
        if old in app.env.all_docs:
            problem = f"the page '{old}' still exists; remove this line, or the page"
        elif new not in app.env.all_docs:
            problem = f"there is no page '{new}' to lead to; write where the page is now"
        if problem:
            logger.warning("%s", problem, location=f"{FILE}:{line}", type="handbook", subtype="redirect")
            continue
        source = app.builder.get_target_uri(old)
        href = relative_uri(source, app.builder.get_target_uri(new))
        file = Path(app.outdir, source)
        write_redirect(file, edition.language, edition.translation.word, href, "../" * (source.count("/") + 1))


def _moves(file: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, old page and new page of each move."""
    if not file.exists():
        return
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        logger.warning(
            "not valid YAML: %s", error.problem, location=f"{FILE}:{line}", type="handbook", subtype="redirect"
        )
        return
    if node is None:
        return
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    if not pairs or not all(isinstance(part, yaml.ScalarNode) for pair in pairs for part in pair):
        message = "write one move a line: 'old-page: new-page'"
        logger.warning(
            "%s", message, location=f"{FILE}:{node.start_mark.line + 1}", type="handbook", subtype="redirect"
        )
        return
    for old, new in pairs:
        yield old.start_mark.line + 1, old.value, new.value
