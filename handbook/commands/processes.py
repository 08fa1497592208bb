"""Runs jobs side by side, each in a process of its own, as many at once as there are processors.

Sphinx keeps global state, which must not leak from one language or format into another; and what a run has taken of
memory goes back with its process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from multiprocessing.process import BaseProcess

J = TypeVar("J")
R = TypeVar("R")

#: How a process is started: on Linux as a copy of this one, which has imported everything and done nothing yet.
_context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")


class ProcessEndedError(Exception):
    """Something ended the process of a job, as systems do where memory is short."""


def run_side_by_side(
    first: Sequence[J], run: Callable[[J], R], following: Callable[[J, R], Iterable[J]], processors: int = 0
) -> dict[J, R]:
    """Run the `first` jobs, and after each those that are `following` from its result. Return all results, by job.

    On as many `processors` as there are, if not said otherwise. Raises what a job has raised, after ending the
    others, and `ProcessEndedError` where a process has ended by itself.
    """
    processors = processors or _processors()
    waiting = deque(first)
    running: dict[Connection, tuple[J, BaseProcess]] = {}
    results: dict[J, R] = {}
    try:
        while waiting or running:
            while waiting and len(running) < processors:
                job = waiting.popleft()
                ours, theirs = _context.Pipe(duplex=False)
                process = _context.Process(target=_work, args=(theirs, run, job))
                process.start()
                theirs.close()
                running[ours] = job, process
            for connection in wait(running):
                assert isinstance(connection, Connection)
                job, ended = running.pop(connection)
                result: R = _received(connection)
                ended.join()
                results[job] = result
                waiting.extend(following(job, result))
    finally:
        for _, left in running.values():
            left.terminate()
            left.join()
    return results


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _received(connection: Connection) -> Any:
    """Return what a job has returned. Raises what it has raised."""
    try:
        received = connection.recv()
    except EOFError:
        raise ProcessEndedError from None
    if isinstance(received, BaseException):
        raise received
    return received


def _work(connection: Connection, run: Callable[[J], R], job: J) -> None:
    """Do one job, and send what it returns or raises."""
    _end_with_parent()
    try:
        connection.send(run(job))
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        connection.send(error)


def _end_with_parent() -> None:
    """Let this process end at once with the one that started it, or with Ctrl-C, which goes to both."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
