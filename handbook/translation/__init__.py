"""Texts of records and of the handbook itself, in the reader's language.

    translation = Translation.load(Path("locales"), language="en", source_language="ja")
    translation.text("イクレイ議会")     # Localized('ICLEI Council', 'en')
    translation.word("出典")            # 'Sources'
    translation.date(record.date)      # '5 September 1990'

Page texts are translated by Sphinx; this room does the rest, through the same
catalogues: `knowledge.po` for records, `handbook.po` for our own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from babel.numbers import format_compact_decimal, format_decimal

from handbook.knowledge import EdtfDate
from handbook.translation.catalogue import Catalogue, Localized, load_catalogue
from handbook.translation.dates import format_edtf, format_year
from handbook.translation.edition import Edition
from handbook.translation.languages import locale_of
from handbook.translation.words import mark, mark_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from handbook.knowledge import Figure, Observation

#: From here on numbers are easier to read in words: 90億, 9 billion.
_WRITTEN_OUT = 100_000_000
#: Unless they have more digits than this; words would then round them.
_WORTH_WORDS = 4

KNOWLEDGE = "knowledge"
INTERFACE = "handbook"

__all__ = [
    "INTERFACE",
    "KNOWLEDGE",
    "Edition",
    "Localized",
    "Translation",
    "load_catalogue",
    "mark",
    "mark_in",
    "words_of",
]


@dataclass(frozen=True)
class Translation:
    """Everything that turns records and our own words into one language."""

    language: str
    source_language: str
    knowledge: Catalogue
    interface: Catalogue

    @classmethod
    def load(cls, locale_dir: Path, *, language: str, source_language: str) -> Translation:
        """Read both catalogues. Raises `ContentError` if one is not valid gettext."""
        return cls(
            language,
            source_language,
            load_catalogue(locale_dir, language, source_language, KNOWLEDGE),
            load_catalogue(locale_dir, language, source_language, INTERFACE),
        )

    def text(self, message: str) -> Localized:
        """Translate a text of a record."""
        return self.knowledge.localize(message)

    def word(self, message: str, context: str = "") -> str:
        """Translate one of the handbook's own words; the extractor looks for this name."""
        return self.interface.gettext(message, context)

    def date(self, value: EdtfDate) -> str:
        """Return a date in words."""
        return format_edtf(value, self.language, self.word)

    def isodate(self, text: str) -> str:
        """Return a date given as EDTF text in words."""
        return self.date(EdtfDate.parse(text))

    def year(self, value: EdtfDate) -> str:
        """Return the year or years of a date."""
        return format_year(value, self.language, self.word)

    def decimal(self, value: float) -> str:
        """Return a bare number: 2,500, 90億, 9 billion."""
        return _decimal(value, self.language)

    def number(self, figure: Figure, observation: Observation) -> str:
        """Return the value with unit and qualifier: 2,500以上, more than 2,500, 90億."""
        value = self.decimal(observation.value)
        if figure.unit:
            value += self.text(figure.unit).text
        match observation.qualifier:
            case "about":
                pattern = self.word("約{value}")
            case "more-than":
                pattern = self.word("{value}以上")
            case "at-least":
                pattern = self.word("少なくとも{value}")
            case _:
                pattern = "{value}"
        return pattern.format(value=value)

    def amount(self, figure: Figure, observation: Observation) -> Localized:
        """Return the number inside the figure's own pattern: 2,500以上の自治体."""
        if figure.bare:
            return Localized(self.number(figure, observation), self.language)
        pattern = self.text(figure.pattern)
        return Localized(pattern.text.format(value=self.number(figure, observation)), pattern.language)


@cache
def _decimal(value: float, language: str) -> str:
    locale = locale_of(language)
    digits = len(f"{value:.0f}".rstrip("0"))
    if value >= _WRITTEN_OUT and digits <= _WORTH_WORDS:
        # CLDR has one compact form only for languages whose words are short (億).
        form: Literal["long", "short"] = "long" if "long" in locale.compact_decimal_formats else "short"
        return format_compact_decimal(value, format_type=form, locale=locale, fraction_digits=3)
    return format_decimal(value, locale=locale)


def words_of(locale_dir: Path, languages: Sequence[str]) -> dict[str, Callable[[str], str]]:
    """Return what gives the handbook's own words in each language; `languages` begins with the source.

    Raises `ContentError` if a catalogue is not valid gettext.
    """
    return {language: load_catalogue(locale_dir, language, languages[0], INTERFACE).gettext for language in languages}
