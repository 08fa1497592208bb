"""The pages that speak of a record, listed where it is described."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject


def mentions(build: Build, record: str, docname: str = "bodies") -> list[str]:
    """Return the pages listed below a record."""
    home = build.page(docname).find(id=record)
    assert home is not None
    return [link.get_text() for link in home.select(".mentions a")]


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - {id: council, name: イクレイ議会, summary: 代表です。, sources: [a], function: decides}
        - {id: committee, name: 世界理事会, summary: 運営です。, sources: [a], function: runs}
        """,
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\n:glob:\n*\n```\n")
    tiny_project.write(
        "docs/bodies.md",
        "# 組織\n\n```{record} council\n```\n\n```{record} committee\n```\n\n{record}`council`です。\n",
    )
    tiny_project.write("docs/meeting.md", "# 会議\n\n{record}`council`が開きます。\n")
    tiny_project.write("docs/charter.md", "# 憲章\n\n{record}`council`が改めます。\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")
    return tiny_project


def test_a_record_lists_the_other_pages_that_link_to_it(project: TinyProject) -> None:
    build = project.build()
    assert not build.warnings
    assert mentions(build, "council") == ["憲章", "会議"]
    assert mentions(build, "committee") == []


def test_the_links_lead_to_those_pages(project: TinyProject) -> None:
    links = project.build().page("bodies").select("#council .mentions a")
    assert [link["href"] for link in links] == ["charter.html", "meeting.html"]


def test_rows_of_a_table_with_anchors_list_them_too(project: TinyProject) -> None:
    project.write(
        "docs/bodies.md", "# 組織\n\n```{record-table} body\n:columns: name, summary, sources\n:anchors:\n```\n"
    )
    build = project.build()
    assert mentions(build, "council") == ["憲章", "会議"]
    cell = build.page("bodies").select_one("#council td:has(.mentions)")
    assert cell is not None
    assert cell.get_text().startswith("代表です。")


def test_a_page_that_begins_or_ceases_to_mention_a_record_changes_the_list(project: TinyProject) -> None:
    project.build()
    project.write("docs/meeting.md", "# 会議\n\n{record}`committee`が開きます。\n")
    build = project.build()
    assert build.read == ["meeting"]
    assert mentions(build, "council") == ["憲章"]
    assert mentions(build, "committee") == ["会議"]


def test_a_long_list_is_cut_with_the_number_left_out(project: TinyProject) -> None:
    for number in range(1, 8):
        project.write(f"docs/page-{number}.md", f"# ページ{number}\n\n{{record}}`council`です。\n")
    build = project.build()
    assert len(mentions(build, "council")) == 6
    home = build.page("bodies").find(id="council")
    assert home is not None
    assert home.get_text().strip().endswith("、ほか3ページ")


def test_the_list_is_in_the_language_of_the_page(project: TinyProject) -> None:
    project.catalogue("handbook", {"ふれているページ：": "Mentioned in: ", "、": ", "})
    project.catalogue("charter", {"憲章": "Charter"})
    line = project.build("en").page("bodies").select_one("#council .mentions")
    assert line is not None
    assert line.get_text() == "Mentioned in: Charter, 会議"
