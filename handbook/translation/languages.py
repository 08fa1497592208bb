"""Which languages the handbook comes in, and all that its code may know of one.

Nothing else in the handbook asks "is this Japanese?" to decide how a page looks.
It asks what follows from the language's script: whether words stand apart, how
wide letters are, which way they run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError, parse_locale
from babel.core import get_global

if TYPE_CHECKING:
    from pathlib import Path

#: The handbook's English is British; elsewhere the language tag says enough.
REGIONS = {"en": "en_GB"}

#: The language of official names: `name_en` of a record.
OFFICIAL_NAMES = "en"

#: Scripts that put no space between words.
_WITHOUT_SPACES = frozenset(("Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"))
#: Scripts whose letters are as wide as they are high, about twice as wide as Latin ones.
_FULL_WIDTH = frozenset(("Hans", "Hant", "Jpan", "Kore"))

#: A language, perhaps a script, perhaps a region.
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)
EXAMPLES = "ko (Korean), fr (French), pt_BR (Portuguese of Brazil), zh_Hant (Chinese in traditional characters)"


class LanguageError(ValueError):
    """Says why a text names no language."""


def languages_of(locale_dir: Path, source_language: str) -> list[str]:
    """Return the source language, then every language with catalogues, by tag."""
    if not locale_dir.exists():
        return [source_language]
    translated = {
        folder.name
        for folder in locale_dir.iterdir()
        if folder.name != source_language and any(folder.glob("LC_MESSAGES/**/*.po"))
    }
    return [source_language, *sorted(translated)]


def language_named(text: str) -> str:
    """Return the language that a contributor names, as gettext and Sphinx write it: ko, pt_BR, zh_Hant.

    Raises `LanguageError` for anything that is no language.

    >>> language_named("PT-br")
    'pt_BR'
    """
    match = _TAG.fullmatch(text.strip())
    if match is None:
        meant = _code_of(text.strip())
        hint = f"the tag of {text.strip()} is {meant}" if meant else f"a tag is short: {EXAMPLES}"
        raise LanguageError(f"'{text}' is not a language tag; {hint}")
    language, script, region = (part or "" for part in match.groups())
    tag = "_".join(filter(None, (language.lower(), script.title(), region.upper())))
    try:
        Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        raise LanguageError(f"no language has the tag '{text}'; tags are, for example: {EXAMPLES}") from None
    return tag


def _code_of(name: str) -> str:
    """Return the tag of a language by its name in English or Japanese, or nothing."""
    for locale in (Locale("en"), Locale("ja")):
        for code, known in locale.languages.items():
            if known.casefold() == name.casefold():
                return str(code)
    return ""


def locale_of(language: str) -> Locale:
    """Return the CLDR locale for a language of the handbook."""
    return Locale.parse(REGIONS.get(language, language).replace("-", "_"))


def own_name(language: str) -> str:
    """Return what speakers of a language call it: 日本語, English."""
    locale = Locale.parse(language.replace("-", "_"))
    return locale.get_display_name(locale) or language


def web_tag(language: str) -> str:
    """Return the tag as HTML, EPUB and feeds write it (BCP 47): pt-BR, where gettext has pt_BR."""
    return language.replace("_", "-")


def script_of(language: str) -> str:
    """Return the script that a language is written in (ISO 15924).

    >>> [script_of(language) for language in ("ja", "en", "ko", "zh", "zh_TW", "sr", "ar")]
    ['Jpan', 'Latn', 'Kore', 'Hans', 'Hant', 'Cyrl', 'Arab']
    """
    locale = locale_of(language)
    if locale.script:
        return locale.script
    likely = get_global("likely_subtags")
    known = likely.get(str(locale)) or likely.get(locale.language)
    return (parse_locale(known)[2] if known else None) or "Latn"


def has_word_spaces(language: str) -> bool:
    """Tell whether a language puts spaces between words, and so before a citation."""
    return script_of(language) not in _WITHOUT_SPACES


def is_full_width(language: str) -> bool:
    """Tell whether letters are as wide as they are high."""
    return script_of(language) in _FULL_WIDTH


def direction(language: str) -> str:
    """Return which way lines run, as HTML says it: ltr or rtl."""
    return locale_of(language).text_direction
