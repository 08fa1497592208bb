"""Mermaid sources drawn from records: the hierarchy and the timelines."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from handbook.diagrams.labels import break_label
from handbook.knowledge import Body, Era, Milestone, Relation
from handbook.translation import mark, mark_in
from handbook.translation.languages import is_full_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.translation import Edition

#: What stands on an arrow of the hierarchy, for one body and for several.
VERBS: dict[str, tuple[str, tuple[str, str]]] = {
    "elects": (mark("選挙で選ぶ"), mark_in("many", "選挙で選ぶ")),
    "appoints": (mark("任命する"), mark_in("many", "任命する")),
    "nominates": (mark("委員を出す"), mark_in("many", "委員を出す")),
    "decides-for": (mark("方針を決める"), mark_in("many", "方針を決める")),
    "reports-to": (mark("報告する"), mark_in("many", "報告する")),
    "directs": (mark("率いる"), mark_in("many", "率いる")),
    "oversees": (mark("監督する"), mark_in("many", "監督する")),
    "serves": (mark("支援する"), mark_in("many", "支援する")),
    "supports": (mark("支える"), mark_in("many", "支える")),
}

#: What stands between two such sentences.
_BETWEEN = mark_in("between sentences", "。")

#: The same as sentences, for the text beside the diagram.
SENTENCES: dict[str, tuple[str, tuple[str, str]]] = {
    "elects": (mark("{target}を選挙で選びます"), mark_in("many", "{target}を選挙で選びます")),
    "appoints": (mark("{target}を任命します"), mark_in("many", "{target}を任命します")),
    "nominates": (mark("{target}に委員を出します"), mark_in("many", "{target}に委員を出します")),
    "decides-for": (mark("{target}の方針を決めます"), mark_in("many", "{target}の方針を決めます")),
    "reports-to": (mark("{target}に報告します"), mark_in("many", "{target}に報告します")),
    "directs": (mark("{target}を率います"), mark_in("many", "{target}を率います")),
    "oversees": (mark("{target}を監督します"), mark_in("many", "{target}を監督します")),
    "serves": (mark("{target}を支援します"), mark_in("many", "{target}を支援します")),
    "supports": (mark("{target}を支えます"), mark_in("many", "{target}を支えます")),
}

#: Relations that only the text shows.
_FOR_MEMBERS = ("serves", "supports")

#: Characters with a meaning of their own in a timeline.
_ENDS = re.compile(r"[:;]")


def verb(edition: Edition, body: Body, relation: Relation) -> str:
    """Return the words on the arrow from `body`."""
    return _agreeing(edition, body, VERBS[relation.verb])


def sentence(edition: Edition, body: Body, relation: Relation) -> str:
    """Return the relation as a sentence with the placeholder `{target}`."""
    return _agreeing(edition, body, SENTENCES[relation.verb])


def between(edition: Edition) -> str:
    """Return what separates two sentences about one body."""
    context, stop = _BETWEEN
    return edition.translation.word(stop, context)


def _related(edition: Edition, body: Body) -> bool:
    """Tell whether an arrow already joins `body` with what it is part of."""
    parent = edition.base.records[body.part_of or ""]
    assert isinstance(parent, Body)
    return any(relation.to == parent.id for relation in body.relations) or any(
        relation.to == body.id for relation in parent.relations
    )


def _agreeing(edition: Edition, body: Body, forms: tuple[str, tuple[str, str]]) -> str:
    one, (context, many) = forms
    return edition.translation.word(many, context) if body.several else edition.translation.word(one)


def hierarchy_source(edition: Edition) -> str:
    """Return a flowchart of all bodies and their relations."""
    bodies = edition.base.all(Body)
    lines = ["flowchart TD"]
    for body in bodies:
        label = break_label(edition.name(body).text, edition.language, 8 if is_full_width(edition.language) else 20)
        lines.append(f'  {_node(body.id)}["{quoted(label)}"]')
    for body in bodies:
        if body.part_of and not _related(edition, body):
            lines.append(f"  {_node(body.part_of)} --- {_node(body.id)}")
        for relation in body.relations:
            # The work done for members leads back to the top: the text beside the drawing
            # says so, and a line all the way up would only make it wide.
            if relation.verb in _FOR_MEMBERS:
                continue
            words = break_label(
                verb(edition, body, relation), edition.language, 6 if is_full_width(edition.language) else 12
            )
            lines.append(f'  {_node(body.id)} -->|"{quoted(words)}"| {_node(relation.to)}')
    by_function: dict[str, list[str]] = defaultdict(list)
    for body in bodies:
        by_function[body.function].append(_node(body.id))
    lines += [f"  class {','.join(ids)} {function};" for function, ids in by_function.items()]
    lines += [f'  click {_node(body.id)} href "#{body.id}"' for body in bodies]
    return "\n".join(lines) + "\n"


def timeline_source(edition: Edition, milestones: Iterable[Milestone]) -> str:
    """Return a timeline of `milestones`: a period for each year, events below it."""
    years: dict[str, list[str]] = defaultdict(list)
    for milestone in sorted(milestones, key=lambda item: item.date.key):
        label = edition.translation.text(milestone.label or milestone.name).text
        broken = break_label(label, edition.language, 16 if is_full_width(edition.language) else 30)
        years[edition.translation.year(milestone.date)].append(_ENDS.sub(lambda end: f"#{ord(end[0])};", broken))
    return "\n".join(["timeline", *(f"  {year} : " + " : ".join(events) for year, events in years.items())]) + "\n"


def in_timeline(edition: Edition, era: Era) -> list[Milestone]:
    """Return the milestones that the diagram of `era` shows, by date."""
    return [item for item in of_era(edition, era) if item.in_timeline]


def of_era(edition: Edition, era: Era) -> list[Milestone]:
    """Return all milestones of `era`, by date."""
    return sorted((item for item in edition.base.all(Milestone) if item.era == era.id), key=lambda item: item.date.key)


def quoted(label: str) -> str:
    """Escape a label for use between Mermaid's quotes; `<br>` stays a line break."""
    escaped = label.replace("<br>", "\n").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    return escaped.replace("\n", "<br>")


def _node(record_id: str) -> str:
    # Mermaid reads a bare "end" as a keyword; a prefix keeps every id harmless.
    return "b-" + record_id
