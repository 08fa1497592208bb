"""A place that refuses: what a program may not write, and that it has no network, as the system would say it.

Permissions do not bind an administrator, and a full disk takes one to fill; so the program under test is told by Python
itself, in it and in all processes that it starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_REFUSE = """
import errno, os, sys

FOLDER, ERROR, AFTER = os.environ["HOSTILE_FOLDER"], int(os.environ["HOSTILE_ERROR"]), int(os.environ["HOSTILE_AFTER"])
LOG = os.environ["HOSTILE_LOG"]
written = 0

def refuse(event, facts):
    global written
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(LOG, "a") as log:
            log.write(f"{event} {facts}\\n")
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
    if event == "open" and not (isinstance(facts[2], int) and facts[2] & (os.O_WRONLY | os.O_RDWR)):
        return
    if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir") and FOLDER:
        place = os.path.abspath(os.fsdecode(facts[0])) if isinstance(facts[0], (str, bytes, os.PathLike)) else ""
        if place.startswith(FOLDER) and not place.endswith(".pyc"):
            written += 1
            if written > AFTER and not (ERROR == errno.ENOSPC and event in ("os.rename", "os.remove", "os.rmdir")):
                raise OSError(ERROR, os.strerror(ERROR), place)

access = os.access

def refused_access(place, mode, **how):
    return access(place, mode, **how) and not (FOLDER and mode & os.W_OK and os.path.abspath(place).startswith(FOLDER))

os.access = refused_access
sys.addaudithook(refuse)
"""


class Place:
    """Where `python -m handbook` runs and meets with refusal."""

    def __init__(self, project: Path, scratch: Path) -> None:
        self.project = project
        self._code, self._log = scratch / "code", scratch / "sockets"
        self._code.mkdir()
        (self._code / "sitecustomize.py").write_text(_REFUSE, encoding="utf-8")

    @property
    def sockets(self) -> str:
        """What the programs wanted of the network: nothing, if all is well."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def settings(self, refused: Path | None = None, error: int = 0, after: int = 0) -> dict[str, str]:
        """Return the environment of a program: in `refused`, nothing can be written once `after` files are, with `error`.

        Nothing can be asked of the network, wherever it is.
        """
        return {
            "HOSTILE_FOLDER": str(refused or ""),
            "HOSTILE_ERROR": str(error),
            "HOSTILE_AFTER": str(after),
            "HOSTILE_LOG": str(self._log),
            "PYTHONPATH": str(self._code),
        }

    def run(
        self, verb: str, *, refused: Path | None = None, error: int = 0, after: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run a verb of ours. For the other arguments see `settings`."""
        settings = self.settings(refused, error, after)
        settings["PYTHONPATH"] += f"{os.pathsep}{ROOT}"
        return subprocess.run(
            [sys.executable, "-m", "handbook", verb],
            cwd=self.project,
            env=os.environ | settings | {"PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
