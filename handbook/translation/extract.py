"""Templates (.pot) for what Sphinx does not extract: record texts, our own words and those of the theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from handbook.translation.script import is_japanese
from handbook.translation.words import KEYWORDS

if TYPE_CHECKING:
    from handbook.knowledge import KnowledgeBase

#: The catalogue of the theme's words, which is Sphinx's name for it.
THEME = "sphinx"

#: The package whose words are extracted.
PACKAGE = Path(__file__).resolve().parent.parent


def knowledge_template(base: KnowledgeBase) -> Catalog:
    """Collect the texts of all records, each with file, line and record id."""
    catalog = Catalog(project="ICLEI Handbook")
    for message in base.messages():
        catalog.add(
            message.text,
            locations=[(message.file.as_posix(), message.line)],
            auto_comments=[f"{message.record}: {message.field}"],
        )
    for source in base.sources.values():
        for text, kind in ((source.publisher, "publisher"), (source.note, "note")):
            if is_japanese(text):
                catalog.add(text, auto_comments=[f"{kind} of a source"])
    return catalog


def interface_template() -> Catalog:
    """Collect the handbook's own words from its code and templates."""
    catalog = Catalog(project="ICLEI Handbook")
    found = extract_from_dir(
        PACKAGE,
        method_map=[("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")],
        keywords=KEYWORDS,
    )
    for filename, _line, message, _comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        # No line numbers: they would change the catalogue with every edit of the code.
        catalog.add(message, locations=[(f"handbook/{Path(filename).as_posix()}", None)], context=context)  # type: ignore[list-item]
    return catalog


def theme_template(catalogue: Path) -> Catalog:
    """Collect what the theme and Sphinx say in English: the messages that the source language has had to translate."""
    catalog = Catalog(project="ICLEI Handbook")
    with catalogue.open(encoding="utf-8") as stream:
        for message in read_po(stream, charset="utf-8"):
            if message.id:
                catalog.add(message.id, auto_comments=["theme or Sphinx"])
    return catalog


def write_template(catalog: Catalog, file: Path) -> None:
    """Write a template, in the order in which messages were added."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalog, width=0, sort_output=False, omit_header=False)
