"""Rules for pages: each has a page that breaks it and one that keeps it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import load
from handbook.rules import AvoidedWords, page_problems, vague_links
from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.conftest import TinyProject


RIGHT_META = "myst:\n  html_meta:\n    description: 説明です。"


def problems(project: TinyProject) -> list[str]:
    words = AvoidedWords(load(project.root / "knowledge"))
    return [str(problem) for problem in page_problems(project.root / "docs", project=project.root, words=words)]


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write("docs/index.md", "(home)=\n# はじめに\n")
    tiny_project.write(
        "knowledge/terms.yaml",
        """
        - id: term-unfccc
          name: 国連気候変動枠組条約
          name_en: United Nations Framework Convention on Climate Change
          reading: こくれんきこうへんどうわくぐみじょうやく
          summary: 条約。
          group: g
          sources: [a]
          avoid:
          - {form: 枠組み条約, why: 正式名に送りがなはない}
          - {form: 市長（知事も含む場合）, why: 知事が抜ける}
        """,
    )
    return tiny_project


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("本文の\n続きです。", 5, "the line goes on a paragraph"),
        ("- 項目の\n  続きです。", 5, "the line goes on a paragraph"),
        (":::{note}\n注意の\n続きです。\n:::", 6, "the line goes on a paragraph"),
        ("語\n: 説明の\n  続きです。", 6, "the line goes on a paragraph"),
        ("## 見出し", 4, "the heading has no label"),
        ("(part)=\n\n本文です。\n\n## 見出し", 8, "the heading has no label"),
        ("(home)=\n## 見出し", 4, "the label 'home' stands in index.md, too"),
        ("(Home_Part)=\n## 見出し", 4, "the label 'Home_Part' is not in kebab-case"),
        ("会員は{{ members }}です。", 4, "substitutions do not reach translators"),
        ("[会員](other.md#会員の数)を見ます。", 4, "'#会員の数' is the label of no heading"),
        ("[会員](#会員の数)を見ます。", 4, "'#会員の数' is the label of no heading"),
        ("文です{cite} `a`。", 4, "readers would see '{cite}'"),
        ("文です{cite}`a。", 4, "readers would see '{cite}'"),
        ("文です。\n\n文です｛cite｝`a`。", 6, "readers would see '｛cite｝'"),
        ("(part)=\n# 見出し", 5, "the page has a second title"),
        ("![](map.png)", 4, "the picture map.png has no text in its place"),
        ("```{figure} map.png\n説明です。\n```", 4, "the picture has no text in its place"),
        ("くわしくは[こちら](other.md)です。", 4, "the link text 'こちら' says nothing by itself"),
        ("一行目です。\\\n[詳細](other.md)", 5, "the link text '詳細' says nothing by itself"),
        ("{record}`ここ <term-unfccc>`にあります。", 4, "the link text 'ここ' says nothing by itself"),
        ("国連気候変動枠組み条約です。", 4, "the glossary says to avoid '枠組み条約' (正式名に送りがなはない)"),
        (":::{note}\n枠組み条約です。\n:::", 5, "the glossary says to avoid '枠組み条約'"),
        (":::{table} 題\n| 年 |\n|---|\n| 値 |\n:::", 5, "translators do not see a Markdown table inside {table}"),
        (":::{note}\n| 年 |\n|---|\n| 値 |\n:::", 5, "translators do not see a Markdown table inside {note}"),
        ("| 年 | 値 |\n| 1990 | 1 |", 5, "this row is in no table"),
        ("| 年 | 値 |\n|---|---|\n| 1990 |", 6, "the row has 1 cells, but the table has 2 columns"),
        ("| 年 | 値 |\n|---|---|\n| 1990 | 1 | 2 |", 6, "the row has 3 cells, but the table has 2 columns"),
        ("```{note}\n注意です。", 4, "'```' begins here and never ends"),
        (":::{note}\n注意です。", 4, "':::' begins here and never ends"),
        ("```{note}", 4, "'```' begins here and never ends"),
        ("<p>本文です。</p>", 4, "pages have no HTML: <p>本文です。</p>"),
        ("```{parsed-literal}\n本文です。\n```", 4, "translators do not see text in {parsed-literal}"),
        ("```{raw} html\n本文です。\n```", 4, "{raw} cannot be used in a page"),
    ],
)
def test_a_fault_is_told_with_its_line_and_a_remedy(project: TinyProject, text: str, line: int, told: str) -> None:
    project.write("docs/other.md", f"(other)=\n# 別のページ\n\n{text}\n")

    found = problems(project)

    assert len(found) == 1, found
    assert found[0].startswith(f"docs/other.md:{line}: {told}")
    assert ". To mend it: " in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "本文です。\n\n次の段落です。",
        "文です{cite}`a`。役割は`{cite}`、言葉は[Urban]{.language-en}です。",
        "一行目です。\\\n二行目です。",
        "- 項目です。\n- 次の項目です。",
        "(other-part)=\n## 見出し",
        "```{code-block} python\nvalue = '{{ x }}'\nmore()\n```",
        "[はじめに](index.md#home)と[](index.md)を見ます。",
        "[外のページ](https://example.org/page#節)を見ます。",
        "![世界の地図](map.png)",
        "```{figure} map.png\n:alt: 世界の地図\n\n説明です。\n```",
        "{record}`term-unfccc`と{record}`条約 <term-unfccc>`です。",
        "国連気候変動枠組条約を「枠組み条約」と呼ぶ資料があります。",
        "| 古い資料の名前 |\n|---|\n| 枠組み条約 |",
        "市長が参加しました。",
        "| 年 |\n|---|\n| 値 |",
        "| 年 | 値 |\n|---|---|\n| 1990\\|1991 | |",
        "- 項目です。\n\n  ```{note}\n  注意です。\n  ```",
        "````{note}\n```{note}\n注意です。\n```\n````",
        "- 項目です。\n\n  | 年 |\n  |---|\n  | 値 |",
        "```{list-table} 題\n* - 年\n  - 値\n* - 1990\n  - 1\n```",
        "```{csv-table} 題\n年,値\n1990,1\n```",
        "% 覚え書き",
    ],
)
def test_a_page_that_keeps_the_rules_is_fine(project: TinyProject, text: str) -> None:
    project.write("docs/other.md", f"(other)=\n# 別のページ\n\n{text}\n")

    assert problems(project) == []


@pytest.mark.parametrize(
    ("meta", "line", "told"),
    [
        ("myst:\n  html_meta:\n    descripton: 説明です。", 4, "'descripton' may not stand before a page"),
        ("myst:\n  html_meta: " + "[" * 3000 + "]" * 3000, 3, "lists lie too deep in each other"),
        ("myst:\n  html_meta:", 1, "the page has no description"),
        ("myst: 説明です。", 1, "the page has no description"),
        ("myst:\n  html_meta:\n\tdescription: 説明です。", 4, "what stands before the page is not valid YAML"),
        ("myst:\n  html_meta:\n    description: 説明: です。", 4, "what stands before the page is not valid YAML"),
    ],
)
def test_a_fault_before_the_title_is_told(project: TinyProject, meta: str, line: int, told: str) -> None:
    page = project.write("docs/other.md", "")
    page.write_text(f"---\n{meta}\n---\n(other)=\n# 別のページ\n", encoding="utf-8")

    (problem,) = problems(project)

    assert problem.startswith(f"docs/other.md:{line}: {told}")

    page.write_text(page.read_text(encoding="utf-8").replace(meta, RIGHT_META), encoding="utf-8")
    assert problems(project) == []


@pytest.mark.parametrize("name", ["Other.md", "other_page.md", "会員.md", "Part/other.md"])
def test_a_file_name_that_makes_a_bad_address_is_told(project: TinyProject, name: str) -> None:
    project.write(f"docs/{name}", "(other)=\n# 別のページ\n")

    assert [problem.split(": ")[0] for problem in problems(project)] == [f"docs/{name}:1"]


def test_link_texts_of_translations_say_where_they_lead() -> None:
    assert vague_links("See [here](a.md), [this page.](b.md) or [Members](c.md).") == ["here", "this page."]


def test_a_record_that_uses_a_word_to_avoid_is_told_and_one_that_quotes_it_is_fine(project: TinyProject) -> None:
    project.write(
        "knowledge/partners.yaml",
        """
        - {id: one, kind: network, name: 事務局, summary: 枠組み条約の事務局です。, sources: [a]}
        - {id: two, kind: network, name: 事務局, summary: 「枠組み条約」の事務局です。, sources: [a]}
        """,
    )
    found = [str(problem) for problem in AvoidedWords(load(project.root / "knowledge")).in_records()]

    assert len(found) == 1, found
    assert found[0].startswith("knowledge/partners.yaml:1: record 'one': field 'summary': the glossary says to avoid")


def test_what_is_refused_as_hidden_from_translators_is_hidden_and_what_is_advised_is_not(project: TinyProject) -> None:
    project.write("docs/index.md", "(home)=\n# はじめに\n\n```{toctree}\n:glob:\n\n*\n```\n")
    table = "| 隠れた欄 |\n|---|\n| 隠れた値 |"
    project.write(
        "docs/other.md",
        f"(other)=\n# 別のページ\n\n:::{{table}} 表\n{table}\n:::\n\n:::{{note}}\n{table}\n:::\n\n"
        "<p>隠れた段落</p>\n\n```{parsed-literal}\n隠れた文\n```\n\n```{raw} html\n隠れた文\n```\n\n"
        "```{list-table} 見える題\n* - 見える欄\n  - 見える値\n```\n\n```{csv-table}\n見える一,見える二\n```\n",
    )

    template = (project.build(builder="gettext").output / "other.pot").read_text(encoding="utf-8")

    assert "隠れた" not in template
    assert re.findall(r'"(見える.*)"', template) == ["見える題", "見える欄", "見える値", "見える一", "見える二"]
    assert len(problems(project)) == 5


def test_the_pages_and_records_of_the_handbook_keep_the_rules() -> None:
    words = AvoidedWords(load(ROOT / "knowledge"))
    found = [*page_problems(ROOT / "docs", project=ROOT, words=words), *words.in_records()]
    assert not found, "\n".join(str(problem) for problem in found)
