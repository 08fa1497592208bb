"""Adds our own templates to Sphinx's gettext builder: `knowledge.pot` and `handbook.pot`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.gettext import MessageCatalogBuilder

from handbook.content.editions import edition_of
from handbook.translation.extract import interface_template, knowledge_template, write_template

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def is_extraction(app: Sphinx) -> bool:
    """Tell whether this run extracts messages; faults of content must not keep translators from that."""
    return isinstance(app.builder, MessageCatalogBuilder)


def write_templates(app: Sphinx, exception: Exception | None) -> None:
    """Write both templates beside those of the pages (event `build-finished`)."""
    if exception or not is_extraction(app):
        return
    outdir = Path(app.outdir)
    edition = edition_of(app)
    write_template(knowledge_template(edition.base), outdir / "knowledge.pot")
    write_template(interface_template(), outdir / "handbook.pot")
