"""Follows the links that lead out of the built site, and says which no longer lead anywhere.

Sphinx's own link checker asks (HEAD, then GET; it waits where a server says so); the addresses come from the finished
pages, so that no page is read again. Each server gets one question at a time. What failed is asked again after a pause,
for a server may be busy. `docs/known-links.yaml` lists addresses that fail though they work for readers.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from sphinx.builders.linkcheck import Hyperlink, HyperlinkAvailabilityChecker
from sphinx.config import Config

from handbook.knowledge import ContentError, Problem
from handbook.knowledge.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KNOWN = "known-links.yaml"

#: How many servers are asked at the same time.
_SERVERS = 8
#: An address that has moved for good; other redirections are a matter of the server.
_FOR_GOOD = (301, 308)


@dataclass(frozen=True)
class Settings:
    """How patiently to ask: seconds to wait for an answer, rounds, seconds between rounds, longest wait a server may ask for."""

    timeout: float = 30
    rounds: int = 3
    pause: float = 60
    longest_wait: float = 300


@dataclass(frozen=True)
class Known:
    """The beginning of addresses that the check cannot judge, and why."""

    address: str
    reason: str


@dataclass(frozen=True)
class Link:
    """An address, how it went, and the pages that name it. `state` is fine, moved, broken or silent."""

    address: str
    state: str
    detail: str
    pages: Sequence[str]
    known: Known | None = None


@dataclass
class _Finder(HTMLParser):
    """Collects where the links of a page lead."""

    found: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.found.add(urldefrag(address).url)


def links_of(site: Path, *, own: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return the addresses that the pages of a site lead to, each with its pages.

    Addresses that begin with one of `own` are those of the handbook itself.
    """
    ours = tuple(address for address in own if address)
    pages: dict[str, list[str]] = {}
    for file in sorted(site.rglob("*.html")):
        finder = _Finder()
        finder.feed(file.read_text(encoding="utf-8"))
        for address in sorted(finder.found):
            if not address.startswith(ours):
                pages.setdefault(address, []).append(file.relative_to(site).as_posix())
    return pages


def read_known(file: Path) -> list[Known]:
    """Read the list of known addresses. Raises `ContentError` if an entry lacks its address or its reason."""
    shown_as = Path(file.parent.name, file.name)
    source = read_yaml(file, shown_as)
    entries = source.data if isinstance(source.data, list) else [source.data]
    problems = [
        Problem(shown_as, source.line_of((at,)), "an entry needs an address and a reason", "write address: and reason:")
        for at, entry in enumerate(entries)
        if not (isinstance(entry, dict) and entry.get("address") and entry.get("reason"))
    ]
    if problems:
        raise ContentError(problems)
    return [Known(entry["address"], entry["reason"]) for entry in entries]


def check(pages: Mapping[str, Sequence[str]], known: Sequence[Known], settings: Settings) -> list[Link]:
    """Ask for each address; return how it went, in the order of addresses."""
    links: dict[str, Link] = {}
    waiting = sorted(pages)
    for turn in range(settings.rounds):
        if turn and waiting:
            time.sleep(settings.pause)
        for address, state, detail in _ask(waiting, settings):
            reason = next((entry for entry in known if address.startswith(entry.address)), None)
            links[address] = Link(address, state, detail, pages[address], reason)
        waiting = [address for address in waiting if links[address].state in ("broken", "silent")]
    return [links[address] for address in sorted(links)]


def _ask(addresses: Iterable[str], settings: Settings) -> Iterable[tuple[str, str, str]]:
    """Ask once for each address, several servers at the same time and each of them one question after the other."""
    servers: dict[str, list[str]] = {}
    for address in addresses:
        servers.setdefault(urlsplit(address).netloc, []).append(address)
    with ThreadPoolExecutor(_SERVERS) as pool:
        return list(chain.from_iterable(pool.map(lambda one: _ask_server(one, settings), servers.values())))


def _ask_server(addresses: Sequence[str], settings: Settings) -> list[tuple[str, str, str]]:
    checker = HyperlinkAvailabilityChecker(_config(settings))
    # Sphinx asks where a link stands only to follow it to a file.
    asked = {address: Hyperlink(address, "", Path(), -1) for address in addresses}  # type: ignore[arg-type]
    return [
        (result.uri, _state(str(result.status), result.code), result.message or str(result.status))
        for result in checker.check(asked)
    ]


def _state(status: str, code: int) -> str:
    match status:
        case "redirected":
            return "moved" if code in _FOR_GOOD else "fine"
        case "working":
            return "fine"
        # 503: Sphinx takes no side while a server is being looked after.
        case "timeout" | "ignored":
            return "silent"
        case _:
            return "broken"


def _config(settings: Settings) -> Config:
    """Return what Sphinx's checker wants to know; the names are those of its settings."""
    values: dict[str, Any] = {
        "linkcheck_ignore": [],
        "linkcheck_exclude_documents": [],
        "linkcheck_allowed_redirects": {},
        "linkcheck_auth": [],
        "linkcheck_request_headers": {},
        "linkcheck_retries": 1,
        "linkcheck_timeout": settings.timeout,
        "linkcheck_workers": 1,
        "linkcheck_anchors": False,
        "linkcheck_anchors_ignore": [],
        "linkcheck_anchors_ignore_for_url": [],
        "linkcheck_rate_limit_timeout": settings.longest_wait,
        "linkcheck_allow_unauthorized": False,
        "linkcheck_report_timeouts_as_broken": False,
        "linkcheck_case_insensitive_urls": [],
    }
    config = Config()
    for name, value in values.items():
        config.add(name, value, "", ())
    return config
