"""The directive that lists the data files of the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from handbook.content.application import application_of
from handbook.content.directives import RecordDirective, new_table
from handbook.data import data_files

if TYPE_CHECKING:
    from docutils.nodes import Node

#: Where the files are, relative to the folder of a language.
FOLDER = "data"


class DataFiles(RecordDirective):
    """```` ```{data-files} ````: a table of all data files, with links.

    The links lead to files that stand beside the pages, not to documents, so
    Sphinx does not look for them; `data_file` says which file a link means.
    """

    has_content = False

    def run(self) -> list[Node]:
        composer = self.composer()
        word, decimal = composer.translation.word, composer.translation.decimal
        # How many records there are stands in the table.
        for fact in sorted(Path(application_of(self.config).confdir, self.config.handbook_knowledge_dir).iterdir()):
            if fact.is_file():
                self.env.note_dependency(fact)
        listing, body = new_table([word("ファイル"), word("形式"), word("収めたもの"), word("件数")], [25, 15, 45, 15])
        listing["classes"] += ["records", "data-files"]
        up = "../" * self.env.current_document.docname.count("/")
        for file in data_files(composer.edition.base):
            link = nodes.reference(
                "", "", nodes.literal("", file.name), refuri=f"{up}{FOLDER}/{file.name}", data_file=file.name
            )
            cells = [
                link,
                nodes.Text(file.format),
                nodes.Text(word(file.meaning)),
                nodes.Text("–" if file.records is None else decimal(file.records)),
            ]
            body += nodes.row("", *(nodes.entry("", composer.paragraph(cell)) for cell in cells))
        return [listing]
