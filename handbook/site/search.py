"""Search that finds Japanese, and numbers in any language.

Sphinx's own Japanese search segments the pages but not the query, so a compound
such as 気候変動対策 finds nothing. Here page and query are cut the same way: text is
normalised (NFKC), runs of one script are taken apart, and a Japanese run gives
every pair of neighbouring characters. Latin words and numbers stay whole.

Sphinx's script throws away query words that are digits only. Numbers are
therefore indexed and asked for with a mark before them: `#1990`.

Endings and particles (は, いくら) and words that ask (how, what) say nothing of
where the answer stands; they are left out of a query that has other words.

`static/handbook-search.js` ranks and shows what is found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.knowledge import Change, EdtfDate
from handbook.site.descriptions import descriptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

#: Runs of one script: digits, Latin letters, ideographs, hiragana, katakana. The
#: same text is a pattern for Python and for JavaScript.
_RUNS = r"[0-9]+|[a-z\u00df-\u024f]+|[\u3005\u3400-\u9fff\uf900-\ufaff]+|[\u3040-\u309f]+|[\u30a0-\u30ff]+"

_JAPANESE_JS = f"""
function splitQuery(query) {{
  const terms = [], endings = [];
  for (const run of query.normalize("NFKC").toLowerCase().match(/{_RUNS}/g) || []) {{
    if (/^[0-9]/.test(run)) terms.push("#" + run);
    else if (/^[a-z\\u00df-\\u024f]/.test(run)) terms.push(run);
    else if (run.length > 1) {{
      const pairs = /^[\\u3040-\\u309f]/.test(run) ? endings : terms;
      for (let i = 0; i < run.length - 1; i++) pairs.push(run.slice(i, i + 2));
    }}
    else if (!/^[\\u3040-\\u309f]/.test(run)) terms.push(run);
  }}
  return terms.length ? terms : endings;
}}
"""

_ENGLISH_JS = r"""
const ASKING = new Set(("what who how when where which why whose do does did can could should would has have had was were "
  + "i my we our you your me us many much there s t mean means about than").split(" "));
function splitQuery(query) {
  const words = (query.match(/[\p{L}\p{N}_]+/gu) || []).map(word => /^\d+$/.test(word) ? "#" + word : word);
  const telling = words.filter(word => !ASKING.has(word.toLowerCase()));
  return telling.length ? telling : words;
}
"""


def split_japanese(text: str) -> list[str]:
    """Return the search terms of `text`, in order.

    A hiragana character on its own is a particle and left out.

    >>> split_japanese("1990年の気候変動")
    ['#1990', '年', '気候', '候変', '変動']
    """
    terms: list[str] = []
    for run in re.findall(_RUNS, unicodedata.normalize("NFKC", text).lower()):
        if run[0].isdecimal():
            terms.append(f"#{run}")
        elif run[0] < "\u0250":
            terms.append(run)
        elif len(run) > 1:
            terms += [run[index : index + 2] for index in range(len(run) - 1)]
        elif not "\u3040" <= run <= "\u309f":
            terms.append(run)
    return terms


class JapaneseSearch(SearchLanguage):
    """Pairs of characters, cut the same way in Python and in the browser."""

    lang = "ja"
    language_name = "Japanese"
    js_splitter_code = _JAPANESE_JS

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx's name
        """Return the terms of a piece of text."""
        return split_japanese(input)

    def word_filter(self, word: str) -> bool:
        """Keep every term."""
        return True


class EnglishSearch(SearchEnglish):
    """Sphinx's English search, with numbers."""

    js_splitter_code = _ENGLISH_JS

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx's name
        """Return the words of a piece of text, numbers marked."""
        return [f"#{word}" if word.isdecimal() else word for word in super().split(input)]


#: Pages that list what stands elsewhere.
_LISTS = (
    "reference/sources",
    "reference/name-index",
    "reference/data",
    "reference/figures",
    "reference/changes",
    "history/chronology",
)


#: What every page is about says nothing of a page.
_OWN_NAMES = ("ICLEI", "イクレイ")


def search_words(app: Sphinx) -> dict[str, object]:
    """Return what `handbook-search.js` is told: its words in the language of the page, what pages are about, names of records."""
    word = edition_of(app).translation.word
    return {
        "results": word("検索の結果"),
        "found": word("見つかったページの数：{count}"),
        "nothing": word("見つかりませんでした。ほかの言葉や、もっと短い言葉でお試しください。"),
        "more": word("続きを表示する"),
        "messages": {"Searching": word("検索しています"), "Preparing search...": word("検索の準備をしています…")},
        "descriptions": descriptions(app),
        "lists": _LISTS,
        "own": _OWN_NAMES,
        "names": sorted(_names(app)),
    }


def _names(app: Sphinx) -> Iterator[tuple[str, str, str, str]]:
    """Yield the name of each record, the page and anchor of its description, and where and when it is or was."""
    edition = edition_of(app)
    translation = edition.translation
    for record_id, home in record_domain(app.env).homes.items():
        record = edition.base.records[record_id]
        if isinstance(record, Change):
            # Its name is a sentence about other records.
            continue
        places = (getattr(record, field, None) for field in ("place", "city", "country"))
        dates = (getattr(record, field, None) for field in ("date", "since"))
        details = [
            *(translation.text(place).text for place in places if place),
            *(translation.date(date) for date in dates if isinstance(date, EdtfDate)),
        ]
        yield home.name, home.docname, home.anchor, " ".join(details)
