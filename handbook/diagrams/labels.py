"""Break the labels of diagrams into lines, since Mermaid breaks Japanese and its like anywhere or not at all."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from handbook.translation.languages import has_word_spaces, is_full_width, script_of

if TYPE_CHECKING:
    from budoux import Parser

__all__ = ["break_label"]

#: Where a Japanese phrase that is too long for a line may be broken all the same.
_SEAM: Final = re.compile(r"(?<=[一-鿿々])(?=[ァ-ヶ])|(?<=[ァ-ヶー])(?=[一-鿿])|(?<=[、。・）」])|(?=[（「])")

#: What never begins a line; phrases that budoux finds may begin with it.
_NEVER_FIRST: Final = "、。，．・：；！？）」』"


def break_label(text: str, language: str, width: int) -> str:
    """Return `text` with `<br>` where a line ends, in as few and as even lines as `width` allows.

    Languages without spaces are broken between phrases, others between words. `width` counts characters: in languages of
    East Asia full-width ones, of which a Latin letter is half. A phrase or word that is longer than `width` has a line for itself. Breaks that
    are there already stay.

    >>> break_label("地域事務局と国別事務所", "ja", 8)
    '地域事務局と<br>国別事務所'
    >>> break_label("加速させる：運動としてのイクレイ", "ja", 8)
    '加速させる：<br>運動としての<br>イクレイ'
    >>> break_label("Global Executive Committee", "en", 18)
    'Global Executive<br>Committee'
    """
    lines = []
    for given in re.split(r"<br\s*/?>", text):
        pieces = re.findall(r"\S+\s*", given) if has_word_spaces(language) else _phrases(given, width, language)
        lines += _even(pieces, width, language)
    return "<br>".join(lines)


@cache
def _parser(script: str) -> Parser:
    import budoux

    # Lao, Khmer and Burmese have no parser yet; that for Japanese leaves them whole.
    loaders = {
        "Hans": budoux.load_default_simplified_chinese_parser,
        "Hant": budoux.load_default_traditional_chinese_parser,
        "Thai": budoux.load_default_thai_parser,
    }
    return loaders.get(script, budoux.load_default_japanese_parser)()


def _phrases(text: str, width: int, language: str) -> list[str]:
    phrases: list[str] = []
    for found in _parser(script_of(language)).parse(text):
        phrase = found.lstrip(_NEVER_FIRST)
        if phrases:
            phrases[-1] += found[: len(found) - len(phrase)]
        else:
            phrase = found
        for part in re.findall(r"\S+\s*|\s+", phrase):
            phrases += [part] if _length(part, language) <= width else [seam for seam in _SEAM.split(part) if seam]
    return phrases


def _length(text: str, language: str) -> float:
    if not is_full_width(language):
        return len(text.strip())
    return sum(0.5 if character < "⺀" else 1 for character in text.strip())


def _even(pieces: list[str], width: int, language: str) -> list[str]:
    """Return `pieces` in lines: the fewest, and among those the most even."""
    # The best lines for the pieces from each place on: how many, how uneven, and the lines.
    best: list[tuple[int, float, list[str]]] = [(0, 0.0, [])]
    for start in range(len(pieces) - 1, -1, -1):
        choices = []
        for end in range(start + 1, len(pieces) + 1):
            line = "".join(pieces[start:end]).strip()
            length = _length(line, language)
            if length > width and end > start + 1:
                break
            count, uneven, rest = best[len(pieces) - end]
            choices.append((count + 1, uneven + (width - length) ** 2, [line, *rest]))
        best.append(min(choices))
    return best[-1][2] or [""]
