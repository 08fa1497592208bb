"""The builder `epub`: Sphinx's, with a package of our own.

Sphinx writes the pages, collects the table of contents and knows about e-readers' oddities. What is ours: pages without
the site's furniture, a cover and a title page, a package document that says which files hold SVG and what the book offers
readers with disabilities (EPUB Accessibility 1.1), landmarks, and an archive that is the same whenever its content is.

The package lists what the table of contents holds, not what lies in the folder, so nothing of an older book is left in it.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docutils import nodes
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.builders.epub3 import Epub3Builder

from handbook.content.application import application_of
from handbook.content.page_sources import SECTION
from handbook.epub.front import cover, front
from handbook.translation.languages import direction, web_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

ROOM = Path(__file__).resolve().parent

STYLES, COVER_IMAGE = "_static/book.css", "_static/cover.svg"
COVER, TITLE_PAGE, CONTENTS, PACKAGE = "_book/cover", "_book/title", "nav.xhtml", "content.opf"
_MIMETYPE, _CONTAINER, _NCX = "mimetype", "META-INF/container.xml", "toc.ncx"

#: Archives know no day before it.
_FIRST_DAY = datetime(1980, 1, 1)


class Item(NamedTuple):
    """A file of the book, as the package lists it."""

    id: str
    href: str
    type: str
    properties: str


class HandbookEpubBuilder(Epub3Builder):
    """Writes `NAME.epub` with its pages beside it; NAME is the setting `epub_basename`."""

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield the pages to write again.

        Another builder may have read the pages before, and Sphinx then sees no change in them: where anything was read
        since the book was packed, all are written. So they are when this room's own files have changed.
        """
        try:
            packed = self._book.stat().st_mtime
        except FileNotFoundError:
            packed = 0.0
        parts = [Path(application_of(self.config).doctreedir, ENV_PICKLE_FILENAME), *ROOM.rglob("*.*")]
        newest = max(part.stat().st_mtime for part in parts if part.exists())
        # Sphinx notes at the end of its search which settings a book was made with.
        outdated = list(super().get_outdated_docs())
        yield from sorted(self.env.found_docs) if newest > packed else outdated

    def prepare_writing(self, docnames: Set[str]) -> None:
        super().prepare_writing(docnames)
        self.globalcontext["styles"] = STYLES

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "book-page.html",
        *,
        outfilename: Path | None = None,
        event_arg: nodes.document | None = None,
    ) -> None:
        language = self.config.language
        written = {"language": web_tag(language), "direction": direction(language)}
        super().handle_page(pagename, addctx | written, templatename, outfilename=outfilename, event_arg=event_arg)

    def gen_additional_pages(self) -> None:
        """Write cover and title page."""
        facts = front(application_of(self.config))
        self._write(COVER_IMAGE, cover(facts))
        self.handle_page(COVER, facts | {"image": COVER_IMAGE}, "book-cover.html")
        self.handle_page(TITLE_PAGE, facts, "book-title.html")

    def copy_static_files(self) -> None:
        """Copy the style sheet; nothing of the site's belongs into a book."""
        self._write(STYLES, (ROOM / "static/book.css").read_text(encoding="utf-8"))

    def get_toc(self) -> None:
        """Collect the table of contents: the first page and the parts, their pages, and the headings of those."""
        root = self.config.root_doc
        self.refnodes = [self._entry(root, 1), *self._entries(root, 1)]

    def _entries(self, docname: str, level: int) -> Iterator[dict[str, Any]]:
        """Yield what is below a page: the pages of a part, or the headings of a page without pages of its own."""
        pages = self.env.toctree_includes.get(docname, [])
        for page in pages:
            yield self._entry(page, level)
            yield from self._entries(page, level + 1)
        if pages:
            return
        for heading in _headings(self.env.tocs[docname]):
            # Every page ends with its sources; nobody looks for them here.
            if heading["anchorname"] != f"#{SECTION}":
                yield self._entry(docname, level, heading["anchorname"], heading.astext())

    def _entry(self, docname: str, level: int, anchor: str = "", text: str = "") -> dict[str, Any]:
        address = f"{self.get_target_uri(docname)}{anchor}"
        return {"level": level, "refuri": escape(address), "text": escape(text or self.env.titles[docname].astext())}

    def build_content(self) -> None:
        """Write the package document."""
        self.ignored_files: list[str] = []
        pages = [COVER, TITLE_PAGE, *self._pages()]
        items = [self._item(f"page-{number}", f"{page}{self.out_suffix}") for number, page in enumerate(pages)]
        images = sorted({name for item in items for name in self._images_of(item.href)})
        others = [
            Item("styles", STYLES, self.media_types[".css"], ""),
            Item("cover-image", COVER_IMAGE, self.media_types[".svg"], "cover-image"),
            *(
                Item(f"image-{number}", f"{self.imagedir}/{name}", self.media_types[Path(name).suffix], "")
                for number, name in enumerate(images)
            ),
        ]
        self.files = [item.href for item in [*items, *others]]
        about = front(application_of(self.config)) | {
            "identifier": self.config.epub_identifier,
            "rights": self.config.epub_copyright,
            "publisher": self.config.epub_publisher,
            "moment": self.config.handbook_epub_moment,
            "pages": items,
            "others": others,
        }
        self._write(PACKAGE, self.templates.render("package.opf", about))

    def build_navigation_doc(self) -> None:
        """Write the table of contents and the landmarks."""
        context = front(application_of(self.config)) | {
            "entries": self.build_navlist(self.refnodes),
            "cover": f"{COVER}{self.out_suffix}",
            "title_page": f"{TITLE_PAGE}{self.out_suffix}",
            "first": f"{self.config.root_doc}{self.out_suffix}",
            "styles": STYLES,
        }
        self._write(CONTENTS, self.templates.render("book-contents.html", context))
        self.files.append(CONTENTS)

    def toc_metadata(self, level: int, navpoints: Any) -> dict[str, Any]:
        """Give the table of contents for older readers the identifier of the book."""
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def build_epub(self) -> None:
        """Pack the book: always in this order, and every file with the book's own time."""
        made = datetime.fromisoformat(self.config.handbook_epub_moment.removesuffix("Z"))
        when = max(made, _FIRST_DAY).timetuple()[:6]
        with ZipFile(self._book, "w") as archive:
            for name in (_MIMETYPE, _CONTAINER, PACKAGE, _NCX, *self.files):
                entry = ZipInfo(name, when)
                entry.compress_type = ZIP_STORED if name == _MIMETYPE else ZIP_DEFLATED
                # As on Unix, wherever it is made: a file that all may read.
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                archive.writestr(entry, (self.outdir / name).read_bytes())

    @property
    def _book(self) -> Path:
        return Path(self.outdir, f"{self.config.epub_basename}.epub")

    def _pages(self) -> list[str]:
        """Return the pages in the order of the table of contents."""
        files = (node["refuri"].partition("#")[0] for node in self.refnodes)
        return [file.removesuffix(self.out_suffix) for file in dict.fromkeys(files)]

    def _item(self, name: str, file: str) -> Item:
        # Epubcheck wants to know where SVG is, and readers that lack it do, too.
        holds_svg = "<svg" in (self.outdir / file).read_text(encoding="utf-8")
        return Item(name, file, self.media_types[self.out_suffix], "svg" if holds_svg else "")

    def _images_of(self, file: str) -> list[str]:
        text = (self.outdir / file).read_text(encoding="utf-8")
        return re.findall(rf'src="(?:\.\./)*{self.imagedir}/([^"]+)"', text)

    def _write(self, file: str, text: str) -> None:
        path = Path(self.outdir, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _headings(contents: nodes.Element) -> Iterator[nodes.reference]:
    """Yield the headings of a page that are right below its title."""
    title = contents[0]
    assert isinstance(title, nodes.Element)
    for below in title.children[1:]:
        if isinstance(below, nodes.bullet_list):
            for item in below.children:
                yield from list(item.findall(nodes.reference))[:1]
