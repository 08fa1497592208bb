"""Compiles Typst source to PDF."""

from __future__ import annotations

import hashlib
import io
import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import typst
from sphinx.errors import SphinxError
from sphinx.util import logging

from handbook.typst.markup import place_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)

#: One of the errors in what Typst says, with the place in the source that it points at (counted from 1 and from 0).
_ERROR = re.compile(r"^error: (?P<message>.+)\n\s*┌─ (?P<file>.+):(?P<line>\d+):(?P<column>\d+)$", re.MULTILINE)
_NO_LETTER = re.compile(r'the text `"(?P<text>.+)"` could not be displayed with font')
#: How Typst writes a character in a message that cannot be seen.
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
#: With one of these, Typst will not draw a blank box for a letter that no font has.
_STRICT = ("ua-", "a-")


class CompilationError(SphinxError):
    """What Typst says of a source that it cannot compile."""

    category = "Typst cannot make the PDF"


def compile_pdf(source: Path, fonts: Path, pages: Path, standards: Sequence[str], timestamp: int) -> bytes:
    """Return the PDF made from `source`, with no fonts but those in `fonts` and Typst's own.

    The same input gives the same bytes. Raises `CompilationError`, which names
    the line of the page, in the folder `pages`, that an error comes from.
    """
    known = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    compiler = typst.Compiler(source, root=source.parent, font_paths=known)

    def export(standards: Sequence[str]) -> tuple[bytes, list[typst.TypstWarning]]:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            pdf_standards=list(standards),  # type: ignore[arg-type]
            timestamp=timestamp,
        )
        assert isinstance(pdf, bytes)
        return pdf, warnings

    try:
        pdf, warnings = export(standards)
    except typst.TypstError as error:
        raise CompilationError(_explained(error, source, pages)) from None
    for warning in warnings:
        logger.warning("Typst: %s", warning.message, type="typst")
    if not any(standard.startswith(_STRICT) for standard in standards):
        try:
            export(["a-3b"])
        except typst.TypstError as error:
            if _NO_LETTER.search(error.message):
                raise CompilationError(_explained(error, source, pages)) from None
    return _shrink(pdf)


def _explained(error: typst.TypstError, source: Path, pages: Path) -> str:
    """Return what is wrong, with the pages that it comes from."""
    diagnostic = error.diagnostic or error.message
    found = list(dict.fromkeys(_found(diagnostic, source, pages)))
    # A paragraph is one line of the source; of a long one, its beginning tells enough.
    shown = "\n".join(line[:200].rstrip() for line in diagnostic.splitlines())
    if found and not _NO_LETTER.search(error.message):
        found += ["", shown]
    return "\n" + ("\n".join(found) or shown)


def _found(diagnostic: str, source: Path, pages: Path) -> Iterator[str]:
    text = source.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for error in _ERROR.finditer(diagnostic):
        message = error["message"]
        positions = []
        if missing := _NO_LETTER.search(message):
            letter = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), missing["text"])
            codes = " ".join(f"U+{ord(one):04X}" for one in letter)
            message = (
                f"no font of the book has the letter '{letter}' ({codes}); write another one, "
                "or add a font that has it to 'typst_fonts' and its family to 'typst_families'"
            )
            # Typst points at the first only, or at the template.
            positions = [match.start() for match in re.finditer(re.escape(letter), text)]
        elif error["file"].endswith(source.name):
            positions = [sum(map(len, lines[: int(error["line"]) - 1])) + int(error["column"])]
        places = [place for position in positions if (place := place_before(text, position))]
        yield from (f"{(pages / place).resolve()}: {message}" for place in places)
        if not places:
            yield message


def _shrink(pdf: bytes) -> bytes:
    """Return the same document, pressed as hard as can be, and its objects, too: tags and links are a third of it."""
    # Imported on demand: who builds pages alone does not wait for it.
    import pikepdf

    pikepdf.settings.set_flate_compression_level(9)
    small = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            small,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return small.getvalue()


def digest(files: Iterable[Path], *facts: str) -> str:
    """Return a fingerprint of all that goes into a PDF."""
    state = hashlib.sha256()
    for fact in (version("typst"), *facts):
        state.update(fact.encode() + b"\0")
    for file in sorted(files):
        state.update(file.name.encode() + b"\0" + file.read_bytes())
    return state.hexdigest()
