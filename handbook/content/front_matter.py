"""What every edition says about itself, whatever its format: title, version, standing and terms of use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.content.address import published
from handbook.content.editions import edition_of
from handbook.translation.languages import own_name

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True)
class FrontMatter:
    """Lines for covers, title pages and imprints, in the language of the run; `site` is empty if nobody knows it."""

    title: str
    subtitle: str
    language_name: str
    version: str
    facts: str
    independence: str
    licence: str
    site: str


def front_matter(app: Sphinx) -> FrontMatter:
    """Return the lines of the run's edition."""
    config, translation = app.config, edition_of(app).translation
    word, day = translation.word, translation.isodate(config.release)
    address = published(app)
    return FrontMatter(
        title=word("イクレイ・ハンドブック"),
        subtitle=word("自治体の国際的なネットワーク「イクレイ」を、出典と時点を添えて説明する手引きです。"),
        language_name=own_name(translation.language),
        version=word("{date}版").format(date=day),
        facts=word("事実の確認日：{date}").format(date=day),
        independence=word("本書はイクレイから独立してつくられています。イクレイが発行するものではありません。"),
        licence=word("本文：CC BY 4.0　プログラム：MIT"),
        site=word("ウェブ版：{address}").format(address=address) if address else "",
    )
