"""The built site as the tests see it: its pages, their elements and their text."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Comment, Tag

from handbook.commands.project import SOURCE_LANGUAGE, Project

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Project(ROOT)
SITE = PROJECT.site
LANGUAGES = PROJECT.languages()

#: Pages that Sphinx adds to those in docs/.
GENERATED = ("search",)

#: Kana, ideographs, and everything in full width.
JAPANESE = re.compile(r"[\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")

#: Attributes that are read out or shown.
SPOKEN = ("alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "placeholder", "title")

_BLOCKS = "p, li, tr, dt, h1, h2, h3, h4, caption, figcaption, div.record"


@dataclass(frozen=True)
class Page:
    """A page of the built site. The entrance, with the choice of language, and the page for wrong addresses have none."""

    language: str
    docname: str

    @property
    def file(self) -> Path:
        return SITE / self.language / f"{self.docname}.html"

    @property
    def url(self) -> str:
        return self.file.as_uri()

    @property
    def html(self) -> BeautifulSoup:
        return parsed(self.file)

    def __str__(self) -> str:
        return f"{self.language}/{self.docname}" if self.language else "entrance" if self == ENTRANCE else self.docname

    def text(self) -> list[str]:
        """Return what the page says, block by block: paragraphs, list items, table rows, terms with definitions, records.

        Numbers of citations and what is inside drawings are left out.
        """
        return _blocks(self.file)


ENTRANCE = Page("", "index")
#: What servers show for addresses that lead nowhere.
NOT_FOUND = Page("", "404")


def docnames() -> list[str]:
    """Return the pages in docs/, by path."""
    return PROJECT.pages()


#: Every page in docs/ in every language, then those that Sphinx adds.
DOCUMENTS = [Page(language, name) for language in LANGUAGES for name in docnames()]
PAGES = [*DOCUMENTS, *(Page(language, name) for language in LANGUAGES for name in GENERATED)]
EVERYTHING = [ENTRANCE, *PAGES]


@cache
def parsed(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute as one string, empty where there is none."""
    value = tag.get(name, "")
    return value if isinstance(value, str) else " ".join(value or "")


def language_of(tag: Tag | None) -> str:
    """Return the language that an element is marked with, itself or through what it stands in."""
    while tag is not None:
        if language := attribute(tag, "lang"):
            return language
        tag = tag.parent
    return ""


def strings(html: BeautifulSoup) -> list[tuple[str, Tag]]:
    """Return every string that a reader can see or hear, with the element it belongs to."""
    found = []
    for string in html.find_all(string=True):
        tag = string.parent
        if tag is None or isinstance(string, Comment) or tag.name in ("[document]", "html", "script", "style"):
            continue
        text = " ".join(string.split())
        if text and not text.startswith(("http://", "https://")):  # an address is in no language
            found.append((text, tag))
    for tag in html.find_all(True):
        found += [(value, tag) for name in SPOKEN if (value := attribute(tag, name))]
        if tag.name == "meta" and attribute(tag, "name") in ("description", "keywords"):
            found.append((attribute(tag, "content"), tag))
        if tag.name == "input" and attribute(tag, "type") in ("button", "reset", "submit"):
            found.append((attribute(tag, "value"), tag))
    return found


@cache
def anchors(file: Path) -> frozenset[str]:
    """Return the fragments that links to a page may have."""
    return frozenset(attribute(tag, "id") for tag in parsed(file).find_all(id=True))


def target(page: Page, reference: str) -> tuple[Path, str] | None:
    """Return the file and the fragment that a reference leads to, or None where it leads to another place."""
    parts = urlsplit(reference)
    if parts.scheme or parts.netloc:
        return None
    file = os.path.normpath(page.file.parent / unquote(parts.path)) if parts.path else page.file
    return Path(file), unquote(parts.fragment)


def short(path: Path) -> str:
    """Return how to write a file of the site in a message."""
    return path.relative_to(SITE).as_posix() if path.is_relative_to(SITE) else str(path)


def squeezed(text: str) -> str:
    """Return text without spaces: diagrams break lines anywhere, and Japanese has no spaces to break at."""
    return re.sub(r"\s+", "", text)


@cache
def _blocks(file: Path) -> list[str]:
    return blocks(BeautifulSoup(file.read_text(encoding="utf-8"), "lxml"))


def blocks(html: BeautifulSoup) -> list[str]:
    """Return what a page says, as `Page.text` does; takes drawings off `html`."""
    article = html.find("article") or html.find("main") or html.body
    assert isinstance(article, Tag), "a page has no content"
    for tag in article.find_all(["script", "style", "svg"]) + article.select("a.headerlink, .record-tools"):
        tag.decompose()
    found = []
    for tag in article.select(_BLOCKS):
        parts = [tag]
        if tag.name == "dt":
            for sibling in tag.find_next_siblings():
                if sibling.name != "dd":
                    break
                parts.append(sibling)
        text = " ".join(" ".join(part.get_text().split()) for part in parts)
        found.append(re.sub(r"\s?\[\d+(, \d+)*\]", "", text))
    return found


__all__ = [
    "DOCUMENTS",
    "ENTRANCE",
    "EVERYTHING",
    "JAPANESE",
    "LANGUAGES",
    "NOT_FOUND",
    "PAGES",
    "PROJECT",
    "ROOT",
    "SITE",
    "SOURCE_LANGUAGE",
    "SPOKEN",
    "Page",
    "anchors",
    "attribute",
    "blocks",
    "docnames",
    "language_of",
    "parsed",
    "short",
    "squeezed",
    "strings",
    "target",
]
