"""`make next`: writes the newest versions of what the handbook rests on into its pins, to try them.

Nothing of this is meant to be committed: `git checkout .` brings the pins back. A scheduled workflow runs it, builds
and tests, and tells what breaks, long before an update is due.
"""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

from tools.environment import ROOT, find_node, npm_environ, npm_of

if TYPE_CHECKING:
    from pathlib import Path

PINS = ("requirements.in", "requirements-dev.in")
RENDERER = "handbook/diagrams/renderer.py"

_EXACT = re.compile(r"^([\w.-]+(?:\[[\w,-]+\])?)==(\S+)$", re.MULTILINE)
_MERMAID = re.compile(r'(?<=^MERMAID_VERSION: Final = ")[^"]+', re.MULTILINE)


def loosen(root: Path) -> None:
    """Let every direct pin of a Python package be its version or a newer one."""
    for name in PINS:
        file = root / name
        file.write_text(_EXACT.sub(r"\1>=\2", file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def use_mermaid(root: Path, version: str) -> str:
    """Make the renderer expect this version of Mermaid; return the version that it expected."""
    file = root / RENDERER
    text = file.read_text(encoding="utf-8")
    (before,) = _MERMAID.findall(text)
    file.write_text(_MERMAID.sub(version, text), encoding="utf-8", newline="\n")
    return str(before)


def main() -> int:
    """Rewrite the pins and say the versions of Mermaid; `make requirements UPGRADE=1` follows. Returns 0."""
    loosen(ROOT)
    node = find_node(ROOT)
    newest = ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "mermaid@latest"]
    subprocess.run([node, npm_of(node), *newest], cwd=ROOT, env=npm_environ(), check=True, stdout=subprocess.DEVNULL)
    version = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]["mermaid"]
    print(f"mermaid {use_mermaid(ROOT, version)} -> {version}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
