"""Where the site will be published and where its sources are kept, for whatever has to name a whole address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from handbook.knowledge.addresses import is_web_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def base_url() -> str:
    """Return the address of the site, from the environment; empty if it is not known."""
    return _bare(os.environ.get("HANDBOOK_BASE_URL", ""))


def repository_url() -> str:
    """Return the address of the repository, from the environment; empty if it is not known."""
    return _bare(os.environ.get("HANDBOOK_REPOSITORY_URL", ""))


def use_addresses(app: Sphinx, config: Config) -> None:
    """Take what is typed around both addresses off them, or stop if one is none (event `config-inited`)."""
    for name, example in (("base", "https://example.org/handbook"), ("repository", "https://github.com/owner/name")):
        address = _bare(config[f"handbook_{name}_url"])
        if address and not _is_extensible(address):
            raise ConfigError(
                f"HANDBOOK_{name.upper()}_URL is '{address}', which is not a web address. "
                f"To mend it: write one such as {example}, or leave it empty."
            )
        config[f"handbook_{name}_url"] = address


def published(app: Sphinx, target: str = "") -> str:
    """Return the whole address of what has the address `target` in the folder of its language; empty if nobody knows."""
    base = app.config.handbook_base_url
    return f"{base}/{app.config.language}/{target}" if base else ""


def _bare(address: str) -> str:
    """Return an address as paths are added to it: without spaces around it or a `/` at its end."""
    return address.strip().rstrip("/")


def _is_extensible(address: str) -> bool:
    """Tell whether an address is one of the web that paths can be added to.

    >>> [_is_extensible(text) for text in ("https://example.org/a", "git@example.org:a", "https://", "https://a/?b", "https://a/ b")]
    [True, False, False, False, False]
    """
    return is_web_address(address) and not any(mark in address for mark in "?#")
