"""What stands on the cover and in the imprint, in the language of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.book.fonts import EAST_ASIAN, families, typefaces
from handbook.content.editions import edition_of
from handbook.content.front_matter import front_matter
from handbook.site.downloads import book_name

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def describe_book(app: Sphinx) -> None:
    """Tell the builder of books what to print (event `builder-inited`, after the edition is loaded)."""
    if app.builder.name != "typst":
        return
    config, front = app.config, front_matter(app)
    translation = edition_of(app).translation
    word = translation.word
    # The builder is made before this event, when the language is not loaded yet.
    app.builder.book_name = book_name(translation.language)  # type: ignore[attr-defined]
    config.typst_title, config.typst_subtitle, config.typst_date = front.title, front.subtitle, config.release
    web = [front.site] if front.site else []
    config.typst_cover = [front.language_name, front.version, front.facts, front.independence]
    config.typst_colophon = [front.title, front.version, word("誤りの知らせ方は「本書について」にあります。"), *web]
    config.typst_imprint = [
        front.title,
        front.version,
        front.facts,
        front.independence,
        *web,
        front.licence,
        word("文字：{typefaces}（SIL Open Font License 1.1）").format(
            typefaces=word("、").join(face.family for face in typefaces(translation.language))
        ),
    ]
    config.typst_families = families(translation.language)
    config.typst_code_families = ["DejaVu Sans Mono", EAST_ASIAN.family]
    config.typst_words = {
        "contents": word("目次"),
        "preface": word("はじめに"),
        "part": word("第{number}部").format(number="{}"),
    }
