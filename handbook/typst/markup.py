"""Small pieces of Typst source. Whatever text goes in, it comes out of the compiler as the same text.

>>> escape("#1 [a] *b*")
'\\\\#1 \\\\[a\\\\] \\\\*b\\\\*'
>>> call("link", string("https://example.org"), body="here")
'#link("https://example.org")[here];'
"""

from __future__ import annotations

import re

#: What means something in markup. `.` only where it would make a list or an ellipsis.
_SPECIAL = re.compile(r"""[\\#$*_`<>@=+\-/~\[\]'"]|(?<=\.)\.|^\.|^(?P<number>\s*\d+)\.""")
#: What Typst takes for the end of a line.
_ENDS = "\n\r\v\f\x85\u2028\u2029"
#: Those that strings cannot say as `\\n`; no typeface has them, either.
_UNSEEN_ENDS = dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), " ")
#: After these, an address may go on in the next line; a backslash before one is part of it.
_JOINTS = re.compile(r"\\?[/_%&=?.](?=[^/\s])")
_SPACE = re.compile(rf"[ \t]*[{_ENDS}][ \t{_ENDS}]*")
#: Characters of languages that put no space between words: a line break among them is no space either.
_UNSPACED = re.compile(r"(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\n(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])")

#: Calls that are longer get a line for each argument.
_LINE = 100


def escape(text: str) -> str:
    """Return markup that shows `text`."""
    text = _UNSPACED.sub("", text)
    text = _SPACE.sub(" ", text)
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    number = match["number"]
    return f"{number}\\." if number else f"\\{match.group()}"


def breakable(source: str) -> str:
    """Return the markup of an address so that lines may break in it, where Unicode allows them only after `/`.

    A space of no width does it; a character of no width would be copied with the address.
    """
    return _JOINTS.sub("\\g<0>#h(0pt);", source)


def string(text: str) -> str:
    """Return a string of Typst's code."""
    text = text.translate(_UNSEEN_ENDS)
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + quoted.replace("\n", "\\n").replace("\r", "").replace("\t", "\\t") + '"'


def value(item: object) -> str:
    """Return a value of Typst's code: text, numbers, truth, lists and dictionaries of them."""
    match item:
        case None:
            return "none"
        case bool():
            return "true" if item else "false"
        case int() | float():
            return str(item)
        case str():
            return string(item)
        case dict():
            pairs = ", ".join(f"{string(str(key))}: {value(one)}" for key, one in item.items())
            return f"({pairs or ':'})"
        case list() | tuple():
            return "(" + "".join(f"{value(one)}, " for one in item).rstrip(" ") + ")"
    raise TypeError(f"no Typst value for {type(item).__name__}")


def call(name: str, *arguments: str, body: str | None = None) -> str:
    """Return a function call in markup. The semicolon keeps it apart from what follows, `(` for example."""
    listed = f"({', '.join(arguments)})" if arguments or body is None else ""
    if len(arguments) > 2 and len(listed) > _LINE:
        listed = "(\n" + "".join(f"  {argument},\n" for argument in arguments) + ")"
    content = "" if body is None else f"[{body}]"
    return f"#{name}{listed}{content};"


def label(name: str) -> str:
    """Return a label in markup, for the element before it."""
    return f"#label({string(name)});"


def mark(file: str, line: int | None) -> str:
    """Return a comment that says where what follows was written."""
    place = f"{file}:{line}" if line else file
    return f"/*{place.replace('*/', '* /').replace('/*', '/ *')}*/"


def place_before(source: str, position: int) -> str | None:
    """Return what the last mark before a position in a source says."""
    start = source.rfind("/*", 0, position + 1)
    return source[start + 2 : source.index("*/", start)] if start >= 0 else None


def anchor(name: str) -> str:
    """Return an invisible place to link to."""
    return "#metadata(none)" + label(name)
