"""The Sphinx builder `typst`: all pages become one Typst source, and that becomes a PDF."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.locale import _
from sphinx.util.osutil import make_filename_from_project

from handbook.typst.assemble import assemble, no_garbage_collection
from handbook.typst.compile import compile_pdf, digest
from handbook.typst.fonts import gather
from handbook.typst.indexes import PAGE_OF_INDEX, Index
from handbook.typst.markup import value
from handbook.typst.places import PAGE, Places
from handbook.typst.translator import TypstTranslator

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from docutils import nodes

_HEAD = '#import "template.typ": *\n#import "styles.typ": block-styles, inline-styles\n#show: book\n'
TEMPLATE = Path(__file__).with_name("template.typ")


class TypstBuilder(Builder):
    """Writes NAME.typ with everything it needs beside it, and NAME.pdf. See `handbook.typst` for the options."""

    name = "typst"
    format = "typst"
    epilog = "The book is in %(outdir)s."
    supported_image_types: ClassVar = [
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "application/pdf",
    ]
    default_translator_class = TypstTranslator

    def init(self) -> None:
        self.docnames: set[str] = set()
        self.book_name = self.config.typst_name or make_filename_from_project(self.config.project)

    def get_outdated_docs(self) -> str | list[str]:
        """Return that the book has to be made, or nothing if it was made of these pages with these settings."""
        state = self._file("state")
        same = self._file("pdf").exists() and state.exists() and state.read_text(encoding="utf-8") == self._state()
        return [] if same else "one book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        if docname not in self.env.all_docs and not (docname == PAGE_OF_INDEX and self._has_index()):
            raise NoUri(docname, typ)
        return PAGE + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: Set[str]) -> None:
        """Make the book; `docnames` are those of its pages that are new, or none if it is made already."""
        if not docnames:
            return
        source = self._file("typ")
        with no_garbage_collection():
            book = assemble(self, self.config.root_doc, self.docnames)
            self.post_process_images(book)
            self.copy_images()
            _write(source, self.source(book))
        self.copy_template()
        fonts = self.outdir / "fonts"
        gather(self.config.typst_fonts, Path(self.confdir), fonts)
        self.compile(source, fonts)
        # Who was warned must be warned again.
        self._file("state").write_text("" if self._app._warncount else self._state(), encoding="utf-8")

    def source(self, book: nodes.document) -> str:
        """Return the Typst source of a book."""
        index = Index(self) if self._has_index() else None
        places = Places(book, index.targets() if index else ())
        places.add(PAGE_OF_INDEX, PAGE_OF_INDEX)
        translator = self.create_translator(book, self)
        assert isinstance(translator, TypstTranslator)
        translator.places = places
        book.walkabout(translator)
        translator.written.add(PAGE_OF_INDEX)
        translator.finish()
        return f"{_HEAD}\n{translator.astext()}{index.source(places, translator.written) if index else ''}"

    def _has_index(self) -> bool:
        return bool(self.config.typst_index and any(self.env.domains.index_domain.entries.values()))

    def settings(self) -> dict[str, Any]:
        """Return what the template is told."""
        config = self.config
        day = self.day()
        # A language, perhaps a script, perhaps a region.
        tag = config.language.replace("-", "_").split("_")
        return {
            "title": config.typst_title or config.project,
            "subtitle": config.typst_subtitle,
            "author": config.author,
            "language": tag[0],
            "region": next((part for part in tag[1:] if len(part) == len("BR")), None),
            "date": [day.year, day.month, day.day],
            "families": config.typst_families,
            "code-families": config.typst_code_families,
            "cover": config.typst_cover,
            "imprint": config.typst_imprint,
            "colophon": config.typst_colophon,
            "words": {"contents": _("Table of Contents"), "index": _("Index")} | config.typst_words,
            "colours": config.typst_colours,
            "paper": config.typst_paper,
        }

    def day(self) -> date:
        """Return the date of the book: its own, or else that of SOURCE_DATE_EPOCH, or else today's."""
        if self.config.typst_date:
            return date.fromisoformat(self.config.typst_date)
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()

    def copy_images(self) -> None:
        """Put the images of pages beside the source."""
        folder = self.outdir / "images"
        for image, name in self.images.items():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(self.srcdir / image, folder / name)

    def copy_template(self) -> None:
        """Put the settings, the template and the styles beside the source."""
        settings = "".join(f"#let {name} = {value(setting)}\n" for name, setting in self.settings().items())
        _write(self.outdir / "settings.typ", settings)
        template = Path(self.confdir, self.config.typst_template) if self.config.typst_template else TEMPLATE
        _write(self.outdir / "template.typ", template.read_text(encoding="utf-8"))
        styles = "#let inline-styles = (:)\n#let block-styles = (:)\n"
        if self.config.typst_styles:
            styles = Path(self.confdir, self.config.typst_styles).read_text(encoding="utf-8")
        _write(self.outdir / "styles.typ", styles)

    def compile(self, source: Path, fonts: Path) -> None:
        """Compile the source, unless the PDF was made from the very same files."""
        standards = self.config.typst_standards
        pdf, made_from = self._file("pdf"), self._file("digest")
        state = digest(self._input(), *standards)
        if pdf.exists() and made_from.exists() and made_from.read_text(encoding="utf-8") == state:
            return
        day = self.day()
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        made = compile_pdf(source, fonts, Path(self.srcdir), standards, int(midnight.timestamp()))
        # Whoever reads the old PDF, and whoever stops us here, has a whole one.
        unfinished = pdf.with_suffix(".tmp")
        unfinished.write_bytes(made)
        unfinished.replace(pdf)
        made_from.write_text(state, encoding="utf-8")

    def _file(self, ending: str) -> Path:
        return Path(self.outdir, f"{self.book_name}.{ending}")

    def _state(self) -> str:
        """Return a fingerprint of pages, by when they were read, of all settings, and of the files that they name."""
        config = self.config
        settings = sorted(f"{setting.name}={setting.value!r}" for setting in config)
        pages = sorted(f"{docname} {read}" for docname, read in self.env.all_docs.items())
        files = [file for file in TEMPLATE.parent.iterdir() if file.is_file()]
        files += [Path(self.confdir, name) for name in (config.typst_template, config.typst_styles) if name]
        return digest(files, str(self.day()), *settings, *pages)

    def _input(self) -> Iterator[Path]:
        for folder in (self.outdir, *(self.outdir / name for name in ("images", "drawings", "fonts"))):
            if folder.is_dir():
                yield from (
                    file
                    for file in folder.iterdir()
                    if file.suffix not in (".pdf", ".digest", ".state", ".tmp", "") and file.is_file()
                )

    def place_drawing(self, name: str, svg: str) -> str:
        """Put an SVG beside the source; return its path there."""
        _write(self.outdir / "drawings" / f"{name}.svg", svg)
        return f"drawings/{name}.svg"


def _write(file: Path, text: str) -> None:
    """Write a file if it says something else now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8", newline="\n")
