"""States of the handbook that git keeps, as folders that can be read like the checkout itself."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What is read of a state.
CONTENT = ("docs", "knowledge", "locales")


class GitError(Exception):
    """Git cannot answer; the message says why and what to do."""


def branching_point(root: Path, base: str) -> str:
    """Return the commit from which the checkout and the branch `base` have gone different ways.

    What others have added to `base` since is none of our changes.
    """
    if base.startswith("-"):
        raise GitError(f"'{base}' is no branch, tag or commit.")
    if not (root / ".git").exists():
        raise GitError("This folder is no clone of the repository, so there is nothing to compare with. Use git clone.")
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}").decode().strip()
    except subprocess.CalledProcessError:
        raise GitError(
            f"Git knows no branch, tag or commit '{base}'. To get it: git fetch origin. "
            "To compare with another: make changes BASE=main"
        ) from None
    try:
        return _git(root, "merge-base", commit, "HEAD").decode().strip()
    except subprocess.CalledProcessError:
        raise GitError(
            f"'{base}' and this branch have no commit in common. If the clone is shallow: git fetch --unshallow"
        ) from None


def head(root: Path) -> str:
    """Return the commit that is checked out."""
    return _git(root, "rev-parse", "HEAD").decode().strip()


@contextlib.contextmanager
def tree_of(root: Path, commit: str) -> Iterator[Path]:
    """Yield a folder with the pages, records and catalogues of a commit."""
    archive = _git(root, "archive", "--format=tar", commit)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        wanted = [member for member in tar if member.name.split("/")[0] in CONTENT]
        tar.extractall(folder, wanted, filter="data")
        yield Path(folder)


def uncommitted(root: Path, places: tuple[str, ...]) -> list[str]:
    """Return the files in these places that differ from the last commit or are new."""
    changed = _git(root, "diff", "--name-only", "-z", "HEAD", "--", *places)
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *places)
    return sorted({name for name in (changed + new).decode().split("\0") if name})


def _git(root: Path, *arguments: str) -> bytes:
    try:
        return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True).stdout
    except FileNotFoundError:
        raise GitError("Git is not installed, so there is nothing to compare with. Install git.") from None
