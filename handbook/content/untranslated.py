"""Marks what a page leaves in the source language, so that screen readers speak it as that.

Sphinx shows a paragraph without a translation as it was written. On an English
page it is Japanese all the same: `<p lang="ja" class="untranslated">`. A page
that has such passages says so at its top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook.content.application import application_of
from handbook.content.editions import edition_of
from handbook.content.translation_status import STATUS_PAGE, progress_of, status_page_exists
from handbook.translation.script import is_japanese

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Class of what is shown in the source language for want of a translation.
UNTRANSLATED = "untranslated"


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
                node["classes"] += [f"language-{source_language}", UNTRANSLATED]


def say_what_is_missing(app: Sphinx, doctree: nodes.document) -> None:
    """Begin a page that lags behind with a note on how much is missing and a link to help (event `doctree-read`)."""
    docname = app.env.current_document.docname
    top = next(iter(doctree.findall(nodes.section)), None)
    if top is None or not _tells(app) or not (progress := progress_of(app, docname)).behind:
        return
    word = edition_of(app).translation.word
    missing = word("このページの{total}か所のうち{behind}か所は、まだ訳されておらず、日本語のまま示しています。")
    link = addnodes.pending_xref(
        "",
        nodes.inline("", word("翻訳の状況と手伝い方")),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{STATUS_PAGE}",
        refexplicit=True,
        refwarn=True,
        refdoc=docname,
    )
    sentence = nodes.Text(missing.format(total=progress.total, behind=progress.behind))
    classes = ["translation-lag", "no-search"]
    top.insert(1, nodes.paragraph("", "", sentence, nodes.Text(" "), link, translatable=False, classes=classes))


class SayJapanese(SphinxPostTransform):
    """Begins untranslated paragraphs of the site with the name of their language, for screen readers alone."""

    builders = ("html",)
    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        if not _tells(application_of(self.config)):
            return
        word = edition_of(application_of(self.config)).translation.word("日本語：")
        classes = ["only-heard", "no-search", f"language-{self.config.language}"]
        for node in self.document.findall(nodes.paragraph):
            if UNTRANSLATED in node["classes"]:
                node.insert(0, nodes.inline("", word, classes=classes))


def _tells(app: Sphinx) -> bool:
    """Tell whether readers of this edition are told what is missing: where a page says how to help."""
    return app.config.language != app.config.handbook_source_language and status_page_exists(app)
