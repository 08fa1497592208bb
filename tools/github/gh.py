"""Calls git and gh, GitHub's own program, which every runner of GitHub Actions has."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The account that workflows act as.
BOT = "github-actions[bot]"
BOT_ADDRESS = "41898282+github-actions[bot]@users.noreply.github.com"


def run(*command: str) -> str:
    """Run a program and return what it prints. Raises `CalledProcessError`; its complaints go to stderr."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout


def numbers(kind: str, *filters: str, where: dict[str, Any]) -> Sequence[str]:
    """Return the numbers of the open issues or pull requests (`kind`: issue, pr) whose fields are as in `where`."""
    fields = ",".join(["number", *where])
    found = json.loads(run("gh", kind, "list", "--state", "open", "--limit", "200", "--json", fields, *filters))
    return [str(item["number"]) for item in found if all(item[name] == value for name, value in where.items())]
