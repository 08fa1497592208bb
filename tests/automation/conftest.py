"""A stand-in for gh, GitHub's own program: it answers from a file, writes into it, and notes what it was asked."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

#: Answers as gh 2 does: `list` with --json prints an array, `create` an address, the others nothing.
PROGRAM = """
import json, sys
from pathlib import Path

file = Path(__file__).with_name("state.json")
state = json.loads(file.read_text(encoding="utf-8"))
kind, verb, *rest = sys.argv[1:]
options = {name: value for name, value in zip(rest, rest[1:]) if name.startswith("--")}
state["asked"].append([kind, verb, *rest])
items = state.setdefault(kind, [])
if verb == "list":
    fields = options["--json"].split(",")
    shown = [item for item in items if item.get("state", "OPEN") == "OPEN"]
    if "--app" in options:
        shown = [item for item in shown if item["author"] == "app/" + options["--app"]]
    if "--head" in options:
        shown = [item for item in shown if item["headRefName"] == options["--head"]]
    print(json.dumps([{name: item[name] for name in fields} for item in shown]))
elif verb == "create":
    number = max([item["number"] for item in items], default=6) + 1
    body = Path(options["--body-file"]).read_text(encoding="utf-8")
    items.append({"number": number, "title": options["--title"], "body": body, "state": "OPEN",
                  "author": "app/github-actions", "headRefName": options.get("--head"), "isCrossRepository": False})
    print(f"https://github.com/example/handbook/{kind}s/{number}")
elif verb in ("edit", "close"):
    (item,) = [item for item in items if str(item["number"]) == rest[0]]
    if verb == "close":
        item["state"], item["comment"] = "CLOSED", options["--comment"]
    else:
        item["body"] = Path(options["--body-file"]).read_text(encoding="utf-8")
elif verb == "download":
    (item,) = [item for item in items if str(item["databaseId"]) == rest[0]]
    if options["--name"] not in item["artifacts"]:
        sys.exit("no artifact matches any of the names or patterns provided")
    folder = Path(options["--dir"])
    folder.mkdir(parents=True)
    (folder / "book.pdf").write_text("a book", encoding="utf-8")
else:
    sys.exit(f"unknown command {kind} {verb}")
file.write_text(json.dumps(state), encoding="utf-8")
"""


@dataclass
class GitHub:
    """What the stand-in knows."""

    folder: Path

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        return found

    def has(self, **kinds: list[dict[str, Any]]) -> None:
        """Begin with these issues (`issue`), pull requests (`pr`) and workflow runs (`run`)."""
        (self.folder / "state.json").write_text(json.dumps({"asked": [], **kinds}), encoding="utf-8")

    def all(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.state.get(kind, [])
        return found


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitHub:
    """A GitHub without anything, which `gh` asks."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "gh"
    program.write_text(f"#!{sys.executable}\n{PROGRAM}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    found = GitHub(folder)
    found.has()
    return found
