"""Search in any language: Japanese and its like by pairs of characters, others by words; numbers everywhere.

Sphinx's own Japanese search segments the pages but not the query, so a compound
such as 気候変動対策 finds nothing. Here page and query are cut the same way: text is
normalised (NFKC), runs of one script are taken apart, and a Japanese run gives
every pair of neighbouring characters. Latin words and numbers stay whole. The
same goes for all languages that put no space between words, and for Korean,
which writes particles (에, 는) and words as one.

Other languages go by words, which Sphinx brings to their stem where it knows
how to.

Sphinx's script throws away query words that are digits only. Numbers are
therefore indexed and asked for with a mark before them: `#1990`.

Endings and particles (は, いくら) and words that ask (how, what) say nothing of
where the answer stands; they are left out of a query that has other words.

`static/handbook-search.js` ranks and shows what is found in the index that
`handbook.site.search_index` writes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sphinx.search import SearchLanguage, languages
from sphinx.util import import_object

from handbook.content.editions import edition_of
from handbook.translation.languages import has_word_spaces, script_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Sphinx's own classes, before ours take their places.
_SPHINX = dict(languages)

#: Runs of one script: digits, Latin letters, ideographs, hiragana, katakana, Hangul; Thai, Lao, Burmese and Khmer.
#: The same text is a pattern for Python and for JavaScript.
_RUNS = (
    r"[0-9]+|[a-z\u00df-\u024f]+|[\u3005\u3400-\u9fff\uf900-\ufaff]+|[\u3040-\u309f]+|[\u30a0-\u30ff]+"
    r"|[\uac00-\ud7a3]+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)

_PAIRS_JS = f"""
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

#: Words that ask, where Sphinx's stop words leave them in.
_ASKING = {
    "en": "what who how when where which why whose do does did can could should would has have had was were "
    "i my we our you your me us many much there s t mean means about than"
}

_WORDS_JS = r"""
const ASKING = new Set("%s".split(" "));
function splitQuery(query) {
  const words = (query.match(/[\p{L}\p{N}_]+/gu) || []).map(word => /^\d+$/.test(word) ? "#" + word : word);
  const telling = words.filter(word => !ASKING.has(word.toLowerCase()));
  return telling.length ? telling : words;
}
"""


def split_pairs(text: str) -> list[str]:
    """Return the search terms of `text`, in order.

    A hiragana character on its own is a particle and left out.

    >>> split_pairs("1990年の気候変動")
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


class PairSearch(SearchLanguage):
    """Pairs of characters, cut the same way in Python and in the browser."""

    js_splitter_code = _PAIRS_JS

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx's name
        """Return the terms of a piece of text."""
        return split_pairs(input)

    def word_filter(self, word: str) -> bool:
        """Keep every term."""
        return True


class WordSearch(SearchLanguage):
    """Words, with numbers; the stems of words and what is left out come from Sphinx's own class for a language."""

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._stems: dict[str, str] = {}

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx's name
        """Return the words of a piece of text, numbers marked."""
        return [f"#{word}" if word.isdecimal() else word for word in super().split(input)]

    def stem(self, word: str) -> str:
        """Return the stem of a word. Most words stand on many pages; Sphinx keeps their stems for one page only."""
        if (stem := self._stems.get(word)) is None:
            stem = self._stems[word] = super().stem(word)
        return stem


def search_language(language: str) -> type[SearchLanguage]:
    """Return how the search cuts the text of a language."""
    if not has_word_spaces(language) or script_of(language) == "Kore":
        return type("Pairs", (PairSearch,), {"lang": language})
    family = language.partition("_")[0]
    known = _SPHINX.get(language) or _SPHINX.get(family) or SearchLanguage
    theirs: type[SearchLanguage] = import_object(known) if isinstance(known, str) else known
    bases = (WordSearch,) if theirs is SearchLanguage else (WordSearch, theirs)
    return type("Words", bases, {"lang": language, "js_splitter_code": _WORDS_JS % _ASKING.get(family, "")})


def use_search_language(app: Sphinx, config: Config) -> None:
    """Register the search of the run's language (event `config-inited`)."""
    app.add_search_language(search_language(config.language))


def search_words(app: Sphinx) -> dict[str, str]:
    """Return what `handbook-search.js` says, in the language of the page."""
    word = edition_of(app).translation.word
    return {
        "waiting": word("検索しています"),
        "results": word("検索の結果"),
        "found": word("見つかったページの数：{count}"),
        "nothing": word("見つかりませんでした。ほかの言葉や、もっと短い言葉でお試しください。"),
        "more": word("続きを表示する"),
    }
