"""Diagrams: drawn from records or written by hand, in both languages, each with its content as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest
from babel.messages.pofile import read_po
from sphinxcontrib.mermaid import mermaid

from handbook.content.diagrams import DiagramDomain

if TYPE_CHECKING:
    from bs4 import Tag
    from docutils import nodes

    from tests.conftest import Build, TinyProject


def drawn(build: Build, docname: str = "index") -> nodes.Element:
    """Return the one drawing of a page."""
    [drawing] = build.doctree(docname).findall(mermaid)
    return cast("nodes.Element", drawing)


def source(build: Build, docname: str = "index") -> str:
    """Return what Mermaid draws, with labels in one piece."""
    return re.sub("(?<=[a-z])<br>", " ", str(drawn(build, docname)["code"])).replace("<br>", "")


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


# -- The hierarchy -----------------------------------------------------------------------------------------------------


@pytest.fixture
def hierarchy(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: iclei-members
          name: イクレイ会員
          summary: 自治体です。
          sources: [a]
          function: members
          several: true
          relations:
            - {verb: elects, to: council}
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          relations:
            - {verb: elects, to: end}
            - {verb: oversees, to: end}
        - id: end
          name: 世界理事会
          summary: 運営を担います。
          sources: [a]
          function: decides
          part_of: council
        """,
    )
    tiny_project.catalogue(
        "knowledge",
        {
            "イクレイ会員": "ICLEI “Members”",
            "イクレイ議会": "ICLEI Council",
            "世界理事会": "Global Executive Committee",
        },
    )
    tiny_project.write(
        "locales/en/LC_MESSAGES/handbook.po",
        """
        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8\\n"

        msgid "選挙で選ぶ"
        msgstr "elects"

        msgctxt "many"
        msgid "選挙で選ぶ"
        msgstr "elect"

        msgid "監督する"
        msgstr "oversees"

        msgid "{target}を選挙で選びます"
        msgstr "elects the {target}"

        msgctxt "many"
        msgid "{target}を選挙で選びます"
        msgstr "elect the {target}"

        msgid "{target}を監督します"
        msgstr "oversees the {target}"

        msgctxt "between sentences"
        msgid "。"
        msgstr "; "

        msgid "。"
        msgstr ". "

        msgid "："
        msgstr ": "

        msgid "イクレイの組織図"
        msgstr "How ICLEI is organised"
        """,
    )
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{hierarchy}\n```\n\n```{record-table} body\n:columns: name\n:anchors:\n```\n\n"
        "```{bibliography}\n```\n",
    )
    return tiny_project


def test_the_hierarchy_is_drawn_from_bodies_and_relations_in_both_languages(hierarchy: TinyProject) -> None:
    ja, en = hierarchy.build("ja"), hierarchy.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    for label in ("イクレイ会員", "イクレイ議会", "世界理事会"):
        assert source(ja).count(f'["{label}"]') == 1
        assert label not in source(en)
    for label in ("ICLEI “Members”", "ICLEI Council", "Global Executive Committee"):
        assert source(en).count(f'["{label}"]') == 1
    assert source(ja).count('|"選挙で選ぶ"|') == 2
    assert source(ja).count('|"監督する"|') == 1
    assert source(en).count('|"elect"|') == 1, "several members elect"
    assert source(en).count('|"elects"|') == 1, "the council elects"
    assert source(en).count('|"oversees"|') == 1


def test_boxes_of_the_hierarchy_show_the_kind_of_body_and_link_to_its_description(hierarchy: TinyProject) -> None:
    code = source(hierarchy.build())

    assert "class b-iclei-members members;" in code
    assert "class b-council,b-end decides;" in code
    assert 'click b-council href "#council"' in code
    assert '"#end"' in code
    assert " end" not in code, "a bare 'end' is a keyword of Mermaid"


def test_the_hierarchy_has_a_name_a_title_and_a_description_in_the_language_of_the_page(hierarchy: TinyProject) -> None:
    ja, en = drawn(hierarchy.build("ja")), drawn(hierarchy.build("en"))

    assert (ja["drawing"], ja["alt"]) == ("hierarchy", "イクレイの組織図")
    assert "イクレイ会員：イクレイ議会を選挙で選びます。" in ja["description"]
    assert (en["drawing"], en["alt"]) == ("hierarchy", "How ICLEI is organised")
    assert "ICLEI “Members”: elect the ICLEI Council." in en["description"]


def test_the_hierarchy_stands_beside_the_drawing_as_a_nested_list_with_links(hierarchy: TinyProject) -> None:
    ja, en = hierarchy.build("ja"), hierarchy.build("en")

    assert [words(item) for item in ja.page().select("ul.hierarchy > li > p")] == [
        "イクレイ会員：イクレイ議会を選挙で選びます。",
        "イクレイ議会：世界理事会を選挙で選びます。世界理事会を監督します。",
        "世界理事会",
    ]
    assert [words(item) for item in en.page().select("ul.hierarchy > li > p")] == [
        "ICLEI “Members”: elect the ICLEI Council.",
        "ICLEI Council: elects the Global Executive Committee; oversees the Global Executive Committee.",
        "Global Executive Committee",
    ]
    nested = ja.page().select("ul.hierarchy ul.hierarchy > li > p")
    assert [words(item) for item in nested] == ["世界理事会"]
    links = ja.page().select("ul.hierarchy a")
    assert {str(link["href"]) for link in links} == {"#iclei-members", "#council", "#end"}


def test_a_line_joins_a_body_with_what_it_is_part_of_unless_an_arrow_does(hierarchy: TinyProject) -> None:
    assert "---" not in source(hierarchy.build())

    hierarchy.replace(
        "knowledge/bodies.yaml",
        "    - {verb: elects, to: end}\n    - {verb: oversees, to: end}\n",
        "    - {verb: reports-to, to: iclei-members}\n",
    )

    assert "b-council --- b-end" in source(hierarchy.build())


def test_work_done_for_members_stands_in_the_text_and_not_in_the_drawing(hierarchy: TinyProject) -> None:
    hierarchy.replace("knowledge/bodies.yaml", "verb: oversees, to: end", "verb: serves, to: iclei-members")

    build = hierarchy.build()

    assert "支援する" not in source(build)
    assert words(build.page().select("ul.hierarchy > li > p")[1]).endswith("イクレイ会員を支援します。")


def test_a_diagram_has_a_caption_of_its_own_or_the_writers(hierarchy: TinyProject) -> None:
    ja, en = hierarchy.build("ja"), hierarchy.build("en")
    assert [words(build.page().select("figcaption .caption-text")[0]) for build in (ja, en)] == [
        "イクレイの組織図",
        "How ICLEI is organised",
    ]

    hierarchy.replace("docs/index.md", "```{hierarchy}\n", "```{hierarchy}\n:caption: だれがだれを選ぶか\n")
    hierarchy.catalogue("index", {"だれがだれを選ぶか": "Who elects whom"})
    ja, en = hierarchy.build("ja"), hierarchy.build("en")

    assert [words(build.page().select("figcaption .caption-text")[0]) for build in (ja, en)] == [
        "だれがだれを選ぶか",
        "Who elects whom",
    ]


@pytest.mark.parametrize(
    "verb",
    [
        "elects",
        "appoints",
        "nominates",
        "decides-for",
        "reports-to",
        "directs",
        "oversees",
        "serves",
        "supports",
    ],
)
def test_every_verb_has_a_sentence(hierarchy: TinyProject, verb: str) -> None:
    hierarchy.replace("knowledge/bodies.yaml", "{verb: oversees,", f"{{verb: {verb},")

    build = hierarchy.build()

    assert build.warnings == []
    line = words(build.page().select("ul.hierarchy > li > p")[1])
    assert line.startswith("イクレイ議会：世界理事会を選挙で選びます。世界理事会")
    assert line.endswith("ます。")


# -- Timelines ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def timeline(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - {id: era-founding, name: 設立, date: 1989/1992}
        - {id: era-today, name: 現在, date: 2018/..}
        """,
    )
    tiny_project.write(
        "knowledge/milestones.yaml",
        """
        - id: offices
          name: 事務局の開設
          summary: 事務局を置きました。
          sources: [a]
          date: 1991
          era: era-founding
          in_timeline: true
        - id: congress
          name: 持続可能な未来のための自治体世界会議
          label: "設立: 世界会議"
          summary: 設立しました。
          sources: [a]
          date: 1990-09
          era: era-founding
          in_timeline: true
        - id: charter
          name: 憲章の採択
          summary: 憲章を決めました。
          sources: [a]
          date: 1990-09-08
          era: era-founding
          in_timeline: true
        - id: visit
          name: 視察
          summary: 視察しました。
          sources: [a]
          date: 1992-06
          era: era-founding
        - id: vision
          name: 戦略ビジョン
          summary: 決めました。
          sources: [a]
          date: 2018
          era: era-today
        """,
    )
    tiny_project.catalogue(
        "knowledge",
        {
            "設立": "Founding",
            "設立: 世界会議": "Founded at a congress; 43 countries",
            "憲章の採択": "Charter adopted",
            "事務局の開設": "Offices opened",
            "持続可能な未来のための自治体世界会議": "World Congress",
            "視察": "Visit",
        },
    )
    tiny_project.catalogue("handbook", {"年表：{era}": "Timeline: {era}", "{date}：{event}": "{date}: {event}"})
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{timeline} era-founding\n```\n\n```{record-table} milestone\n:columns: name\n:anchors:\n```\n\n"
        "```{bibliography}\n```\n",
    )
    return tiny_project


