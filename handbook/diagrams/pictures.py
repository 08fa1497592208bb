"""SVG files that somebody drew by hand or with a program: tells what in them could run or load something.

A browser that opens an SVG by itself treats it as a page of the site: a script in it runs, and a style sheet or a
picture from elsewhere tells its owner who reads. Files are read and judged, never changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

if TYPE_CHECKING:
    from pathlib import Path

_HTML: Final = "http://www.w3.org/1999/xhtml"
#: Elements of SVG that run, that hold pages, or that change attributes later on, an address among them.
_REFUSED: Final = frozenset(
    ("script", "foreignObject", "handler", "listener", "set", "animate", "animateMotion", "animateTransform", "discard")
)
#: What an address may be: a place in the same file, or a picture of points that stands in it.
_ADDRESS: Final = re.compile(r"(#.*)?|data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.DOTALL)
_ADDRESSES: Final = frozenset(("href", "src", "base"))
#: Style sheets that ask for something, also where CSS writes a letter as a number.
_LOADS: Final = re.compile(r"@import|\\|image-set|src\s*\(|url\s*\(\s*(?![\s\"']*#)", re.IGNORECASE)


class Fault(NamedTuple):
    """What is wrong with a file, and in which line."""

    line: int
    what: str


def svg_faults(file: Path) -> list[Fault]:
    """Return what in an SVG file could run or load something, in the order of its lines; nothing if it is harmless."""
    reader = _Reader()
    try:
        reader.read(file.read_bytes())
    except ExpatError as error:
        reader.faults.append(Fault(error.lineno, "the picture is no well-formed XML"))
    except _Stop:
        pass
    return reader.faults


class _Stop(Exception):  # noqa: N818 - nothing went wrong
    """There is no reading on: what follows may be there to keep the reader busy."""


class _Reader:
    """Goes through a file once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._parser = ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._style = 0

    def read(self, content: bytes) -> None:
        self._parser.Parse(content, True)

    def _say(self, what: str) -> None:
        self.faults.append(Fault(self._parser.CurrentLineNumber, what))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        if space == _HTML or name in _REFUSED:
            self._say(f"<{name}> stands in the picture")
        self._style += name == "style"
        for key, value in attributes.items():
            self._attribute(key.rpartition("}")[2], value)

    def _attribute(self, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            self._say(f"the attribute {name} runs a script")
        elif name in _ADDRESSES and not _ADDRESS.fullmatch(value.strip()):
            self._say(f"the attribute {name} leads elsewhere: {value.strip()[:60]}")
        elif _LOADS.search(value) and ("(" in value or name == "style"):
            self._say(f"the attribute {name} loads something: {value.strip()[:60]}")

    def _end(self, tag: str) -> None:
        self._style -= tag.rpartition("}")[2] == "style"

    def _text(self, text: str) -> None:
        if self._style and (found := _LOADS.search(text)):
            self._say(
                f"the style sheet of the picture loads something: {text[found.start() :].split(';')[0].strip()[:60]}"
            )

    def _instruction(self, target: str, data: str) -> None:
        self._say(f"<?{target}?> stands in the picture")

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        # Old drawing programs name the SVG standard here; only what is declared by the file itself can do harm.
        if internal:
            self._say("the picture declares entities of its own")
            raise _Stop
