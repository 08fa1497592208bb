"""What stands on the cover and in the imprint, in the language of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.content.editions import edition_of
from handbook.site.downloads import book_name
from handbook.translation.languages import own_name

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SANS_LATIN, _SANS_JAPANESE = "Source Sans Pro", "Noto Sans CJK JP"


def families(language: str) -> list[str]:
    """Return the typefaces of a language, the first that has a letter to be taken."""
    return [_SANS_JAPANESE] if language == "ja" else [_SANS_LATIN, _SANS_JAPANESE]


def describe_book(app: Sphinx) -> None:
    """Tell the builder of books what to print (event `builder-inited`, after the edition is loaded)."""
    if app.builder.name != "typst":
        return
    edition, config = edition_of(app), app.config
    translation, word = edition.translation, edition.translation.word
    day = translation.isodate(config.release)
    address = f"{config.handbook_base_url}/{edition.language}/" if config.handbook_base_url else ""
    # The builder is made before this event, when the language is not loaded yet.
    app.builder.book_name = book_name(edition.language)  # type: ignore[attr-defined]
    config.typst_title = word("イクレイ・ハンドブック")
    config.typst_subtitle = word("自治体の国際的なネットワーク「イクレイ」を、出典と時点を添えて説明する手引きです。")
    config.typst_date = config.release
    independence = word("本書はイクレイから独立してつくられています。イクレイが発行するものではありません。")
    version, checked = word("{date}版").format(date=day), word("事実の確認日：{date}").format(date=day)
    web = [word("ウェブ版：{address}").format(address=address)] if address else []
    config.typst_cover = [own_name(edition.language), version, checked, independence]
    config.typst_colophon = [config.typst_title, version, word("誤りの知らせ方は「本書について」にあります。"), *web]
    config.typst_imprint = [
        config.typst_title,
        version,
        checked,
        independence,
        *web,
        word("本文：CC BY 4.0　プログラム：MIT"),
        word("文字：Noto Sans CJK JP、Source Sans Pro（SIL Open Font License 1.1）"),
    ]
    config.typst_families = families(edition.language)
    config.typst_code_families = ["DejaVu Sans Mono", _SANS_JAPANESE]
    config.typst_words = {
        "contents": word("目次"),
        "preface": word("はじめに"),
        "part": word("第{number}部").format(number="{}"),
    }
