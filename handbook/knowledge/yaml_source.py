"""YAML files read with the line of every value, as text and nothing else.

Each scalar stays the text that its author typed, so `1990-09` never turns into
a number or `no` into a truth value; the record types convert what they need.
Anchors and aliases are refused: no record needs them, and they are how a small
file grows to fill the memory ("billion laughs").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from handbook.knowledge.problems import ContentError, Problem
from handbook.knowledge.text_files import lines_of, read_text
from handbook.knowledge.unseen import unseen

if TYPE_CHECKING:
    from pathlib import Path

# libyaml where the wheel brings it; the pure Python loader reads the same.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

KeyPath = tuple[str | int, ...]

#: No record comes near. What reads YAML goes down with it, and would take Python along without a word about the place.
_DEEPEST = 20
#: What is wrong then, and the remedy.
TOO_DEEP = ("lists lie too deep in each other", "close the brackets")

#: Slips of the keyboard that YAML complains of in words of its own, or a line later: what they are, and what to do.
_SLIPS = (
    (re.compile(r" *\t"), "a tab indents the line", "indent with spaces"),
    (re.compile(r"\s*\u3000"), "a full-width space indents the line", "indent with half-width spaces"),
    (re.compile(r"\s*(?:- )?\w+："), "the colon after the field is full-width", "write a half-width colon and a space"),
    (re.compile(r"\s*(?:- )?\w+:(?!//)\S"), "no space follows the colon", "write a space after the colon"),
)


@dataclass(frozen=True)
class YamlSource:
    """The plain data of a file, and the line on which each part of it stands.

    `lines` maps a path such as `(3, "sources", 0)` to a line counted from 1.
    """

    file: Path
    data: Any
    lines: dict[KeyPath, int]

    def line_of(self, path: KeyPath) -> int:
        """Return the line of `path`, or of its nearest parent that the file has."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(file: Path, shown_as: Path) -> YamlSource:
    """Read `file` and return its data with lines.

    `shown_as` is the path that problems name (relative to the project).
    Raises `ContentError` if the file cannot be read, is not YAML, uses anchors, gives
    a key twice, has lists too deep in each other or holds characters that nobody sees.
    """
    text = read_text(file, shown_as)
    try:
        if (line := too_deep(text, _Loader)) is not None:
            raise ContentError([Problem(shown_as, line + 1, *TOO_DEEP)])
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise ContentError([_invalid(error, text, shown_as)]) from error
    reader = _Reader(shown_as)
    # A file of comments only has no root; one with '---' as well has an empty one.
    data = [] if root is None or root.value == "" else reader.plain(root, ())
    if reader.problems:
        raise ContentError(reader.problems)
    return YamlSource(shown_as, data, reader.lines)


def too_deep(text: str, loader: Any) -> int | None:
    """Return the line, counted from 0, on which lists lie too deep in each other for `loader` to read; None if none do.

    Raises `yaml.YAMLError` for what is not YAML before that.
    """
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return event.start_mark.line if event.start_mark else 0
    return None


class _Reader:
    """Turns the nodes of one file into plain data, and notes their lines and what is wrong with them."""

    def __init__(self, shown_as: Path) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._shown_as = shown_as
        #: An alias is the node of its anchor once more.
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, path: KeyPath) -> Any:
        """Return what a node holds: text, a list or a mapping; None where that is refused."""
        self.lines.setdefault(path, _line_of(node))
        if id(node) in self._seen:
            return self._refuse(node, "an anchor (&) or alias (*) is used", "write the value out in full")
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if found := unseen(node.value):
                return self._refuse(node, *found)
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, "a key is not plain text", "write 'field: value'")
                continue
            key = key_node.value
            self._seen.add(id(key_node))
            if key in result:
                self._refuse(key_node, f"the key '{key}' is given twice", "keep one of the two", field=key)
                continue
            # That of the field's name: its value may begin further down.
            self.lines[*path, key] = _line_of(key_node)
            result[key] = self.plain(value_node, (*path, key))
        return result

    def _refuse(self, node: yaml.Node, what: str, remedy: str, *, field: str = "") -> None:
        """Note what is wrong with a node, which then has no value."""
        self.problems.append(Problem(self._shown_as, _line_of(node), what, remedy, field=field))


def _line_of(node: yaml.Node) -> int:
    """Return the line on which a node begins, counted from 1."""
    return int(node.start_mark.line) + 1


def _invalid(error: yaml.YAMLError, text: str, shown_as: Path) -> Problem:
    """Say what keeps a file from being YAML: the slip that is to be seen there or on the line before, if any is."""
    mark = getattr(error, "problem_mark", None)
    # A file that ends too early is said to be wrong below its last line.
    number = min(mark.line + 1, lines_of(text.rstrip("\n"))) if mark else 1
    for nearby in (number, number - 1):
        for line in text.splitlines()[max(0, nearby - 1) : nearby]:
            for pattern, what, remedy in _SLIPS:
                if pattern.match(line):
                    return Problem(shown_as, nearby, f"not valid YAML: {what}", remedy)
    what = getattr(error, "problem", None) or "unreadable text"
    return Problem(shown_as, number, f"not valid YAML: {what}", "check indentation, colons and quotes around this line")
