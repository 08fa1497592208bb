"""Builds every language in every format, one beside the other as far as processors allow."""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from handbook.commands import formats, stamp
from handbook.commands.formats import together
from handbook.commands.processes import ProcessEndedError, run_side_by_side
from handbook.content.address import base_url
from handbook.knowledge import KEPT, ContentError, load_kept
from handbook.site.downloads import state_sizes
from handbook.site.markdown import write_list_of_languages
from handbook.site.plain import write_entrance, write_not_found
from handbook.site.sitemap import write_sitemap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from handbook.commands.formats import Format, Result
    from handbook.commands.project import Project

    #: A language, and what to make of it.
    Job: TypeAlias = tuple[str, Format]


def build(project: Project, wanted: Sequence[Format], languages: Sequence[str] = ()) -> int:
    """Build the wanted formats in all languages, or in some. Returns 0, or 1 if a language had errors or warnings.

    What leads from one language to another is written only when all are built; `join` writes it where they were built
    in different places.
    """
    started = time.monotonic()
    stamp.forget(project)
    inputs = stamp.read(project)
    everything = project.languages()
    chosen = list(languages) or everything
    try:
        made = _make(project, wanted, chosen)
    except ProcessEndedError:
        sys.stderr.write(
            "Something ended the build of a language, as systems do where memory is short: run make again.\n"
        )
        return 1
    results = [together(made[language, make] for make in wanted if (language, make) in made) for language in chosen]
    formats.tell(results)
    failed = [language for language, result in zip(chosen, results, strict=True) if result.failed]
    if failed:
        sys.stderr.write(f"The handbook has errors in: {', '.join(failed)}. See the messages above.\n")
        return 1
    took = f"{', '.join(chosen)}: built in {time.monotonic() - started:.1f} s."
    if chosen != everything:
        sys.stdout.write(f"{took} When all are built: make join\n")
        return 0
    write_what_joins(project, everything)
    # What was said must be said again, as long as it holds.
    if wanted == formats.ALL and not any(result.stale or result.notes for result in results):
        stamp.leave(project, inputs)
    sys.stdout.write(f"{took} Open {project.entrance}\n")
    return 0


def write_what_joins(project: Project, languages: Sequence[str]) -> None:
    """Write what leads from one language to another, and the sizes of all books into all pages."""
    write_entrance(project.site, project.locales, languages)
    write_not_found(project.site, project.locales, languages, base_url())
    write_sitemap(project.site, languages, project.pages(), base_url())
    write_list_of_languages(project.site, project.locales, languages)
    state_sizes(project.site, project.locales, languages)


def _make(project: Project, wanted: Sequence[Format], languages: Sequence[str]) -> dict[Job, Result]:
    """Make the formats: the first of each language, and then the others side by side, unless the first has failed."""
    first, *others = wanted
    # Read once for all. What is wrong with records, each language says for itself.
    with contextlib.suppress(ContentError):
        load_kept(project.knowledge, project=project.root, file=project.build / "doctrees" / KEPT)

    def following(job: Job, result: Result) -> list[Job]:
        language, made = job
        return [(language, other) for other in others] if made is first and not result.failed else []

    return run_side_by_side([(language, first) for language in languages], partial(_make_one, project), following)


def _make_one(project: Project, job: Job) -> Result:
    # Pages are many small objects that stay: looking through them again and again for what could be freed is a large
    # part of a build, so Python looks less often; but often enough that what a page leaves does not pile up.
    gc.set_threshold(50_000, 3, 20)
    gc.freeze()
    language, make = job
    return make(project, language)
