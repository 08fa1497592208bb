"""Builds the pages alone, as `make` does before it makes the books: what `make bench` compares with other tools."""

from __future__ import annotations

from pathlib import Path

from handbook.commands import formats
from handbook.commands.building import build
from handbook.commands.project import Project

if __name__ == "__main__":
    raise SystemExit(build(Project(Path.cwd()), (formats.html,)))
