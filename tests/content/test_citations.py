"""Citations: numbers that are the same on every page, in both languages, after every build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.content.citations import CitationDomain

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject


def broken_links(build: Build, *docnames: str) -> list[str]:
    """Return links between these pages that lead nowhere."""
    pages = {docname: build.page(docname) for docname in docnames}
    broken = []
    for docname, page in pages.items():
        for link in page.select("div.body a.internal, div.body a[role=doc-backlink]"):
            file, _, anchor = str(link["href"]).partition("#")
            target = file.removesuffix(".html") or docname
            if not anchor or not pages[target].find(id=anchor):
                broken.append(f"{docname}: {link['href']}")
    return broken


def test_citations_are_numbers_in_brackets_wherever_they_come_from(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b", "c")
    tiny_project.write(
        "knowledge/bodies.yaml",
        "- {id: council, name: イクレイ議会, summary: 代表です。, sources: [b, a], function: decides}\n",
    )
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n文です{cite}`c`。二つ{cite}`a,c`。\n\n```{record} council\n```\n\n```{bibliography}\n```\n",
    )

    build = tiny_project.build()

    assert build.warnings == []
    assert build.sentences()[0] == "文です[3]。二つ[1, 3]。"
    assert build.text().count("代表です。[1, 2]") == 1
    assert broken_links(build, "index") == []


def test_a_source_cited_twice_by_one_record_is_named_once(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        "- {id: council, name: イクレイ議会, summary: 代表です。, sources: [a, a], function: decides}\n",
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} council\n```\n\n```{bibliography}\n```\n")

    assert "代表です。[1] " in tiny_project.build().text()


def test_a_number_does_not_depend_on_who_cites_first(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b")
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\none\ntwo\nsources\n```\n")
    tiny_project.write("docs/one.md", "# 一\n\n文です{cite}`b`。\n")
    tiny_project.write("docs/two.md", "# 二\n\n文です{cite}`a`。\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")

    build = tiny_project.build()

    assert [build.sentences(page) for page in ("one", "two")] == [["文です[2]。"], ["文です[1]。"]]


def test_the_domain_that_looks_citations_up_is_the_one_in_use(tiny_project: TinyProject) -> None:
    assert isinstance(tiny_project.build().env.get_domain("cite"), CitationDomain)


def test_words_before_and_after_a_source_stand_in_the_brackets(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b")
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n文です{cite}`{参照}a{3ページ},b`。\n\n```{bibliography}\n:all:\n```\n"
    )

    build = tiny_project.build()

    assert build.sentences()[0] == "文です[参照 1, 3ページ, 2]。"
    assert broken_links(build, "index") == []


def test_a_list_can_hold_what_its_own_page_cites(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b")
    own = "```{bibliography}\n:filter: docname in docnames\n```\n"
    tiny_project.write("docs/index.md", f"# はじめに\n\n文です{{cite}}`b`。\n\n{own}\n```{{toctree}}\none\n```\n")
    tiny_project.write("docs/one.md", f"# 一\n\n文です{{cite}}`a`。\n\n{own}")

    build = tiny_project.build()

    listed = {
        docname: [entry["id"] for entry in build.page(docname).select(".citation")] for docname in ("index", "one")
    }
    assert listed == {"index": ["source-b"], "one": ["source-a"]}


def test_an_unknown_key_is_told_with_its_line(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write("docs/index.md", "# はじめに\n\n文です{cite}`zzz`。\n\n```{bibliography}\n```\n")

    warnings = tiny_project.build().warnings

    assert warnings
    assert all(warning.startswith("docs/index.md:3: WARNING: ") and "zzz" in warning for warning in warnings)


def test_a_new_citation_on_one_page_renumbers_the_others(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b", "c")
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\none\ntwo\nthree\nsources\n```\n")
    tiny_project.write("docs/one.md", "# 一\n\n文です{cite}`c`。\n")
    tiny_project.write("docs/two.md", "# 二\n\n文です。\n")
    tiny_project.write("docs/three.md", "# 三\n\n文です{cite}`a`。\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")
    assert tiny_project.build().sentences("one") == ["文です[2]。"]

    tiny_project.write("docs/two.md", "# 二\n\n文です{cite}`b`。\n")
    build = tiny_project.build()

    assert build.read == ["two"]
    assert [build.sentences(page) for page in ("one", "two", "three")] == [
        ["文です[3]。"],
        ["文です[2]。"],
        ["文です[1]。"],
    ]
    assert [label.get_text() for label in build.page("sources").select("div.citation .label")] == ["[1]", "[2]", "[3]"]
    assert "three" not in build.written, "a page whose numbers stay is not written again"
    assert broken_links(build, "one", "two", "three", "sources") == []


def test_a_citation_that_is_gone_gives_its_number_back(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b")
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\none\ntwo\nsources\n```\n")
    tiny_project.write("docs/one.md", "# 一\n\n文です{cite}`a`。\n")
    tiny_project.write("docs/two.md", "# 二\n\n文です{cite}`b`。\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")
    tiny_project.build()

    tiny_project.write("docs/one.md", "# 一\n\n文です。\n")
    build = tiny_project.build()

    assert build.sentences("two") == ["文です[1]。"]
    assert [entry["id"] for entry in build.page("sources").select("div.citation")] == ["source-b"]


def test_a_new_source_of_a_record_renumbers_pages_too(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b")
    tiny_project.write(
        "knowledge/bodies.yaml",
        "- {id: council, name: イクレイ議会, summary: 代表です。, sources: [b], function: decides}\n",
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\none\ntwo\nsources\n```\n")
    tiny_project.write("docs/one.md", "# 一\n\n文です{cite}`b`。\n")
    tiny_project.write("docs/two.md", "# 二\n\n```{record} council\n```\n")
    tiny_project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")
    assert tiny_project.build().sentences("one") == ["文です[1]。"]

    tiny_project.replace("knowledge/bodies.yaml", "[b]", "[a, b]")
    build = tiny_project.build()

    assert build.read == ["two"]
    assert build.sentences("one") == ["文です[2]。"]
    assert "代表です。[1, 2]" in build.text("two")


def test_translated_citations_lead_to_the_list_and_back(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b")
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n文です{cite}`a,b`。\n\n次です{cite}`b`。\n\n```{bibliography}\n```\n"
    )
    tiny_project.catalogue("index", {"文です{cite}`a,b`。": "A sentence {cite}`a,b`."})

    build = tiny_project.build("en")

    assert build.warnings == []
    assert build.sentences()[:2] == ["A sentence [1, 2].", "次です[2]。"]
    assert broken_links(build, "index") == []
    backlinks = [len(entry.select("a[role=doc-backlink]")) for entry in build.page().select("div.citation")]
    assert backlinks == [1, 2]


def test_in_english_a_space_stands_before_a_citation_of_a_record_and_in_japanese_none(
    tiny_project: TinyProject,
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        "- {id: council, name: イクレイ議会, summary: 代表です。, sources: [a], function: decides}\n",
    )
    tiny_project.catalogue("knowledge", {"代表です。": "Represents the members."})
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} council\n```\n\n```{bibliography}\n```\n")

    assert "代表です。[1]" in tiny_project.build("ja").text()
    assert "Represents the members. [1]" in tiny_project.build("en").text()


@pytest.mark.parametrize("keys", ["a,,b", "a {b", ","])
def test_a_citation_without_keys_is_told_with_its_place(tiny_project: TinyProject, keys: str) -> None:
    tiny_project.source("a")
    tiny_project.write("docs/index.md", f"# はじめに\n\n本文です{{cite}}`{keys}`。\n\n```{{bibliography}}\n```\n")

    [warning] = tiny_project.build().warnings

    assert "docs/index.md:3: " in warning
    assert f"'{keys}' names no sources; write their keys, with a comma between two" in warning


def test_a_citation_without_keys_in_a_translation_is_told(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write("docs/index.md", "# はじめに\n\n本文です{cite}`a`。\n\n```{bibliography}\n```\n")
    tiny_project.catalogue("index", {"本文です{cite}`a`。": "Text {cite}`a,,b`."})

    first, *_ = tiny_project.build("en").warnings

    assert "docs/index.md:3" in first
    assert "'a,,b' names no sources" in first
