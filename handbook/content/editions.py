"""Loads the edition of a Sphinx run and keeps it at hand.

One Sphinx run builds one language, so one run has one `Edition`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.errors import SphinxError

from handbook.knowledge import KEPT, ContentError, Problem, load_kept, read_text
from handbook.translation import INTERFACE, Edition, Translation
from handbook.translation.catalogue import catalogue_path, syntax_problems

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_editions: WeakKeyDictionary[Sphinx, Edition] = WeakKeyDictionary()


class ContentUnusableError(SphinxError):
    """Stops the build: records, sources or catalogues cannot be read."""

    category = "The handbook cannot be built from these files"

    def __init__(self, error: ContentError) -> None:
        super().__init__("\n" + str(error))


def load_edition(app: Sphinx) -> None:
    """Load records, sources and catalogues (event `builder-inited`).

    Raises `ContentUnusableError` with every problem found.
    """
    project = Path(app.confdir)
    locale_dir = locale_dir_of(app)
    source_language = app.config.handbook_source_language
    language = app.config.language
    catalogues = sorted(locale_dir.glob(f"{language}/**/*.po"))
    problems = syntax_problems(filter(_not_compiled, catalogues), project=project.resolve())
    try:
        base = load_kept(
            project / app.config.handbook_knowledge_dir, project=project, file=Path(app.doctreedir).parent / KEPT
        )
    except ContentError as error:
        problems += error.problems
    try:
        if not problems:
            translation = Translation.load(locale_dir, language=language, source_language=source_language)
            _editions[app] = Edition(base, translation)
    except ContentError as error:
        problems += error.problems
    problems += _unreadable(app)
    if problems:
        raise ContentUnusableError(ContentError(problems))


def _unreadable(app: Sphinx) -> list[Problem]:
    """Return why pages cannot be read: Sphinx would stop in the middle of one."""
    problems: list[Problem] = []
    for page in sorted(Path(app.srcdir).rglob("*.md")):
        try:
            read_text(page, page.relative_to(app.confdir))
        except ContentError as error:
            problems += error.problems
    return problems


def _not_compiled(catalogue: Path) -> bool:
    """Tell whether Sphinx has yet to compile a catalogue; what it has compiled was fit to be read."""
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns <= catalogue.stat().st_mtime_ns


def locale_dir_of(app: Sphinx) -> Path:
    """Return the folder of the catalogues: where people write them, even if Sphinx compiles a copy."""
    return Path(app.srcdir, app.config.handbook_locale_dir or app.config.locale_dirs[0]).resolve()


def edition_of(app: Sphinx) -> Edition:
    """Return the edition that `load_edition` loaded for this run."""
    return _editions[app]


def note_words(app: Sphinx, config: Config) -> None:
    """Make the handbook's own words, and those of the theme, part of the configuration (event `config-inited`).

    They stand on every page, so a change of their catalogues must rebuild all.
    """
    digest = hashlib.sha256()
    for directory in config.locale_dirs:
        for domain in (INTERFACE, "sphinx"):
            file = catalogue_path(Path(app.srcdir, directory), config.language, domain)
            if file.exists():
                digest.update(file.read_bytes())
    config.handbook_words = digest.hexdigest()
