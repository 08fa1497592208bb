"""Builds that meet: the second waits for the first."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import TinyProject

#: Seconds within which a build must be at work, even where many others are.
PATIENCE = 60


def _wait_until_at_work(project: TinyProject) -> None:
    """Wait until Sphinx reads the pages."""
    marks = project.root / "build/doctrees"
    end = time.monotonic() + PATIENCE
    while not list(marks.glob("*.unfinished")):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_the_second_of_two_builds_waits_and_then_has_nothing_to_do(tiny_project: TinyProject) -> None:
    first = tiny_project.start("build")
    _wait_until_at_work(tiny_project)
    second = tiny_project.start("build")

    assert first.communicate()[0].startswith("ja: built in ")
    assert second.communicate()[0] == (
        "Waiting for another build of this folder to finish …\nNothing has changed. Open build/site/index.html\n"
    )
    assert (first.returncode, second.returncode) == (0, 0)


def test_ctrl_c_ends_a_build_with_a_line_and_the_next_begins_what_it_left(tiny_project: TinyProject) -> None:
    build = tiny_project.start("build")
    _wait_until_at_work(tiny_project)
    os.killpg(build.pid, signal.SIGINT)  # as Ctrl-C does

    said, _ = build.communicate()
    assert (build.returncode, said) == (130, "Interrupted. Run it again, and what is unfinished is made anew.\n")
    assert tiny_project.run("build").stdout.startswith("ja: built in ")


def test_a_process_that_the_system_ends_is_told_in_a_line(tiny_project: TinyProject) -> None:
    conf = (tiny_project.root / "conf.py").read_text(encoding="utf-8")
    # As systems do that run out of memory.
    killed = "import os, signal\ndef setup(app):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    tiny_project.write("conf.py", conf + killed)

    done = tiny_project.run("build")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Something ended the build of a language, as systems do where memory is short: run make again.\n"
    )


def test_what_is_saved_while_a_build_runs_is_built_by_the_next(tiny_project: TinyProject) -> None:
    # Runs as part of the build, when the pages have been read.
    tiny_project.write(
        "conf.py",
        (tiny_project.root / "conf.py").read_text(encoding="utf-8") + "\nfrom pathlib import Path\n"
        "def save(app, exception):\n"
        "    if app.builder.name == 'typst':\n"
        "        page = Path(app.srcdir, 'index.md')\n"
        "        page.write_text(page.read_text(encoding='utf-8').replace('一つ目', '二つ目'), encoding='utf-8')\n"
        "def setup(app):\n"
        "    app.connect('build-finished', save)\n",
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n一つ目です。\n")

    tiny_project.run("build")
    second = tiny_project.run("build")

    assert second.stdout.startswith("ja: built in ")
    assert "二つ目です。" in (tiny_project.root / "build/site/ja/index.html").read_text(encoding="utf-8")
