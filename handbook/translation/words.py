"""How the handbook's own words are found by the extractor.

Words are written in Japanese in the code: `translation.word("出典")` translates
where it stands, `mark("出典")` only marks a constant that is translated later.
"""

from __future__ import annotations

#: Function names that the extractor looks for.
KEYWORDS = ("word", "mark")


def mark(message: str) -> str:
    """Return `message` unchanged; its literal goes into the catalogue `handbook`."""
    return message
