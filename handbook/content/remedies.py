"""Adds what to do about it to warnings of Sphinx and MyST, which say only what is wrong.

Writers read them most: a role mistyped, a page that no list of contents names. What
the handbook itself says of a page ends with its remedy already.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from handbook.rules.refusals import HTML_REMEDY

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: By the type of a warning, as it stands in brackets at its end.
_REMEDIES = {
    "bibtex.key_not_found": "correct the key, or add the source to knowledge/sources.bib",
    "i18n.inconsistent_references": "use the roles and links of msgid in msgstr, too",
    "image.not_readable": "correct the path, which begins at the folder of the page, or put the picture there",
    "myst.directive_option": "correct the name of the option, or take the line away",
    "myst.directive_unknown": "correct the word in braces after ```",
    "myst.header": "put ## under #, and ### under ##",
    "myst.role_unknown": "correct the word in braces, as in {record}, {figure}, {date} or {cite}",
    "myst.topmatter": "let the page begin as others do, with nothing but half-width spaces before 'description:'",
    "myst.xref_missing": "write the path of the page from this one, ending in .md, or # and the label of a heading",
    "ref.footnote": "use the same name in [^name] and in the line that begins with [^name]:",
    "toc.not_included": "add the name of the file to the toctree in the index.md of its folder",
    "toc.not_readable": "write the name of the file without .md",
}
#: Docutils gives its warnings no type; by words of theirs.
_FOOTNOTE = "let a line begin with [^name]: for each [^name]"
_DOCUTILS = {
    "autonumbered footnote references": _FOOTNOTE,
    "Unknown target name": _FOOTNOTE,
    '"raw" directive disabled': HTML_REMEDY,
}


class _Remedies(logging.Filter):
    """Lets every record pass; adds the remedy to those that need one."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = getattr(record, "type", "")
        remedy = _REMEDIES.get(f"{kind}.{getattr(record, 'subtype', '')}")
        if kind == "docutils":
            remedy = next((remedy for words, remedy in _DOCUTILS.items() if words in str(record.msg)), None)
        if remedy:
            record.msg = f"{str(record.msg).rstrip('.')}. To mend it: {remedy}"
        return True


def add_remedies(app: Sphinx) -> None:
    """Let warnings of this run end with what to do (event `builder-inited`)."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            # Before Sphinx's own filters, which put the type at the end.
            handler.filters.insert(0, _Remedies())
