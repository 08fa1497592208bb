"""A tiny project to make a book of, and what a reader finds in the PDF."""

from __future__ import annotations

import gettext
import importlib
import io
import re
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdf
import pypdfium2
import pytest
import sphinx.locale
from sphinx.application import Sphinx, builtin_extensions
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Some words are looked up when a module is imported, and would stay in the language of the first project that needs it.
for extension in builtin_extensions:
    importlib.import_module(extension)

CONF = """
project = "A small book"
author = "Its authors"
extensions = ["myst_parser", "handbook.typst"]
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "substitution", "tasklist",
]
html_theme = "basic"
smartquotes = False
typst_name = "book"
typst_date = "2026-11-24"
"""

#: Options of a book with Japanese letters.
CJK = {
    "typst_fonts": ["noto_cjk_sans_jp_regular:NotoSansCJKjp-Regular.otf"],
    "typst_families": ["Noto Sans CJK JP"],
    "typst_code_families": ["DejaVu Sans Mono", "Noto Sans CJK JP"],
}

#: A black dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="40" height="20"/></svg>'


@dataclass
class Book:
    """What came out of one run."""

    folder: Path
    warnings: list[str]

    @property
    def file(self) -> Path:
        return self.folder / "book.pdf"

    @property
    def source(self) -> str:
        """Return the Typst source; a test looks at it where a PDF cannot show what matters."""
        return (self.folder / "book.typ").read_text(encoding="utf-8")

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.file)

    @cached_property
    def pages(self) -> list[str]:
        """Return the text of each page, spaces and ends of lines as one space."""
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]

    @cached_property
    def text(self) -> str:
        """Return the text of all pages."""
        return " ".join(self.pages)

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of all pages."""
        return [line.strip() for page in self.reader.pages for line in page.extract_text().splitlines()]

    @cached_property
    def rows(self) -> list[list[str]]:
        """Return the words of the last page, row by row as they stand on paper."""
        text = self.reader.pages[-1].extract_text(extraction_mode="layout")
        return [words for line in text.splitlines() if (words := line.split())]

    @cached_property
    def copied(self) -> str:
        """Return what a reader copies from all pages."""
        with pypdfium2.PdfDocument(self.file) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)

    def page_of(self, text: str) -> int:
        """Return the number of the last page with this text, counted from 1."""
        found = [number for number, page in enumerate(self.pages, 1) if text in page]
        assert found, f"no page has {text!r}: {self.text}"
        return found[-1]

    @property
    def outline(self) -> list[tuple[int, str]]:
        """Return the bookmarks with their depth."""

        def walk(items: list[Any], depth: int) -> Iterator[tuple[int, str]]:
            for item in items:
                if isinstance(item, list):
                    yield from walk(item, depth + 1)
                else:
                    yield depth, str(item.title)

        return list(walk(self.reader.outline, 0))

    @property
    def addresses(self) -> list[str]:
        """Return where links lead outside the book."""
        return [str(link["/A"]["/URI"]) for link in self._links() if "/URI" in link.get("/A", {})]

    def links_to(self, page: int) -> list[int]:
        """Return the pages, counted from 1, that have a link to this page."""
        found = []
        with pikepdf.open(self.file) as document:
            for number, source in enumerate(document.pages, 1):
                for link in source.get("/Annots", []):
                    target = link.get("/Dest", link.get("/A", pikepdf.Dictionary()).get("/D"))
                    if isinstance(target, pikepdf.String):
                        target = _named(document, str(target))
                    if isinstance(target, pikepdf.Dictionary):
                        target = target["/D"]
                    if target is not None and pikepdf.Page(target[0]).index == page - 1:
                        found.append(number)
        return found

    @property
    def created(self) -> str:
        """Return the date that the file gives."""
        information: Any = self.reader.trailer["/Info"]
        return str(information["/CreationDate"])

    def _links(self) -> Iterator[Any]:
        for page in self.reader.pages:
            yield from (link.get_object() for link in page.get("/Annots", []))

    def tags(self) -> list[str]:
        """Return the kinds of all parts of the structure, for readers who listen: `H1`, `P`, `TH`."""
        with pikepdf.open(self.file) as document:
            return [str(element["/S"]).removeprefix("/") for element in _elements(document.Root.StructTreeRoot)]

    def alternatives(self) -> list[str]:
        """Return what is read out in place of pictures and formulas."""
        with pikepdf.open(self.file) as document:
            return [str(element["/Alt"]) for element in _elements(document.Root.StructTreeRoot) if "/Alt" in element]


def _named(document: pikepdf.Pdf, name: str) -> Any:
    return pikepdf.NameTree(document.Root.Names.Dests)[name]


def _elements(element: Any) -> Iterator[Any]:
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


class TinyBook:
    """A project of a few pages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("conf.py", CONF)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file; what the text is indented by in the test is taken off."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return file

    def page(self, text: str, name: str = "index.md", title: str = "Title") -> None:
        """Write a page with a title."""
        heading = f"# {title}\n\n" if name.endswith(".md") else f"{title}\n{'=' * len(title)}\n\n"
        self.write(name, heading + dedent(text).lstrip("\n"))

    def build(self, **options: Any) -> Book:
        """Make the book in this process. Output stays, so that a second run starts from the first."""
        output, warnings = self.root / "build", io.StringIO()
        # What earlier builds in this process have read of catalogues.
        sphinx.locale.translators.clear()
        gettext._translations.clear()  # type: ignore[attr-defined]
        with patch_docutils(self.root), docutils_namespace():
            app = Sphinx(
                self.root,
                self.root,
                output,
                self.root / "doctrees",
                "typst",
                confoverrides=options,
                status=None,
                warning=warnings,
            )
            app.build()
        plain = re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue()).replace(f"{self.root}/", "")
        return Book(output, plain.splitlines())

    def clean(self, **options: Any) -> Book:
        """Make the book, which must give no warning."""
        book = self.build(**options)
        assert book.warnings == []
        return book


@pytest.fixture
def tiny_book(tmp_path: Path) -> TinyBook:
    return TinyBook(tmp_path / "book")


@pytest.fixture
def markdown(tiny_book: TinyBook) -> Any:
    """Return a function that makes a book of one Markdown page, which must give no warning."""

    def make(text: str, **options: Any) -> Book:
        tiny_book.page(text)
        return tiny_book.clean(**options)

    return make


@pytest.fixture
def rst(tiny_book: TinyBook) -> Any:
    """Return a function that makes a book of one page of reStructuredText, which must give no warning."""

    def make(text: str, **options: Any) -> Book:
        tiny_book.page(text, "index.rst")
        return tiny_book.clean(**options)

    return make
