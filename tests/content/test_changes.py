"""What has changed: all of it on its own page, the newest in short elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject

CHANGES = """
    - id: change-old
      name: 議会を加えました
      date: 2026-11-20
      kind: added
      summary: 代表の会議です。
      about: [council]
    - id: change-new
      name: 理事会の説明を直しました
      date: 2026-11-24
      kind: corrected
      summary: 運営を担うと書きました。
      about: [committee, council]
    """


def lines(build: Build, docname: str) -> list[str]:
    """Return the changes of a page, each in one line."""
    return [" ".join(item.get_text(" ").split()) for item in build.page(docname).select("ul.changes > li")]


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
    tiny_project.write("knowledge/changes.yaml", CHANGES)
    tiny_project.write("docs/index.md", "# はじめに\n\n```{changes}\n:newest: 1\n```\n\n```{toctree}\n:glob:\n*\n```\n")
    tiny_project.write("docs/changes.md", "# 更新\n\n```{changes}\n```\n")
    tiny_project.write("docs/bodies.md", "# 組織\n\n```{record} council\n```\n\n```{record} committee\n```\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")
    return tiny_project


def test_changes_are_listed_newest_first_with_day_kind_and_the_records_concerned(project: TinyProject) -> None:
    build = project.build()

    assert not build.warnings
    assert lines(build, "changes") == [
        "2026年11月24日（訂正） 理事会の説明を直しました 運営を担うと書きました。 関わる記録： 世界理事会 、 イクレイ議会",
        "2026年11月20日（追加） 議会を加えました 代表の会議です。 関わる記録： イクレイ議会",
    ]
    links = build.page("changes").select("#change-new a")
    assert [link["href"] for link in links] == ["bodies.html#committee", "bodies.html#council"]


def test_the_newest_lead_to_where_all_is_said(project: TinyProject) -> None:
    build = project.build()

    assert lines(build, "index") == ["2026年11月24日 理事会の説明を直しました"]
    (link,) = build.page("index").select("ul.changes a")
    assert link["href"] == "changes.html#change-new"


def test_changes_are_told_in_the_language_of_the_page(project: TinyProject) -> None:
    project.catalogue("knowledge", {"議会を加えました": "Council added", "代表の会議です。": "An assembly."})
    project.catalogue("handbook", {"追加": "added", "{date}（{kind}）": "{date} ({kind})"})

    added = lines(project.build("en"), "changes")[1]

    assert added.startswith("20 November 2026 (added) Council added An assembly.")


def test_a_new_change_shows_on_pages_that_stay_as_they_are(project: TinyProject) -> None:
    project.build()
    project.write("knowledge/changes.yaml", CHANGES + CHANGES.replace("-old", "-b").replace("-new", "-c"))

    assert lines(project.build(), "index") == ["2026年11月24日 理事会の説明を直しました"]
    assert len(lines(project.build(), "changes")) == 4


def test_a_list_of_changes_is_no_mention_of_its_records(project: TinyProject) -> None:
    assert project.build().page("bodies").select(".mentions") == []


def test_a_list_without_changes_is_told(project: TinyProject) -> None:
    (project.root / "knowledge/changes.yaml").unlink()

    told = [line for line in project.build().warnings if "changes" in line]

    assert [line.partition("WARNING: ")[2].partition(" [")[0] for line in told] == [
        "there are no changes to list; write them into knowledge/changes.yaml"
    ] * 2
