"""How far translation is: counted while pages are read, shown in a table, and published as JSON.

    ```{translation-status}
    ```

Messages are collected before Sphinx puts translations in their place, so the
numbers are those of the templates that `make translations` extracts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import extract_messages

from handbook.content.application import application_of
from handbook.content.directives import new_table
from handbook.content.editions import edition_of, locale_dir_of
from handbook.translation import INTERFACE, KNOWLEDGE, mark
from handbook.translation.extract import interface_template, knowledge_template
from handbook.translation.languages import languages_of, own_name, web_tag
from handbook.translation.status import COUNTS, FILE, Counts, Messages, keys_of, status, status_json, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from handbook.translation.status import Key, Progress

#: The page that readers are sent to.
STATUS_PAGE = "reference/translation-status"

#: So many pages with nothing to do are listed one by one.
MOST_ROWS_DONE = 200

_counts_of: WeakKeyDictionary[Sphinx, Counts] = WeakKeyDictionary()


class translation_status(nodes.General, nodes.Element):  # noqa: N801 - docutils writes nodes in small letters
    """Stands where the tables will be."""


class TranslationStatus(SphinxDirective):
    """```` ```{translation-status} ````: a table of all languages; on the site, also one of the pages in each.

    A translated edition lists the pages in its own language alone.
    """

    has_content = False

    def run(self) -> list[Node]:
        return [translation_status()]


# -- counting ----------------------------------------------------------------------------------------------------------


class CollectMessages(SphinxTransform):
    """Notes the messages of a page."""

    #: After Sphinx has kept the messages of directives (10), before it translates (20).
    default_priority = 15

    def apply(self, **kwargs: Any) -> None:
        keys = list({("", message): None for _, message in extract_messages(self.document) if message})
        _noted(self.env)[self.env.current_document.docname] = Messages.of(keys).state, keys


def forget_messages(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that is read again or gone (event `env-purge-doc`)."""
    _noted(env).pop(docname, None)


def merge_messages(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what another process has read (event `env-merge-info`)."""
    _noted(env).update({docname: _noted(other)[docname] for docname in docnames if docname in _noted(other)})


def progress_of(app: Sphinx, docname: str) -> Progress:
    """Return the numbers of one page, which has just been read, in the language of this run."""
    messages = _messages(*_noted(app.env)[docname])
    return _counts(app).progress(docname, messages, locale_dir_of(app), app.config.language)


def translation_progress(app: Sphinx) -> dict[str, list[Progress]]:
    """Return the numbers of all languages. Call it only when all pages have been read."""
    base = edition_of(app).base
    messages = {
        **{docname: _messages(*noted) for docname, noted in _noted(app.env).items()},
        KNOWLEDGE: Messages(base.state, lambda: keys_of(knowledge_template(base))),
        INTERFACE: Messages.of(_own_words(app.env)),
    }
    source_language = app.config.handbook_source_language
    return {
        language: status(messages, locale_dir_of(app), language, _counts(app))
        for language in languages_of(locale_dir_of(app), source_language)
        if language != source_language
    }


def status_page_exists(app: Sphinx) -> bool:
    """Tell whether there is a page to send readers to."""
    return STATUS_PAGE in app.env.found_docs


def _noted(env: BuildEnvironment) -> dict[str, tuple[str, list[Key]]]:
    """Return the messages of each page, and what tells them from others."""
    return cast("dict[str, tuple[str, list[Key]]]", env.__dict__.setdefault("handbook_messages", {}))


def _messages(state: str, keys: list[Key]) -> Messages:
    return Messages(state, lambda: keys)


def _counts(app: Sphinx) -> Counts:
    """Return the counts of a run; beside its trees is what other runs have counted, of any language."""
    if app not in _counts_of:
        _counts_of[app] = Counts(Path(app.doctreedir).parent / "translation-counts.json")
    return _counts_of[app]


def _own_words(env: BuildEnvironment) -> list[Key]:
    """Return the handbook's own words: once for an environment, which does not outlive the code that made it."""
    kept = env.__dict__
    if "handbook_own_words" not in kept:
        kept["handbook_own_words"] = keys_of(interface_template())
    return cast("list[Key]", kept["handbook_own_words"])


# -- showing -----------------------------------------------------------------------------------------------------------


def note_status(app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Count, and return the page to write again if its numbers are others now (event `env-updated`)."""
    if not status_page_exists(app):
        return ()
    numbers = translation_progress(app)
    _counts(app).keep()
    before, env.__dict__["handbook_status"] = env.__dict__.get("handbook_status"), numbers
    return () if before == numbers else (STATUS_PAGE,)


def write_status(app: Sphinx, exception: Exception | None) -> None:
    """Publish the numbers beside the pages (event `build-finished`)."""
    if exception or app.builder.name != "html" or not status_page_exists(app):
        return
    text = json.dumps(status_json(_numbers(app)), ensure_ascii=False, indent=1)
    Path(app.outdir, FILE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _numbers(app: Sphinx) -> dict[str, list[Progress]]:
    kept = app.env.__dict__
    if "handbook_status" not in kept:
        kept["handbook_status"] = translation_progress(app)
    return cast("dict[str, list[Progress]]", kept["handbook_status"])


class FillStatus(SphinxPostTransform):
    """Writes the tables."""

    #: Before Sphinx resolves references (10).
    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        for place in list(self.document.findall(translation_status)):
            place.replace_self(self._tables())

    def _tables(self) -> list[Node]:
        app = application_of(self.config)
        word = edition_of(app).translation.word
        numbers = _numbers(app)
        if not numbers:
            return [nodes.paragraph("", word("翻訳はまだありません。"), translatable=False)]
        overview = self._table(word("言語"), [([self._name(tag)], total(found)) for tag, found in numbers.items()])
        tables: list[Node] = [overview]
        # A book has less room than the site; and who reads one language helps with that, or reads the source.
        if app.builder.name == "html":
            for tag, found in numbers.items():
                if self.config.language not in (tag, self.config.handbook_source_language):
                    continue
                table = self._table(word("ページ"), self._rows(found))
                caption = word("{language}：ページごとの状況").format(language=own_name(tag))
                table["ids"] = [f"translation-status-{tag}"]
                table.insert(0, nodes.title("", caption, translatable=False))
                tables.append(table)
        return tables

    def _rows(self, found: Sequence[Progress]) -> list[tuple[list[Node], Progress]]:
        """Return a row for each catalogue; for those with nothing to do, one for all if there are too many to look at."""
        done = [one for one in found if not one.behind and not one.stale]
        shown = found if len(done) <= MOST_ROWS_DONE else [one for one in found if one.behind or one.stale]
        rows = [(self._catalogue(one), one) for one in sorted(shown, key=lambda one: (one.percent, one.domain))]
        if len(shown) < len(found):
            translation = edition_of(application_of(self.config)).translation
            name = translation.word("すべて訳したもの（{count}件）").format(count=translation.decimal(len(done)))
            rows.append(([nodes.Text(name)], total(done)))
        return rows

    def _name(self, tag: str) -> Node:
        """Return what a language calls itself, marked as being in that language."""
        foreign = tag != self.config.language
        return nodes.inline("", own_name(tag), classes=[f"language-{web_tag(tag)}"] if foreign else [])

    def _table(self, heading: str, rows: Sequence[tuple[list[Node], Progress]]) -> nodes.table:
        word, decimal = self._word, edition_of(application_of(self.config)).translation.decimal
        headings = [
            word("訳した割合"),
            word("全部"),
            word("訳した"),
            word("見直し待ち"),
            word("訳がない"),
            word("古い"),
        ]
        table, body = new_table([heading, *headings], [34, 11, 11, 11, 11, 11, 11])
        table["classes"] += ["records", "translation-status"]
        for name, progress in rows:
            cells = [f"{progress.percent}%", *(decimal(getattr(progress, column)) for column in COUNTS)]
            paragraphs = [
                nodes.paragraph("", "", *name, translatable=False),
                *(nodes.paragraph("", cell, translatable=False) for cell in cells),
            ]
            body += nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))
        return table

    def _word(self, message: str) -> str:
        return edition_of(application_of(self.config)).translation.word(message)

    def _catalogue(self, progress: Progress) -> list[Node]:
        """Return what a catalogue belongs to: a page, linked, or one of our own two."""
        own = {KNOWLEDGE: mark("記録の文"), INTERFACE: mark("見出しやボタンなどの言葉")}
        if progress.domain in own:
            return [nodes.Text(self._word(own[progress.domain]))]
        if progress.domain not in self.env.titles:
            return [nodes.literal("", progress.domain)]
        here, builder = self.env.current_document.docname, application_of(self.config).builder
        title = self.env.titles[progress.domain].astext()
        return [nodes.reference("", title, refuri=builder.get_relative_uri(here, progress.domain), internal=True)]
