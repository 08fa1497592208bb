"""Keeps Sphinx from leaving half a catalogue.

Sphinx 9.0 writes a compiled catalogue in place. Where that is cut short, the half of it that is there is newer than its
source, and so it is used from then on; and who reads it meanwhile, such as another build, finds half of it. Here it is
written beside its place and then put there in one step.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import sphinx
from sphinx.util.i18n import CatalogInfo

#: The versions whose code was read.
KNOWN = (9, 0)

_write_mo = CatalogInfo.write_mo


class _Beside(CatalogInfo):
    """A catalogue that is compiled beside its place, into a file that git and all others take for a compiled one."""

    @property
    def mo_file(self) -> str:
        folder, name = os.path.split(f"{self.domain}.mo")
        return str(Path(folder, f".{os.getpid()}-{name}"))


def _write_whole(catalogue: CatalogInfo, locale: str, use_fuzzy: bool = False) -> None:
    """Compile a catalogue; the arguments are those of Sphinx's own method."""
    beside = _Beside(catalogue.base_dir, catalogue.domain, catalogue.charset)
    # Sphinx's own kind of path is a string first, with a string's methods.
    written = Path(beside.mo_path)
    try:
        _write_mo(beside, locale, use_fuzzy)
        # There is none where the source cannot be read; Sphinx has said so.
        with suppress(FileNotFoundError):
            written.replace(catalogue.mo_path)
    finally:
        written.unlink(missing_ok=True)


def write_catalogues_whole() -> None:
    """Let Sphinx compile catalogues in this way."""
    if sphinx.version_info[:2] == KNOWN:
        CatalogInfo.write_mo = _write_whole  # type: ignore[assignment, method-assign]
