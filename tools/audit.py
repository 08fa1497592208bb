"""`make audit`: asks the databases of PyPI and npm whether a package in the locks has a known weakness."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.environment import find_node, npm_of

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


def main() -> int:
    """Ask both. Returns 0, or 1 if a weakness is known or a database cannot be reached."""
    node = find_node(ROOT)
    # The locks name every package with its hash, so nothing has to be installed to ask for it.
    python = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    python += [option for lock in LOCKS for option in ("--requirement", lock)]
    commands = (python, [node, npm_of(node), "audit", "--package-lock-only"])
    environ = dict(os.environ, NODE_USE_SYSTEM_CA="1")
    codes = [subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode for command in commands]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
