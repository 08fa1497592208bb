"""Marks what a page leaves in the source language, so that screen readers speak it as that.

Sphinx shows a paragraph without a translation as it was written. On an English
page it is Japanese all the same: `<p lang="ja">`.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from handbook.translation.script import is_japanese


class MarkUntranslated(SphinxTransform):
    """Gives the class `language-ja`, which becomes `lang`, to messages without a translation."""

    #: After Sphinx's transform `Locale` (20), which says of each message whether it is translated.
    default_priority = 30

    def apply(self, **kwargs: Any) -> None:
        source_language = self.config.handbook_source_language
        if self.config.language == source_language:
            return
        for node in self.document.findall(nodes.TextElement):
            if node.get("translated") is False and is_japanese(node.astext()):
                node["classes"].append(f"language-{source_language}")
