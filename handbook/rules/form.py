"""Rules for the form of a page: its name, what stands before its title, headings and labels, fences and tables."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import yaml

from handbook.knowledge import Problem
from handbook.rules.passages import DEEPEST, directive_of, is_label, line_of
from handbook.rules.refusals import settings_refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from markdown_it.token import Token

    from handbook.rules.passages import Passage

#: How many lists, quotes and emphases may stand in each other: more than anybody can read.
_DEEPEST_MARKUP = 30
_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CELL_END = re.compile(r"(?<!\\)\|")


def form_problems(passage: Passage) -> Iterator[Problem]:
    """Yield what is wrong with a passage by itself."""
    yield from depth_problems(passage)
    yield from _heading_problems(passage)
    yield from _fence_problems(passage)
    yield from _table_problems(passage)
    yield from _hidden_problems(passage)


def name_problems(file: Path, docs: Path) -> Iterator[Problem]:
    """File and folder names are part of addresses."""
    for part in file.relative_to(docs).with_suffix("").parts:
        if not _KEBAB_CASE.fullmatch(part):
            yield Problem(
                file,
                1,
                f"'{part}' is no name for an address",
                "use small letters, digits and single hyphens, as in who-is-who",
            )


def duplicate_labels(pages: Iterable[Iterable[Passage]]) -> Iterator[Problem]:
    """A link to a label that two headings have leads to either."""
    seen: dict[str, str] = {}
    for passage in chain.from_iterable(pages):
        for token in filter(is_label, passage.tokens):
            if token.content in seen:
                what = f"the label '{token.content}' stands in {seen[token.content]}, too"
                yield passage.problem(line_of(token), what, "begin it with the names of the folder and the file")
            seen.setdefault(token.content, passage.file.name)


def meta_problems(page: Passage) -> Iterator[Problem]:
    """What stands between --- and --- before the title: searches and lists show the description."""
    for token in page.tokens:
        if token.type != "front_matter":
            continue
        refusals = list(settings_refusals(token.content))
        for line, refusal in refusals:
            yield page.problem(line + 1, *refusal)
        if refusals:
            continue
        try:
            meta = yaml.safe_load(token.content)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            yield page.problem(
                mark.line + 1 if mark else 0,
                f"what stands before the page is not valid YAML: {getattr(error, 'problem', 'unreadable text')}",
                "indent with half-width spaces as other pages do, and write no half-width colon in the description",
            )
            continue
        for name in ("myst", "html_meta", "description"):
            meta = meta.get(name) if isinstance(meta, dict) else None
        if not meta:
            yield page.problem(
                0, "the page has no description", "write one under myst: and html_meta:, as other pages have it"
            )


def depth_problems(passage: Passage) -> Iterator[Problem]:
    """Each level takes Python some more of its own depth, which has an end."""
    for token in passage.tokens:
        own = max((child.level for child in token.children or ()), default=0)
        if token.level + own > _DEEPEST_MARKUP or (passage.depth == DEEPEST and directive_of(token)):
            yield passage.problem(
                line_of(token), "things lie too deep in each other here", "write them one after the other"
            )
            return


def _heading_problems(passage: Passage) -> Iterator[Problem]:
    """Labels are the anchors of headings; without one, the anchor changes with the language and the order."""
    before: Token | None = None
    title: Token | None = None
    for token in passage.tokens:
        if token.tag == "h1" and token.type == "heading_open":
            if title:
                yield passage.problem(line_of(token), "the page has a second title", "write ## for a part of the page")
            title = token
        if token.type == "heading_open" and (before is None or not is_label(before)):
            yield passage.problem(
                line_of(token), "the heading has no label", "write one in the line before, as in (topic-part)="
            )
        if is_label(token) and not _KEBAB_CASE.fullmatch(token.content):
            yield passage.problem(
                line_of(token),
                f"the label '{token.content}' is not in kebab-case",
                "use small letters, digits and single hyphens",
            )
        before = token


def _fence_problems(passage: Passage) -> Iterator[Problem]:
    """What begins with ``` and does not end swallows the rest of the page without a word."""
    for token in passage.tokens:
        if token.type in ("fence", "colon_fence") and token.map:
            begin, end = token.map
            last = passage.lines[end - 1].strip(" >\t") if end - 1 > begin and end <= len(passage.lines) else ""
            if not last.startswith(token.markup) or last.strip(token.markup[0]):
                yield passage.problem(
                    begin, f"'{token.markup}' begins here and never ends", f"write {token.markup} after it"
                )


def _table_problems(passage: Passage) -> Iterator[Problem]:
    """Markdown leaves out cells that a row has too many of."""
    width = 0
    for token in passage.tokens:
        if token.type == "table_open":
            width = 0
        elif token.type == "tr_open":
            cells = _cells(passage.lines[line_of(token)])
            width = width or cells
            if cells != width:
                yield passage.problem(
                    line_of(token),
                    f"the row has {cells} cells, but the table has {width} columns",
                    "write as many cells as the first row has, with \\| for a | in a text",
                )


def _cells(row: str) -> int:
    return len(_CELL_END.split(row.strip(" >\t").removeprefix("|").removesuffix("|")))


def _hidden_problems(passage: Passage) -> Iterator[Problem]:
    """Text that Sphinx does not extract stays Japanese in every language, and no catalogue shows that it does."""
    for token in passage.tokens:
        directive = directive_of(token)
        if token.type == "table_open" and passage.directive:
            yield passage.problem(
                line_of(token),
                f"translators do not see a Markdown table inside {{{passage.directive}}}",
                "write it as a {list-table}, which may have a title, or put it outside",
            )
        elif directive == "parsed-literal":
            yield passage.problem(
                line_of(token),
                "translators do not see text in {parsed-literal}",
                "write it in Markdown, or as a {code-block} if it is the same in every language",
            )