def test_a_timeline_shows_the_main_events_of_its_era_by_year(timeline: TinyProject) -> None:
    ja, en = timeline.build("ja"), timeline.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    assert [line.strip() for line in source(ja).splitlines()] == [
        "timeline",
        "1990年 : 設立#58; 世界会議 : 憲章の採択",
        "1991年 : 事務局の開設",
    ]
    assert [line.strip() for line in source(en).splitlines()] == [
        "timeline",
        "1990 : Founded at a congress#59; 43 countries : Charter adopted",
        "1991 : Offices opened",
    ]


def test_all_events_of_the_era_stand_beside_the_timeline_as_a_list_with_links(timeline: TinyProject) -> None:
    ja, en = timeline.build("ja"), timeline.build("en")

    assert [words(item) for item in ja.page().select("ul.timeline li")] == [
        "1990年9月：持続可能な未来のための自治体世界会議",
        "1990年9月8日：憲章の採択",
        "1991年：事務局の開設",
        "1992年6月：視察",
    ]
    assert [words(item) for item in en.page().select("ul.timeline li")] == [
        "September 1990: World Congress",
        "8 September 1990: Charter adopted",
        "1991: Offices opened",
        "June 1992: Visit",
    ]
    assert [link["href"] for link in ja.page().select("ul.timeline a")] == [
        "#congress",
        "#charter",
        "#offices",
        "#visit",
    ]


