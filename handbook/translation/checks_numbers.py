"""Numbers and dates of Japanese texts and of English ones, however they are written.

5億5,300万 is 553 million, 三つ is three, 第18回 the 18th, 平成9年 1997, 9月 September.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from handbook.translation.checks_markup import Fault, own_words, prose, without_wordings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.translation.entries import Entry


class Numbers(NamedTuple):
    """What a text counts and when it says something happened.

    `written` must be on the other side; `possible` may be what the other side
    has written: words such as "both" or 半 need no counterpart themselves.
    """

    written: dict[Decimal, str]
    possible: set[Decimal]
    months: set[int]


def number_faults(entry: Entry) -> Iterator[Fault]:
    """Compare numbers and months of a Japanese message and its English translation."""
    source = japanese_numbers(prose(without_wordings(entry.source, entry.translation)))
    translation = english_numbers(own_words(without_wordings(entry.translation, entry.source), "en"))
    # 6～8月 is June to August.
    for value, text in source.written.items():
        if value not in translation.possible and value not in translation.months:
            yield Fault("numbers", f"'{text}' is not in the English", f"give the number of the message: {text}")
    for value, text in translation.written.items():
        if value not in source.possible and value not in source.months:
            yield Fault("numbers", f"'{text}' is not in the Japanese", "give the numbers of the message and no others")
    for month in sorted(source.months - translation.months):
        yield Fault("dates", f"'{month}月' is not in the English", f"write {_MONTHS[month - 1].title()}")
    for month in sorted(translation.months - source.months):
        if month not in source.possible:
            name = _MONTHS[month - 1].title()
            yield Fault("dates", f"'{name}' is not in the Japanese", "give the month of the message")


# Japanese

_SCALES = {"": 1, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)(千?)([万億兆]?)")
_ARABIC = re.compile(r"(?:\d[\d,]*(?:\.\d+)?千?[万億兆])*\d[\d,]*(?:\.\d+)?千?[万億兆]?")
_ERA = re.compile(r"(昭和|平成|令和)(\d+|元)年")
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018}
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")
_KANJI = "一二三四五六七八九"
_KANJI_SCALES = {"十": 10, "百": 100}
#: Kanji are numbers where something is counted: 三つ, but not 一部, 二酸化炭素, 第三者 or 一人ひとり.
_COUNTED = re.compile(
    r"(?<![第数])([二三四五六七八九十][一二三四五六七八九十百]*)"
    r"(?=つ|人(?!三脚)|か国|か所|か月|年|回|都市|種類|段階|分野|地域|団体|通り|倍|番目|期)"
)
#: 5つ, 二人: English may count without a number ("the pathways"); another number would be found all the same.
_SMALL = re.compile(r"(?<![\d.,])(?:[1-9](?=つ)|1(?=年(?!代)|か月|人|回))|二(?=つ|人)")
_ARTICLE = re.compile(r"第(\d+)条(\d+)項")


def japanese_numbers(text: str) -> Numbers:
    """Read the numbers of a Japanese text."""
    text = unicodedata.normalize("NFKC", text).replace("CO2", "")
    written: dict[Decimal, str] = {}
    text = _ERA.sub(lambda match: f"{_ERAS[match[1]] + (1 if match[2] == '元' else int(match[2]))}年", text)
    text = _ARTICLE.sub(r"\1.\2", text)
    months = {int(month) for month in _MONTH.findall(text)}
    small = {Decimal(found if found.isdigit() else 2) for found in _SMALL.findall(text)}
    text = _SMALL.sub(" ", text)
    for match in _ARABIC.finditer(_MONTH.sub(" ", text)):
        value = sum(
            Decimal(number.replace(",", "")) * _SCALES[thousand] * _SCALES[scale]
            for number, thousand, scale in _PART.findall(match[0])
        )
        written[Decimal(value)] = match[0]
    for found in _COUNTED.findall(text):
        written[Decimal(_kanji(found))] = found
    possible = {*written, *small, *(Decimal(_KANJI.index(sign) + 1) for sign in re.findall(f"[{_KANJI}]", text))}
    if "半" in text:
        possible |= {Decimal(2), *(value + Decimal("0.5") for value in written)}
    if any(word in text for word in ("両", "双", "倍", "二重", "どちらも", "いずれも")):
        possible.add(Decimal(2))
    if "十" in text:
        possible.add(Decimal(10))
    return Numbers(written, possible, months)


def _kanji(text: str) -> int:
    """Read a number below 1,000: 三, 二十, 二百五十."""
    value = digits = 0
    for sign in text:
        if scale := _KANJI_SCALES.get(sign):
            value, digits = value + (digits or 1) * scale, 0
        else:
            digits = digits * 10 + _KANJI.index(sign) + 1
    return value + digits


# English

_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
#: "May I use it?" is no month.
_MONTH_NAMES = re.compile(rf"\b({'|'.join(month.title() for month in _MONTHS)})\b(?! (?:I|we|you|one)\b)")
_POWERS = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_POWERS |= {"decades": 10}
_OTHERS = {"once": 1, "single": 1, "both": 2, "twice": 2, "double": 2, "doubled": 2, "pair": 2, "half": 2, "halves": 2}
_OTHERS |= {"quarter": 4, "quarters": 4, "dozen": 12}
_OTHERS |= {"decade": 10, "annual": 1, "yearly": 1, "annually": 1, "i": 1, "ii": 2, "iii": 3}
_NUMERALS = {word: value for value, word in enumerate(_WORDS)}
_NUMERALS |= {word: value for value, word in enumerate(_ORDINALS)}
_NUMERALS |= {word: 20 + 10 * index for index, word in enumerate(_TENS)}
_NUMERALS |= {f"{word[:-1]}ieth": 20 + 10 * index for index, word in enumerate(_TENS)}
_DIGITS = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)(?:\s*(?:–|-|to|and|or)\s*(\d[\d,]*(?:\.\d+)?))?[\s-]+(hundred|thousand|million|billion|trillion)\b"
    r"|(\d(?:[\d,]*\d)?(?:\.\d+)?)"
)
_SHORT_RANGE = re.compile(r"\b(\d\d)(\d\d)[–-](\d\d)\b(?![–-]\d)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
#: Words below this count nothing as often as not: one of them, the second half.
_LEAST_WORD = 3


def english_numbers(text: str) -> Numbers:
    """Read the numbers of an English text."""
    text = unicodedata.normalize("NFKC", text).replace("CO2", "")
    # 2015–16 is a range of years, 1990-09 a month.
    text = _SHORT_RANGE.sub(lambda at: f"{at[1]}{at[2]}–{at[1] if at[3] > at[2] else ''}{at[3]}", text)
    months = {_MONTHS.index(month.lower()) + 1 for month in _MONTH_NAMES.findall(text)}
    written: dict[Decimal, str] = {}
    for match in _DIGITS.finditer(text):
        numbers = [part for part in (match[1], match[2], match[4]) if part]
        for number in numbers:
            # "1990 and 2 million": a year shares no scale.
            scale = _POWERS[match[3]] if match[3] and (number == numbers[-1] or not _YEAR.fullmatch(number)) else 1
            written[Decimal(number.replace(",", "")) * scale] = match[0] if len(numbers) == 1 else number
    possible = set(written)
    words = re.findall(r"[a-z]+", text.lower())
    for index, word in enumerate(words):
        before, following = words[index - 1] if index else "", words[index + 1] if index + 1 < len(words) else ""
        number = _NUMERALS.get(word)
        if number is None:
            possible |= _implied(word)
            continue
        if number >= 20 and 0 < _NUMERALS.get(following, 0) < 10:
            number += _NUMERALS[following]
        elif number < 10 and _NUMERALS.get(before, 0) >= 20:
            continue
        value = Decimal(number * _POWERS.get(following, 1))
        possible |= {value, value + Decimal("0.5")} if "half" in words else {value}
        if number >= _LEAST_WORD:
            written.setdefault(value, word)
    return Numbers(written, possible, months)


def _implied(word: str) -> set[Decimal]:
    """Return what a word that is no number may stand for: "a billion people", "both", "two thirds"."""
    part = {_NUMERALS[word[:-1]]} if word[:-1] in _ORDINALS else set()
    return {Decimal(value) for value in {_POWERS.get(word), _OTHERS.get(word), *part} if value is not None}
