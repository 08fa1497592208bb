"""A PDF as those read it who listen: the elements of its structure and the text in them, in their order.

Letters are what the fonts of the file say (ToUnicode), so nothing is guessed or put right on the way.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What ToUnicode tables hold: `<0001> <30A4>` and `<0001> <0003> <30A4>`.
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_PARTS = re.compile(rb"begin(bfchar|bfrange)\s(.*?)end\1", re.DOTALL)

_PAINTING = frozenset(("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do"))
_SHOWING = frozenset(("Tj", "TJ"))
_OPERATORS = " ".join(("BDC BMC EMC Tf", *_PAINTING, *_SHOWING))


@dataclass
class Run:
    """A piece of a page that is marked as one: mostly the text of a line, or of a part of it."""

    page: int
    #: How it is marked there.
    mark: int
    text: str = ""
    language: str = ""


@dataclass(eq=False, repr=False)
class Element:
    """An element of the structure. `parts` are elements, pieces of pages and links, in the order of reading."""

    tag: str
    source: Dictionary
    parent: Element | None = None
    parts: list[Element | Run | Dictionary] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all inside it."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def within(self, *tags: str) -> Element | None:
        """Return the element itself or the nearest around it that has one of the tags."""
        found: Element | None = self
        while found and found.tag not in tags:
            found = found.parent
        return found

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.walk() if one.tag in tags]

    def runs(self) -> Iterator[Run]:
        for part in self.parts:
            if isinstance(part, Run):
                yield part
            elif isinstance(part, Element):
                yield from part.runs()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs())

    @property
    def page(self) -> int:
        """Return the page on which the element begins."""
        return next(self.runs()).page

    @property
    def language(self) -> str:
        """Return the language that it is marked with, itself or through what it stands in."""
        marked = str(self.source.get("/Lang", ""))
        return marked or (self.parent.language if self.parent else "")

    def attribute(self, owner: str, name: str) -> Any:
        """Return an attribute: `attribute("/Table", "/Scope")`, or None."""
        given: Any = self.source.get("/A", [])
        for one in given if isinstance(given, Array) else [given]:
            if isinstance(one, Dictionary) and one.get("/O") == Name(owner) and name in one:
                return one[name]
        return None


class Book:
    """A book of the site, in one language."""

    def __init__(self, file: Path, language: str) -> None:
        self.file = file
        self.language = language
        self.pdf: Any = pikepdf.open(file)
        #: What no screen reader says: running headers, page numbers, headers of tables that come again.
        self.furniture: dict[int, list[str]] = defaultdict(list)
        #: What is drawn on a page without being marked as content or as furniture.
        self.unmarked: list[str] = []
        #: Pages with a letter that the font has no shape for.
        self.shapeless: list[int] = []
        self._runs: dict[tuple[int, int], Run] = {}
        self._numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}
        for number, page in enumerate(self.pdf.pages, start=1):
            self._read(number, page)

    # -- structure -----------------------------------------------------------------------------------------------------

    @cached_property
    def structure(self) -> Element:
        document = Element("StructTreeRoot", self.pdf.Root.StructTreeRoot)
        self._grow(document, None)
        return document

    @property
    def runs(self) -> list[Run]:
        """Return all pieces of pages that are marked as content."""
        return list(self._runs.values())

    @cached_property
    def body(self) -> list[Element]:
        """Return what follows the cover, the imprint and the list of contents."""
        (document,) = self.structure.all("Document")
        parts = [part for part in document.parts if isinstance(part, Element)]
        (contents,) = (index for index, part in enumerate(parts) if part.tag == "TOC")
        return parts[contents + 1 :]

    @cached_property
    def flow(self) -> Flow:
        return Flow(self)

    @cached_property
    def headings(self) -> list[Element]:
        return [one for one in self.structure.walk() if re.fullmatch(r"H\d", one.tag)]

    def _grow(self, element: Element, page: int | None) -> None:
        source: Any = element.source
        page = self._numbers[source["/Pg"].objgen] if "/Pg" in source else page
        children: Any = source.get("/K", [])
        listed: list[Any] = list(children) if isinstance(children, Array) else [children]
        for child in listed:
            if isinstance(child, int):
                assert page is not None
                element.parts.append(self._runs[page, child])
            elif child.get("/Type") == Name.MCR:
                element.parts.append(self._runs[self._numbers[child["/Pg"].objgen], int(child["/MCID"])])
            elif child.get("/Type") == Name.OBJR:
                element.parts.append(child["/Obj"])
            else:
                inner = Element(str(child["/S"]).lstrip("/"), child, element)
                self._grow(inner, page)
                element.parts.append(inner)

    # -- links ---------------------------------------------------------------------------------------------------------

    def destination(self, link: Dictionary) -> tuple[int, float] | None:
        """Return the page that a link leads to, and how high the place is there; None for a web address."""
        action: Any = link.get("/A", Dictionary())
        if action.get("/S") == Name.URI:
            return None
        found: Any = link.get("/Dest", action.get("/D"))
        if isinstance(found, (pikepdf.String, Name)):
            found = self.names[str(found)]
        if isinstance(found, Dictionary):
            found = found["/D"]
        assert isinstance(found, Array), f"a link leads nowhere: {link}"
        return self._numbers[found[0].objgen], float(found[3])

    @cached_property
    def names(self) -> dict[str, Any]:
        return dict(pikepdf.NameTree(self.pdf.Root.Names.Dests).items())

    # -- pages ---------------------------------------------------------------------------------------------------------

    def _read(self, number: int, page: pikepdf.Page) -> None:
        marks: list[tuple[Run | None, str | None]] = []
        letters: dict[int, str] = {}
        fonts: Any = page.Resources.get("/Font", Dictionary())
        for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            if name in ("BDC", "BMC"):
                marks.append(self._mark(number, operands, marks[-1][0] if marks else None))
            elif name == "EMC":
                run, instead = marks.pop()
                if run and instead is not None:
                    run.text += instead
            elif name == "Tf":
                letters = self._letters(fonts[str(operands[0])])
            elif not marks:
                self.unmarked.append(f"page {number}: {name}")
            elif name in _SHOWING:
                shown = self._decode(number, operands[0], letters)
                run = marks[-1][0]
                if run is None:
                    self.furniture[number].append(shown)
                elif not any(instead is not None for _, instead in marks):
                    run.text += shown

    def _mark(self, number: int, operands: Any, around: Run | None) -> tuple[Run | None, str | None]:
        properties = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
        if operands[0] == Name.Artifact:
            return None, None
        if "/MCID" in properties:
            around = self._runs.setdefault((number, int(properties["/MCID"])), Run(number, int(properties["/MCID"])))
            around.language = str(properties.get("/Lang", around.language))
        return around, str(properties["/ActualText"]) if "/ActualText" in properties else None

    def _decode(self, number: int, shown: Any, letters: dict[int, str]) -> str:
        text = ""
        for piece in shown if isinstance(shown, Array) else [shown]:
            if isinstance(piece, pikepdf.String):
                codes = bytes(piece)
                for at in range(0, len(codes), 2):
                    code = codes[at] << 8 | codes[at + 1]
                    if not code:
                        self.shapeless.append(number)
                    text += letters.get(code, "\ufffd")
        return text

    def _letters(self, font: Dictionary) -> dict[int, str]:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = letters_of(font)
        return self._fonts[font.objgen]


class Flow:
    """The text after the contents pages, squeezed, as it is read out: without drawings and what is under the line.

    Every letter knows its element, its language and its page.
    """

    def __init__(self, book: Book) -> None:
        self.text = ""
        #: Where each piece begins, ends, what it belongs to.
        self.pieces: list[tuple[int, int, Run, Element]] = []
        #: Where each link begins and ends.
        self.links: list[tuple[int, int, Dictionary]] = []
        written: list[str] = []
        self._at = 0
        for element in book.body:
            self._take(element, written)
        self.text = "".join(written)

    def _take(self, element: Element, written: list[str]) -> None:
        if element.tag in ("Figure", "Note") or (
            element.tag == "Lbl" and element.parent and element.parent.tag != "LI"
        ):
            return
        start = self._at
        for part in element.parts:
            if isinstance(part, Run):
                text = squeezed(part.text)
                if text:
                    self.pieces.append((self._at, self._at + len(text), part, element))
                    written.append(text)
                    self._at += len(text)
            elif isinstance(part, Element):
                self._take(part, written)
        self.links += [(start, self._at, part) for part in element.parts if isinstance(part, Dictionary)]

    def between(self, start: int, end: int) -> list[tuple[int, int, Run, Element]]:
        """Return the pieces that have letters between two places."""
        first = bisect.bisect_right(self.pieces, start, key=lambda piece: piece[0]) - 1
        found = []
        for piece in self.pieces[max(first, 0) :]:
            if piece[0] >= end:
                break
            if piece[1] > start:
                found.append(piece)
        return found


def letters_of(font: Dictionary) -> dict[int, str]:
    """Return what each code of a font stands for."""
    letters = {}
    for kind, entries in _PARTS.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            for code, text in _PAIR.findall(entries):
                letters[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
        else:
            for first, last, text in _RANGE.findall(entries):
                start = int(text, 16)
                letters |= {code: chr(start + at) for at, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
    return letters


def squeezed(text: str) -> str:
    """Return text without spaces and without the hyphens that break words: neither is in the source."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def odd_letters(text: str) -> set[str]:
    """Return characters that look like others which they are not: radicals, ligatures, compatibility characters."""
    blocks = r"[\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff\ufb00-\ufb4f\ufe30-\ufe4f\ufffd]"
    return set(re.findall(blocks, text)) | {one for one in text if unicodedata.normalize("NFC", one) != one}
