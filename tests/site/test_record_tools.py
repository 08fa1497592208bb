"""What stands with each record: both names, kind, dates, sources, date of the statement, address, where to mend it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.site.pages import DOCUMENTS, Page, attribute

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.conftest import Build, TinyProject

BASE = "https://example.org/handbook"
REPOSITORY = "https://github.com/owner/name"

RECORDS = {
    "bodies": """
        - {id: council, name: 議会, name_en: Council, summary: 代表です。, sources: [a], function: decides}
        - {id: members, name: '"A" & <b>B</b>', summary: 仲間です。, sources: [a], function: members}
        """,
    "programmes": """
        - {id: ccp, name: 気候, kind: campaign, since: 1993, summary: 減らします。, sources: [a], as_of: 2020}
        """,
    "terms": """
        - {id: charter, name: 憲章, name_en: Charter, reading: けんしょう, group: g, summary: きまり。, sources: [a]}
        """,
    "figures": """
        - id: count
          name: 会員数
          observations: [{value: 5, sources: [a]}, {value: 4, sources: [a]}]
        """,
    "conflicts": """
        - {id: start, name: 始まり, topic: history, printed: 書きません。, claims: [{text: 昔です。, sources: [a]}]}
        """,
}
PAGE = """
    # 記録

    ```{record} council
    ```

    ```{record} members
    ```

    ```{record-table} programme
    :columns: name
    :anchors:
    ```

    ```{term-list}
    ```

    ```{observations} count
    ```

    ```{conflict-list}
    ```

    ```{bibliography}
    ```
    """
ORDER = ["council", "members", "ccp", "charter", "count", "start"]


@pytest.fixture
def project(tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> TinyProject:
    """A page with a record of each shape; nobody knows where it is published or kept."""
    for name in ("HANDBOOK_BASE_URL", "HANDBOOK_REPOSITORY_URL"):
        monkeypatch.delenv(name, raising=False)
    tiny_project.use_all_rooms()
    tiny_project.source("a")
    for collection, text in RECORDS.items():
        tiny_project.write(f"knowledge/{collection}.yaml", text)
    tiny_project.write("docs/index.md", PAGE)
    return tiny_project


def tools(build: Build) -> list[Tag]:
    return build.page().select("div.body .record-tools")


def test_every_record_ends_with_its_kind_its_address_and_the_place_where_it_is_mended(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_BASE_URL", BASE)
    monkeypatch.setenv("HANDBOOK_REPOSITORY_URL", REPOSITORY)
    found = tools(build := project.build())
    assert build.warnings == []
    addresses = [[attribute(link, "href") for link in tool.select("a")] for tool in found]
    assert [address for address, _ in addresses] == [f"{BASE}/ja/index.html#{record}" for record in ORDER]
    assert [place.removeprefix(f"{REPOSITORY}/blob/main/knowledge/") for _, place in addresses] == [
        "bodies.yaml#L1",
        "bodies.yaml#L2",
        "programmes.yaml#L1",
        "terms.yaml#L1",
        "figures.yaml#L1",
        "conflicts.yaml#L1",
    ]
    assert [tool.select("p span")[0].get_text() for tool in found] == [
        "種類：機関または役職",
        "種類：機関または役職",
        "種類：キャンペーン",
        "種類：用語",
        "種類：移り変わる数字",
        "種類：食い違い",
    ]


def test_the_tools_are_told_apart_by_the_name_of_the_record_whatever_it_is(project: TinyProject) -> None:
    names = [tool.select("summary")[0].get_text() for tool in tools(project.build())]
    assert names == ["記録 議会", '記録 "A" & <b>B</b>', "記録 気候", "記録 憲章", "記録 会員数", "記録 始まり"]


def test_without_addresses_the_tools_name_the_file_and_the_line(project: TinyProject) -> None:
    found = tools(project.build())
    assert [[attribute(link, "href") for link in tool.select("a")] for tool in found] == [
        [f"#{name}"] for name in ORDER
    ]
    assert [tool.select("code")[0].get_text() for tool in found][:3] == [
        "knowledge/bodies.yaml:1",
        "knowledge/bodies.yaml:2",
        "knowledge/programmes.yaml:1",
    ]


def test_a_page_follows_its_records_to_other_lines(project: TinyProject) -> None:
    project.build()
    project.replace("knowledge/bodies.yaml", "- {id: council", "# だれが決めるか\n\n- {id: council")
    build = project.build()
    assert (build.read, build.written) == ([], ["index"])
    assert [tool.select("code")[0].get_text() for tool in tools(build)][:2] == [
        "knowledge/bodies.yaml:3",
        "knowledge/bodies.yaml:4",
    ]


def test_the_tools_are_on_the_page_alone(project: TinyProject) -> None:
    build = project.build()
    assert len(tools(build)) == len(ORDER)
    twin = (build.output / "index.html.md").read_text(encoding="utf-8")
    assert "憲章" in twin
    assert "種類" not in twin
    index = (build.output / "searchindex.js").read_text(encoding="utf-8")
    assert json.dumps("憲章")[1:-1] in index
    assert json.dumps("種類")[1:-1] not in index
    book = (project.build(builder="epub").output / "index.xhtml").read_text(encoding="utf-8")
    assert "憲章" in book
    assert "record-tools" not in book


@pytest.mark.parametrize("page", DOCUMENTS, ids=str)
def test_each_record_of_a_page_has_its_tools_once(page: Page, site: None) -> None:
    """Records are known by their names in the data of the page; those with a home have an anchor that the tools name."""
    anchors = [attribute(link, "href") for link in page.html.select(".record-tools a[rel=bookmark]")]
    assert len(anchors) == len(set(anchors))
    homes = page.html.select(
        "div.record[id], table.observations[id], dl.terms > dt[id], table.records tr[id], ul.changes > li[id]"
    )
    assert sorted(anchors) == sorted(f"#{attribute(home, 'id')}" for home in homes)


#: What a record says of itself, in order; a list in order of time begins with the time.
TIMES = ["年月日", "開始時期", "終了時期", "発行時期"]
FIELDS = ["種類", "役割", "役職", *TIMES, "状況", "場所", "都市", "国・地域", "地域"]
LAST = ["出典", "時点"]


@pytest.mark.parametrize("page", [page for page in DOCUMENTS if page.language == "ja"], ids=str)
def test_records_say_what_they_say_in_the_same_order_everywhere(page: Page, site: None) -> None:
    for table in page.html.select("table.records:has(tr[id])"):
        headings = [heading.get_text() for heading in table.select("thead th")]
        if headings[0] in TIMES:
            headings = [headings[1], headings[0], *headings[2:]]
        assert headings[0] == "名称"
        assert "出典" in headings
        assert_in_order(headings)
    for card in page.html.select("dl.record-details"):
        assert_in_order([str(field.find(string=True)) for field in card.select(":scope > dt")])


def assert_in_order(headings: list[str]) -> None:
    first = [heading for heading in headings if heading in FIELDS]
    last = [heading for heading in headings if heading in LAST]
    assert first == [name for name in FIELDS if name in headings]
    assert last == [name for name in LAST if name in headings]
    rest = [heading for heading in headings if heading not in ("名称", *FIELDS, *LAST)]
    named = headings[:1] if headings[0] == "名称" else []
    assert headings == [*named, *first, *rest, *last]
