"""Small pieces of doctree that show a record: names, dates, figures, citations.

Everything here comes out in the language of the run. The pieces are not
extracted for translation again: their texts have catalogues of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.roles import CitationRef

from handbook.content.domain import record_domain
from handbook.content.selection import Selection
from handbook.translation.languages import OFFICIAL_NAMES, has_word_spaces
from handbook.translation.script import is_japanese

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain

    from handbook.knowledge import EdtfDate, Figure, Observation, Record
    from handbook.translation import Edition, Localized


class Composer:
    """Makes nodes for one page. `line` is where the writer asked for them."""

    def __init__(self, env: BuildEnvironment, document: nodes.document, edition: Edition, line: int) -> None:
        self.env = env
        self.document = document
        self.edition = edition
        self.translation = edition.translation
        self.line = line

    # Text

    def text(self, localized: Localized) -> nodes.Node:
        """Return text; marked with its language where that is not the page's: it has no translation then."""
        node = self.foreign(localized.text, localized.language)
        if isinstance(node, nodes.inline):
            node["classes"].append("untranslated")
        return node

    def foreign(self, text: str, language: str) -> nodes.Node:
        """Return `text`, which is in `language`."""
        if language == self.edition.language:
            return nodes.Text(text)
        return nodes.inline("", text, classes=[f"language-{language}"])

    def paragraph(self, *children: nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
        """Return a paragraph that is kept out of the page's catalogue."""
        return nodes.paragraph("", "", *children, translatable=False, classes=list(classes))

    # Records

    def link(self, record: Record, wording: nodes.Node | None = None) -> nodes.Node:
        """Return the record's name, or `wording`, linked to where the record is described."""
        reference = addnodes.pending_xref(
            "",
            wording or self.text(self.edition.name(record)),
            refdomain="record",
            reftype="record",
            reftarget=record.id,
            refexplicit=False,
            refwarn=True,
            refdoc=self.env.current_document.docname,
        )
        reference.source, reference.line = self.document["source"], self.line
        return reference

    def links(self, record_ids: Iterable[str]) -> list[nodes.Node]:
        """Return the names of records, linked, with commas between them; the page then depends on them."""
        found: list[nodes.Node] = []
        for record_id in record_ids:
            if found:
                found.append(nodes.Text(self.translation.word("、")))
            self.uses(Selection.of(record_id))
            found.append(self.link(self.edition.base.records[record_id]))
        return found

    def field(self, heading: str, *blocks: nodes.Node) -> nodes.field:
        """Return a field of a field list; `heading` is one of the handbook's own words, translated already."""
        return nodes.field("", nodes.field_name("", heading, translatable=False), nodes.field_body("", *blocks))

    def abbreviation(self, record: Record) -> str:
        """Return what a record is called for short, to stand beside its name; empty if the name says it already."""
        short = record.abbreviation or ""
        return "" if short in self.edition.name(record).text else short

    def other_name(self, record: Record) -> nodes.Node | None:
        """Return the name that readers of this language look for elsewhere, if it is not the one they read here.

        It is the official English one, by which sources in all languages call things; beside English, and where there is
        none, the Japanese one.
        """
        shown = self.edition.name(record).text
        if self.edition.language != OFFICIAL_NAMES and record.name_en:
            return self.foreign(record.name_en, OFFICIAL_NAMES) if record.name_en != shown else None
        # Some names are the same letters in every language: HEAT.
        is_other = record.name != shown and is_japanese(record.name)
        return self.foreign(record.name, self.translation.source_language) if is_other else None

    def beside(self, record: Record) -> list[nodes.Node]:
        """Return the name in the other language, if there is one, to stand after the name in the same line."""
        other = self.other_name(record)
        return [] if other is None else [nodes.Text(" "), nodes.inline("", "", other, classes=["record-other-name"])]

    def citations(self, keys: Sequence[str]) -> list[nodes.Node]:
        """Return a citation of `keys`, as the role `cite` makes it, after a space where the language uses spaces."""
        if not keys:
            return []
        target = ",".join(dict.fromkeys(keys))
        docname = self.env.current_document.docname
        reference = addnodes.pending_xref(
            "",
            nodes.inline("", target),
            refdomain="cite",
            reftype="p",
            reftarget=target,
            refexplicit=False,
            refwarn=True,
            refdoc=docname,
        )
        reference.source, reference.line = self.document["source"], self.line
        self.document.note_explicit_target(reference, reference)
        bibliography = cast("BibtexDomain", self.env.get_domain("cite"))
        bibliography.citation_refs.append(
            CitationRef(reference["ids"][0], docname, self.line, list(parse_citation_targets(target)))
        )
        space = " " if has_word_spaces(self.edition.language) else ""
        return [nodes.Text(space), reference]

    def date(self, value: EdtfDate) -> nodes.Text:
        """Return a date in words."""
        return nodes.Text(self.translation.date(value))

    def figure(self, figure: Figure, observation: Observation) -> list[nodes.Node]:
        """Return amount, date and citation: 2,500以上の自治体（2025年9月時点） [1]."""
        amount = self.translation.amount(figure, observation)
        if observation.as_of:
            dated = self.translation.word("{amount}（{date}時点）").format(
                amount=amount.text, date=self.translation.date(observation.as_of)
            )
        else:
            dated = self.translation.word("{amount}（時点の記載なし）").format(amount=amount.text)
        shown = self.foreign(dated, amount.language)
        if len(figure.observations) > 1:
            # The history of the figure is one click away.
            shown = self.link(figure, shown)
        return [shown, *self.citations(observation.sources)]

    # What the page depends on

    def uses(self, selection: Selection) -> None:
        """Rebuild the page when these records change."""
        record_domain(self.env).note_use(selection)

    def home_of(self, record: Record, node: nodes.Element) -> None:
        """Make `node` the place where `record` is described."""
        node["ids"].append(record.id)
        node["record"] = record.id
        # docutils would otherwise give the same id to a heading further down.
        self.document.ids[record.id] = node
        record_domain(self.env).note_home(record.id, self.edition.name(record).text, node)
