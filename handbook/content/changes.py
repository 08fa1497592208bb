"""What has changed in the handbook: all of it with its records, or the newest in short.

```{changes}
```

```{changes}
:newest: 4
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from handbook.content.directives import RecordDirective
from handbook.content.selection import Selection
from handbook.content.vocabulary import WORDS
from handbook.knowledge import Change

if TYPE_CHECKING:
    from docutils.nodes import Node

    from handbook.content.composer import Composer
    from handbook.knowledge import KnowledgeBase


def newest_first(base: KnowledgeBase) -> list[Change]:
    """Return the changes by day, the newest first; those of one day in the order of their file."""
    return sorted(base.all(Change), key=lambda change: change.date.key, reverse=True)


class Changes(RecordDirective):
    """```` ```{changes} ````: what has changed, newest first; with `:newest:` so many, in short."""

    has_content = False
    option_spec: ClassVar = {"newest": directives.positive_int}

    def run(self) -> list[Node]:
        composer = self.composer()
        composer.uses(Selection.where("change"))
        newest: int | None = self.options.get("newest")
        changes = newest_first(composer.edition.base)[:newest]
        if not changes:
            return self.complain("there are no changes to list; write them into knowledge/changes.yaml")
        describe = _described if newest is None else _mentioned
        return [nodes.bullet_list("", *(describe(composer, change) for change in changes), classes=["changes"])]


def _described(composer: Composer, change: Change) -> nodes.list_item:
    """Return all of a change; this is where links to it lead."""
    word, text = composer.translation.word, composer.translation.text
    dated = word("{date}（{kind}）").format(date=composer.translation.date(change.date), kind=word(WORDS[change.kind]))
    about = nodes.Text(word("関わる記録") + word("："))
    item = nodes.list_item(
        "",
        _line(composer, dated, nodes.strong("", "", composer.text(composer.edition.name(change)))),
        composer.paragraph(composer.text(text(change.summary))),
        composer.paragraph(about, *composer.links(change.about), classes=["change-about"]),
    )
    composer.home_of(change, item)
    return item


def _mentioned(composer: Composer, change: Change) -> nodes.list_item:
    """Return day and name of a change, linked to all of it."""
    return nodes.list_item("", _line(composer, composer.translation.date(change.date), composer.link(change)))


def _line(composer: Composer, dated: str, name: Node) -> nodes.paragraph:
    return composer.paragraph(nodes.inline("", dated, classes=["change-date"]), nodes.Text(" "), name)
