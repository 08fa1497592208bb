"""`python -m handbook live`: what is saved is built and shown; what is wrong is told, and the server stays."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from handbook.commands.live_site import EVENTS, HOST, SCRIPT, SIDE_BY_SIDE, LiveSite, NoFreePortError
from tools.comparing import files_in

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from tests.conftest import TinyProject

#: Seconds within which something must happen, even where many others are at work.
PATIENCE = 90


class Lines:
    """What a stream says, line by line, as it comes."""

    def __init__(self, stream: IO[str]) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._collect, args=(stream,))
        self._thread.start()

    def ended(self) -> None:
        """Wait for the end of the stream."""
        self._thread.join()

    def until(self, wanted: str) -> str:
        """Wait for a line that holds `wanted` and return it."""
        end, seen = time.monotonic() + PATIENCE, ""
        while (left := end - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=left)
                if wanted in line:
                    return line
                seen += line
        pytest.fail(f"{wanted!r} was not said, but:\n{seen}")

    def _collect(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)


@contextlib.contextmanager
def live(project: TinyProject) -> Iterator[tuple[subprocess.Popen[str], Lines, str]]:
    """Run the verb; yield the process, what it says, and the address."""
    with project.start("live") as process:
        assert process.stdout
        lines = Lines(process.stdout)
        try:
            opened = lines.until("Open http://")
            yield process, lines, opened.removeprefix("Open ").partition("/index.html")[0]
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            lines.ended()


def read(address: str, encoding: str = "utf-8") -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode(encoding))


def test_what_is_saved_is_shown_and_what_is_wrong_is_told_until_it_is_mended(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("index", {"はじめに": "Introduction", "一つ目です。": "The first."})
    tiny_project.write("docs/index.md", "# はじめに\n\n一つ目です。\n")

    with live(tiny_project) as (process, lines, address):
        assert "一つ目です。" in read(f"{address}/ja/index.html")
        assert "The first." in read(f"{address}/en/index.html")

        # A page, in both languages.
        tiny_project.replace("docs/index.md", "一つ目です。", "二つ目です。")
        assert {lines.until("shown after")[:2], lines.until("shown after")[:2]} == {"ja", "en"}
        assert "二つ目です。" in read(f"{address}/ja/index.html")

        # A catalogue.
        tiny_project.catalogue("index", {"はじめに": "Introduction", "二つ目です。": "The second."})
        assert lines.until("shown after").startswith("en")
        assert "The second." in read(f"{address}/en/index.html")

        # A fault of a page.
        tiny_project.replace("docs/index.md", "二つ目です。", "{record}`council`です。")
        lines.until("docs/index.md:3: WARNING: no record has the id 'council'")
        lines.until("ja: has errors")
        assert "二つ目です。" not in read(f"{address}/ja/index.html")

        # A record that cannot be used, then one that can.
        record = "- {id: council, name: 議会, summary: 代表です。, sources: [a], function: FUNCTION}\n"
        tiny_project.source("a")
        tiny_project.write("knowledge/bodies.yaml", record.replace("FUNCTION", "sings"))
        lines.until("knowledge/bodies.yaml:1: record 'council'")
        assert "はじめに" in read(f"{address}/ja/index.html")
        tiny_project.write("knowledge/bodies.yaml", record.replace("FUNCTION", "decides"))
        tiny_project.write("docs/index.md", "# はじめに\n\n```{record} council\n```\n\n```{bibliography}\n```\n")
        while "代表です。" not in read(f"{address}/ja/index.html"):
            lines.until("shown after")

        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
        lines.until("Ended.")
        assert process.wait(PATIENCE) == 0

    files = [file for file in (tiny_project.root / "build/live").rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"_live" in file.read_bytes()], "what is added for a browser is not written"


def test_it_begins_with_what_make_has_built_and_leaves_that_alone(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("index", {})
    tiny_project.write("docs/index.md", "# はじめに\n\n一つ目です。\n")
    tiny_project.run("build")
    built = files_in(tiny_project.root / "build/site")

    with live(tiny_project) as (_, lines, address):
        assert read(f"{address}/downloads/iclei-handbook-ja.epub", "latin-1").startswith("PK"), "books can be opened"
        tiny_project.replace("docs/index.md", "一つ目です。", "二つ目です。")
        lines.until("ja: shown after")
        assert "二つ目です。" in read(f"{address}/ja/index.html")
        assert files_in(tiny_project.root / "build/site") == built

        beside = tiny_project.run("build")

    assert (beside.returncode, beside.stderr) == (0, "")
    assert "二つ目です。" in (tiny_project.root / "build/site/ja/index.html").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ja").mkdir()
    (tmp_path / "ja/index.html").write_text("<head></head><body>はじめに</body>", encoding="utf-8")
    return tmp_path


def test_a_page_is_told_of_the_builds_of_its_language(folder: Path) -> None:
    with LiveSite(folder, port=18000) as site:
        page = read(f"{site.address}/ja/")
        assert (
            f'<script src="/_live/reload.js" data-events="{EVENTS}" data-language="ja" data-build="0"></script>' in page
        )
        assert "EventSource" in read(site.address + SCRIPT)
        with urllib.request.urlopen(site.address + EVENTS, timeout=PATIENCE) as events:
            assert events.readline() == b"data: {}\n"
            site.reload("ja")
            assert [events.readline() for _ in range(2)] == [b"\n", b'data: {"ja": 1}\n']
        assert 'data-build="1"' in read(f"{site.address}/ja/")


def test_a_page_whose_policy_allows_no_script_gets_none(folder: Path) -> None:
    page = '<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"></head>'
    (folder / "index.html").write_text(page, encoding="utf-8")

    with LiveSite(folder, port=18000) as site:
        assert read(site.address) == page


def test_languages_are_side_by_side_in_frames(folder: Path) -> None:
    with LiveSite(folder, ["ja", "en"], port=18000) as site:
        page = BeautifulSoup(read(site.address + SIDE_BY_SIDE), "lxml")

        assert [frame["src"] for frame in page.select("iframe")] == ["/ja/index.html", "/en/index.html"]
        assert "location" in read(site.address + str(page.select("script")[0]["src"]))


def test_a_port_in_use_is_passed_over_and_the_site_is_for_this_machine_alone(folder: Path) -> None:
    with LiveSite(folder, port=18000) as one, LiveSite(folder, port=18000) as two:
        assert one.address != two.address
        assert {address.rpartition(":")[0] for address in (one.address, two.address)} == {f"http://{HOST}"}
        assert HOST == "127.0.0.1"


def test_when_no_port_is_free_that_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.commands.live_site.MORE_PORTS", 0)
    with LiveSite(folder, port=18500) as site:
        port = int(site.address.rpartition(":")[2])
        with pytest.raises(NoFreePortError, match=str(port)):
            LiveSite(folder, port=port)
