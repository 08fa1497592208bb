"""Generated files: saved as a patch where nothing may be written, proposed as one pull request where nothing is run."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tools.github import proposal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.automation.conftest import GitHub

BRANCH = "automation/refresh"
TITLE = "Bring generated files up to date"


def git(*arguments: str, cwd: Path) -> str:
    return subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a repository with one catalogue and one drawing, as a runner has it."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    origin, folder = tmp_path / "origin.git", tmp_path / "clone"
    git("init", "--quiet", "--bare", "--initial-branch=main", str(origin), cwd=tmp_path)
    git("clone", "--quiet", str(origin), str(folder), cwd=tmp_path)
    (folder / ".gitignore").write_text("/build/\n", encoding="utf-8")
    (folder / "index.po").write_text('msgid "a"\n', encoding="utf-8")
    (folder / "old.svg").write_bytes(b"<svg>\xff</svg>")
    (folder / "build").mkdir()
    git("add", ".", cwd=folder)
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first", cwd=folder)
    git("push", "--quiet", "origin", "HEAD:main", cwd=folder)
    monkeypatch.chdir(folder)
    return folder


def make_again(clone: Path) -> None:
    """Change, add and delete generated files, as `make refresh` does."""
    (clone / "index.po").write_text('msgid "a"\nmsgid "b"\n', encoding="utf-8")
    (clone / "new.svg").write_bytes(b"<svg>\xfe</svg>")
    (clone / "old.svg").unlink()
    (clone / "build" / "site.html").write_text("not kept", encoding="utf-8")


def save_and_open(clone: Path) -> None:
    """What the two jobs do; each begins with a checkout of its own."""
    proposal.main(["save", "build/refresh.patch"])
    git("reset", "--quiet", "--hard", "origin/main", cwd=clone)
    (clone / "body.md").write_text("Made by a workflow.\n", encoding="utf-8")
    arguments = ["--branch", BRANCH, "--base", "main", "--title", TITLE, "--body", "body.md"]
    proposal.main(["open", "build/refresh.patch", *arguments])
    (clone / "body.md").unlink()
    git("switch", "--quiet", "--detach", "origin/main", cwd=clone)


def test_what_was_made_again_is_proposed_in_one_pull_request(github: GitHub, clone: Path) -> None:
    make_again(clone)
    save_and_open(clone)

    (opened,) = github.all("pr")
    assert (opened["title"], opened["headRefName"], opened["body"]) == (TITLE, BRANCH, "Made by a workflow.\n")
    git("fetch", "--quiet", "origin", cwd=clone)
    changed = git("diff", "--name-status", "--no-renames", "origin/main", f"origin/{BRANCH}", cwd=clone).split()
    assert changed == ["M", "index.po", "A", "new.svg", "D", "old.svg"]
    assert git("log", "-1", "--format=%an %s", f"origin/{BRANCH}", cwd=clone) == f"github-actions[bot] {TITLE}\n"

    # The next run begins anew from main and brings the same pull request up to date.
    (clone / "index.po").write_text('msgid "c"\n', encoding="utf-8")
    save_and_open(clone)

    assert len(github.all("pr")) == 1
    git("fetch", "--quiet", "origin", cwd=clone)
    assert git("rev-list", "--count", f"origin/main..origin/{BRANCH}", cwd=clone) == "1\n"
    assert git("diff", "--name-only", "origin/main", f"origin/{BRANCH}", cwd=clone) == "index.po\n"


def test_where_nothing_is_behind_nothing_is_proposed_and_an_old_proposal_is_closed(
    github: GitHub, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_and_open(clone)
    assert github.all("pr") == []
    assert capsys.readouterr().out.endswith("nothing to propose; closed: nothing\n")

    github.has(pr=[{"number": 7, "headRefName": BRANCH, "isCrossRepository": False}])
    save_and_open(clone)
    assert github.all("pr")[0]["state"] == "CLOSED"


def test_a_branch_of_the_same_name_in_a_fork_is_left_alone(github: GitHub, clone: Path) -> None:
    github.has(pr=[{"number": 7, "headRefName": BRANCH, "isCrossRepository": True}])
    make_again(clone)
    save_and_open(clone)
    assert [item["number"] for item in github.all("pr")] == [7, 8]


def test_a_patch_that_does_not_fit_proposes_nothing(github: GitHub, clone: Path) -> None:
    (clone / "build" / "bad.patch").write_text("--- a/none\n+++ b/none\n@@ -1 +1 @@\n-a\n+b\n", encoding="utf-8")
    arguments = ["--branch", BRANCH, "--base", "main", "--title", TITLE, "--body", "body.md"]
    with pytest.raises(subprocess.CalledProcessError):
        proposal.main(["open", "build/bad.patch", *arguments])
    assert github.all("pr") == []
