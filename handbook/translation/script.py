"""Telling Japanese writing from other writing."""

from __future__ import annotations

import re

#: Kana, ideographs and the Japanese full stop and comma; not full-width Latin.
JAPANESE = re.compile(r"[\u3001\u3002\u3005\u3040-\u30ff\u3400-\u9fff]")


def is_japanese(text: str) -> bool:
    """Tell whether `text` holds any Japanese character."""
    return JAPANESE.search(text) is not None
