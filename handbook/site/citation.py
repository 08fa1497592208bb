"""How a page of the handbook is cited: as a line of text, and as BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from handbook.knowledge.sources import LANGUAGES

if TYPE_CHECKING:
    from handbook.translation import Translation

#: Quotation marks of a title that stands in quotation marks itself.
_NESTED = str.maketrans("「」“”", "『』‘’")

#: What means something in LaTeX, as text. `\{` would do for LaTeX, but BibTeX counts braces.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{character: f"\\{character}" for character in "#$%&_"},
    }
)

_BABEL_NAMES = {tag: name for name, tag in reversed(LANGUAGES.items())}

#: All that an address may hold; anything else, braces above all, is encoded.
_ADDRESS = ":/?#[]@!$&'()*+,;=%~"


class CitedPage(NamedTuple):
    """What a citation names. `title` is empty for the handbook as a whole, `url` where it is not known.

    `date` is that of the facts (ISO 8601), `key` the name of the entry in BibTeX.
    """

    key: str
    author: str
    title: str
    book: str
    date: str
    url: str = ""

    def text(self, translation: Translation) -> str:
        """Return the citation in the form usual in a language."""
        word = translation.word
        date = translation.isodate(self.date)
        if self.title:
            cited = word("{author}「{title}」『{book}』、{date}時点").format(
                author=self.author, title=self.title.translate(_NESTED), book=self.book, date=date
            )
        else:
            cited = word("{author}『{book}』、{date}時点").format(author=self.author, book=self.book, date=date)
        return word("{citation}、{url}").format(citation=cited, url=self.url) if self.url else cited

    def bibtex(self, language: str) -> str:
        """Return the entry. pybtex could write it, but takes every field for LaTeX that is escaped already."""
        fields = {
            # Braces keep a group from being read as first and last name, and titles from losing their capitals.
            "author": f"{{{self.author.translate(_LATEX)}}}",
            "title": f"{{{(self.title or self.book).translate(_LATEX)}}}",
            "organization": self.book.translate(_LATEX) if self.title else "",
            "date": self.date,
            "year": self.date[:4],
            "url": quote(self.url, safe=_ADDRESS),
            "langid": _BABEL_NAMES.get(language, ""),
        }
        lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
        return "\n".join([f"@online{{{self.key},", *lines, "}"])
