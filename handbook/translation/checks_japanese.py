"""Typography of the Japanese messages, as far as a catalogue shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.translation.checks_markup import Fault, shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.translation.entries import Entry

_LETTER = r"[\u3005\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff]"
_RULES = (
    (re.compile(rf"{_LETTER}[,.!?:;]{_LETTER}"), "a half-width mark between Japanese letters", "write 、。！？："),
    (re.compile(rf"{_LETTER}\([^()]*{_LETTER}[^()]*\)"), "half-width parentheses in Japanese", "write （）"),
    (re.compile(r"[０-９Ａ-Ｚａ-ｚ％]"), "a full-width letter, digit or %", "write it half-width"),
    (re.compile(r"[\uff61-\uff9f]"), "half-width kana", "write full-width kana"),
    (re.compile(rf"{_LETTER} +{_LETTER}"), "a space between Japanese letters", "take the space away"),
    (re.compile(r"、、|。。|、。"), "two marks in a row", "write one of them"),
)


def message_faults(entry: Entry) -> Iterator[Fault]:
    """Yield what the page or record that the message comes from gets wrong."""
    text = shape(entry.source, "ja")
    for pattern, what, remedy in _RULES:
        if match := pattern.search(text):
            around = text[max(0, match.start() - 6) : match.end() + 6]
            yield Fault("message", f"{what}: … {around} …", f"{remedy}, in the page or record, not here")
