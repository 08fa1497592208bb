"""The rooms of `handbook/` are as README.md lists them: each uses only those above it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOMS = sorted(folder.name for folder in (ROOT / "handbook").iterdir() if any(folder.glob("*.py")))


def listed(heading: str) -> list[str]:
    """Return the rooms in the table under a heading of README.md, in its order."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"### {heading}\n")[2].partition("\n### ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize("heading", ["しくみ", "How it works"])
def test_the_readme_lists_every_room(heading: str) -> None:
    assert sorted(listed(heading)) == ROOMS


def test_both_languages_list_them_in_the_same_order() -> None:
    assert listed("しくみ") == listed("How it works")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_rooms_above_it(room: str) -> None:
    order = listed("しくみ")
    above = {room, *order[: order.index(room)]}
    assert not {
        f"{file.relative_to(ROOT)}: {other}"
        for file in (ROOT / "handbook" / room).rglob("*.py")
        for other in rooms_used(file)
        if other not in above
    }


def rooms_used(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom) and node.module == "handbook":
            modules = [f"handbook.{alias.name}" for alias in node.names]
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (module.split(".")[1] for module in modules if module.startswith("handbook."))
