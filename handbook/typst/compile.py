"""Compiles Typst source to PDF."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pikepdf
import typst
from sphinx.errors import SphinxError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class CompilationError(SphinxError):
    """What Typst says of a source that it cannot compile."""

    category = "Typst cannot make the PDF"


def compile_pdf(source: Path, fonts: Path, standards: Sequence[str], timestamp: int) -> bytes:
    """Return the PDF made from `source`, with no fonts but those in `fonts` and Typst's own.

    Raises `CompilationError`. The same input gives the same bytes.
    """
    known = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    compiler = typst.Compiler(source, root=source.parent, font_paths=known)
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=timestamp)  # type: ignore[arg-type]
    except typst.TypstError as error:
        hints = "".join(f"\nhint: {hint}" for hint in error.hints)
        # A paragraph is one line of the source; of a long one, its beginning tells enough.
        shown = "\n".join(line[:200].rstrip() for line in (error.diagnostic or error.message).splitlines())
        raise CompilationError(f"\n{shown}{hints}".rstrip()) from None
    assert isinstance(pdf, bytes)
    return _shrink(pdf)


def _shrink(pdf: bytes) -> bytes:
    """Return the same document with its objects compressed, too: tags and links make more than half of it."""
    small = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(small, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return small.getvalue()


def digest(files: Iterable[Path], *facts: str) -> str:
    """Return a fingerprint of all that goes into a PDF."""
    state = hashlib.sha256()
    for fact in (typst.__version__, *facts):
        state.update(fact.encode() + b"\0")
    for file in sorted(files):
        state.update(file.name.encode() + b"\0" + file.read_bytes())
    return state.hexdigest()
