"""Serves `build/live` on this machine alone and tells browsers when to load a page again.

The script for that is added to pages as they are sent; the files stay what
they are. It comes from the same server, as does what it listens to (server-sent
events, https://html.spec.whatwg.org/multipage/server-sent-events.html), so the
Content Security Policy of the pages allows both.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

HOST = "127.0.0.1"
#: The first port that is tried, and how many after it.
PORT, MORE_PORTS = 8000, 20

EVENTS, SCRIPT = "/_live/events", "/_live/reload.js"
SIDE_BY_SIDE, TOGETHER = "/_live/", "/_live/together.js"

#: Loads the page again when its language has been built once more. Events say how often each has been.
_RELOAD = b"""\
{
  const { events, language, build } = document.currentScript.dataset;
  new EventSource(events).onmessage = (event) => {
    if ((JSON.parse(event.data)[language] ?? 0) !== Number(build)) location.reload();
  };
}
"""

#: Languages side by side.
_FRAMES = """\
<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{languages}</title>
<style>
  body {{ display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; height: 100vh; margin: 0; }}
  iframe {{ border: 0; border-inline-end: 1px solid; height: 100%; width: 100%; }}
</style>
</head>
<body>
{frames}
<script src="{script}"></script>
</body>
</html>
"""

#: When one frame goes to another page, the others follow.
_TOGETHER = b"""\
const frames = [...document.querySelectorAll("iframe")];
const place = (frame) => frame.contentWindow.location.pathname;
for (const frame of frames) {
  frame.addEventListener("load", () => {
    const page = place(frame).split("/").slice(2).join("/");
    for (const other of frames) {
      const there = `/${other.title}/${page}`;
      if (other !== frame && place(other) !== there) other.contentWindow.location.replace(there);
    }
  });
}
"""

#: Seconds after which a browser that has gone away is noticed.
_PULSE = 15
#: Seconds after which the server notices that it is to end.
_POLL = 0.1


class NoFreePortError(Exception):
    """Raised when every port that was tried is in use."""


class LiveSite:
    """The site at `address`, as a context manager."""

    def __init__(self, folder: Path, languages: Sequence[str] = (), port: int = PORT) -> None:
        self._state = _State(languages)
        handler = partial(_Handler, state=self._state, directory=str(folder))
        self._server = _listen(port, handler)
        self.address = f"http://{HOST}:{self._server.server_port}"

    def __enter__(self) -> LiveSite:
        threading.Thread(target=self._server.serve_forever, args=(_POLL,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._state.end()
        self._server.shutdown()
        self._server.server_close()

    def reload(self, language: str) -> None:
        """Let browsers that show a page in this language load it again."""
        self._state.count(language)


class _State:
    """The languages, and how often each has been built; those who wait for more are woken."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self.builds: Counter[str] = Counter()
        self.ended = False
        self._changed = threading.Condition()

    def count(self, language: str) -> None:
        with self._changed:
            self.builds[language] += 1
            self._changed.notify_all()

    def end(self) -> None:
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def wait(self, known: Counter[str]) -> None:
        """Wait for more builds than those that are known, or for a pulse."""
        with self._changed:
            self._changed.wait_for(lambda: self.ended or self.builds != known, _PULSE)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A browser that has gone to another page waits for nothing.
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: browsers break connections off all the time."""


class _Handler(SimpleHTTPRequestHandler):
    """Sends files, and pages with the script that loads them again."""

    def __init__(self, *args: Any, state: _State, **kwargs: Any) -> None:
        self._state = state
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        # Files change within the second that this header counts in.
        del self.headers["If-Modified-Since"]
        if path == EVENTS:
            self._send_events()
        elif path == SCRIPT:
            self._send(_RELOAD, "text/javascript")
        elif path == TOGETHER:
            self._send(_TOGETHER, "text/javascript")
        elif path == SIDE_BY_SIDE:
            self._send(_side_by_side(self._state.languages).encode(), "text/html; charset=utf-8")
        elif (page := self._page(path)) is not None:
            # Counted before it is read: a page that is too old is loaded once more, never once too few.
            language = path.split("/")[1]
            build = self._state.builds[language]
            self._send(_with_script(page.read_bytes(), language, build), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing: the terminal is for what is built."""

    def _page(self, path: str) -> Path | None:
        file = Path(self.translate_path(path))
        if path.endswith("/"):
            file /= "index.html"
        return file if file.suffix == ".html" and file.is_file() else None

    def _send(self, content: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        while not self._state.ended:
            builds = self._state.builds.copy()
            self.wfile.write(f"data: {json.dumps(builds)}\n\n".encode())
            self.wfile.flush()
            self._state.wait(builds)


def _with_script(page: bytes, language: str, build: int) -> bytes:
    """Add the script to a page, unless its policy allows none: such pages are no pages of the book."""
    head, end, rest = page.partition(b"</head>")
    if not end or (b"Content-Security-Policy" in head and b"script-src" not in head):
        return page
    script = f'<script src="{SCRIPT}" data-events="{EVENTS}" data-language="{escape(language)}" data-build="{build}">'
    return head + script.encode() + b"</script>" + end + rest


def _side_by_side(languages: Sequence[str]) -> str:
    frames = [f'<iframe src="/{one}/index.html" title="{one}"></iframe>' for one in languages]
    return _FRAMES.format(languages=" | ".join(languages), frames="\n".join(frames), script=TOGETHER)


def _listen(port: int, handler: Any) -> _Server:
    """Return a server at the first port that is free."""
    for one in range(port, port + 1 + MORE_PORTS):
        try:
            return _Server((HOST, one), handler)
        except OSError:
            continue
    raise NoFreePortError(f"All ports from {port} to {port + MORE_PORTS} are in use")
