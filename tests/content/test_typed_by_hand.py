"""Names, dates and numbers that a page types by hand although a record has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a", "b")
    tiny_project.write(
        "knowledge/programmes.yaml",
        """
        - {id: ccp, name: 気候変動防止都市, summary: 活動です。, sources: [a], kind: campaign, since: 1993-01}
        """,
    )
    tiny_project.write(
        "knowledge/terms.yaml",
        "- {id: inventory, name: 排出目録, name_en: inventory, group: climate, reading: はいしゅつもくろく, summary: 一覧です。, sources: [a]}\n",
    )
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 自治体数
          pattern: "{value}の自治体"
          observations:
            - {value: 2500, qualifier: more-than, as_of: 2025-09, sources: [a]}
            - {value: 200, as_of: 1990-09, sources: [a]}
        """,
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\npage\nrecords\n```\n")
    tiny_project.write(
        "docs/records.md",
        "# 記録\n\n```{record} ccp\n```\n\n```{observations} members\n```\n\n```{term-list}\n```\n\n```{bibliography}\n```\n",
    )
    return tiny_project


@pytest.mark.parametrize(
    ("sentence", "typed", "role"),
    [
        ("{record}`ccp`は1993年1月に始まりました。", "1993年1月", "{date}`ccp.since`"),
        ("{record}`活動 <ccp>`は1993年1月に始まりました。", "1993年1月", "{date}`ccp.since`"),
        ("2,500以上の自治体が加わっています。", "2,500以上の自治体", "{value}`members@2025-09`"),
        ("気候変動防止都市が始まりました。", "気候変動防止都市", "{record}`ccp`"),
        ("1993年1月のことです{cite}`a`。", "1993年1月", "{date}`ccp.since`"),
        ("200の自治体が加わっています{cite}`b,a`。", "200の自治体", "{value}`members@1990-09`"),
    ],
)
def test_what_a_record_says_is_reported_with_line_and_role(
    project: TinyProject, sentence: str, typed: str, role: str
) -> None:
    project.write("docs/page.md", f"# ページ\n\n前の文です。\n\n文です。{sentence}\n")
    (warning,) = project.build().warnings
    assert warning.startswith(
        f"docs/page.md:5: WARNING: '{typed}' is typed by hand, but stands in a record; write {role}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{record}`ccp`は{date}`ccp.since`に始まりました。",
        "{record}`ccp`です。1993年1月のことです。",
        "1993年1月のことです。",
        "{record}`ccp`は1994年に広がりました。",
        "{record}`ccp`は1993年1月20日に発表されました。",
        "200の自治体が加わっています。",
        "200の自治体が加わっています{cite}`b`。",
        "1,200の自治体が加わっています{cite}`a`。",
        "1993年のことです{cite}`a`。",
        "{value}`members`が加わっています。",
        "```text\n{record}`ccp` 1993年1月\n```",
        "## 気候変動防止都市\n\n見出しの名前です。",
        "手紙では「気候変動防止都市」と呼んでいました。",
        "{record}`気候変動防止都市 <ccp>`です。",
        "排出目録をつくりました。",
    ],
)
def test_roles_and_other_dates_are_fine(project: TinyProject, text: str) -> None:
    project.write("docs/page.md", f"# ページ\n\n{text}\n")
    assert not project.build().warnings
