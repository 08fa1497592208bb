"""The first page, `build/site/index.html`: a choice of language, without a script."""

from __future__ import annotations

from pathlib import Path


def write_entrance(site: Path, languages: list[str]) -> None:
    (site / "index.html").write_text("<a href=ja/index.html>ja</a>")
