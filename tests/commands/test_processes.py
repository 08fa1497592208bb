"""Jobs in processes of their own, which building is divided into."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from handbook.commands.processes import ProcessEndedError, run_side_by_side

if TYPE_CHECKING:
    from pathlib import Path


def nothing(_job: str, _result: object) -> list[str]:
    return []


def test_each_job_has_a_process_of_its_own() -> None:
    ids = run_side_by_side(["ja", "en", "ko"], lambda _: os.getpid(), nothing, processors=1)
    assert len({os.getpid(), *ids.values()}) == 4


def meet(place: Path, job: str) -> list[str]:
    """Return whom a job has seen at work beside it; it waits for company."""
    (place / job).touch()
    until = time.monotonic() + 10
    while len(list(place.iterdir())) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    return sorted(file.name for file in place.iterdir())


def test_what_follows_a_job_goes_on_side_by_side(tmp_path: Path) -> None:
    seen = run_side_by_side(
        ["pages"],
        partial(meet_after_pages, tmp_path),
        lambda job, _: ["epub", "pdf", "data"] if job == "pages" else [],
        processors=3,
    )
    assert seen["pdf"] == ["data", "epub", "pdf"]


def meet_after_pages(place: Path, job: str) -> list[str]:
    return [] if job == "pages" else meet(place, job)


def test_no_more_jobs_run_at_once_than_there_are_processors(tmp_path: Path) -> None:
    def count(job: str) -> int:
        (tmp_path / job).touch()
        time.sleep(0.05)
        at_once = len(list(tmp_path.iterdir()))
        (tmp_path / job).unlink()
        return at_once

    assert max(run_side_by_side(list("abcdef"), count, nothing, processors=2).values()) <= 2


def test_what_a_job_raises_is_raised_with_where_it_was_and_ends_the_others(tmp_path: Path) -> None:
    def work(job: str) -> None:
        if job == "wrong":
            raise PermissionError(13, "no", "docs/index.md")
        time.sleep(60)
        (tmp_path / "late").touch()

    begun = time.monotonic()
    with pytest.raises(PermissionError) as raised:
        run_side_by_side(["long", "wrong"], work, nothing, processors=2)
    assert time.monotonic() - begun < 30
    assert raised.value.filename == "docs/index.md"
    assert 'raise PermissionError(13, "no", "docs/index.md")' in raised.value.__notes__[0]


def test_a_process_that_something_ended_is_noticed() -> None:
    with pytest.raises(ProcessEndedError):
        run_side_by_side(["ja"], lambda _: os.kill(os.getpid(), signal.SIGKILL), nothing)
