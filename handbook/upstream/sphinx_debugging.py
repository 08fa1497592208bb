"""Keeps Sphinx from writing nodes out as XML for messages that nobody reads.

As it looks for messages to translate, Sphinx 9.0 says of each node without a place in a file that it is left out, in a
message for debugging, and writes the node out as XML for it, wanted or not. Tables and lists that directives make hold
thousands of such nodes. Here a node is written out when the message is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sphinx
from sphinx.util import nodes

if TYPE_CHECKING:
    from docutils.nodes import Node

#: The versions whose code was read.
KNOWN = (9, 0)

_repr_domxml = nodes.repr_domxml


class _Later:
    """What a node is as XML, when somebody wants to know."""

    def __init__(self, node: Node, length: int = 80) -> None:
        self._node, self._length = node, length

    def __str__(self) -> str:
        return _repr_domxml(self._node, self._length)


def write_out_later() -> None:
    """Let Sphinx write nodes out when it has to."""
    if sphinx.version_info[:2] == KNOWN:
        nodes.repr_domxml = _Later  # type: ignore[assignment]
