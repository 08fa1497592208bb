"""Keeps MyST-Parser from being run for a message that holds no Markdown.

Sphinx 9.0 has the parser of the page take apart each translated message. Many messages are a heading, a cell or a
sentence without a link: all that comes of them is a paragraph with their text in it. Here that is made without a parser,
where neither a character of the message nor a setting could make anything else of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import docutils.utils
import myst_parser
import sphinx
from docutils import nodes
from sphinx.transforms import i18n
from sphinx.util.docutils import LoggingReporter

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.frontend import Values

#: The versions whose code was read: of Sphinx, and of MyST-Parser.
KNOWN = ((9, 0), "5.2.0")

#: A line that begins with a word or a number, so with no heading, list, quotation, comment, label or field; in it nothing
#: that begins code, stress, a footnote, formula, link, tag, role, entity, cell or escape; and no space at its end.
_PLAIN = re.compile(r"(?:[^\W\d_]|\d+(?![\d.)]))(?:[^`*_~^$\[\]<>{}&|\\\x00-\x1f\x7f-\x9f\u2028\u2029]*(?<!\s))?")
#: Extensions of MyST that make nothing of such a line. Others look for addresses, quotation marks, (c) and the like.
_HARMLESS = frozenset(
    (
        *("amsmath", "attrs_block", "attrs_image", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"),
        *("html_admonition", "html_image", "strikethrough", "substitution", "tasklist"),
    )
)


def _publishing(publish: Callable[..., nodes.Element]) -> Callable[..., nodes.Element]:
    """Return Sphinx's function for messages as `publish` is, but without a parser where there is nothing to parse."""

    def publish_plain(source: str, source_path: str, source_line: int, **run: Any) -> nodes.Element:
        if source_path.endswith(".md") and _PLAIN.fullmatch(source) and _is_harmless(run["env"].myst_config):
            return _paragraph(source, f"{source_path}:{source_line}:<translated>", run["settings"])
        return publish(source, source_path, source_line, **run)

    return publish_plain


def _is_harmless(config: Any) -> bool:
    return not config.html_meta and _HARMLESS.issuperset(config.enable_extensions)


def _paragraph(text: str, place: str, settings: Values) -> nodes.Element:
    """Return a paragraph as MyST-Parser makes it, in a document of its own."""
    document = docutils.utils.new_document(place, settings)
    document.reporter = LoggingReporter.from_reporter(document.reporter)
    document.current_line = 1
    paragraph = nodes.paragraph(text)
    paragraph.line, paragraph.source = 1, place
    document.append(paragraph)
    paragraph.append(nodes.Text(text))
    document.current_source = document.current_line = None
    return paragraph


def take_plain_messages_as_they_are() -> None:
    """Let Sphinx make paragraphs of messages without Markdown by itself."""
    if (sphinx.version_info[:2], myst_parser.__version__) == KNOWN:
        i18n._publish_msgstr = _publishing(i18n._publish_msgstr)
