"""How the handbook cites: a pybtex style that suits Japanese and English pages.

In the text a citation is a number in brackets. In the list an entry reads

    [12] The ICLEI Story. ICLEI. 2008-05. http://…（2026年11月24日参照）

Titles stay as their publishers wrote them, marked with their own language;
everything around them is in the language of the page. Numbers follow the order
of publisher and title, so they do not depend on which page cites first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from docutils import nodes
from pybtex.backends.plaintext import Backend as PlaintextBackend
from pybtex.richtext import BaseMultipartText, HRef, String, Text
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.sorting import BaseSortingStyle
from sphinxcontrib.bibtex.style.names.last import LastNameStyle
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle

from handbook.content.editions import edition_of
from handbook.knowledge import EdtfDate
from handbook.knowledge.sources import LANGUAGES, plain
from handbook.translation import Edition, Localized
from handbook.translation.script import is_japanese

if TYPE_CHECKING:
    from pybtex.database import Entry
    from sphinx.application import Sphinx

#: Bytes of letters that are not ASCII.
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


class Passage(BaseMultipartText):  # type: ignore[misc]  # pybtex has no types
    """Rich text in a language of its own."""

    def __init__(self, language: str, *parts: Any) -> None:
        self.language = language
        self.info = (language,)
        super().__init__(*parts)

    def render(self, backend: Any) -> Any:
        rendered = super().render(backend)
        if isinstance(rendered, list):
            return [nodes.inline("", "", *rendered, classes=[f"language-{self.language}"])]
        return rendered


class SourceOrder(BaseSortingStyle):  # type: ignore[misc]  # pybtex has no types
    """Sorts entries by publisher, then title."""

    def sorting_key(self, entry: Entry) -> tuple[str, str, str]:
        return (_plain(entry, "publisher"), _plain(entry, "title"), entry.key)


class SourceStyle(UnsrtStyle):  # type: ignore[misc]  # pybtex has no types
    """Formats entries of `knowledge/sources.bib`, whatever their type."""

    default_sorting_style = "handbook"
    default_label_style = "number"

    #: The edition of the run; pybtex makes styles without arguments.
    edition: Edition | None = None

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> Any:
        return pybtex.style.FormattedEntry(entry.key, self._text(entry), label)

    def _text(self, entry: Entry) -> Text:
        assert self.edition is not None
        translation = self.edition.translation
        fields = entry.fields
        language = LANGUAGES.get(fields.get("langid", ""), "")
        stop = translation.word("。")
        parts: list[Any] = [self._in(Localized(_plain(entry, "title"), language)), stop]
        publisher = _plain(entry, "publisher")
        parts += [self._in(translation.text(publisher)) if is_japanese(publisher) else publisher, stop]
        if date := fields.get("date"):
            parts += [translation.date(EdtfDate.parse(date)), stop]
        parts.append(HRef(fields["url"], readable(fields["url"]), external=True))
        consulted = translation.date(EdtfDate.parse(fields["urldate"]))
        parts.append(translation.word("（{date}参照）").format(date=consulted))
        if note := _plain(entry, "note"):
            parts += [String(" "), self._in(translation.text(note))]
        return Text(*parts)

    def _in(self, localized: Localized) -> Any:
        assert self.edition is not None
        if localized.language in ("", self.edition.language):
            return String(localized.text)
        return Passage(localized.language, localized.text)


def readable(address: str) -> str:
    """Return an address as people read it: `…/%E7%92%B0%E5%A2%83` as `…/環境`, see RFC 3987, section 3.2.

    Only letters are decoded, and only where they are UTF-8: everything else means something else when it is bare.

    >>> readable("https://example.org/%E7%92%B0%E5%A2%83?q=a%26b%20c&r=%81")
    'https://example.org/環境?q=a%26b%20c&r=%81'
    """
    return _ENCODED.sub(_letters, address)


def _letters(match: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(match.group()).decode()
    except UnicodeDecodeError:
        return match.group()
    return text if text.isalnum() else match.group()


def _plain(entry: Entry, name: str) -> str:
    return plain(entry.fields.get(name, ""))


@dataclass
class NumberReferenceStyle(LabelReferenceStyle):
    """Citations in the text: numbers in square brackets, separated by commas."""

    bracket_parenthetical: BracketStyle = field(
        default_factory=lambda: BracketStyle(left="[", right="]", sep=", ", sep2=", ", last_sep=", ")
    )


def use_edition(app: Sphinx) -> None:
    """Tell the style which language to write (event `builder-inited`, after loading)."""
    SourceStyle.edition = edition_of(app)


def register() -> None:
    """Make the styles known to pybtex and to sphinxcontrib-bibtex, under the name `handbook`.

    What is not registered, and whether something is there already (without `force`), pybtex looks up in the metadata of
    every installed package. So the plugins that sphinxcontrib-bibtex asks for, again and again, are registered, too.
    """
    for group, name, plugin in (
        ("pybtex.style.formatting", "handbook", SourceStyle),
        ("pybtex.style.sorting", "handbook", SourceOrder),
        ("pybtex.style.names", "last", LastNameStyle),
        ("pybtex.backends", "plaintext", PlaintextBackend),
    ):
        pybtex.plugin.register_plugin(group, name, plugin, force=True)
    sphinxcontrib.bibtex.plugin.register_plugin(
        "sphinxcontrib.bibtex.style.referencing", "handbook", NumberReferenceStyle
    )
