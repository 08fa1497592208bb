"""Reads pages as MyST reads them, without Sphinx: a page, and each directive in it whose content is Markdown, too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from handbook.knowledge import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: How many directives may stand in each other: more than anybody can read.
DEEPEST = 6
#: As in conf.py.
_EXTENSIONS = {"attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist"}
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)\}")
_OPTION = re.compile(r":[\w-]+:")
#: Directives whose content is no Markdown.
_VERBATIM = frozenset(
    (
        *("bibliography", "code", "code-block", "csv-table", "eval-rst", "literalinclude", "math", "mermaid"),
        *("parsed-literal", "raw", "toctree"),
    )
)
_RST = re.compile(r"[`~]{3,}\s*\{eval-rst\}")


@dataclass(frozen=True)
class Passage:
    """Markdown that is read in one go: a page, or the content of a `directive`, which begins at `first_line`."""

    file: Path
    first_line: int
    lines: list[str]
    tokens: list[Token]
    directive: str = ""
    #: In how many directives it stands.
    depth: int = 0

    def problem(self, line: int, what: str, remedy: str) -> Problem:
        """Return a problem on a line, counted from 0 in the passage."""
        return Problem(self.file, self.first_line + line, what, remedy)


def passages_of(file: Path, text: str) -> Iterator[Passage]:
    """Yield a page and, after it, what stands in its directives."""
    markdown = parser()
    waiting = [(1, text, "", 0)]
    while waiting:
        first_line, text, around, depth = waiting.pop(0)
        tokens = markdown.parse(text)
        yield Passage(file, first_line, text.split("\n"), tokens, around, depth)
        for token in tokens:
            directive = directive_of(token)
            if directive and directive not in _VERBATIM and token.map and depth < DEEPEST:
                content = "\n".join("" if _OPTION.match(line) else line for line in token.content.splitlines())
                waiting.append((first_line + token.map[0] + 1, content, directive, depth + 1))


@cache
def parser() -> MarkdownIt:
    """Return what takes Markdown apart as Sphinx will."""
    return create_md_parser(MdParserConfig(enable_extensions=_EXTENSIONS), RendererHTML)


def directive_of(token: Token) -> str:
    """Return the name of the directive that begins here, if one does."""
    match = _DIRECTIVE.match(token.info) if token.type in ("fence", "colon_fence") else None
    return match["name"] if match else ""


def is_label(token: Token) -> bool:
    """Tell whether this is a label, as in (topic-part)=."""
    return token.type == "myst_target"


def line_of(token: Token) -> int:
    """Return the line that it begins on, counted from 0 in its passage."""
    return token.map[0] if token.map else 0


def parts_of(token: Token) -> Iterator[tuple[int, Token]]:
    """Yield the parts of running text, each with its line, counted from 0 in the passage; none for anything else."""
    line = line_of(token)
    for part in token.children or ():
        line += part.type in ("softbreak", "hardbreak")
        yield line, part


def lines_of_rst(text: str) -> list[int]:
    """Return the lines of a page on which reStructuredText begins."""
    # Few pages name it, and reading one takes time.
    passages = passages_of(Path(), text) if _RST.search(text) else ()
    return [
        passage.first_line + line_of(token)
        for passage in passages
        for token in passage.tokens
        if directive_of(token) == "eval-rst"
    ]
