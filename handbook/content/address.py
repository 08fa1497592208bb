"""Where the site will be published and where its sources are kept, for whatever has to name a whole address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def base_url() -> str:
    """Return the address of the site without a `/` at its end, from the environment; empty if it is not known."""
    return os.environ.get("HANDBOOK_BASE_URL", "").rstrip("/")


def repository_url() -> str:
    """Return the address of the repository as the environment gives it; empty if it is not known."""
    return os.environ.get("HANDBOOK_REPOSITORY_URL", "")


def use_repository(app: Sphinx, config: Config) -> None:
    """Take the `/` off the end of the repository's address, or stop if it is none (event `config-inited`)."""
    address = config.handbook_repository_url.strip().rstrip("/")
    if address and not _is_web_address(address):
        raise ConfigError(
            f"HANDBOOK_REPOSITORY_URL is '{address}', which is not the web address of a repository. "
            "To mend it: write one such as https://github.com/owner/name, or leave it empty."
        )
    config.handbook_repository_url = address


def _is_web_address(address: str) -> bool:
    """Tell whether paths can be added to an address.

    >>> [_is_web_address(text) for text in ("https://example.org/a", "git@example.org:a", "https://", "https://a/?b")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
