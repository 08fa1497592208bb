"""Roles: what a writer types inside a sentence.

{record}`council`               the name, linked to where it is described
{record}`議会 <council>`         the same, in the writer's words
{figure}`members`               2,500以上の自治体（2025年9月時点） [1]
{figure}`members@2018-06`       an older observation, by date or key
{value}`members`                2,500以上
{date}`founding-congress`       1990年9月
{date}`ccp-campaign.since`      another date field of a record
{year}`founding-congress`       1990年
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole

from handbook.content.application import application_of
from handbook.content.composer import Composer
from handbook.content.editions import edition_of
from handbook.content.selection import Selection
from handbook.knowledge import EdtfDate, Figure, Observation, Record, suggest

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message

logger = logging.getLogger(__name__)

_ADD_IT = "add it to a file in knowledge/"


def _composer(role: SphinxRole) -> Composer:
    return Composer(role.env, role.inliner.document, edition_of(application_of(role.env.config)), role.lineno)


def _find(role: SphinxRole, composer: Composer, record_id: str) -> Record | None:
    """Return a record and note that the page shows it, or warn."""
    records = composer.edition.base.records
    if record_id in records:
        composer.uses(Selection.of(record_id))
        return records[record_id]
    complain(role, f"no record has the id '{record_id}'; {suggest(record_id, records, _ADD_IT)}", "unknown-record")
    return None


def complain(role: SphinxRole, message: str, subtype: str = "bad-role") -> tuple[list[Node], list[system_message]]:
    """Warn where the role stands, and show it as it was typed."""
    logger.warning(message, location=role.get_location(), type="handbook", subtype=subtype)
    return [nodes.literal(role.rawtext, role.rawtext)], []


class RecordRole(ReferenceRole):
    """`` {record}`id` `` and `` {record}`own words <id>` ``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        composer = _composer(self)
        record = _find(self, composer, self.target)
        if record is None:
            return [nodes.literal(self.rawtext, self.title)], []
        wording = nodes.Text(self.title) if self.has_explicit_title else None
        return [composer.link(record, wording)], []


class FigureRole(SphinxRole):
    """`` {figure}`id` ``, with date and citation; `` {value}`id` ``, the number alone."""

    def __init__(self, *, number_only: bool) -> None:
        super().__init__()
        self.number_only = number_only

    def run(self) -> tuple[list[Node], list[system_message]]:
        composer = _composer(self)
        figure_id, _, selector = self.text.partition("@")
        record = _find(self, composer, figure_id)
        if record is None:
            return [nodes.literal(self.rawtext, self.text)], []
        if not isinstance(record, Figure):
            return complain(self, f"'{figure_id}' is not a figure; use the role {{record}} for its name")
        observation = _observation(record, selector)
        if observation is None:
            known = ", ".join(item.selector for item in record.observations if item.selector)
            return complain(self, f"'{figure_id}' has no observation '{selector}'; it has {known}")
        if self.number_only:
            return [nodes.Text(composer.translation.number(record, observation))], []
        return composer.figure(record, observation), []


class DateRole(SphinxRole):
    """`` {date}`id` `` or `` {date}`id.field` ``; `` {year}`id` `` for the year alone."""

    def __init__(self, *, year_only: bool) -> None:
        super().__init__()
        self.year_only = year_only

    def run(self) -> tuple[list[Node], list[system_message]]:
        composer = _composer(self)
        record_id, _, field = self.text.partition(".")
        record = _find(self, composer, record_id)
        if record is None:
            return [nodes.literal(self.rawtext, self.text)], []
        dates = {name: value for name, value in record if isinstance(value, EdtfDate)}
        value = dates.get(field or "date")
        if value is None:
            known = ", ".join(f"{record_id}.{name}" for name in dates) or "none"
            return complain(self, f"'{self.text}' is not a date; dates of this record: {known}")
        text = composer.translation.year(value) if self.year_only else composer.translation.date(value)
        return [nodes.Text(text)], []


def _observation(figure: Figure, selector: str) -> Observation | None:
    if not selector:
        return figure.observations[0]
    return next((item for item in figure.observations if item.answers_to(selector)), None)
