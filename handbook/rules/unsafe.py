"""Rules for what is refused in pages and translations: see `refusals`, which the build goes by, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbook.diagrams.pictures import svg_faults
from handbook.knowledge import Problem
from handbook.rules.passages import directive_of, line_of, parser, parts_of
from handbook.rules.refusals import (
    PICTURE_DIRECTIVES,
    REFUSED,
    click_refusal,
    download_refusal,
    html_refusal,
    link_refusal,
    picture_refusal,
    svg_refusal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token

    from handbook.rules.passages import Passage
    from handbook.rules.refusals import Refusal

_TARGET = re.compile(r"^:target:\s*(?P<address>.+)")
_ENTRY = re.compile(r"<(?P<address>[^<>]+)>\s*$")
_ROLE_TARGET = re.compile(r".*<([^<>]+)>", re.DOTALL)


def unsafe_problems(passage: Passage) -> Iterator[Problem]:
    """Yield what a passage may not hold."""
    yield from _foreign_problems(passage)
    yield from _content_problems(passage)


def _foreign_problems(passage: Passage) -> Iterator[Problem]:
    """What is no Markdown is shown by one format alone, if at all; `foreign` refuses it, and this tells of it sooner."""
    for token in passage.tokens:
        if (name := directive_of(token)) in REFUSED:
            yield passage.problem(line_of(token), f"{{{name}}} cannot be used in a page", REFUSED[name])


def _content_problems(passage: Passage) -> Iterator[Problem]:
    """Nothing in a page may run in a browser, come from elsewhere, or lead where no link should."""
    for token in passage.tokens:
        if directive := directive_of(token) or (token.info if token.info == "mermaid" else ""):
            for line, refusal in _refused_in(directive, token):
                yield passage.problem(line, *refusal)
        for line, refusal in _refused_in_text(token):
            yield passage.problem(line, *refusal)


def svg_problems(docs: Path, *, project: Path) -> list[Problem]:
    """Return what is wrong with the SVG files in `docs`."""
    return [
        Problem(file.relative_to(project), line, *svg_refusal(what))
        for file in sorted(docs.rglob("*.svg"))
        for line, what in svg_faults(file)
    ]


def refused_in_message(text: str) -> list[Refusal]:
    """Return what a translated message of a page may not hold; labels of diagrams may break their lines with `<br>`."""
    if not ("<" in text or "](" in text):
        return []
    tokens = parser().parse(text.replace("<br>", " "))
    return [refusal for token in tokens for _, refusal in _refused_in_text(token)]


def _refused_in(directive: str, token: Token) -> Iterator[tuple[int, Refusal]]:
    """Yield what a directive may not show or lead to, with its line in the passage."""
    first = line_of(token)
    argument = token.info.partition("}")[2].strip()
    if directive in PICTURE_DIRECTIVES and (refusal := picture_refusal(argument)):
        yield first, refusal
    if directive == "mermaid":
        for at, line in enumerate(token.content.splitlines(), start=first + 1):
            if refusal := click_refusal(line):
                yield at, refusal
    leading = _ENTRY if directive == "toctree" else _TARGET
    for at, line in enumerate(token.content.splitlines(), start=first + 1):
        if (match := leading.search(line)) and (refusal := link_refusal(match["address"])):
            yield at, refusal


def _refused_in_text(token: Token) -> Iterator[tuple[int, Refusal]]:
    """Yield what running text may not hold, with its line in the passage."""
    for line, part in ((line_of(token), token), *parts_of(token)):
        refusal = None
        if part.type in ("html_block", "html_inline"):
            refusal = html_refusal(part.content)
        elif part.type == "link_open":
            refusal = link_refusal(unquote(str(part.attrs["href"])))
        elif part.type == "image":
            refusal = picture_refusal(unquote(str(part.attrs["src"])))
        elif part.type == "myst_role" and part.meta.get("name") == "download":
            refusal = download_refusal(_ROLE_TARGET.sub(r"\1", part.content))
        if refusal:
            yield line, refusal