def test_a_timeline_has_name_title_and_description(timeline: TinyProject) -> None:
    ja, en = drawn(timeline.build("ja")), drawn(timeline.build("en"))

    assert (ja["drawing"], ja["alt"]) == ("timeline-founding", "年表：設立")
    assert ja["description"] == "1990年9月：設立: 世界会議。1990年9月8日：憲章の採択。1991年：事務局の開設"
    assert (en["drawing"], en["alt"]) == ("timeline-founding", "Timeline: Founding")
    assert en["description"].startswith("September 1990: Founded at a congress; 43 countries")


@pytest.mark.parametrize(
    ("era", "problem"),
    [
        ("congress", "'congress' is not an era"),
        ("era-foundin", "no record has the id 'era-foundin'; write 'era-founding' if that is what you mean"),
        ("era-today", "no milestone of 'era-today' has in_timeline: true; nothing can be drawn"),
    ],
)
def test_a_timeline_that_cannot_be_drawn_is_told_with_its_line(timeline: TinyProject, era: str, problem: str) -> None:
    timeline.replace("docs/index.md", "{timeline} era-founding", f"{{timeline}} {era}")

    [warning] = timeline.build().warnings

    assert warning.startswith(f"docs/index.md:3: WARNING: {problem}")
    assert warning.endswith("[handbook.bad-directive]")


