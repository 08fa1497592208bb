"""Directives that show records: descriptions, tables, lists, the glossary, and where sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from handbook.content.application import application_of
from handbook.content.columns import COLUMNS, blocks, columns_of_homes, details
from handbook.content.composer import Composer
from handbook.content.editions import edition_of
from handbook.content.mentions import mentions
from handbook.content.selection import Selection, SelectionError
from handbook.knowledge import Conflict, EdtfDate, Figure, Record, Term, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Node

logger = logging.getLogger(__name__)


class RecordDirective(SphinxDirective):
    """Base: knows the edition, and turns mistakes into warnings with a place."""

    def composer(self) -> Composer:
        """Return what makes the nodes of this directive."""
        return Composer(self.env, self.state.document, edition_of(application_of(self.config)), self.lineno)

    def complain(self, message: str, *args: object) -> list[Node]:
        """Warn where the directive stands, and show nothing."""
        logger.warning(message, *args, location=self.get_location(), type="handbook", subtype="bad-directive")
        return []

    def record(self, composer: Composer, record_id: str) -> Record | None:
        """Return a record and note its use, or warn."""
        records = composer.edition.base.records
        if record_id not in records:
            remedy = suggest(record_id, records, "add it to a file in knowledge/")
            self.complain("no record has the id '%s'; %s", record_id, remedy)
            return None
        composer.uses(Selection.of(record_id))
        return records[record_id]

    def figure(self, composer: Composer) -> Figure | None:
        """Return the figure that the argument names and note its use, or warn."""
        record = self.record(composer, self.arguments[0])
        if record is None or isinstance(record, Figure):
            return record
        self.complain("'%s' is not a figure", record.id)
        return None

    def selected(self, composer: Composer) -> list[Record] | None:
        """Return the records that argument and `:where:` select, in the order of `:sort:`."""
        try:
            selection = Selection.where(self.arguments[0], self.options.get("where", ""))
        except SelectionError as error:
            self.complain("%s", error)
            return None
        composer.uses(selection)
        records = selection.records(composer.edition.base)
        if not records:
            self.complain("no record of kind '%s' fits; check :where:", self.arguments[0])
            return None
        order = self.options.get("sort", "")
        if order == "name":
            return sorted(records, key=composer.edition.sort_key)
        if order:
            if order not in type(records[0]).model_fields:
                self.complain("records of kind '%s' have no field '%s' to sort by", self.arguments[0], order)
                return None
            return sorted(records, key=lambda record: _order(getattr(record, order)))
        return records


def _order(value: object) -> tuple[object, ...]:
    """Sort dates by time and leave records without a value to the end."""
    if value is None:
        return (1,)
    return (0, value.key, value.text) if isinstance(value, EdtfDate) else (0, str(value))


class DescribeRecord(RecordDirective):
    """```` ```{record} id ````: describes a record; this is where links to it lead."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[Node]:
        composer = self.composer()
        record = self.record(composer, self.arguments[0])
        if record is None:
            return []
        card = nodes.container("", classes=["record"], is_div=True)
        composer.home_of(record, card)
        title: list[Node] = [nodes.strong("", "", composer.text(composer.edition.name(record)))]
        if short := composer.abbreviation(record):
            title += [nodes.Text(" "), nodes.inline("", f"({short})", classes=["record-abbreviation"])]
        card += composer.paragraph(*title, *composer.beside(record), classes=["record-name"])
        if record.summary:
            card += composer.paragraph(
                composer.text(composer.translation.text(record.summary)), *composer.citations(record.sources)
            )
        if fields := details(composer, record):
            card += fields
        card += mentions(record=record.id)
        return [card]


class RecordTable(RecordDirective):
    """```` ```{record-table} kind ````: a table, one record a row."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar = {
        "where": directives.unchanged,
        "columns": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "anchors": directives.flag,
        "sort": directives.unchanged_required,
    }

    def run(self) -> list[Node]:
        composer = self.composer()
        records = self.selected(composer)
        if records is None:
            return []
        names = [name.strip() for name in self.options.get("columns", "name, summary, sources").split(",")]
        for name in names:
            if name not in COLUMNS:
                return self.complain(
                    "no column is called '%s'; %s", name, suggest(name, COLUMNS, "write one of " + ", ".join(COLUMNS))
                )
        if "anchors" in self.options:
            names = columns_of_homes(names)
        columns = [COLUMNS[name] for name in names]
        rows = [[column.cell(composer, record) for column in columns] for record in records]
        for cells in rows:
            # The first cell heads its row, so it may not stay empty.
            cells[0] = cells[0] or [nodes.Text(composer.translation.word("記載なし"))]
        # A column that says nothing in any row only makes the others narrow.
        kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
        headings = [composer.translation.word(columns[index].heading) for index in kept]
        table, body = new_table(headings, [columns[index].width for index in kept])
        # Pages that mention a record stand below what is said of it, or else where there is most room.
        rest = range(len(kept))[1:] or range(1)
        below = max(rest, key=lambda at: (names[kept[at]] in ("summary", "noted-summary"), columns[kept[at]].width))
        for record, cells in zip(records, rows, strict=True):
            entries = [nodes.entry("", *blocks(composer, names[index], cells[index])) for index in kept]
            row = nodes.row("", *entries)
            if "anchors" in self.options:
                composer.home_of(record, row)
                entries[below] += mentions(record=record.id)
            body += row
        table["classes"] += ["records", f"records-{self.arguments[0]}"]
        if caption := self.options.get("caption"):
            children, messages = self.parse_inline(caption, lineno=self.lineno)
            title = nodes.title(caption, "", *children)
            title.source, title.line = self.get_source_info()
            table.insert(0, title)
            return [table, *messages]
        return [table]


