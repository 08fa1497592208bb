"""A drawing: what is to be drawn, and whether its committed SVG still shows that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Drawing:
    """A Mermaid source in one language, with title and description for screen readers."""

    name: str
    language: str
    source: str
    title: str
    description: str

    @property
    def filename(self) -> str:
        return f"{self.name}.{self.language}.svg"


def is_current(drawing: Drawing, file: Path) -> bool:
    return file.exists()