def test_a_new_milestone_of_the_era_redraws_the_timeline_and_one_of_another_era_does_not(timeline: TinyProject) -> None:
    timeline.write("docs/_diagrams/timeline-founding.ja.svg", "<svg/>\n")
    timeline.write("docs/index.md", "# はじめに\n\n```{timeline} era-founding\n```\n")
    timeline.build()

    timeline.replace("knowledge/milestones.yaml", "戦略ビジョン", "新しい戦略")
    assert timeline.build().read == []

    timeline.replace("knowledge/milestones.yaml", "name: 視察", "name: 視察\n  in_timeline: true")
    build = timeline.build()
    assert build.read == ["index"]
    assert "視察" in source(build)


def test_texts_of_records_in_diagrams_are_not_extracted_with_the_page(timeline: TinyProject) -> None:
    build = timeline.build(builder="gettext")

    with (build.output / "index.pot").open(encoding="utf-8") as stream:
        assert [message.id for message in read_po(stream) if message.id] == ["はじめに"]


# -- Diagrams written by hand ------------------------------------------------------------------------------------------

STEPS = """
# 五つの段階

```mermaid
---
name: ccp-steps
alt: 五つの段階の流れ
---
flowchart LR
  a["目録をつくる"] --> b["目標を決める"]
  b -->|"くり返す"| a
```
"""


