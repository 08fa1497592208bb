"""`python -m handbook check`: the rules, without a build."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tools.running import environment

if TYPE_CHECKING:
    from tests.conftest import TinyProject


def test_every_fault_is_told_at_once_whether_in_a_record_a_page_or_a_translation(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "(home)=\n# はじめに\n\n本文の\n続きです。\n")
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")
    tiny_project.catalogue("index", {"[会員](members.md)を見ます。": "See [here](members.md)."})

    done = tiny_project.run("check")

    assert (done.returncode, done.stdout) == (1, "1 pages, 0 records: 3 problems\n")
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "knowledge/eras.yaml:3",
        "docs/index.md:5",
        "locales/en/LC_MESSAGES/index.po:5",
    ]


def test_what_keeps_the_rules_passes(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "(home)=\n# はじめに\n\n本文です。\n")
    tiny_project.catalogue("index", {"はじめに": "Introduction"})

    done = tiny_project.run("check")

    assert (done.returncode, done.stdout, done.stderr) == (0, "1 pages, 0 records: 0 problems\n", "")


def test_files_that_cannot_be_read_are_told_with_all_the_rest(tiny_project: TinyProject) -> None:
    (tiny_project.root / "docs/index.md").write_bytes(b"# \xff\n")
    tiny_project.write("docs/other.md", "# 別\n")
    tiny_project.write("locales/en/LC_MESSAGES/index.po", 'msgid "a\n')

    done = tiny_project.run("check")

    assert (done.returncode, done.stdout) == (1, "2 pages, 0 records: 3 problems\n")
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "docs/index.md:1",
        "docs/other.md:1",
        "locales/en/LC_MESSAGES/index.po:1",
    ]


def test_a_page_with_a_mark_of_the_byte_order_is_fine(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "\ufeff(home)=\n# はじめに\n")

    assert tiny_project.run("check").returncode == 0


@pytest.mark.parametrize("verb", ["check", "build"])
def test_a_reader_of_the_output_that_goes_away_is_no_reason_for_a_traceback(
    tiny_project: TinyProject, verb: str
) -> None:
    command = [sys.executable, "-m", "handbook", verb]
    with subprocess.Popen(
        command, cwd=tiny_project.root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert process.returncode == 1
