"""Where records are described, which pages use them, and what a change of one rebuilds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from tests.conftest import TinyProject

PAGES = {
    "index": "# はじめに\n\n```{toctree}\n:glob:\n*\n```\n",
    "bodies": "# 組織\n\n```{record} council\n```\n\n```{record} committee\n```\n",
    "figures": "# 数\n\n{value}`members`の自治体です。\n\n```{observations} members\n```\n",
    "glossary": "# 用語\n\n```{term-list}\n```\n",
    "history": "# 歴史\n\n{date}`congress`に生まれました。\n\n```{record-table} milestone\n:columns: name, date\n:anchors:\n```\n",
    "hierarchy": "# しくみ\n\n```{hierarchy}\n```\n",
    "names": "# 名前\n\n{record}`議会 <council>`です。\n",
    "partners": "# 協力\n\n```{record-list} partner\n```\n\n```{record-table} partner\n:columns: name\n:anchors:\n```\n",
    "plain": "# 何も使わない\n\n文です。\n",
    "programmes": "# 活動\n\n```{record} ccp\n```\n",
    "sources": "# 出典\n\n```{bibliography}\n```\n",
}


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a", "b")
    records = {
        "bodies": """
            - {id: council, name: イクレイ議会, summary: 代表です。, sources: [a], function: decides}
            - {id: committee, name: 世界理事会, summary: 運営です。, sources: [a], function: runs, part_of: council}
            """,
        "figures": """
            - id: members
              name: 自治体数
              observations:
                - {value: 2500, as_of: 2025, sources: [a]}
            """,
        "eras": "- {id: era-founding, name: 設立, date: 1989/1992}\n",
        "milestones": """
            - {id: congress, name: 世界会議, summary: 設立です。, sources: [a], date: 1990-09, era: era-founding}
            """,
        "partners": "- {id: unep, name: 国連環境計画, summary: 国連の機関です。, sources: [a], kind: un-body}\n",
        "programmes": """
            - {id: ccp, name: 気候変動防止都市, summary: 活動です。, sources: [b], kind: campaign, partners: [unep]}
            """,
        "terms": """
            - {id: charter, name: 憲章, name_en: Charter, reading: けんしょう, summary: 決まり, sources: [a], group: g}
            """,
    }
    for collection, text in records.items():
        tiny_project.write(f"knowledge/{collection}.yaml", text)
    for name, text in PAGES.items():
        tiny_project.write(f"docs/{name}.md", text)
    for language in ("ja", "en"):
        tiny_project.write(f"docs/_diagrams/hierarchy.{language}.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    tiny_project.catalogue("knowledge", {"イクレイ議会": "ICLEI Council", "自治体数": "Local governments"})
    tiny_project.catalogue("handbook", {"時点": "As of"})
    tiny_project.catalogue("plain", {"文です。": "A sentence."})
    return tiny_project


# -- What is rebuilt ---------------------------------------------------------------------------------------------------


def test_nothing_is_read_again_when_nothing_has_changed(project: TinyProject) -> None:
    first = project.build()
    assert (first.warnings, first.read) == ([], sorted(PAGES))

    again = project.build()

    assert (again.read, again.written) == ([], [])


@pytest.mark.parametrize(
    ("file", "old", "new", "pages"),
    [
        pytest.param("bodies", "代表です。", "会員の代表です。", ["bodies", "hierarchy", "names"], id="body"),
        pytest.param("figures", "2500", "2600", ["figures"], id="figure"),
        pytest.param("milestones", "1990-09", "1990-09-05", ["history"], id="milestone"),
        pytest.param("partners", "国連環境計画", "UNEP", ["partners", "programmes"], id="partner of a programme"),
        pytest.param("programmes", "活動です。", "終わった活動です。", ["programmes"], id="programme"),
        pytest.param("terms", "決まり", "基本の決まり", ["glossary"], id="term"),
        pytest.param("eras", "設立", "はじまり", [], id="era that no page shows"),
        pytest.param(
            "bodies",
            "function: runs",
            "function: supports",
            ["bodies", "hierarchy"],
            id="body that one page describes and one diagram shows",
        ),
        pytest.param(
            "partners",
            "- {id: unep",
            "- {id: wri, name: 世界資源研究所, summary: 研究所です。, sources: [a], kind: network}\n- {id: unep",
            ["partners"],
            id="new record of a kind",
        ),
        pytest.param("bodies", "- {id: council", "# A comment.\n- {id: council", [], id="comment"),
    ],
)
def test_a_changed_record_rebuilds_exactly_the_pages_that_use_it(
    project: TinyProject, file: str, old: str, new: str, pages: list[str]
) -> None:
    project.build()

    project.replace(f"knowledge/{file}.yaml", old, new)
    build = project.build()

    assert build.warnings == []
    assert build.read == pages
    assert project.build().read == []


def test_a_record_moves_to_another_page_without_a_warning_and_links_follow(project: TinyProject) -> None:
    project.build()
    project.replace("docs/bodies.md", "```{record} council\n```\n\n", "")
    project.write("docs/aa.md", "# 議会\n\n```{record} council\n```\n")

    build = project.build()

    assert build.warnings == []
    link = build.page("names").select_one("div.body p a")
    assert link is not None
    assert link["href"] == "aa.html#council"


def test_a_changed_record_is_seen_on_the_rebuilt_page(project: TinyProject) -> None:
    project.build()

    project.replace("knowledge/figures.yaml", "2500", "2600")

    assert project.build().sentences("figures")[0] == "2,600の自治体です。"


def test_a_changed_translation_of_a_record_rebuilds_its_pages_in_that_language_only(project: TinyProject) -> None:
    project.build("ja")
    assert "ICLEI Council" in project.build("en").text("bodies")

    project.replace("locales/en/LC_MESSAGES/knowledge.po", '"ICLEI Council"', '"The Council"')
    ja, en = project.build("ja"), project.build("en")

    assert ja.read == []
    assert en.read == ["bodies", "hierarchy", "names"]
    assert "The Council" in en.text("bodies")


def test_a_changed_word_of_the_handbook_rebuilds_every_page_in_that_language(project: TinyProject) -> None:
    project.build("ja")
    assert "As of" in project.build("en").text("figures")

    project.replace("locales/en/LC_MESSAGES/handbook.po", '"As of"', '"Date"')
    ja, en = project.build("ja"), project.build("en")

    assert ja.read == []
    assert en.read == sorted(PAGES)
    assert "Date" in en.text("figures")


def test_a_changed_translation_of_a_page_rebuilds_that_page(project: TinyProject) -> None:
    project.build("en")

    project.replace("locales/en/LC_MESSAGES/plain.po", "A sentence.", "One sentence.")
    build = project.build("en")

    assert build.read == ["plain"]
    assert build.sentences("plain") == ["One sentence."]


def test_a_changed_source_is_seen_in_the_list_of_sources(project: TinyProject) -> None:
    project.build()

    project.replace("knowledge/sources.bib", "Page b", "Another page")
    build = project.build()

    assert "Another page" in build.text("sources")
    assert "plain" not in build.read


def test_a_drawing_that_has_changed_rebuilds_its_page(project: TinyProject) -> None:
    project.build()

    project.write("docs/_diagrams/hierarchy.ja.svg", "<svg xmlns='http://www.w3.org/2000/svg'><title/></svg>\n")

    assert project.build().read == ["hierarchy"]


def test_a_page_that_no_longer_uses_a_record_is_not_rebuilt_with_it(project: TinyProject) -> None:
    project.build()
    project.write("docs/names.md", "# 名前\n\nここには記録がありません。\n")
    project.build()

    project.replace("knowledge/bodies.yaml", "代表です。", "会員の代表です。")

    assert project.build().read == ["bodies", "hierarchy"]


# -- Where records are described ---------------------------------------------------------------------------------------


def test_a_record_described_on_two_pages_is_told_with_both(project: TinyProject) -> None:
    project.write("docs/second.md", "# もう一つ\n\n```{record} council\n```\n")

    build = project.build()

    [warning] = build.warnings
    assert warning == (
        "docs/second.md:3: WARNING: record 'council' is described here and in 'bodies'; "
        "keep one, and link to it from the other [handbook.two-homes]"
    )


def test_a_record_described_twice_on_one_page_is_told(project: TinyProject) -> None:
    project.write("docs/names.md", "# 名前\n\n```{record} charter\n```\n\n```{record} charter\n```\n")
    project.write("docs/glossary.md", "# 用語\n")

    build = project.build()

    [warning] = build.warnings
    assert warning == (
        "docs/names.md:6: WARNING: record 'charter' is described here and in 'names'; "
        "keep one, and link to it from the other [handbook.two-homes]"
    )


def test_moving_a_description_to_another_page_is_no_second_home(project: TinyProject) -> None:
    project.build()

    project.write("docs/names.md", "# 名前\n\n```{record} council\n```\n")
    project.write("docs/bodies.md", "# 組織\n\n{record}`council`\n\n```{record} committee\n```\n")
    build = project.build()

    assert build.warnings == []
    assert build.page("bodies").select("p a")[0]["href"] == "names.html#council"


def test_links_follow_a_description_that_has_moved(project: TinyProject) -> None:
    project.build()

    project.write("docs/plain.md", "# 議会\n\n```{record} council\n```\n")
    project.write("docs/bodies.md", "# 組織\n\n```{record} committee\n```\n")
    build = project.build()

    assert build.warnings == []
    assert build.read == ["bodies", "plain"]
    assert build.page("names").select("p a")[0]["href"] == "plain.html#council"


def test_a_record_that_is_used_and_described_nowhere_is_told_where_it_is_used(project: TinyProject) -> None:
    project.write("docs/bodies.md", "# 組織\n\n```{record} committee\n```\n")
    project.write("docs/hierarchy.md", "# しくみ\n")

    build = project.build()

    assert build.warnings == [
        "docs/names.md:3: WARNING: record 'council' is described on no page; "
        "add a {record} directive or a table with :anchors: [ref.record]"
    ]


def test_other_projects_can_link_to_records(project: TinyProject) -> None:
    build = project.build()

    with (build.output / "objects.inv").open("rb") as stream:
        inventory = InventoryFile.load(stream, "", lambda base, uri: uri)
    council = inventory["record:record"]["council"]
    assert (council.uri, council.display_name) == ("bodies.html#council", "イクレイ議会")


def test_pages_read_side_by_side_come_out_the_same(project: TinyProject) -> None:
    expected = {name: project.build().page(name).select_one("div.body") for name in PAGES}
    for file in (project.root / "build").rglob("*.pickle"):
        file.unlink()

    build = project.build(jobs=2)

    assert build.warnings == []
    assert build.read == sorted(PAGES)
    assert {name: build.page(name).select_one("div.body") for name in PAGES} == expected
    project.replace("knowledge/figures.yaml", "2500", "2600")
    assert project.build(jobs=2).read == ["figures"]
