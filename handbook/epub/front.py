"""What stands on the cover, on the title page and in the metadata of the book, in the language of the run."""

from __future__ import annotations

import os
import uuid
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from handbook.content.editions import edition_of
from handbook.content.front_matter import front_matter
from handbook.diagrams.labels import break_label
from handbook.diagrams.palette import LIGHT
from handbook.site.downloads import book_name
from handbook.translation.languages import direction, is_full_width, web_tag

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: What makes the identifiers of the books; it stays, so that readers know a new edition for the same book.
_BOOKS = uuid.UUID("5d0b1f6e-8c1c-4c86-9d2e-7a2f3c9be041")

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

# -- cover: a picture of this size, with these margins; sizes of letters, and the height of a line of them

_WIDTH, _HEIGHT, _MARGIN = 1600, 2560, 150
_TITLE, _SUBTITLE, _SMALL = 168, 76, 56
_LINE = 1.5


def moment(config: Config) -> str:
    """Return when the book was made, as EPUB writes it: SOURCE_DATE_EPOCH, or else the date of the facts.

    Never the clock: the same content makes the same book, to the byte.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        made = datetime.fromtimestamp(int(epoch), UTC)
    else:
        made = datetime.fromisoformat(config.release).replace(tzinfo=UTC)
    return made.strftime("%Y-%m-%dT%H:%M:%SZ")


def describe_book(app: Sphinx) -> None:
    """Tell Sphinx's builder of EPUBs about the book (event `builder-inited`)."""
    if app.builder.name != "epub":
        return
    config, matter = app.config, front_matter(app)
    config.epub_basename = book_name(config.language)
    config.epub_title, config.epub_description = matter.title, matter.subtitle
    config.epub_author = config.epub_publisher = config.epub_contributor = config.author
    config.epub_copyright = f"© {config.copyright}. {matter.licence} ({LICENCE})"
    config.epub_identifier = uuid.uuid5(_BOOKS, config.language).urn
    config.version = config.version or config.release


def front(app: Sphinx) -> dict[str, Any]:
    """Return what the templates of cover, title page, contents and package show."""
    word = edition_of(app).translation.word
    return asdict(front_matter(app)) | {
        "language": web_tag(app.config.language),
        "direction": direction(app.config.language),
        "author": app.config.epub_author,
        "licence_address": LICENCE,
        "accessibility": word(
            "見出し、目次、表、一覧には構造があり、順に読むことができます。図とグラフには題名と説明があり、同じ内容が文章か表にもあります。"
            "ほかの言語の言葉には、その言語が示されています。動くもの、光るもの、音はありません。"
        ),
        "word": word,
    }


def cover(facts: dict[str, Any]) -> str:
    """Return the cover as an SVG file; `facts` comes from `front`. Lines are broken here, as SVG breaks none."""
    ink, ground, accent = LIGHT["text"], LIGHT["ground"], LIGHT["decides-stroke"]
    language = facts["language"]
    parts = []

    def write(text: str, top: float, size: int, colour: str, weight: str = "normal") -> float:
        """Add a paragraph below `top`; return where it ends."""
        for line in _lines(text, language, size):
            top += size * _LINE
            parts.append(
                f'<text x="{_MARGIN}" y="{round(top)}" font-size="{size}" font-weight="{weight}" fill="{colour}">'
                f"{escape(line)}</text>"
            )
        return top

    end = write(facts["title"], 300, _TITLE, ground, "bold")
    band = round(max(end + 200, 900))
    end = write(facts["subtitle"], band + 60, _SUBTITLE, ink)
    end = write(facts["language_name"], end + 90, _SMALL, accent, "bold")
    for line in (facts["facts"], facts["version"]):
        end = write(line, end, _SMALL, ink)
    lowest = len(_lines(facts["independence"], language, _SMALL))
    write(facts["independence"], _HEIGHT - _MARGIN - lowest * _SMALL * _LINE, _SMALL, ink)
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        f" xml:lang=\"{language}\" font-family=\"'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', sans-serif\">\n"
        f"<title>{escape(facts['title'])}</title>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{ground}"/>\n'
        f'<rect width="{_WIDTH}" height="{band}" fill="{accent}"/>\n{body}\n</svg>\n'
    )


def _lines(text: str, language: str, size: int) -> list[str]:
    """Return the lines of a text on the cover; `size` is that of its letters."""
    # A Latin letter is half as wide as a Japanese one.
    room = (_WIDTH - 2 * _MARGIN) / size * (1 if is_full_width(language) else 1.9)
    return break_label(text, language, int(room)).split("<br>")
