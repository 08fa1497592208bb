"""Where the site will be published, for whatever has to name a whole address."""

from __future__ import annotations

import os


def base_url() -> str:
    """Return the address of the site without a `/` at its end, from the environment; empty if it is not known."""
    return os.environ.get("HANDBOOK_BASE_URL", "").rstrip("/")
