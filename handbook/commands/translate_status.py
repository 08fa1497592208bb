"""`make translate-status`: how much of each page is translated, as a table; `JSON=1` (`--json`): as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.errors import plain_errors
from handbook.commands.project import SOURCE_LANGUAGE
from handbook.commands.translations import extract
from handbook.knowledge import ContentError
from handbook.translation import INTERFACE, KNOWLEDGE
from handbook.translation.catalogue import syntax_problems
from handbook.translation.extract import THEME
from handbook.translation.status import COUNTS, FILE, Progress, status, status_json, template_messages, total

if TYPE_CHECKING:
    from handbook.commands.project import Project
    from handbook.translation.status import Messages


def run(project: Project, *, as_json: bool = False) -> int:
    """Print the numbers of all languages, and write them into `build/`. Returns 0, or 1 if pages have errors."""
    languages = [language for language in project.languages() if language != SOURCE_LANGUAGE]
    messages = _messages(project)
    with plain_errors():
        if problems := syntax_problems(sorted(project.locales.rglob("*.po")), project=project.root):
            raise ContentError(problems)
        numbers = {language: status(messages, project.locales, language) for language in languages}
        text = json.dumps(status_json(numbers), ensure_ascii=False, indent=1) + "\n"
        project.build.mkdir(parents=True, exist_ok=True)
        (project.build / FILE).write_text(text, encoding="utf-8")
        sys.stdout.write(text if as_json else "\n".join(_table(language, numbers[language]) for language in languages))
    return 0


def _messages(project: Project) -> dict[str, Messages]:
    """Return the messages of all templates, which are extracted anew if any source is newer than they are."""
    if _up_to_date(project):
        return template_messages(project.templates)
    with tempfile.TemporaryDirectory() as folder:
        templates = Path(folder, "gettext")
        if extract(project, templates, Path(folder, "doctrees")) is None:
            raise SystemExit(1)
        return template_messages(templates)


def _up_to_date(project: Project) -> bool:
    """Tell whether the templates of `make translations` have all that pages, records and code say now."""
    templates = list(project.templates.rglob("*.pot"))
    package = Path(__file__).resolve().parent.parent
    sources = [
        file
        for folder, pattern in (
            (project.docs, "*.md"),
            (project.knowledge, "*"),
            (package, "*.py"),
            (package, "*.html"),
        )
        for file in folder.rglob(pattern)
        if file.is_file()
    ]
    domains = {file.relative_to(project.templates).with_suffix("").as_posix() for file in templates}
    complete = {*project.pages()} <= domains <= {*project.pages(), KNOWLEDGE, INTERFACE, THEME}
    return complete and min(map(_age, templates), default=0) > max(map(_age, sources))


def _age(file: Path) -> int:
    return file.stat().st_mtime_ns


def _table(language: str, found: list[Progress]) -> str:
    """Return the numbers of one language; what lags behind most comes first."""
    rows = [*sorted(found, key=lambda one: (one.percent, one.domain)), total(found)]
    width = max(len(one.domain) for one in rows)
    lines = [f"{language:<{width}}  {'':>5}" + "".join(f"{column:>12}" for column in COUNTS)]
    lines += [
        f"{one.domain or 'all':<{width}}  {one.percent:>3} %"
        + "".join(f"{getattr(one, column):>12}" for column in COUNTS)
        for one in rows
    ]
    return "\n".join(lines) + "\n"
