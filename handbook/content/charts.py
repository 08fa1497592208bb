"""Charts in pages, drawn from records while the site is built.

    ```{chart} members              a figure over time: one point for each dated observation
    :caption: 会員数の移り変わり
    :alt: 点で示した会員数
    ```
    ```{count-chart} office         how many records have which value of a field
    :by: region
    :where: until=none
    ```

The values stand beside a chart as text, too: in the table of observations, or in a small table that can be opened.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes

from handbook.content.columns import COLUMNS
from handbook.content.directives import RecordDirective, new_table
from handbook.content.vocabulary import WORDS
from handbook.diagrams.charts import Bar, Point, draw_bars, draw_points, even_steps, even_years
from handbook.diagrams.svg import entitle, texts
from handbook.knowledge import EdtfDate, Figure, suggest
from handbook.translation.languages import web_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Node
    from sphinx.application import Sphinx

    from handbook.content.composer import Composer
    from handbook.knowledge import DatePoint, Observation, Record


class chart(nodes.General, nodes.Element, addnodes.translatable):  # noqa: N801 - as docutils does
    """A chart: `svg`, a file that stands by itself once the page is read; `drawing`, its name; `alt` and `description`.

    `alt` goes through the page's catalogue where a writer gave it (`own_alt`).
    """

    def preserve_original_messages(self) -> None:
        self["messages"] = [self["alt"]] if self["own_alt"] else []

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        self["alt"] = translated_message

    def extract_original_messages(self) -> Sequence[str]:
        return cast("list[str]", self["messages"])


class disclosure(nodes.container):  # noqa: N801
    """Content that a reader opens by its `summary`; where nothing can be opened, a container like others."""


def finish_charts(app: Sphinx, doctree: nodes.document) -> None:
    """Give the charts of a page, translated by now, their titles and their places in the search (event `doctree-read`)."""
    names: Counter[str] = Counter()
    for node in list(doctree.findall(chart)):
        names[node["drawing"]] += 1
        if (count := names[node["drawing"]]) > 1:
            node["drawing"] += f"-{count}"
        node["svg"] = entitle(
            node["svg"],
            name=node["drawing"],
            title=node["alt"],
            description=node["description"],
            language=web_tag(app.config.language),
            role="img",
        )
        # Not shown, but found: the site's search reads the texts of nodes.
        node.append(nodes.Text(" ".join([node["alt"], *texts(node["svg"])])))
    described = {node["record"] for node in doctree.findall(nodes.Element) if "record" in node}
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if paragraph.get("values_of") in described:
            # The values stand on this very page.
            paragraph.parent.remove(paragraph)


class ChartDirective(RecordDirective):
    """Base: the figure around a chart."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar = {"caption": directives.unchanged_required, "alt": directives.unchanged_required}

    def picture(self, name: str, title: str, svg: str, description: str) -> list[Node]:
        """Return the figure; caption and title are the writer's, or `title`."""
        drawing = chart("", drawing=name, svg=svg, description=description)
        drawing["alt"], drawing["own_alt"] = self.options.get("alt", title), "alt" in self.options
        self.set_source_info(drawing)
        figure = nodes.figure("", drawing, classes=["diagram", "chart"])
        if not (own := self.options.get("caption")):
            figure += nodes.caption("", title, translatable=False)
            return [figure]
        children, messages = self.parse_inline(own, lineno=self.lineno)
        caption = nodes.caption(own, "", *children)
        self.set_source_info(caption)
        figure += caption
        return [figure, *messages]


class FigureChart(ChartDirective):
    """```` ```{chart} figure ````: the dated observations of a figure as points over time."""

    def run(self) -> list[Node]:
        composer = self.composer()
        figure = self.figure(composer)
        if figure is None:
            return []
        observations = _dated(figure)
        if len(observations) < 2:
            return self.complain("'%s' has fewer than two observations with a date; nothing can be drawn", figure.id)
        if any(item.value < 0 for _, item in observations):
            return self.complain("'%s' has values below zero, and the axis of a chart begins there", figure.id)
        translation = composer.translation
        points = [Point(when, item.value, translation.number(figure, item)) for when, item in observations]
        svg = draw_points(
            points,
            years=[(year, translation.isodate(f"{year:04}")) for year in even_years(points[0].when, points[-1].when)],
            amounts=[(value, translation.decimal(value)) for value in even_steps(max(point.value for point in points))],
        )
        title = translation.word("{figure}の移り変わり").format(figure=composer.edition.name(figure).text)
        before, _, after = translation.word("値と出典：{table}").partition("{table}")
        values = composer.paragraph(nodes.Text(before), composer.link(figure), nodes.Text(after))
        values["values_of"] = figure.id
        description = _in_words(composer, figure, [item for _, item in observations])
        return [*self.picture(f"chart-{figure.id}", title, svg, description), values]


