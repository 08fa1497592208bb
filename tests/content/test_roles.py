"""Roles: names, figures, values, dates and years inside a sentence, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    """A body, a figure and a milestone; the bodies are described on the page `about`."""
    tiny_project.source("a", "b")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
        """,
    )
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 自治体数
          pattern: "{value}の自治体"
          observations:
            - value: 2500
              qualifier: more-than
              as_of: 2025-09
              sources: [a, b]
            - value: 1200
              qualifier: about
              as_of: 2018-06
              sources: [b]
            - value: 200
              key: at-the-founding
              sources: [b]
        """,
    )
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-founding
          name: 設立
          date: 1989/1992
          as_of: 2026-11-24
        """,
    )
    tiny_project.catalogue(
        "knowledge",
        {
            "イクレイ議会": "ICLEI Council",
            "会員を代表します。": "Represents the members.",
            "{value}の自治体": "{value} local governments",
        },
    )
    tiny_project.catalogue(
        "handbook",
        {
            "{amount}（{date}時点）": "{amount} (as of {date})",
            "{amount}（時点の記載なし）": "{amount} (undated)",
            "{value}以上": "more than {value}",
            "約{value}": "about {value}",
            "{start}～{end}": "{start} to {end}",
        },
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\nabout\npage\n```\n")
    tiny_project.write(
        "docs/about.md",
        "# 組織\n\n```{record} council\n```\n\n```{observations} members\n```\n\n```{bibliography}\n```\n",
    )
    return tiny_project


@pytest.mark.parametrize(
    ("typed", "japanese", "english"),
    [
        ("{record}`council`です。", "イクレイ議会です。", "The ICLEI Council."),
        ("{record}`議会 <council>`です。", "議会です。", "The council."),
        (
            "{figure}`members`です。",
            "2,500以上の自治体（2025年9月時点）[1, 2]です。",
            "more than 2,500 local governments (as of September 2025) [1, 2].",
        ),
        (
            "{figure}`members@2018-06`です。",
            "約1,200の自治体（2018年6月時点）[2]です。",
            "about 1,200 local governments (as of June 2018) [2].",
        ),
        (
            "{figure}`members@at-the-founding`です。",
            "200の自治体（時点の記載なし）[2]です。",
            "200 local governments (undated) [2].",
        ),
        ("{value}`members`です。", "2,500以上です。", "more than 2,500."),
        ("{value}`members@at-the-founding`です。", "200です。", "200."),
        ("{date}`era-founding`です。", "1989年～1992年です。", "1989–1992."),
        ("{date}`era-founding.as_of`です。", "2026年11月24日です。", "24 November 2026."),
        ("{year}`era-founding.as_of`です。", "2026年です。", "2026."),
        ("{year}`era-founding`です。", "1989年～1992年です。", "1989 to 1992."),
    ],
)
def test_a_role_comes_out_in_the_language_of_the_page(
    project: TinyProject, typed: str, japanese: str, english: str
) -> None:
    project.write("docs/page.md", f"# ページ\n\n{typed}\n")
    in_english = {
        "{record}`council`です。": "The {record}`council`.",
        "{record}`議会 <council>`です。": "The {record}`council <council>`.",
    }
    project.catalogue("page", {typed: in_english.get(typed, typed.replace("です。", "."))})

    ja, en = project.build("ja"), project.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    assert ja.sentences("page") == [japanese]
    assert en.sentences("page") == [english]


def test_the_name_of_a_record_links_to_where_it_is_described(project: TinyProject) -> None:
    project.write("docs/page.md", "# ページ\n\n{record}`council`と{record}`議会 <council>`\n")

    page = project.build().page("page")

    links = page.select("div.body p a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("about.html#council", "イクレイ議会"),
        ("about.html#council", "議会"),
    ]


def test_a_figure_links_to_its_history_and_its_numbers_to_their_sources(project: TinyProject) -> None:
    project.write("docs/page.md", "# ページ\n\n{figure}`members`\n")

    page = project.build().page("page")

    links = page.select("div.body p:not(#page-sources p) a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("about.html#members", "2,500以上の自治体（2025年9月時点）"),
        ("#cited-a", "1"),
        ("#cited-b", "2"),
    ]


def test_what_is_not_translated_comes_out_japanese_and_is_marked_so(project: TinyProject) -> None:
    project.catalogue("knowledge", {"会員を代表します。": "Represents the members."})
    project.write("docs/page.md", "# ページ\n\n{record}`council`、{figure}`members`\n")

    build = project.build("en")

    assert build.warnings == []
    marked = [
        (span.get_text(), span["lang"])
        for span in build.page("page").select("div.body p:not(#page-sources p) span[lang]")
    ]
    assert marked == [("イクレイ議会", "ja"), ("more than 2,500の自治体 (as of September 2025)", "ja")]


def test_a_guess_of_a_translation_is_never_shown(project: TinyProject) -> None:
    file = project.root / "locales/en/LC_MESSAGES/knowledge.po"
    text = file.read_text(encoding="utf-8").replace('msgid "イクレイ議会"', '#, fuzzy\nmsgid "イクレイ議会"')
    file.write_text(text, encoding="utf-8")
    project.write("docs/page.md", "# ページ\n\n{record}`council`\n")
    project.write(
        "locales/en/LC_MESSAGES/page.po",
        """
        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8\\n"

        #, fuzzy
        msgid "ページ"
        msgstr "A guess"
        """,
    )

    build = project.build("en")

    assert build.text("page") == "ページ¶ イクレイ議会"
    assert "ICLEI Council" not in build.text("about")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (
            "{record}`councli`",
            "no record has the id 'councli'; write 'council' if that is what you mean, "
            "else add it to a file in knowledge/ [handbook.unknown-record]",
        ),
        (
            "{record}`zzz`",
            "no record has the id 'zzz'; add it to a file in knowledge/ [handbook.unknown-record]",
        ),
        (
            "{figure}`member`",
            "no record has the id 'member'; write 'members' if that is what you mean, "
            "else add it to a file in knowledge/ [handbook.unknown-record]",
        ),
        (
            "{figure}`council`",
            "'council' is not a figure; use the role {record} for its name [handbook.bad-role]",
        ),
        (
            "{value}`members@2019`",
            "'members' has no observation '2019'; it has 2025-09, 2018-06, at-the-founding [handbook.bad-role]",
        ),
        (
            "{date}`era-founding.since`",
            "'era-founding.since' is not a date; dates of this record: era-founding.as_of, era-founding.date "
            "[handbook.bad-role]",
        ),
        ("{year}`council`", "'council' is not a date; dates of this record: none [handbook.bad-role]"),
        (
            "{date}`era-foundin`",
            "no record has the id 'era-foundin'; write 'era-founding' if that is what you mean, "
            "else add it to a file in knowledge/ [handbook.unknown-record]",
        ),
    ],
)
def test_a_mistake_in_a_role_is_told_with_its_line_and_remedy_and_shown_as_typed(
    project: TinyProject, typed: str, problem: str
) -> None:
    project.write("docs/page.md", f"# ページ\n\n文です。\n\n{typed}を見てください。\n")

    build = project.build()

    assert build.warnings == [f"docs/page.md:5: WARNING: {problem}"]
    assert typed.partition("`")[2].rstrip("`") in build.text("page")


def test_a_mistake_in_a_translated_role_is_told_with_the_page(project: TinyProject) -> None:
    project.write("docs/page.md", "# ページ\n\n{value}`members`です。\n")
    project.catalogue("page", {"{value}`members`です。": "{value}`membres` members."})

    warnings = set(project.build("en").warnings)

    assert warnings == {
        "docs/page.md:3:<translated>:1: WARNING: no record has the id 'membres'; "
        "write 'members' if that is what you mean, else add it to a file in knowledge/ [handbook.unknown-record]"
    }
