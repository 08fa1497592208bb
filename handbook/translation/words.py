"""How the handbook's own words are found by the extractor.

Words are written in Japanese in the code: `translation.word("出典")` translates
where it stands, `mark("出典")` only marks a constant that is translated later.
`mark_in("many", "選ぶ")` marks it with a context, for languages that need
another form there ("elects", "elect").
"""

from __future__ import annotations

#: Function names that the extractor looks for, and which of their arguments it
#: takes, in Babel's notation ("c" is the context).
KEYWORDS = {"word": None, "mark": None, "mark_in": ((1, "c"), 2)}


def mark(message: str) -> str:
    """Return `message` unchanged; its literal goes into the catalogue `handbook`."""
    return message


def mark_in(context: str, message: str) -> tuple[str, str]:
    """Return `context` and `message`; the literals go into the catalogue together."""
    return context, message
