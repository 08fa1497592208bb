"""Keeps MyST-Parser from putting together a new parser for each message of a catalogue.

MyST-Parser 5.2.0 makes a markdown-it parser, with its plugins, rules and renderer, for every text that Sphinx has it
parse: for every page, and for every translated message. Here a parser is kept when it has done its work, and used
again for the next text with the same configuration. All that it knows of a text stands in what each run is given
anew: `env`, `options["document"]`, and what `setup_render` sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import myst_parser
from myst_parser.parsers import sphinx_
from myst_parser.parsers.mdit import create_md_parser

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from myst_parser.config.main import MdParserConfig

#: The version whose code was read.
KNOWN = "5.2.0"


class _Parsers:
    """Parsers for one configuration and renderer that are at rest."""

    def __init__(self) -> None:
        self._made_for: tuple[MdParserConfig, Any] | None = None
        self._at_rest: list[MarkdownIt] = []

    def lend(self, config: MdParserConfig, renderer: Callable[..., Any]) -> MarkdownIt:
        """Return a parser for one text. It comes back by itself when the text is rendered.

        A page with front matter has a configuration of its own, and gets a parser of its own.
        """
        if self._made_for is None or self._made_for[0] is not config or self._made_for[1] is not renderer:
            self._made_for, self._at_rest = (config, renderer), []
        return self._at_rest.pop() if self._at_rest else self._returning(create_md_parser(config, renderer))

    def _returning(self, parser: MarkdownIt) -> MarkdownIt:
        render, shelf = parser.render, self._at_rest

        def render_and_return(*text: Any, **more: Any) -> Any:
            rendered = render(*text, **more)
            # After an error it does not come back: nobody knows where it stopped.
            shelf.append(parser)
            return rendered

        parser.render = render_and_return  # type: ignore[method-assign]
        return parser


_parsers = _Parsers()


def make_parsers_once() -> None:
    """Let MyST-Parser take its parsers from here."""
    if myst_parser.__version__ == KNOWN:
        sphinx_.create_md_parser = _parsers.lend  # type: ignore[attr-defined]  # imported there, not exported
