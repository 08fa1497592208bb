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

from handbook.content.composer import Composer
from handbook.content.editions import edition_of
from handbook.content.selection import Selection
from handbook.knowledge import EdtfDate, Figure, Observation, Record, suggest

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message

logger = logging.getLogger(__name__)


class _Lookup:
    """What all roles share: finding a record, or warning about it."""

    env: object
    rawtext: str

    def _composer(self, role: SphinxRole) -> Composer:
        return Composer(role.env, role.inliner.document, edition_of(role.env._app), role.lineno)

    def _record(self, role: SphinxRole, composer: Composer, record_id: str) -> Record | None:
        records = composer.edition.base.records
        if record_id in records:
            composer.uses(Selection.of(record_id))
            return records[record_id]
        remedy = suggest(record_id, records, "add it to a file in knowledge/")
        logger.warning(
            "no record has the id '%s'; %s",
            record_id,
            remedy,
            location=role.get_location(),
            type="handbook",
            subtype="unknown-record",
        )
        return None

    def _complain(self, role: SphinxRole, message: str) -> tuple[list[Node], list[system_message]]:
        logger.warning(message, location=role.get_location(), type="handbook", subtype="bad-role")
        return [nodes.literal(role.rawtext, role.rawtext)], []


class RecordRole(ReferenceRole, _Lookup):
    """`` {record}`id` `` and `` {record}`own words <id>` ``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        composer = self._composer(self)
        record = self._record(self, composer, self.target)
        if record is None:
            return [nodes.literal(self.rawtext, self.title)], []
        link = composer.link(record)
        if self.has_explicit_title:
            link.clear()  # type: ignore[attr-defined]
            link += nodes.inline("", self.title)  # type: ignore[operator]
        return [link], []


class FigureRole(SphinxRole, _Lookup):
    """`` {figure}`id` ``, with date and citation; `` {value}`id` ``, the number alone."""

    def __init__(self, *, number_only: bool) -> None:
        super().__init__()
        self.number_only = number_only

    def run(self) -> tuple[list[Node], list[system_message]]:
        composer = self._composer(self)
        figure_id, _, selector = self.text.partition("@")
        record = self._record(self, composer, figure_id)
        if record is None:
            return [nodes.literal(self.rawtext, self.text)], []
        if not isinstance(record, Figure):
            return self._complain(self, f"'{figure_id}' is not a figure; use the role {{record}} for its name")
        observation = _observation(record, selector)
        if observation is None:
            handles = [item.key or (item.as_of.text if item.as_of else "") for item in record.observations]
            known = ", ".join(handle for handle in handles if handle)
            return self._complain(self, f"'{figure_id}' has no observation '{selector}'; it has {known}")
        if self.number_only:
            return [nodes.Text(composer.translation.number(record, observation))], []
        return composer.figure(record, observation), []


class DateRole(SphinxRole, _Lookup):
    """`` {date}`id` `` or `` {date}`id.field` ``; `` {year}`id` `` for the year alone."""

    def __init__(self, *, year_only: bool) -> None:
        super().__init__()
        self.year_only = year_only

    def run(self) -> tuple[list[Node], list[system_message]]:
        composer = self._composer(self)
        record_id, _, field = self.text.partition(".")
        record = self._record(self, composer, record_id)
        if record is None:
            return [nodes.literal(self.rawtext, self.text)], []
        dates = {name: value for name, value in record if isinstance(value, EdtfDate)}
        value = dates.get(field or "date")
        if value is None:
            known = ", ".join(f"{record_id}.{name}" for name in dates) or "none"
            return self._complain(self, f"'{self.text}' is not a date; dates of this record: {known}")
        text = composer.translation.year(value) if self.year_only else composer.translation.date(value)
        return [nodes.Text(text)], []


def _observation(figure: Figure, selector: str) -> Observation | None:
    if not selector:
        return figure.observations[0]
    return next((item for item in figure.observations if item.answers_to(selector)), None)
