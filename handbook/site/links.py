"""Follows the links that lead out of the built site, and says which no longer lead anywhere.

Sphinx's own link checker asks (HEAD, then GET; it waits where a server says so); the addresses come from the finished
pages, so that no page is read again. Each server gets one question at a time. What failed is asked again after a pause,
for a server may be busy. No server can keep us for ever: a wait that it wishes for, and the time for all its links, have
a limit. `docs/known-links.yaml` lists addresses that fail though they work for readers.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from math import inf
from pathlib import Path
from queue import Empty, PriorityQueue, Queue
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from sphinx.builders.linkcheck import (
    CheckRequest,
    CheckResult,
    Hyperlink,
    HyperlinkAvailabilityCheckWorker,
    RateLimit,
)
from sphinx.config import Config

from handbook.knowledge import ContentError, Problem
from handbook.knowledge.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

KNOWN = "known-links.yaml"

#: How many servers are asked at the same time.
_SERVERS = 8
#: An address that has moved for good; other redirections are a matter of the server.
_FOR_GOOD = (301, 308)
#: Seconds before the next question to a server that has had enough, even if it wishes for less.
_SHORTEST_WAIT = 1
_TIME_IS_UP = "時間が足りず、確かめていません / not checked: time was up"


@dataclass(frozen=True)
class Settings:
    """How patiently to ask; times are in seconds."""

    #: To wait for an answer.
    timeout: float = 30
    rounds: int = 3
    #: Between rounds.
    pause: float = 60
    #: What a server that has had enough questions may make us wait between two answers.
    longest_wait: float = 300
    #: For everything together.
    total: float = 3600


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
    end = time.monotonic() + settings.total
    answers: dict[str, tuple[str, str]] = {}
    waiting = sorted(pages)
    for turn in range(settings.rounds):
        if turn and waiting:
            time.sleep(max(0, min(settings.pause, end - time.monotonic())))
        answers |= _ask(waiting, settings, end)
        waiting = [address for address in waiting if answers.get(address, ("silent",))[0] in ("broken", "silent")]
    return [
        Link(
            address,
            *answers.get(address, ("silent", _TIME_IS_UP)),
            pages[address],
            next((entry for entry in known if address.startswith(entry.address)), None),
        )
        for address in sorted(pages)
    ]


def _ask(addresses: Iterable[str], settings: Settings, end: float) -> dict[str, tuple[str, str]]:
    """Ask once for each address, several servers at the same time and each of them one question after the other.

    Returns state and detail of those that were answered before the `end`.
    """
    servers: dict[str, list[str]] = {}
    for address in addresses:
        servers.setdefault(urlsplit(address).netloc, []).append(address)
    with ThreadPoolExecutor(_SERVERS) as pool:
        return dict(chain.from_iterable(pool.map(lambda one: _ask_server(one, settings, end), servers.values())))


def _ask_server(addresses: Sequence[str], settings: Settings, end: float) -> Iterator[tuple[str, tuple[str, str]]]:
    if time.monotonic() >= end:
        return
    asked: PriorityQueue[CheckRequest] = PriorityQueue()
    answered: Queue[CheckResult] = Queue()
    for address in addresses:
        # Sphinx asks where a link stands only to follow it to a file.
        asked.put(CheckRequest(0, Hyperlink(address, "", Path(), -1)))  # type: ignore[arg-type]
    _Worker(_config(settings), answered, asked, {}).start()
    try:
        for _ in addresses:
            result = answered.get(timeout=max(0, end - time.monotonic()))
            yield result.uri, (_state(str(result.status), result.code), result.message or str(result.status))
    except Empty:
        pass
    finally:
        # Before all that is still waiting: this ends the worker.
        asked.put(CheckRequest(-inf, None))


class _Worker(HyperlinkAvailabilityCheckWorker):
    """Asks one server. Sphinx's own waits as long and as often as a server wishes, if need be for ever."""

    _waited = 0.0

    def limit_rate(self, response_url: str, retry_after: str | None) -> float | None:
        """Return when to ask again, in seconds since the epoch, or None to give up."""
        server = urlsplit(response_url).netloc
        if server not in self.rate_limits:
            # It has answered, or was not asked, since it last made us wait.
            self._waited = 0
        again = super().limit_rate(response_url, retry_after)
        if again is None:
            return None
        now = time.time()
        wait = max(again - now, _SHORTEST_WAIT)
        # Put so that what is no number at all is too long, too.
        if not self._waited + wait <= self.rate_limit_timeout:
            del self.rate_limits[server]
            return None
        self._waited += wait
        self.rate_limits[server] = RateLimit(wait, now + wait)
        return now + wait


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