def new_table(headings: Sequence[str], widths: Sequence[int]) -> tuple[nodes.table, nodes.tbody]:
    """Return a table with its header row, and its body, still empty."""
    table = nodes.table()
    group = nodes.tgroup(cols=len(headings))
    table += group
    for index, width in enumerate(widths):
        column = nodes.colspec(colwidth=width)
        if index == 0:
            column["stub"] = 1
        group += column
    head = nodes.row()
    for heading in headings:
        head += nodes.entry("", nodes.paragraph("", heading, translatable=False))
    group += nodes.thead("", head)
    body = nodes.tbody()
    group += body
    return table, body


class RecordList(RecordDirective):
    """```` ```{record-list} kind ````: bullets with linked name and summary."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar = {"where": directives.unchanged, "sort": directives.unchanged_required}

    def run(self) -> list[Node]:
        composer = self.composer()
        records = self.selected(composer)
        if records is None:
            return []
        bullets = nodes.bullet_list("", classes=["records"])
        for record in records:
            line: list[Node] = [nodes.strong("", "", composer.link(record))]
            if record.summary:
                line += [
                    nodes.Text(composer.translation.word("：")),
                    composer.text(composer.translation.text(record.summary)),
                ]
            bullets += nodes.list_item("", composer.paragraph(*line, *composer.citations(record.sources)))
        return [bullets]


class Observations(RecordDirective):
    """```` ```{observations} figure ````: every value of a figure, newest first."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[Node]:
        composer = self.composer()
        figure = self.figure(composer)
        if figure is None:
            return []
        word = composer.translation.word
        has_notes = any(observation.note for observation in figure.observations)
        headings = [word("時点"), word("値"), word("出典"), *([word("注")] if has_notes else [])]
        table, body = new_table(headings, [20, 25, 15, 40][: len(headings)])
        composer.home_of(figure, table)
        table["classes"] += ["records", "observations"]
        name = composer.text(composer.edition.name(figure))
        title = nodes.title("", "", name, *composer.beside(figure), translatable=False)
        table.insert(0, title)
        for observation in figure.observations:
            when = composer.date(observation.as_of) if observation.as_of else nodes.Text(word("記載なし"))
            cells: list[list[Node]] = [
                [when],
                [composer.text(composer.translation.amount(figure, observation))],
                composer.citations(observation.sources)[1:],
            ]
            if has_notes:
                note = observation.note
                cells.append([composer.text(composer.translation.text(note))] if note else [])
            body += nodes.row("", *(nodes.entry("", composer.paragraph(*cell)) for cell in cells))
        return [table, mentions(record=figure.id)]


class TermList(RecordDirective):
    """```` ```{term-list} ````: the glossary, sorted as readers of the language look things up."""

    has_content = False
    option_spec: ClassVar = {"where": directives.unchanged}

    def run(self) -> list[Node]:
        self.arguments = ["term"]
        self.options["sort"] = "name"
        composer = self.composer()
        terms = self.selected(composer)
        if terms is None:
            return []
        glossary = nodes.definition_list(classes=["terms"])
        for term in terms:
            assert isinstance(term, Term)
            name = composer.text(composer.edition.name(term))
            heading = nodes.term("", "", name, *composer.beside(term), translatable=False)
            composer.home_of(term, heading)
            definition = nodes.definition(
                "",
                composer.paragraph(
                    composer.text(composer.translation.text(term.summary)), *composer.citations(term.sources)
                ),
                mentions(record=term.id),
            )
            glossary += nodes.definition_list_item("", heading, definition)
        return [glossary]


class ConflictList(RecordDirective):
    """```` ```{conflict-list} ````: where sources disagree; the claims, and what the handbook prints and why."""

    has_content = False
    option_spec: ClassVar = {"where": directives.unchanged}

    def run(self) -> list[Node]:
        self.arguments = ["conflict"]
        composer = self.composer()
        return [_conflict(composer, record) for record in self.selected(composer) or [] if isinstance(record, Conflict)]


def _conflict(composer: Composer, conflict: Conflict) -> nodes.container:
    word, text = composer.translation.word, composer.translation.text
    card = nodes.container("", classes=["record", "conflict"], is_div=True)
    composer.home_of(conflict, card)
    name = nodes.strong("", "", composer.text(composer.edition.name(conflict)))
    card += composer.paragraph(name, *composer.beside(conflict), classes=["record-name"])
    claims = nodes.bullet_list("", classes=["claims"])
    for claim in conflict.claims:
        line = composer.paragraph(composer.text(text(claim.text)), *composer.citations(claim.sources))
        claims += nodes.list_item("", line)
    card += claims
    printed = [composer.text(text(conflict.printed)), *composer.citations(conflict.sources)]
    rows = [
        (word("本書の扱い"), printed),
        (word("関わる記録"), composer.links(conflict.about)),
        (word("注"), [composer.text(text(conflict.note))] if conflict.note else []),
    ]
    fields = (composer.field(heading, composer.paragraph(*cell)) for heading, cell in rows if cell)
    card += nodes.field_list("", *fields, classes=["record-details"])
    return card
