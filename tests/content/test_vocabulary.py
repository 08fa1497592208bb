"""Every value of a closed list has a word that readers see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args, get_origin

import pytest

from handbook.knowledge import Body, Office, Partner, Programme, Record, Tenure

if TYPE_CHECKING:
    from tests.conftest import TinyProject


def closed_list(record_type: type[Record], field: str) -> list[str]:
    """Return the values that a field may have."""

    def values(annotation: object) -> list[str]:
        if get_origin(annotation) is Literal:
            return list(get_args(annotation))
        return [value for inner in get_args(annotation) for value in values(inner)]

    return [value for value in values(record_type.model_fields[field].annotation) if value != "unknown"]


@pytest.mark.parametrize(
    ("record_type", "field"),
    [
        (Office, "kind"),
        (Programme, "kind"),
        (Programme, "status"),
        (Programme, "iclei_role"),
        (Programme, "pathways"),
        (Partner, "kind"),
        (Body, "function"),
        (Tenure, "post"),
    ],
)
def test_a_value_is_shown_as_a_japanese_word(tiny_project: TinyProject, record_type: type[Record], field: str) -> None:
    tiny_project.source("a")
    values = closed_list(record_type, field)
    needed = {Body: {"function": "runs"}, Programme: {"kind": "tool"}}
    records = []
    for number, value in enumerate(values):
        fields = needed.get(record_type, {}) | {field: f"[{value}]" if field == "pathways" else value}
        given = "".join(f"  {name}: {text}\n" for name, text in fields.items())
        records.append(f"- id: r{number}\n  name: 記録{number}\n  summary: 内容\n  sources: [a]\n{given}")
    tiny_project.write(f"knowledge/{record_type.collection}.yaml", "".join(records))
    tiny_project.write(
        "docs/index.md",
        f"# はじめに\n\n```{{record-table}} {record_type.__name__.lower()}\n"
        f":columns: name, {field.replace('_', '-')}\n```\n",
    )

    cells = [cell.get_text().strip() for cell in tiny_project.build().page().select("tbody td")]

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