def _in_words(composer: Composer, figure: Figure, observations: Sequence[Observation]) -> str:
    """Return what the points of a chart show, for who cannot see them: how many, the oldest and the newest."""
    translation, word = composer.translation, composer.translation.word
    first, newest = (
        word("{amount}（{date}時点）").format(
            amount=translation.number(figure, item), date=translation.isodate(str(item.as_of))
        )
        for item in (observations[0], observations[-1])
    )
    return word("{count}の時点の値を点で示しています。最も古いのは{first}、最も新しいのは{newest}です。").format(
        count=translation.decimal(len(observations)), first=first, newest=newest
    )


def _dated(figure: Figure) -> list[tuple[date, Observation]]:
    """Return the observations that have a date, oldest first; the same value in the same month counts once."""
    found: dict[tuple[object, ...], tuple[date, Observation]] = {}
    for observation in figure.observations:
        if when := observation.as_of:
            months = (when.start and when.start.key[:2], when.end and when.end.key[:2])
            found.setdefault((months, observation.value), (_middle(when), observation))
    return sorted(found.values(), key=lambda item: item[0])


def _middle(value: EdtfDate) -> date:
    """Return the day in the middle of a date or of an interval; where one end is open, of the other end."""
    ends = [end for end in (value.start, value.end) if end]
    first, last = _days(ends[0])[0], _days(ends[-1])[1]
    return date.fromordinal((first.toordinal() + last.toordinal()) // 2)


def _days(point: DatePoint) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    month = point.month or 12
    last = point.day or monthrange(point.year, month)[1]
    return date(point.year, point.month or 1, point.day or 1), date(point.year, month, last)


class CountChart(ChartDirective):
    """```` ```{count-chart} kind ````: bars that say how many records have which value of the field `:by:`."""

    option_spec: ClassVar = {
        **ChartDirective.option_spec,
        "by": directives.unchanged_required,
        "where": directives.unchanged_required,
    }

    def run(self) -> list[Node]:
        composer = self.composer()
        records = self.selected(composer)
        if records is None:
            return []
        kind, by = self.arguments[0], self.options.get("by", "")
        fields = [name for name in COLUMNS if name.replace("-", "_") in type(records[0]).model_fields]
        if by not in fields:
            remedy = suggest(by, fields, "write one of " + ", ".join(fields))
            return self.complain("records of kind '%s' cannot be counted by '%s'; %s", kind, by, remedy)
        bars = _counts(composer, records, by.replace("-", "_"))
        word = composer.translation.word
        heading = word(COLUMNS[by].heading)
        title = word("{field}別の数").format(field=heading)
        description = word("、").join(bar.label + word("：") + bar.amount for bar in bars)
        svg = draw_bars(bars, language=composer.edition.language)
        table, body = new_table([heading, word("数")], [70, 30])
        for bar in bars:
            cells = (composer.paragraph(nodes.Text(text)) for text in (bar.label, bar.amount))
            body += nodes.row("", *(nodes.entry("", cell) for cell in cells))
        table["classes"] += ["counts"]
        opened = disclosure("", table, classes=["chart-values"], summary=word("同じ内容を表で見る"))
        return [*self.picture(f"count-{kind}-by-{by}", title, svg, description), opened]


def _counts(composer: Composer, records: Sequence[Record], field: str) -> list[Bar]:
    """Return a bar for each value, the most frequent first, then in the order of the file; no value comes last."""
    counts: Counter[str] = Counter()
    without = 0
    for record in records:
        value = getattr(record, field)
        items = value if isinstance(value, list) else [value]
        values = [_label(composer, item) for item in items if item not in (None, "unknown")]
        counts.update(values)
        without += not values
    decimal = composer.translation.decimal
    bars = [Bar(label, count, decimal(count)) for label, count in counts.most_common()]
    return [*bars, Bar(composer.translation.word("記載なし"), without, decimal(without))] if without else bars


def _label(composer: Composer, value: object) -> str:
    """Return a value as readers see it: a date by its year, a record by its name, a word or a text translated."""
    if isinstance(value, EdtfDate):
        return composer.translation.year(value)
    text = str(value)
    if text in WORDS:
        return composer.translation.word(WORDS[text])
    if text in composer.edition.base.records:
        return composer.edition.name(composer.edition.base.records[text]).text
    return composer.translation.text(text).text
