"""The figures that readers ask for first, each with its date and source.

    ```{key-figures} founding-congress, members, countries
    ```

A figure shows its newest value, an event its date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from handbook.content.directives import RecordDirective
from handbook.knowledge import Figure, Milestone

if TYPE_CHECKING:
    from docutils.nodes import Node

    from handbook.content.composer import Composer


class KeyFigures(RecordDirective):
    """```` ```{key-figures} id, id ````: a list of names and values."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = False

    def run(self) -> list[Node]:
        composer = self.composer()
        shown = nodes.definition_list(classes=["key-figures", "simple"])
        for record_id in self.arguments[0].split(","):
            record = self.record(composer, record_id.strip())
            if isinstance(record, Figure):
                shown += _figure(composer, record)
            elif isinstance(record, Milestone):
                shown += _event(composer, record)
            elif record is not None:
                self.complain("'%s' is neither a figure nor an event", record.id)
        return [shown] if shown.children else []


def _figure(composer: Composer, figure: Figure) -> nodes.definition_list_item:
    newest, word = figure.observations[0], composer.translation.word
    value: Node = nodes.Text(composer.translation.number(figure, newest))
    if len(figure.observations) > 1:
        # The history of the figure is one click away.
        value = composer.link(figure, value)
    if newest.as_of:
        dated = word("{date}時点").format(date=composer.translation.date(newest.as_of))
    else:
        dated = word("時点の記載なし")
    ground = [nodes.Text(dated), *composer.citations(newest.sources)]
    return _item(composer, composer.text(composer.edition.name(figure)), value, ground)


def _event(composer: Composer, event: Milestone) -> nodes.definition_list_item:
    label = composer.text(composer.translation.text(event.label or event.name))
    date = composer.link(event, composer.date(event.date))
    # Without the space between words and citation.
    return _item(composer, label, date, composer.citations(event.sources)[1:])


def _item(composer: Composer, label: Node, value: Node, ground: list[Node]) -> nodes.definition_list_item:
    """Return a name and its value; `ground` says when and by whose word."""
    shown = nodes.strong("", "", value, classes=["key-value"])
    said = nodes.inline("", "", *ground, classes=["key-source"])
    return nodes.definition_list_item(
        "",
        nodes.term("", "", label, translatable=False),
        nodes.definition("", composer.paragraph(shown, nodes.Text(" "), said)),
    )
