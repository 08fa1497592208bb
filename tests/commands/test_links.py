"""`make links`: a link that fails is told, with its pages; one that works, moves or is known to fail is no alarm."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from handbook.commands import links
from handbook.commands.project import Project
from handbook.site.links import KNOWN, Settings, read_known
from tests.commands.reports import section
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import TinyProject

#: Not a second longer than the tests need.
QUICK = Settings(timeout=0.5, rounds=2, pause=0, longest_wait=5)


class Server(ThreadingHTTPServer):
    """Answers as its addresses say: `/404`, `/301`; and counts what it is asked, and how much at the same time."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.now = 0
        self.most = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asks may go away, as after a timeout: that is what is tested."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        with self.server.lock:
            self.server.asked[f"{self.command} {self.path}"] += 1
            times = self.server.asked[f"{self.command} {self.path}"]
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        time.sleep(0.01)
        # Before the answer goes out: the next question may be there as soon as it has come.
        with self.server.lock:
            self.server.now -= 1
        self.reply(times)

    def reply(self, times: int) -> None:
        headers = {}
        match self.path:
            case "/301" | "/302":
                status, headers = int(self.path[1:]), {"Location": "/200"}
            case "/429" if times == 1:
                status, headers = 429, {"Retry-After": "1"}
            case "/always-429":
                status = 429
            case path if path.startswith("/wait/"):
                status, headers = 429, {"Retry-After": unquote(path.removeprefix("/wait/"))}
            case "/busy-once" if times == 1:
                status = 500
            case "/get-alone" if self.command == "HEAD":
                status = 405
            case path if path.startswith("/slow"):
                time.sleep(1)
                status = 200
            case path if path[1:].isdecimal() and path != "/429":
                status = int(path[1:])
            case _:
                status = 200
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("HANDBOOK_BASE_URL", "HANDBOOK_REPOSITORY_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as found:
        yield found


@contextmanager
def running() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()


def page(project: TinyProject, name: str, *addresses: str) -> None:
    """Put a page into the built site that leads to these addresses."""
    project.write(
        f"build/site/{name}.html", "\n".join(f'<p><a href="{address}">there</a></p>' for address in addresses)
    )


def follow(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = links.run(Project(project.root), QUICK)
    return code, capsys.readouterr().out


def test_links_that_work_are_no_alarm_however_the_server_answers(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = ("200", "302", "get-alone", "429", "busy-once")
    page(tiny_project, "ja/index", *(f"http://{server.address}/{path}" for path in paths))

    code, report = follow(tiny_project, capsys)

    assert code == 0, report
    assert "Of 5 links, 0 fail." in report
    assert "\n## " not in report
    assert server.asked["HEAD /429"] == 2, "asked again after the pause that the server wished for"
    assert server.asked["HEAD /busy-once"] == 2, "asked again in a second round"
    assert server.asked["GET /get-alone"] == 1


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("404", "404 Client Error"),
        ("410", "410 Client Error"),
        ("403", "403 Client Error"),
        ("500", "500 Server Error"),
        ("503", "service unavailable"),
        ("always-429", "429 Client Error"),
        ("slow", "timed out"),
    ],
)
def test_a_link_that_fails_is_told_with_the_reason_and_its_pages(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str], path: str, why: str
) -> None:
    address = f"http://{server.address}/{path}"
    page(tiny_project, "en/about/name", address, f"http://{server.address}/200")
    page(tiny_project, "ja/about/name", address)

    code, report = follow(tiny_project, capsys)

    assert code == 1
    assert "Of 2 links, 1 fail." in report
    (line,) = section(report, "Links that fail")
    assert line.startswith(f"- <{address}>: ")
    assert why in line
    assert line.endswith("`en/about/name.html`, `ja/about/name.html`")
    assert server.asked[f"HEAD /{path}"] == 2, "asked a second time before it counts as failed"


