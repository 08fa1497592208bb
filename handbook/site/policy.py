"""What pages may load and run: the Content Security Policy, written into each page.

A page loads nothing from elsewhere and runs the scripts of the site alone; of
those that stand in pages, only the theme's, known by its hash. See
https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import furo

#: Styles stand in pages, too: widths of columns, colours of diagrams.
_COMMON = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
)

#: Pages without a script.
PLAIN_PAGES = _COMMON

_THEME_PAGE = Path(furo.__file__).parent / "theme" / "furo" / "base.html"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def policy() -> str:
    """Return the policy of the pages that Sphinx writes."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(_THEME_PAGE.read_text("utf-8")))
    # The search asks for pages to show what it found in them.
    return f"{_COMMON}; script-src 'self' {hashes}; connect-src 'self'"


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
