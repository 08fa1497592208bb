"""Stock directives that pages cannot use, or not to the full: they read files from elsewhere, or bypass Markdown.

A page is built on the machine of whoever reviews it. So nothing that is typed in one may read files that are none of the
handbook's. And reStructuredText reaches neither the books nor translators as it should; there is a way in Markdown.
What directives have made, and HTML, is judged in `safety`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.directives.code import LiteralInclude
from sphinx.directives.patches import CSVTable
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from handbook.content.application import application_of
from handbook.rules.passages import lines_of_rst
from handbook.rules.refusals import REFUSED

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_INSIDE = "name a file of the project, by its path from the page"


class Refused(SphinxDirective):
    """A directive that pages cannot use."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[Node]:
        _warn(self.get_location(), f"{{{self.name}}} cannot be used in a page; {REFUSED[self.name]}")
        return []


class ProjectFile(LiteralInclude):
    """```` ```{literalinclude} ````, of files of the project."""

    def run(self) -> list[Node]:
        for name in (self.arguments[0], self.options.get("diff")):
            if name and not _is_inside(application_of(self.config), Path(self.env.relfn2path(name)[1])):
                _warn(self.get_location(), f"'{name}' lies outside of the project; {_INSIDE}")
                return []
        return super().run()


class TypedTable(CSVTable):
    """```` ```{csv-table} ````, its rows typed in the page."""

    option_spec: ClassVar = {
        name: kind for name, kind in CSVTable.option_spec.items() if name not in ("file", "url", "encoding")
    }


def report_rst(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn of reStructuredText (event `source-read`): MyST reads it by itself, past `Refused`; what is in it is judged."""
    for line in lines_of_rst(content[0]):
        _warn((docname, line), f"{{eval-rst}} cannot be used in a page; {REFUSED['eval-rst']}")


def _is_inside(app: Sphinx, file: Path) -> bool:
    return file.resolve().is_relative_to(Path(app.confdir).resolve())


def _warn(location: Any, message: str) -> None:
    logger.warning("%s", message, location=location, type="handbook", subtype="foreign")
