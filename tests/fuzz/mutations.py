"""What slips of people and programs, and malice, do to a text file: strategies of Hypothesis for whatever can be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    Edit = Callable[[DrawFn, list[str]], None]

#: Longer lines are not multiplied: the cases would only take their time.
_LONG = 2_000
#: Characters that are not seen, or not expected: control characters, other ends of lines, marks of order and direction.
CHARACTERS = "\0\a\b\x1b\x7f\x85\xa0\u200b\u2028\u202e\ufeff\ufffd\U0001f3f4\t\f\v"
#: What means something in one of the languages that are written here.
SIGNS = "\"'`{}[]()<>|\\:;,#&*!%@=~-+$^_?/"
#: Values that programs stumble over.
VALUES = (
    "",
    "0",
    "-1",
    "9" * 400,
    "1e999",
    "-inf",
    "nan",
    "１２３",
    "0000-13-45",
    "9999-12-31",
    "0001-01-01/..",
    "../..",
    "~",
    "null",
    "no",
    "!!python/object/apply:os.system ['true']",
    "!!binary /w==",
    "*nobody",
    "&a [*a]",
    "<<: {a: b}",
    '"\\ud800"',
    '"\\x1b[31m\\0"',
    "a" * 20_000,
    "{" * 400,
    "[" * 3_000,
    "{value}{0}{__class__}%s",
    "../../../../etc/passwd",
    "/etc/passwd",
    "https://[::1/",
    "http://a:99999999/",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
)


def values() -> SearchStrategy[str]:
    """Draw a value: one of those known to do harm, or any text."""
    return st.sampled_from(VALUES) | st.text(max_size=20)


def _line(draw: DrawFn, lines: list[str]) -> int:
    return draw(st.integers(0, len(lines) - 1))


def _delete(draw: DrawFn, lines: list[str]) -> None:
    del lines[_line(draw, lines)]


def _repeat(draw: DrawFn, lines: list[str]) -> None:
    at = _line(draw, lines)
    lines[at : at + 1] = [lines[at]] * draw(st.sampled_from((2, 3, 200) if len(lines[at]) < _LONG else (2,)))


def _swap(draw: DrawFn, lines: list[str]) -> None:
    one, other = _line(draw, lines), _line(draw, lines)
    lines[one], lines[other] = lines[other], lines[one]


def _indent(draw: DrawFn, lines: list[str]) -> None:
    at = _line(draw, lines)
    lines[at] = draw(st.sampled_from((" ", "  ", "\t", "    ", " " * 5_000))) + lines[at]


def _outdent(draw: DrawFn, lines: list[str]) -> None:
    at = _line(draw, lines)
    lines[at] = lines[at].lstrip()


def _cut(draw: DrawFn, lines: list[str]) -> None:
    at = _line(draw, lines)
    lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]


def _end(draw: DrawFn, lines: list[str]) -> None:
    del lines[_line(draw, lines) :]


def _put(draw: DrawFn, lines: list[str]) -> None:
    at = _line(draw, lines)
    where = draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:where] + draw(st.sampled_from(CHARACTERS + SIGNS) | st.characters()) + lines[at][where:]


def _replace(draw: DrawFn, lines: list[str]) -> None:
    """Put another value behind the colon or the sign that a line has."""
    at = _line(draw, lines)
    key, sign, _ = lines[at].partition(draw(st.sampled_from((": ", "= ", ":", " "))))
    lines[at] = key + sign + draw(values())


def _drop(draw: DrawFn, lines: list[str]) -> None:
    at = _line(draw, lines)
    lines[at] = lines[at].replace(draw(st.sampled_from(SIGNS)), "", 1)


def _lengthen(draw: DrawFn, lines: list[str]) -> None:
    at = _line(draw, lines)
    lines[at] *= 500 if len(lines[at]) < _LONG else 2


EDITS: tuple[Edit, ...] = (
    *(_delete, _repeat, _swap, _indent, _outdent, _cut, _end, _put, _put, _replace, _replace, _drop, _drop),
    _lengthen,
)


def _encoded(text: str) -> tuple[Callable[[], bytes], ...]:
    return (
        lambda: text.replace("\n", "\r\n").encode(errors="replace"),
        lambda: text.replace("\n", "\r").encode(errors="replace"),
        lambda: text.encode("utf-8-sig", errors="replace"),
        lambda: text.encode("utf-16", errors="replace"),
        lambda: text.encode("shift_jis", errors="replace"),
        lambda: text.encode(errors="replace")[:-1],
        lambda: text.encode(errors="replace").replace(b"e", b"\xff", 1),
    )


@st.composite
def mutated(draw: DrawFn, text: str, snippets: Sequence[str] = ()) -> bytes:
    """Draw a file like `text` with a few things wrong with it; `snippets` are lines that may have been put in."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()) and snippets:
            at = draw(st.integers(0, len(lines)))
            lines[at:at] = draw(st.sampled_from(snippets)).split("\n")
        else:
            draw(st.sampled_from(EDITS))(draw, lines)
        lines = lines or [""]
    changed = "\n".join(lines)
    if draw(st.integers(0, 3)):
        return changed.encode(errors="replace")
    return draw(st.sampled_from(_encoded(changed)))()


@st.composite
def harmless(draw: DrawFn, text: str) -> bytes:
    """Draw a file that means the same as `text`: other ends of lines, a mark of the byte order, no last end of line."""
    end = draw(st.sampled_from(("\n", "\r\n")))
    mark = draw(st.sampled_from(("", "\ufeff")))
    last = draw(st.sampled_from(("", "\n", "\n\n")))
    return (mark + text.rstrip("\n") + last).replace("\n", end).encode()


@st.composite
def excerpts(draw: DrawFn, text: str, start: str) -> str:
    """Draw a few entries of a file, each of which begins with `start` at the beginning of a line."""
    parts = f"\n{text}".split(f"\n{start}")
    first = draw(st.integers(1, max(1, len(parts) - 1)))
    return "\n".join(start + part for part in parts[first : first + draw(st.integers(1, 6))]) + "\n"
