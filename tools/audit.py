"""`make audit`: asks the databases of PyPI and npm whether a package in the locks has a known weakness."""

from __future__ import annotations

import subprocess
import sys

from tools.environment import DEVELOP_LOCKS, ROOT, find_node, npm_environ, npm_of


def main() -> int:
    """Ask both. Returns 0, or 1 if a weakness is known or a database cannot be reached."""
    node = find_node(ROOT)
    # The locks name every package with its hash, so nothing has to be installed to ask for it.
    python = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    python += [option for lock in DEVELOP_LOCKS for option in ("--requirement", lock)]
    commands = (python, [node, npm_of(node), "audit", "--package-lock-only"])
    codes = [subprocess.run(command, cwd=ROOT, env=npm_environ(), check=False).returncode for command in commands]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
