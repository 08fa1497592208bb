"""Characters that nobody sees and that change what everybody sees, or that files cannot hold."""

from __future__ import annotations

import re

#: Control characters, ends of lines that are none to most programs, and what turns the order of letters round:
#: https://www.unicode.org/reports/tr9/#Explicit_Directional_Overrides. XML, and with it e-books and feeds, has no place
#: for the first. Isolates stay, which languages written from right to left need.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff\ufffe\uffff]")


def unseen(text: str) -> tuple[str, str] | None:
    r"""Return which character that nobody sees stands in a text, and the remedy; None if there is none.

    >>> unseen("CO\u202e2")
    ("the character U+202E, which nobody sees, stands after 'CO'", 'delete it, and type the words around it again')
    """
    if not (found := _UNSEEN.search(text)):
        return None
    before = text[: found.start()].rpartition("\n")[2][-20:]
    place = f"after '{before}'" if before else "at the beginning"
    what = f"the character U+{ord(found.group()):04X}, which nobody sees, stands {place}"
    return what, "delete it, and type the words around it again"
