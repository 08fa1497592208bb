"""Begins a verb of the handbook in a folder, as the Makefile does: for what measures, kills and tests builds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def environment() -> dict[str, str]:
    """Return the environment of a program that runs this checkout's code, whatever its folder."""
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def begin(verb: str, folder: Path) -> subprocess.Popen[str]:
    """Begin `python -m handbook VERB`, with a group of processes of its own; what it says comes in one stream."""
    return subprocess.Popen(
        [sys.executable, "-m", "handbook", verb],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        # What runs in the background would hand down that Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
