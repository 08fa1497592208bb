"""The project's folders, and how a Sphinx run is started in them.

Sphinx and the rooms are imported on demand: to find that nothing has changed takes none of them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx.application import Sphinx

SOURCE_LANGUAGE = "ja"


@dataclass(frozen=True)
class Project:
    """A checkout of the handbook. `root` holds conf.py."""

    root: Path

    @property
    def docs(self) -> Path:
        """The pages."""
        return self.root / "docs"

    @property
    def knowledge(self) -> Path:
        """The records and sources."""
        return self.root / "knowledge"

    @property
    def locales(self) -> Path:
        """The catalogues, a folder for each language."""
        return self.root / "locales"

    @property
    def build(self) -> Path:
        """All that is made; it may be deleted at any time."""
        return self.root / "build"

    @property
    def site(self) -> Path:
        """What gets published."""
        return self.build / "site"

    @property
    def live_site(self) -> Path:
        """What `make live` shows and writes: a copy, so that it and `make` do not write into each other's files."""
        return self.build / "live"

    @property
    def entrance(self) -> str:
        """The page that a reader opens first, as a path from where the command was given."""
        return os.path.relpath(self.site / "index.html")

    @property
    def templates(self) -> Path:
        """The messages to translate, as `make translations` has extracted them."""
        return self.build / "gettext"

    def doctrees(self, language: str) -> Path:
        """The pages of a language as `make` has read them, with Sphinx's environment."""
        return self.build / "doctrees" / language

    def copied_doctrees(self, language: str, purpose: str) -> Path:
        """Return a copy of them for a run that must not change what `make` knows of its pages."""
        copy = self.build / "doctrees" / f"{language}-{purpose}"
        if (read := self.doctrees(language)).is_dir():
            shutil.copytree(read, copy, dirs_exist_ok=True)
        return copy

    def languages(self) -> list[str]:
        """Return the languages that the handbook is built in, the source first."""
        from handbook.translation.languages import languages_of

        return languages_of(self.locales, SOURCE_LANGUAGE)

    def pages(self) -> list[str]:
        """Return the pages in `docs/`, by path and without an ending."""
        files = sorted(self.docs.rglob("*.md"))
        return [file.relative_to(self.docs).with_suffix("").as_posix() for file in files]

    @contextlib.contextmanager
    def sphinx(self, builder: str, language: str, output: Path, doctrees: Path) -> Iterator[Sphinx]:
        """Yield a Sphinx application; warnings and nothing else go to stderr."""
        from sphinx.application import Sphinx
        from sphinx.util.console import nocolor
        from sphinx.util.docutils import docutils_namespace, patch_docutils

        confoverrides: dict[str, Any] = {"language": language}
        if not self._catalogues_can_be_compiled(language):
            copy = self.build / "locales" / language
            shutil.copytree(self.locales, copy, dirs_exist_ok=True)
            confoverrides |= {"locale_dirs": [str(copy)], "handbook_locale_dir": str(self.locales)}
        if not sys.stderr.isatty():
            nocolor()
        with patch_docutils(self.root), docutils_namespace():
            yield Sphinx(
                self.docs,
                self.root,
                output,
                doctrees,
                builder,
                confoverrides=confoverrides,
                status=None,
                warning=sys.stderr,
                warningiserror=True,
            )

    def _catalogues_can_be_compiled(self, language: str) -> bool:
        """Tell whether Sphinx may write beside the catalogues; in a folder that others own, it may not."""
        folder = self.locales / language
        return all(os.access(place, os.W_OK) for place in (folder, *folder.rglob("*")) if place.is_dir())
