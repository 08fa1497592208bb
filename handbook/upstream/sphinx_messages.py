"""Keeps Sphinx from parsing each message of a catalogue twice.

To translate a page, Sphinx 9.0 goes through its messages twice. The first time is for titles and terms, whose names
links depend on; all other messages are parsed, too, and the result thrown away. The second time, they are parsed again.
Here the second time takes what the first has made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sphinx
from docutils import nodes
from sphinx.transforms import i18n

#: The versions whose code was read.
KNOWN = (9, 0)

_publish: Any = i18n._publish_msgstr


class _Messages:
    """Parsed messages of one page that nothing has used."""

    def __init__(self) -> None:
        self._page = ""
        self._unused: defaultdict[tuple[str, int], list[nodes.Element]] = defaultdict(list)

    def publish(self, source: str, source_path: str, source_line: int, **run: Any) -> nodes.Element:
        """Return a message as docutils nodes; the arguments are those of Sphinx's own function."""
        if source_path != self._page:
            self._page = source_path
            self._unused.clear()
        unused = self._unused[source, source_line]
        if unused and _is_whole(unused[-1]):
            return unused.pop()
        parsed: nodes.Element = _publish(source, source_path, source_line, **run)
        unused.append(parsed)
        return parsed


def _is_whole(parsed: nodes.Element) -> bool:
    """Tell whether a message is as it was parsed: what is used has its children moved to the page."""
    return all(child.parent is node for node in parsed.findall(nodes.Element) for child in node.children)


def parse_messages_once() -> None:
    """Let Sphinx take parsed messages from here."""
    if sphinx.version_info[:2] == KNOWN:
        i18n._publish_msgstr = _Messages().publish
