"""Tables: header rows that come again on each page, cells that span; how wide columns are is a matter of `columns`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from handbook.typst.columns import LINE, column_widths, table_height
from handbook.typst.markup import call

if TYPE_CHECKING:
    from docutils.nodes import Element

    from handbook.typst.figures import FigureMethods

#: A cell that may fill a page by itself may be broken between pages.
_TALL = 1500
#: A table that is lower, in em of its type, is not broken between pages.
_LOW = 26
_ALIGNMENTS = {"text-left": "left", "text-center": "center", "text-right": "right"}


def write_table(writer: FigureMethods, table: Element) -> str:
    """Return the source of a table, with its caption where it has one."""
    caption = ""
    for title in table.children:
        if isinstance(title, nodes.title):
            caption = writer.caption(title, table)
    group = next(child for child in table.children if isinstance(child, nodes.tgroup))
    columns = [child for child in group.children if isinstance(child, nodes.colspec)]
    stubs = [bool(column.get("stub")) for column in columns]
    head = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
    body = [row for part in group.children if isinstance(part, nodes.tbody) for row in part.children]
    if "colwidths-given" in table["classes"]:
        shares = [f"{column['colwidth']}fr" for column in columns]
        total = sum(column["colwidth"] for column in columns)
        widths = [LINE * column["colwidth"] // total for column in columns]
    else:
        widths = column_widths(len(columns), [*head, *body], writer.config.typst_sizes)
        # Half an em is a Latin letter; what stands in bold type takes a little more.
        small = sum(widths) < LINE * 0.65
        shares = [f"{width / 2 + 0.5}em" if small else f"{width}fr" for width in widths]
    arguments = [f"columns: ({', '.join(shares)},)"]
    once: list[str] = []
    if head:
        writer.once = once
        arguments.append(f"table.header({', '.join(_cells(writer, head, stubs, header=True))})")
        writer.once = None
    arguments += _cells(writer, body, stubs, header=False)
    written = "".join(once) + call("table", *arguments)
    options = [f"caption: [{caption}]"] if caption else []
    if table_height(widths, [*head, *body], writer.config.typst_sizes) < _LOW:
        options.append("whole: true")
    return call("captioned", *options, body=written)


def _cells(writer: FigureMethods, rows: list[nodes.Node], stubs: list[bool], *, header: bool) -> list[str]:
    cells = []
    taken: dict[int, int] = {}
    for row in rows:
        assert isinstance(row, nodes.Element)
        at = 0
        before = writer.anchor(row)
        for entry in row.children:
            assert isinstance(entry, nodes.Element)
            while taken.get(at, 0):
                taken[at] -= 1
                at += 1
            text = writer.dressed(writer.blocks(entry.children), entry, "inline")
            if not header and at < len(stubs) and stubs[at]:
                text = call("stub", body=text)
            down, right = entry.get("morerows", 0), entry.get("morecols", 0)
            options = [f"rowspan: {down + 1}"] * bool(down) + [f"colspan: {right + 1}"] * bool(right)
            options += ["breakable: true"] * (len(entry.astext()) > _TALL)
            options += [f"align: {side}" for name, side in _ALIGNMENTS.items() if name in entry["classes"]]
            cells.append(f"table.cell({', '.join(options)})[{before}{text}]" if options else f"[{before}{text}]")
            before = ""
            for column in range(at, at + right + 1):
                taken[column] = taken.get(column, 0) + down if down else taken.get(column, 0)
            at += right + 1
        while taken.get(at, 0):
            taken[at] -= 1
            at += 1
    return cells
