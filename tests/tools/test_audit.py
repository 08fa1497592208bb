"""`make audit`: both registries are asked about everything in the locks, and either can raise the alarm."""

from __future__ import annotations

import subprocess

import pytest

from tools import audit
from tools.environment import DEVELOP_LOCKS


@pytest.mark.parametrize(("python", "node", "code"), [(0, 0, 0), (1, 0, 1), (0, 1, 1)])
def test_both_locks_are_asked_about_and_either_can_raise_the_alarm(
    monkeypatch: pytest.MonkeyPatch, python: int, node: int, code: int
) -> None:
    asked = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, python if "pip_audit" in command else node)

    monkeypatch.setattr(audit, "find_node", lambda root: "/usr/bin/node")
    monkeypatch.setattr(subprocess, "run", run)

    assert audit.main() == code
    packages, modules = asked
    assert [packages[at + 1] for at, word in enumerate(packages) if word == "--requirement"] == list(DEVELOP_LOCKS)
    assert modules[-2:] == ["audit", "--package-lock-only"]
