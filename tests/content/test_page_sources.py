"""The sources at the end of a page, and sources that nobody cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a", "b")
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n```{toctree}\npage\nplain\nsources\n```\n\n先頭です{cite}`b`。\n"
    )
    tiny_project.write("docs/page.md", "# ページ\n\n一つ目です{cite}`b`。\n\n二つ目です{cite}`a,b`。\n")
    tiny_project.write("docs/plain.md", "# 出典なし\n\n文です。\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n:all:\n```\n")
    return tiny_project


def test_a_page_ends_with_the_sources_it_cites_each_once_and_in_the_order_of_their_numbers(
    project: TinyProject,
) -> None:
    build = project.build()
    assert not build.warnings
    entries = build.page("page").select("section#page-sources > ul > li")
    assert [entry.get_text().split(". ")[0].split("。")[0] for entry in entries] == ["[1] Page a", "[2] Page b"]
    assert len(build.page("index").select("section#page-sources li")) == 1


def test_a_citation_leads_to_the_entry_of_its_page_and_the_entry_back_to_the_first_citation(
    project: TinyProject,
) -> None:
    page = project.build().page("page")
    citations = page.select("p a[href='#cited-b']")
    assert [link.get_text() for link in citations] == ["2", "2"]
    entry = page.select_one("li#cited-b")
    assert entry is not None
    back = entry.select("a")[-1]
    target = page.find(id=str(back["href"])[1:])
    assert target is not None
    assert target.find("a") is citations[0]


def test_the_number_of_an_entry_leads_to_the_full_list(project: TinyProject) -> None:
    build = project.build()
    number = build.page("page").select_one("li#cited-a a")
    assert number is not None
    assert number["href"] == "sources.html#source-a"
    assert build.page("sources").find(id="source-a")


def test_a_page_without_citations_and_the_full_list_have_no_such_section(project: TinyProject) -> None:
    build = project.build()
    assert not build.page("plain").select("#page-sources")
    assert not build.page("sources").select("#page-sources")


def test_the_heading_is_in_the_language_of_the_page(project: TinyProject) -> None:
    project.catalogue("handbook", {"このページの出典": "Sources of this page"})
    heading = project.build("en").page("page").select_one("#page-sources h2")
    assert heading is not None
    assert heading.get_text().startswith("Sources of this page")


def test_a_new_source_renumbers_the_entries_of_pages_that_did_not_change(project: TinyProject) -> None:
    project.build()
    project.source("Aa")
    project.replace("docs/plain.md", "文です。", "文です{cite}`Aa`。")
    entries = project.build().page("page").select("#page-sources li")
    assert [entry.get_text().split(" ")[0] for entry in entries] == ["[2]", "[3]"]


def test_a_source_that_no_page_cites_is_reported_with_its_line(project: TinyProject) -> None:
    project.replace("conf.py", 'suppress_warnings = ["handbook.uncited-source"]\n', "")
    project.source("c")
    (warning,) = project.build().warnings
    assert "knowledge/sources.bib:17: WARNING: no page cites the source 'c'; cite it, or remove the entry" in warning


def test_a_citation_without_a_source_is_reported(project: TinyProject) -> None:
    project.replace("docs/plain.md", "文です。", "文です{cite}`nobody`。")
    assert any('could not find bibtex key "nobody"' in warning for warning in project.build().warnings)
