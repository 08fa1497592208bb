"""Every value of a closed list has a word that readers see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import Tag

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.mark.parametrize(
    ("collection", "kind", "field", "values"),
    [
        (
            "offices",
            "office",
            "kind",
            ["world-secretariat", "regional-secretariat", "regional-office", "country-office", "project-office"],
        ),
        (
            "programmes",
            "programme",
            "kind",
            [
                "programme",
                "campaign",
                "platform",
                "standard",
                "tool",
                "initiative",
                "event",
                "service",
                "publication",
            ],
        ),
        ("programmes", "programme", "status", ["active", "ended"]),
        ("programmes", "programme", "iclei_role", ["lead", "co-lead", "founding-partner", "partner", "supporter"]),
        (
            "programmes",
            "programme",
            "pathways",
            ["low-emission", "nature-based", "circular", "resilient", "equitable"],
        ),
        (
            "partners",
            "partner",
            "kind",
            ["un-body", "un-convention", "un-conference", "un-process", "organization", "network"],
        ),
        ("bodies", "body", "function", ["members", "decides", "runs", "supports"]),
    ],
)
def test_a_value_is_shown_as_a_japanese_word(
    tiny_project: TinyProject, collection: str, kind: str, field: str, values: list[str]
) -> None:
    tiny_project.source("a")
    needed = {"bodies": {"function": "runs"}, "offices": {}, "programmes": {"kind": "tool"}, "partners": {}}
    items = []
    for number, value in enumerate(values):
        fields = needed[collection] | {field: f"[{value}]" if field == "pathways" else value}
        given = "".join(f"  {name}: {text}\n" for name, text in fields.items())
        items.append(f"- id: r{number}\n  name: 記録{number}\n  summary: 内容\n  sources: [a]\n{given}")
    tiny_project.write(f"knowledge/{collection}.yaml", "".join(items))
    column = field.replace("_", "-")
    tiny_project.write("docs/index.md", f"# はじめに\n\n```{{record-table}} {kind}\n:columns: name, {column}\n```\n")

    build = tiny_project.build()

    cells = [cell.get_text().strip() for cell in build.page().select("tbody td") if isinstance(cell, Tag)]
    assert len(cells) == len(set(cells)) == len(values)
    assert all(cell and not cell.isascii() for cell in cells)


def test_an_unknown_status_is_not_shown(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/programmes.yaml",
        """
        - {id: one, name: 一, summary: 内容, sources: [a], kind: tool, status: unknown}
        - {id: two, name: 二, summary: 内容, sources: [a], kind: tool, status: ended}
        """,
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record-table} programme\n:columns: name, status\n```\n")

    cells = [cell.get_text().strip() for cell in tiny_project.build().page().select("tbody td")]

    assert cells == ["", "終了"]
