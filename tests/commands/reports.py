"""Reads the reports that `make changes` and `make links` write in Markdown."""

from __future__ import annotations


def section(report: str, title: str) -> list[str]:
    """Return the lines of a section, by the English half of its title."""
    parts = {part.splitlines()[0].split(" / ")[-1]: part.splitlines()[2:] for part in report.split("\n## ")[1:]}
    return [line for line in parts.get(title, []) if line]
