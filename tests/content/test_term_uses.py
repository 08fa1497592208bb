"""Glossary terms in running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.content.term_uses import term_use

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject

PAGE = """
# 憲章のページ

憲章は**憲章**です。持続可能な開発と開発です。`憲章`

| 憲章 |
| --- |
| 開発 |

[憲章](https://example.org/)
"""


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/terms.yaml",
        """
        - {id: term-charter, name: 憲章, name_en: Charter, reading: けんしょう, summary: 決まり, sources: [a], group: g}
        - {id: term-development, name: 開発, name_en: development, reading: かいはつ, summary: 進むこと, sources: [a], group: g}
        - id: term-sustainable
          name: 持続可能な開発
          name_en: sustainable development
          reading: じぞくかのうなかいはつ
          summary: 続く開発
          sources: [a]
          group: g
        """,
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\n:glob:\n*\n```\n")
    tiny_project.write("docs/page.md", PAGE)
    tiny_project.write("docs/terms.md", "# 用語\n\n憲章です。\n\n```{term-list}\n```\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")
    return tiny_project


def linked(build: Build, docname: str = "page") -> list[str]:
    return [node.astext() for node in build.doctree(docname).findall(term_use)]


def test_the_first_use_of_a_term_on_a_page_is_linked_and_the_longest_term_wins(project: TinyProject) -> None:
    build = project.build(builder="text")
    assert not build.warnings
    assert linked(build) == ["憲章", "持続可能な開発", "開発"]


def test_headings_tables_code_and_links_are_left_alone(project: TinyProject) -> None:
    project.write(
        "docs/page.md", "# 憲章のページ\n\n`憲章`\n\n| 憲章 |\n| --- |\n| 憲章 |\n\n[憲章](https://example.org/)\n"
    )
    assert linked(project.build(builder="text")) == []


def test_the_glossary_itself_links_no_terms(project: TinyProject) -> None:
    assert linked(project.build(builder="text"), "terms") == []


def test_english_terms_are_found_as_whole_words_in_any_case_and_number(project: TinyProject) -> None:
    names = {"憲章": "charter", "持続可能な開発": "sustainable development", "開発": "development"}
    project.catalogue("knowledge", names)
    project.write("docs/page.md", "# ページ\n\n文です。\n")
    project.catalogue("page", {"文です。": "Chartered redevelopment. Charters differ. Sustainable development."})
    assert linked(project.build("en", builder="text")) == ["Charters", "Sustainable development"]


def test_a_piece_of_a_longer_word_or_name_is_left_alone(project: TinyProject) -> None:
    project.write("docs/page.md", "# ページ\n\n再開発と憲章案の文です。開発です。\n")
    assert linked(project.build(builder="text")) == ["開発"]
    project.catalogue("knowledge", {"憲章": "charter", "開発": "development"})
    project.catalogue(
        "page",
        {"再開発と憲章案の文です。開発です。": "The Development Bank and the Bank of Development, to charter a ship."},
    )
    assert linked(project.build("en", builder="text")) == []


def test_an_everyday_word_is_not_linked(project: TinyProject) -> None:
    project.replace("knowledge/terms.yaml", "name: 開発,", "name: 開発, everyday: true,")
    assert linked(project.build(builder="text")) == ["憲章", "持続可能な開発"]


def test_passages_in_another_language_are_left_alone(project: TinyProject) -> None:
    project.write("docs/page.md", "# ページ\n\n[憲章]{.language-zh}です。\n")
    assert linked(project.build(builder="text")) == []


def test_the_word_carries_the_definition_in_the_language_of_the_page(project: TinyProject) -> None:
    project.catalogue("knowledge", {"憲章": "Charter", "決まり": "The rules"})
    project.catalogue("page", {"憲章は**憲章**です。持続可能な開発と開発です。`憲章`": "The Charter."})
    (use,) = project.build("en", builder="text").doctree("page").findall(term_use)
    assert (use["definition"], use["definition_language"]) == ("The rules", "en")


def test_a_term_that_is_called_otherwise_reaches_the_pages_that_use_the_new_word(project: TinyProject) -> None:
    project.build(builder="text")
    project.replace("knowledge/terms.yaml", "name: 持続可能な開発", "name: 持続可能")
    assert linked(project.build(builder="text")) == ["憲章", "持続可能", "開発"]


def test_a_changed_definition_reaches_the_pages_that_use_the_term(project: TinyProject) -> None:
    project.build(builder="text")
    project.replace("knowledge/terms.yaml", "summary: 決まり", "summary: 約束")
    build = project.build(builder="text")
    assert "page" in build.read
    assert next(build.doctree("page").findall(term_use))["definition"] == "約束"
