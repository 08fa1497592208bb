"""What a writer types: roles, directives, and the nodes they become.

See `roles` and `directives` for the forms; `setup` registers them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.content.address import base_url, repository_url, use_addresses
from handbook.content.application import note_application
from handbook.content.bibliography import register, use_edition
from handbook.content.changes import Changes
from handbook.content.charts import CountChart, FigureChart, finish_charts
from handbook.content.citations import CitationDomain, CitationRole, drop_replaced_citations, pages_with_new_numbers
from handbook.content.data_files import DataFiles
from handbook.content.diagrams import DiagramDomain, HandWrittenDiagram, note_drawings, report_stale_drawings
from handbook.content.directives import ConflictList, DescribeRecord, Observations, RecordList, RecordTable, TermList
from handbook.content.domain import (
    RecordDomain,
    forget_homes,
    give_records_their_ids,
    note_state_of_records,
    pages_with_changed_records,
    pages_with_moved_records,
)
from handbook.content.editions import load_edition, note_words
from handbook.content.extraction import write_templates
from handbook.content.foreign import ProjectFile, Refused, TypedTable, report_rst
from handbook.content.key_figures import KeyFigures
from handbook.content.mentions import FillMentions, mentions, note_mentions, pages_with_new_mentions
from handbook.content.ownership import own_nodes
from handbook.content.page_sources import FillPageSources, add_section, page_sources, report_uncited
from handbook.content.record_diagrams import Hierarchy, Timeline
from handbook.content.record_index import RecordIndex
from handbook.content.remedies import add_remedies
from handbook.content.roles import DateRole, FigureRole, RecordRole
from handbook.content.safety import keep_out, refuse_settings, switch_off_raw
from handbook.content.term_uses import link_terms, pages_with_new_wordings
from handbook.content.translation_status import (
    CollectMessages,
    FillStatus,
    TranslationStatus,
    forget_messages,
    merge_messages,
    note_status,
    translation_status,
    write_status,
)
from handbook.content.typed_by_hand import report_typed_by_hand
from handbook.content.untranslated import MarkUntranslated, SayJapanese, say_what_is_missing
from handbook.rules.refusals import REFUSED

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register configuration, domains, roles, directives and events."""
    note_application(app)
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("sphinxcontrib.mermaid")
    register()
    _add_configuration(app)
    _add_forms(app)
    _add_transforms(app)
    _connect_events(app)
    return {"version": "1.0", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


def _add_configuration(app: Sphinx) -> None:
    """Register what `conf.py` may say of the handbook."""
    app.add_config_value("handbook_locale_dir", "", "env", types=frozenset({str}))
    app.add_config_value("handbook_source_language", "ja", "env", types=frozenset({str}))
    app.add_config_value("handbook_knowledge_dir", "knowledge", "env", types=frozenset({str}))
    app.add_config_value("handbook_diagrams_dir", "_diagrams", "env", types=frozenset({str}))
    app.add_config_value("handbook_base_url", base_url(), "html", types=frozenset({str}))
    app.add_config_value("handbook_repository_url", repository_url(), "html", types=frozenset({str}))
    app.add_config_value("handbook_words", "", "env", types=frozenset({str}))


def _add_forms(app: Sphinx) -> None:
    """Register what writers type."""
    app.add_domain(CitationDomain, override=True)
    app.add_domain(RecordDomain)
    app.add_domain(DiagramDomain)
    app.add_role("cite", CitationRole(), override=True)
    app.add_role("record", RecordRole())
    app.add_role("figure", FigureRole(number_only=False))
    app.add_role("value", FigureRole(number_only=True))
    app.add_role("date", DateRole(year_only=False))
    app.add_role("year", DateRole(year_only=True))
    app.add_directive("record", DescribeRecord)
    app.add_directive("record-table", RecordTable)
    app.add_directive("record-list", RecordList)
    app.add_directive("observations", Observations)
    app.add_directive("conflict-list", ConflictList)
    app.add_directive("record-index", RecordIndex)
    app.add_directive("term-list", TermList)
    app.add_directive("data-files", DataFiles)
    app.add_directive("key-figures", KeyFigures)
    app.add_directive("changes", Changes)
    app.add_directive("translation-status", TranslationStatus)
    app.add_directive("hierarchy", Hierarchy)
    app.add_directive("timeline", Timeline)
    app.add_directive("chart", FigureChart)
    app.add_directive("count-chart", CountChart)
    app.add_directive("mermaid", HandWrittenDiagram, override=True)
    for name in REFUSED:
        app.add_directive(name, Refused, override=True)
    app.add_directive("literalinclude", ProjectFile, override=True)
    app.add_directive("csv-table", TypedTable, override=True)


def _add_transforms(app: Sphinx) -> None:
    """Register what is put into pages, and filled in, beside what writers type."""
    app.add_node(mentions)
    app.add_node(page_sources)
    app.add_node(translation_status)
    app.add_transform(CollectMessages)
    app.add_transform(MarkUntranslated)
    app.add_post_transform(FillStatus)
    app.add_post_transform(SayJapanese)
    app.add_post_transform(FillMentions)
    app.add_post_transform(FillPageSources)


def _connect_events(app: Sphinx) -> None:
    """Connect what has to happen at an event; where its order matters, a priority says so."""
    app.connect("config-inited", use_addresses)
    app.connect("config-inited", note_words)
    app.connect("builder-inited", add_remedies)
    app.connect("builder-inited", switch_off_raw)
    # Before Sphinx compiles catalogues, so that a broken one gets our message.
    app.connect("builder-inited", load_edition, priority=100)
    app.connect("builder-inited", use_edition, priority=101)
    app.connect("env-get-outdated", pages_with_changed_records)
    app.connect("env-get-outdated", pages_with_new_wordings)
    app.connect("env-before-read-docs", forget_homes)
    app.connect("env-purge-doc", forget_messages)
    app.connect("env-merge-info", merge_messages)
    app.connect("source-read", refuse_settings, priority=100)
    app.connect("source-read", report_typed_by_hand)
    app.connect("source-read", report_rst)
    # Before anything keeps what a page says, or copies its pictures.
    app.connect("doctree-read", keep_out, priority=50)
    # Before Sphinx collects headings for tables of contents.
    app.connect("doctree-read", give_records_their_ids, priority=100)
    app.connect("doctree-read", link_terms, priority=110)
    app.connect("doctree-read", add_section, priority=120)
    app.connect("doctree-read", note_mentions, priority=130)
    app.connect("doctree-read", note_drawings)
    app.connect("doctree-read", finish_charts)
    app.connect("doctree-read", drop_replaced_citations)
    app.connect("doctree-read", say_what_is_missing)
    app.connect("doctree-read", own_nodes, priority=900)
    app.connect("env-updated", note_state_of_records)
    app.connect("env-updated", pages_with_moved_records)
    app.connect("env-updated", pages_with_new_numbers, priority=900)
    app.connect("env-updated", pages_with_new_mentions)
    app.connect("env-updated", note_status)
    app.connect("env-check-consistency", report_uncited)
    app.connect("build-finished", report_stale_drawings)
    app.connect("build-finished", write_templates)
    app.connect("build-finished", write_status)
