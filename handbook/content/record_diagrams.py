"""Diagrams drawn from records, each with the same content beside it as text.

```{hierarchy}                  bodies and who elects whom
```{timeline} era-founding      milestones of an era
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from handbook.content.diagrams import GeneratedDiagram
from handbook.content.selection import Selection
from handbook.diagrams.sources import between, hierarchy_source, in_timeline, of_era, sentence, timeline_source
from handbook.knowledge import Body, Era

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Node

    from handbook.content.composer import Composer


class Hierarchy(GeneratedDiagram):
    """```` ```{hierarchy} ````: the bodies, their relations, and the same as a nested list."""

    def run(self) -> list[Node]:
        composer = self.composer()
        composer.uses(Selection.where("body"))
        edition = composer.edition
        bodies = edition.base.all(Body)
        word = composer.translation.word
        stop = word("。").rstrip()
        descriptions = [
            edition.name(body).text
            + word("：")
            + between(edition).join(
                sentence(edition, body, relation).format(target=edition.name(edition.base.records[relation.to]).text)
                for relation in body.relations
            )
            + stop
            for body in bodies
            if body.relations
        ]
        figure = self.picture("hierarchy", word("イクレイの組織図"), hierarchy_source(edition), " ".join(descriptions))
        return [*figure, self._branch(composer, bodies, None)]

    def _branch(self, composer: Composer, bodies: Sequence[Body], parent: str | None) -> nodes.bullet_list:
        edition, word = composer.edition, composer.translation.word
        branch = nodes.bullet_list("", classes=["hierarchy"])
        for body in bodies:
            if body.part_of != parent:
                continue
            line: list[Node] = [nodes.strong("", "", composer.link(body))]
            for position, relation in enumerate(body.relations):
                before, _, after = sentence(edition, body, relation).partition("{target}")
                line.append(nodes.Text((between(edition) if position else word("：")) + before))
                line.append(composer.link(edition.base.records[relation.to]))
                line.append(nodes.Text(after))
            if body.relations:
                line.append(nodes.Text(word("。").rstrip()))
            item = nodes.list_item("", composer.paragraph(*line))
            if any(child.part_of == body.id for child in bodies):
                item += self._branch(composer, bodies, body.id)
            branch += item
        return branch


class Timeline(GeneratedDiagram):
    """```` ```{timeline} era ````: the era's main events, and all of them as a list."""

    required_arguments = 1

    def run(self) -> list[Node]:
        composer = self.composer()
        era = self.record(composer, self.arguments.pop())
        if not isinstance(era, Era):
            return self.complain("'%s' is not an era", era.id) if era else []
        composer.uses(Selection.where("milestone", f"era={era.id}"))
        edition = composer.edition
        milestones = of_era(edition, era)
        shown = in_timeline(edition, era)
        if not shown:
            return self.complain("no milestone of '%s' has in_timeline: true; nothing can be drawn", era.id)
        word = composer.translation.word
        title = word("年表：{era}").format(era=edition.name(era).text)
        described = [
            word("{date}：{event}").format(
                date=composer.translation.date(item.date),
                event=composer.translation.text(item.label or item.name).text,
            )
            for item in shown
        ]
        figure = self.picture(
            f"timeline-{era.id.removeprefix('era-')}",
            title,
            timeline_source(edition, shown),
            word("。").join(described),
        )
        events = nodes.bullet_list("", classes=["timeline"])
        for item in milestones:
            before, _, after = word("{date}：{event}").partition("{event}")
            events += nodes.list_item(
                "",
                composer.paragraph(
                    nodes.Text(before.format(date=composer.translation.date(item.date))),
                    composer.link(item),
                    nodes.Text(after),
                ),
            )
        return [*figure, events]