@pytest.mark.parametrize(
    ("wish", "most"),
    [
        ("86400", 1),
        ("inf", 1),
        ("nan", 1),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 1),
        ("1", 3),
        ("0", 3),
        ("-60", 3),
        ("soon", 1),
    ],
)
def test_a_server_that_never_has_time_is_told_and_does_not_keep_us_for_ever(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str], wish: str, most: int
) -> None:
    address = f"http://{server.address}/wait/{quote(wish)}"
    page(tiny_project, "ja/index", address, f"http://{server.address}/200")
    settings = Settings(timeout=0.5, rounds=1, pause=0, longest_wait=2.5)

    assert links.run(Project(tiny_project.root), settings) == 1

    (line,) = section(capsys.readouterr().out, "Links that fail")
    assert line.startswith(f"- <{address}>: 429 Client Error")
    assert 1 <= server.asked[f"HEAD /wait/{quote(wish)}"] <= most
    assert server.asked["HEAD /200"] == 1


def test_when_time_is_up_the_links_that_are_left_are_told_as_not_checked(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = [f"http://{server.address}/slow?{number}" for number in range(9)]
    page(tiny_project, "ja/index", f"http://{server.address}/404", *slow)
    started = time.monotonic()

    code = links.run(Project(tiny_project.root), Settings(timeout=5, rounds=3, pause=60, longest_wait=60, total=1.5))

    assert time.monotonic() - started < 5
    assert code == 1
    missing, *others = section(capsys.readouterr().out, "Links that fail")
    assert "404 Client Error" in missing
    assert len(others) >= 6
    assert all("not checked: time was up" in line for line in others), others


def test_a_server_without_a_certificate_and_one_that_is_not_there_are_told(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        page(tiny_project, "ja/index", f"https://{server.address}/", nobody)

        code, report = follow(tiny_project, capsys)

    assert code == 1
    refused, insecure = section(report, "Links that fail")
    assert "SSL" in insecure
    assert nobody in refused


def test_a_link_that_has_moved_for_good_is_told_with_where_it_is_now(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    page(tiny_project, "ja/index", f"http://{server.address}/301")

    code, report = follow(tiny_project, capsys)

    assert code == 0
    (line,) = section(report, "Links that have moved for good")
    assert f"/301>: http://{server.address}/200" in line


def test_a_link_that_is_known_to_fail_is_told_with_the_reason_and_is_no_alarm(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    start = f"http://{server.address}"
    page(tiny_project, "ja/index", f"{start}/403", f"{start}/200")
    tiny_project.write(
        "docs/known-links.yaml",
        f"- {{address: '{start}/403', reason: No answer for programs.}}\n"
        f"- {{address: '{start}/2', reason: Slow at night.}}\n",
    )

    code, report = follow(tiny_project, capsys)

    assert code == 0
    (line,) = section(report, "Links known to fail")
    assert f"<{start}/403>" in line
    assert "— No answer for programs. —" in line
    (line,) = section(report, "Links that docs/known-links.yaml need not name any more")
    assert f"<{start}/200>" in line


def test_a_known_link_without_a_reason_is_told_with_its_line(
    tiny_project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    page(tiny_project, "ja/index", "http://127.0.0.1/")
    tiny_project.write("docs/known-links.yaml", "# Why?\n- address: http://127.0.0.1/\n")

    with pytest.raises(SystemExit):
        links.run(Project(tiny_project.root), QUICK)

    assert capsys.readouterr().err.startswith("docs/known-links.yaml:2: an entry needs an address and a reason.")


def test_one_server_gets_one_question_at_a_time_and_each_address_once(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = [f"http://{server.address}/{name}" for name in "abcdef"]
    page(tiny_project, "ja/index", *addresses, f"{addresses[0]}#part")
    page(tiny_project, "en/index", *addresses)

    code, report = follow(tiny_project, capsys)

    assert (code, server.most) == (0, 1)
    assert set(server.asked.values()) == {1}
    assert "Of 6 links" in report


def test_links_to_the_handbook_itself_are_left_out(
    tiny_project: TinyProject, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_REPOSITORY_URL", f"http://{server.address}/404")
    page(
        tiny_project, "ja/index", f"http://{server.address}/404/edit/main/docs/index.md", f"http://{server.address}/200"
    )

    code, report = follow(tiny_project, capsys)

    assert (code, list(server.asked)) == (0, ["HEAD /200"])
    assert "Of 1 links" in report


def test_without_a_site_it_is_said_how_to_build_it(
    tiny_project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert links.run(Project(tiny_project.root), QUICK) == 1
    assert capsys.readouterr().err.endswith("To build it: make\n")


def test_each_link_that_the_handbook_excuses_has_its_reason() -> None:
    assert all(entry.address.startswith("http") for entry in read_known(ROOT / "docs" / KNOWN))