def test_labels_and_title_are_extracted_with_their_line_and_translated(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", STEPS)
    template = tiny_project.build(builder="gettext").output / "index.pot"
    with template.open(encoding="utf-8") as stream:
        messages = {str(message.id): message.locations for message in read_po(stream) if message.id}
    assert list(messages) == ["五つの段階", "五つの段階の流れ", "目録をつくる", "目標を決める", "くり返す"]
    assert {(place.rpartition("docs/")[2], line) for place, line in messages["目録をつくる"]} == {("index.md", 3)}

    tiny_project.catalogue(
        "index",
        {
            "五つの段階の流れ": "Five milestones, one after the other",
            "目録をつくる": 'Make an "inventory" <first>',
            "目標を決める": "Set a target",
        },
    )
    build = tiny_project.build("en")

    assert build.warnings == []
    assert drawn(build)["alt"] == "Five milestones, one after the other"
    assert drawn(build)["drawing"] == "ccp-steps"
    assert 'a["Make an #quot;inventory#quot; #lt;first#gt;"] --> b["Set a target"]' in source(build)
    assert 'b -->|"くり返す"| a' in source(build), "what is not translated stays Japanese"


def test_a_label_that_is_part_of_another_keeps_its_own_translation(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", STEPS.replace("くり返す", "目録").replace("五つの段階の流れ", "目録"))
    tiny_project.catalogue("index", {"目録": "Inventory", "目録をつくる": "Make an inventory"})

    build = tiny_project.build("en")

    assert drawn(build)["alt"] == "Inventory"
    assert 'a["Make an inventory"]' in source(build)
    assert 'b -->|"Inventory"| a' in source(build)


def test_a_translation_that_equals_another_label_is_not_translated_again(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", STEPS.replace("目録をつくる", "CCP").replace("目標を決める", "GCC"))
    tiny_project.catalogue("index", {"CCP": "GCC", "GCC": "carbonn"})

    assert 'a["GCC"] --> b["carbonn"]' in source(tiny_project.build("en"))


def test_a_last_label_that_is_the_same_in_both_languages_leaves_the_others_translated(
    tiny_project: TinyProject,
) -> None:
    tiny_project.write("docs/index.md", STEPS.replace("くり返す", "PDF"))
    tiny_project.catalogue(
        "index", {"五つの段階の流れ": "Milestones", "目録をつくる": "Make an inventory", "PDF": "PDF"}
    )

    build = tiny_project.build("en")

    assert drawn(build)["alt"] == "Milestones"
    assert 'a["Make an inventory"]' in source(build)


def test_the_caption_of_a_diagram_is_translated(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", STEPS.replace("alt:", "caption: 段階の図\nalt:"))
    tiny_project.catalogue("index", {"段階の図": "The milestones"})

    captions = [
        words(tiny_project.build(language).page().select("figcaption .caption-text")[0]) for language in ("ja", "en")
    ]

    assert captions == ["段階の図", "The milestones"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("name: ccp-steps", "this diagram needs a title for readers who cannot see it: add 'alt: …'"),
        (
            "alt: 五つの段階の流れ",
            "this diagram needs a name in small letters and hyphens: add 'name: what-it-shows'",
        ),
        (
            "name: CCP Steps\nalt: 五つの段階の流れ",
            "this diagram needs a name in small letters and hyphens: add 'name: what-it-shows'",
        ),
    ],
)
def test_a_diagram_without_name_or_title_is_told(tiny_project: TinyProject, given: str, problem: str) -> None:
    tiny_project.write("docs/index.md", STEPS.replace("name: ccp-steps\nalt: 五つの段階の流れ", given))

    assert tiny_project.build().warnings == [f"docs/index.md:3: WARNING: {problem} [handbook.bad-diagram]"]


def test_a_label_without_quotes_is_told_with_its_line(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", STEPS.replace('b["目標を決める"]', "b[目標を決める]"))

    [warning] = tiny_project.build().warnings

    assert warning == (
        "docs/index.md:9: WARNING: a label is not in quotes, so it cannot be translated: "
        'a["目録をつくる"] --> b[目標を決める] [handbook.bad-diagram]'
    )


def test_a_comment_in_a_diagram_is_no_label(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", STEPS.replace("flowchart LR", "flowchart LR\n  %% 左から右へ"))

    assert tiny_project.build().warnings == []


def test_two_diagrams_of_one_name_are_told(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", STEPS + "\n```{toctree}\nother\n```\n")
    tiny_project.write("docs/other.md", STEPS.replace("目録", "計画"))

    [warning] = tiny_project.build().warnings

    assert warning == (
        "docs/other.md:3: WARNING: another diagram, in 'index', has the name 'ccp-steps' too; "
        "give each a name of its own [handbook.bad-diagram]"
    )


def test_the_same_diagram_on_two_pages_may_have_one_name(hierarchy: TinyProject) -> None:
    hierarchy.replace("docs/index.md", "# はじめに\n", "# はじめに\n\n```{toctree}\nother\n```\n")
    hierarchy.write("docs/other.md", "# もう一度\n\n```{hierarchy}\n```\n")

    assert hierarchy.build().warnings == []


def test_a_diagram_knows_the_line_of_its_source_so_that_errors_of_mermaid_can_name_it(
    tiny_project: TinyProject,
) -> None:
    tiny_project.write("docs/index.md", STEPS)

    domain = tiny_project.build().env.get_domain("diagram")

    assert isinstance(domain, DiagramDomain)
    [(drawing, line)] = domain.drawings["index"]
    assert (drawing.name, line) == ("ccp-steps", 8)
