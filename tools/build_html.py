"""Builds the pages alone, as `make` does before it makes the books: what `make bench` compares with other tools."""

from __future__ import annotations

from pathlib import Path

from handbook.commands.project import Project
from handbook.commands.turns import build_in_turn

if __name__ == "__main__":
    raise SystemExit(build_in_turn(Project(Path.cwd()), "html"))
