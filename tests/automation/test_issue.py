"""One issue for each check: opened when it fails, brought up to date, closed when all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.github import issue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.automation.conftest import GitHub

TITLE = "リンク切れ / Broken links"
RUN = "https://github.com/example/handbook/actions/runs/1"


def report(folder: Path, text: str, name: str = "report.md") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def tell(outcome: str, file: str) -> int:
    return issue.main(["--title", TITLE, "--outcome", outcome, "--report", file, "--run", RUN])


def test_a_failure_opens_an_issue_another_updates_it_and_success_closes_it(github: GitHub, tmp_path: Path) -> None:
    assert tell("failure", report(tmp_path, "- <https://example.org/a>: 404\n")) == 0
    (opened,) = github.all("issue")
    assert (opened["title"], opened["state"]) == (TITLE, "OPEN")
    assert opened["body"].startswith("- <https://example.org/a>: 404\n")
    assert opened["body"].endswith(f"Updated by: {RUN}\n")

    tell("failure", report(tmp_path, "- <https://example.org/b>: 410\n"))
    (updated,) = github.all("issue")
    assert updated["body"].startswith("- <https://example.org/b>: 410\n")

    tell("success", report(tmp_path, "Of 2 links, 0 fail.\n"))
    (closed,) = github.all("issue")
    assert closed["state"] == "CLOSED"
    assert closed["comment"].endswith(f"All is well now. {RUN}")

    tell("failure", report(tmp_path, "- <https://example.org/c>: 404\n"))
    assert [item["state"] for item in github.all("issue")] == ["CLOSED", "OPEN"]


def test_where_all_is_well_and_was_before_nothing_is_done(github: GitHub, tmp_path: Path) -> None:
    assert tell("success", report(tmp_path, "Of 2 links, 0 fail.\n")) == 0
    assert [asked[:2] for asked in github.state["asked"]] == [["issue", "list"]]


def test_an_issue_of_a_person_with_the_same_title_or_of_another_check_is_left_alone(
    github: GitHub, tmp_path: Path
) -> None:
    theirs = {"number": 3, "title": TITLE, "author": "someone", "body": "見つけました"}
    other = {"number": 4, "title": "Another", "author": "app/github-actions", "body": "…"}
    github.has(issue=[theirs, other])

    tell("failure", report(tmp_path, "- <https://example.org/a>: 404\n"))

    assert github.all("issue")[:2] == [theirs, other]
    assert len(github.all("issue")) == 3


def test_of_a_log_its_end_is_shown_as_it_is_and_a_report_that_is_too_long_is_cut(
    github: GitHub, tmp_path: Path
) -> None:
    tell("failure", report(tmp_path, "line\n" * 20_000 + "```\n1 failed\n", "next.log"))
    (opened,) = github.all("issue")
    assert opened["body"].startswith("~~~~~~~~\n")
    assert "```\n1 failed\n~~~~~~~~\n" in opened["body"]
    assert len(opened["body"]) < 65_536

    tell("failure", report(tmp_path, "- <https://example.org/a>: 404\n" * 5_000))
    (updated,) = github.all("issue")
    assert "Cut here" in updated["body"]
    assert len(updated["body"]) < 65_536


def test_an_outcome_that_is_none_is_refused(github: GitHub, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        tell("", report(tmp_path, "?"))
    assert github.state["asked"] == []
