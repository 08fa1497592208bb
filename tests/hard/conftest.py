"""A small project in a place that refuses things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hard.hostile import Place

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject


@pytest.fixture
def place(tiny_project: TinyProject, tmp_path: Path) -> Place:
    """Where the tiny project is built; it has a page, a record and a catalogue."""
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml", "- {id: council, name: 議会, summary: 代表です。, sources: [a], function: decides}\n"
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} council\n```\n\n```{bibliography}\n```\n")
    tiny_project.catalogue("index", {"はじめに": "Introduction"})
    return Place(tiny_project.root, tmp_path)
