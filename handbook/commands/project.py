"""The project's folders, and how a Sphinx run is started in them."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.errors import ConfigError, SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from handbook.knowledge import ContentError
from handbook.knowledge.problems import shown
from handbook.translation.languages import languages_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE_LANGUAGE = "ja"

_CLOCK = "SOURCE_DATE_EPOCH"
#: Until the year 5138.
_SECONDS = re.compile(r"[0-9]{1,11}")


@dataclass(frozen=True)
class Project:
    """A checkout of the handbook. `root` holds conf.py."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def knowledge(self) -> Path:
        return self.root / "knowledge"

    @property
    def locales(self) -> Path:
        return self.root / "locales"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def site(self) -> Path:
        """What gets published."""
        return self.build / "site"

    @property
    def templates(self) -> Path:
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
        return languages_of(self.locales, SOURCE_LANGUAGE)

    def pages(self) -> list[str]:
        """Return the pages in `docs/`, by path and without an ending."""
        files = sorted(self.docs.rglob("*.md"))
        return [file.relative_to(self.docs).with_suffix("").as_posix() for file in files]

    @contextlib.contextmanager
    def sphinx(self, builder: str, language: str, output: Path, doctrees: Path) -> Iterator[Sphinx]:
        """Yield a Sphinx application; warnings and nothing else go to stderr."""
        confoverrides: dict[str, Any] = {"language": language}
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


def check_clock() -> None:
    """Raise `ConfigError` if SOURCE_DATE_EPOCH is no time: Sphinx reads it while it is imported, and cannot say so."""
    given = os.environ.get(_CLOCK, "").strip()
    if not given:
        # Sphinx takes what is empty for a time, too.
        os.environ.pop(_CLOCK, None)
    elif not _SECONDS.fullmatch(given):
        raise ConfigError(
            f"{_CLOCK} is '{shown(given)}', which is no time. "
            "To mend it: write the seconds since 1970, such as 1795000000, or leave it empty."
        )


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors that a contributor can mend into a message and exit code 1."""
    try:
        yield
    except (SphinxError, ContentError) as error:
        sys.stderr.write(f"{str(error).strip()}\n")
        raise SystemExit(1) from None
    except BrokenPipeError:
        # The reader of our output has gone (`make | head`); nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
