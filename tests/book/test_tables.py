"""Tables of records in the PDF: what stands below the rest of a cell there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf

if TYPE_CHECKING:
    from tests.conftest import TinyProject


def test_a_second_name_and_the_date_of_a_statement_have_lines_of_their_own(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/tenures.yaml",
        "- {id: one, name: 人, name_en: Person, post: president, as_of: 2024, since: 2020, sources: [a]}\n",
    )
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{record-table} tenure\n:columns: name, sources, since\n:anchors:\n```\n\n```{bibliography}\n```\n",
    )
    build = tiny_project.build(builder="typst")
    assert build.warnings == []
    (file,) = build.output.glob("*.pdf")
    lines = [line.strip() for page in pypdf.PdfReader(file).pages for line in page.extract_text().splitlines()]
    assert "人" in lines
    assert "Person" in lines
    assert [line.replace(" ", "") for line in lines].count("2024年時点") == 1
