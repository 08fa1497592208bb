"""The books of the main branch: fetched where there are some, and no failure where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.github import artifact

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.automation.conftest import GitHub


def fetch(folder: Path) -> int:
    return artifact.main(
        ["--workflow", "main.yml", "--branch", "main", "--name", "books", "--folder", str(folder / "base")]
    )


def test_the_books_of_the_newest_good_run_are_fetched(github: GitHub, tmp_path: Path) -> None:
    github.has(run=[{"databaseId": 12, "artifacts": ["books"]}])
    assert fetch(tmp_path) == 0
    assert (tmp_path / "base" / "book.pdf").is_file()
    listing = github.state["asked"][0]
    assert listing[listing.index("--status") + 1] == "success"
    assert listing[listing.index("--branch") + 1] == "main"


def test_no_run_yet_and_books_that_are_kept_no_longer_are_told_and_no_failure(
    github: GitHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for runs in ([], [{"databaseId": 12, "artifacts": []}]):
        github.has(run=runs)
        assert fetch(tmp_path) == 0
        assert capsys.readouterr().out == "there is no artifact books to compare with\n"
