"""Record types: each loads from YAML, and says which of its texts are translated and which records it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import (
    COLLECTIONS,
    Body,
    Change,
    Conflict,
    EdtfDate,
    Era,
    Figure,
    Milestone,
    Office,
    Partner,
    Programme,
    Record,
    Relation,
    Tenure,
    Term,
    load,
)

if TYPE_CHECKING:
    from tests.conftest import TinyProject

EXAMPLES = {
    "changes": """
        - id: change-council
          name: 議会の説明を直しました
          date: 2026-11-24
          kind: corrected
          summary: 選び方を書き直しました。
          about: [council, founding-congress]
        """,
    "tenures": """
        - id: president-cadman
          name: デイビッド・カドマン
          name_en: David Cadman
          post: president
          place: バンクーバー市
          since: 2006
          until: 2015
          sources: [a]
        """,
    "conflicts": """
        - id: conflict-founding
          name: 設立の日
          topic: history
          about: [founding-congress, council]
          claims:
            - {text: 9月5日とする資料。, sources: [a]}
            - {text: 9月8日とする資料。, sources: [a]}
          printed: 1990年9月とします。
        """,
    "bodies": """
        - id: council
          name: イクレイ議会
          name_en: ICLEI Council
          reading: いくれいぎかい
          summary: 会員を代表します。
          sources: [a]
          function: decides
          several: true
          chosen: 選挙で選びます。
          duties:
            - 憲章を改正する
            - 戦略を採択する
          relations:
            - verb: elects
              to: committee
          note: 2021年の憲章によります。
        - id: committee
          name: 世界理事会
          summary: 運営を担います。
          sources: [a]
          function: runs
          part_of: council
        """,
    "offices": """
        - id: iclei-japan
          name: イクレイ日本
          summary: 日本の事務所です。
          sources: [a]
          kind: country-office
          city: 東京
          country: 日本
          region: 東アジア
          since: 1993
          until: 2030-01
        """,
    "eras": """
        - id: era-founding
          name: 設立
          date: 1989/1992
        """,
    "milestones": """
        - id: founding-congress
          name: 世界会議
          summary: イクレイを設立しました。
          sources: [a]
          date: 1990-09
          era: era-founding
          label: 設立
          place: ニューヨーク
          in_timeline: true
        """,
    "programmes": """
        - id: ccp-campaign
          name: 気候変動防止都市
          abbreviation: CCP
          summary: 温室効果ガスを減らします。
          sources: [a]
          kind: campaign
          since: 1993
          until: 2012~
          status: ended
          pathways: [low-emission, resilient]
          iclei_role: lead
          partners: [unep]
        """,
    "partners": """
        - id: unep
          name: 国際連合環境計画
          name_is_ours: true
          summary: 環境を扱う国連の機関です。
          sources: [a]
          kind: un-body
          place: ナイロビ
          since: 1990
          relation: 設立を支援しました。
          as_of: 2026-11
          confidence: medium
        """,
    "figures": """
        - id: members
          name: 自治体数
          pattern: "{value}の自治体"
          unit: 団体
          observations:
            - value: 2500
              qualifier: more-than
              as_of: 2025-09
              sources: [a]
              note: 公式サイトによります。
            - value: 1200
              key: at-launch
              sources: [a]
        """,
    "terms": """
        - id: gex
          name: 世界理事会
          name_en: Global Executive Committee
          reading: せかいりじかい
          summary: 世界の会員から選ばれた理事の会議
          sources: [a]
          group: governance
          avoid:
            - form: 執行委員会
              why: 公式の訳語ではありません。
        """,
}


@pytest.fixture
def examples(tiny_project: TinyProject) -> dict[str, Record]:
    tiny_project.source("a")
    for collection, text in EXAMPLES.items():
        tiny_project.write(f"knowledge/{collection}.yaml", text.replace("id: gex", "id: term-gex"))
    return dict(load(tiny_project.root / "knowledge").records)


def test_there_is_an_example_of_every_record_type() -> None:
    assert EXAMPLES.keys() == COLLECTIONS.keys()


@pytest.mark.parametrize(
    ("record_id", "record_type"),
    [
        ("council", Body),
        ("president-cadman", Tenure),
        ("conflict-founding", Conflict),
        ("iclei-japan", Office),
        ("era-founding", Era),
        ("founding-congress", Milestone),
        ("ccp-campaign", Programme),
        ("unep", Partner),
        ("members", Figure),
        ("term-gex", Term),
        ("change-council", Change),
    ],
)
def test_every_record_type_loads_from_the_file_of_its_name(
    examples: dict[str, Record], record_id: str, record_type: type[Record]
) -> None:
    assert type(examples[record_id]) is record_type


def test_fields_have_the_types_that_their_records_say(examples: dict[str, Record]) -> None:
    council, committee, milestone = examples["council"], examples["committee"], examples["founding-congress"]
    tenure, conflict = examples["president-cadman"], examples["conflict-founding"]
    programme, figure, term = examples["ccp-campaign"], examples["members"], examples["term-gex"]
    assert isinstance(council, Body)
    assert isinstance(committee, Body)
    assert isinstance(milestone, Milestone)
    assert isinstance(programme, Programme)
    assert isinstance(figure, Figure)
    assert isinstance(term, Term)

    assert isinstance(tenure, Tenure)
    assert isinstance(conflict, Conflict)

    assert (tenure.since, tenure.until) == (EdtfDate.parse("2006"), EdtfDate.parse("2015"))
    assert [claim.sources for claim in conflict.claims] == [["a"], ["a"]]
    assert council.several is True
    assert council.duties == ["憲章を改正する", "戦略を採択する"]
    assert council.relations == [Relation(verb="elects", to="committee")]
    assert committee.part_of == "council"
    assert milestone.date == EdtfDate.parse("1990-09")
    assert milestone.in_timeline is True
    assert programme.until == EdtfDate.parse("2012~")
    assert programme.pathways == ["low-emission", "resilient"]
    assert [(item.value, item.qualifier, item.as_of) for item in figure.observations] == [
        (2500, "more-than", EdtfDate.parse("2025-09")),
        (1200, "exact", None),
    ]
    assert [item.form for item in term.avoid] == ["執行委員会"]


def test_a_record_without_optional_fields_has_harmless_defaults(examples: dict[str, Record]) -> None:
    era = examples["era-founding"]

    assert (era.name_en, era.summary, era.as_of, era.note) == (None, None, None, None)
    assert (era.name_is_ours, era.sources, era.confidence) == (False, [], "high")


def test_an_empty_value_means_not_given(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-founding
          name: 設立
          name_en:
          note: ""
          date: 1989
        """,
    )

    era = load(tiny_project.root / "knowledge").records["era-founding"]

    assert (era.name_en, era.note) == (None, None)


@pytest.mark.parametrize(
    ("record_id", "expected"),
    [
        (
            "council",
            {
                ("name",): "イクレイ議会",
                ("summary",): "会員を代表します。",
                ("note",): "2021年の憲章によります。",
                ("chosen",): "選挙で選びます。",
                ("duties", 0): "憲章を改正する",
                ("duties", 1): "戦略を採択する",
            },
        ),
        (
            "iclei-japan",
            {
                ("name",): "イクレイ日本",
                ("summary",): "日本の事務所です。",
                ("city",): "東京",
                ("country",): "日本",
                ("region",): "東アジア",
            },
        ),
        ("era-founding", {("name",): "設立"}),
        (
            "founding-congress",
            {
                ("name",): "世界会議",
                ("summary",): "イクレイを設立しました。",
                ("label",): "設立",
                ("place",): "ニューヨーク",
            },
        ),
        ("ccp-campaign", {("name",): "気候変動防止都市", ("summary",): "温室効果ガスを減らします。"}),
        (
            "unep",
            {
                ("name",): "国際連合環境計画",
                ("summary",): "環境を扱う国連の機関です。",
                ("place",): "ナイロビ",
                ("relation",): "設立を支援しました。",
            },
        ),
        (
            "members",
            {
                ("name",): "自治体数",
                ("pattern",): "{value}の自治体",
                ("unit",): "団体",
                ("observations", 0, "note"): "公式サイトによります。",
            },
        ),
        (
            "term-gex",
            {
                ("name",): "世界理事会",
                ("summary",): "世界の会員から選ばれた理事の会議",
            },
        ),
        ("change-council", {("name",): "議会の説明を直しました", ("summary",): "選び方を書き直しました。"}),
    ],
)
def test_every_japanese_text_of_a_record_is_a_message_and_nothing_else_is(
    examples: dict[str, Record], record_id: str, expected: dict[tuple[str | int, ...], str]
) -> None:
    assert dict(examples[record_id].messages()) == expected


def test_a_record_says_which_records_it_names_and_of_what_type(examples: dict[str, Record]) -> None:
    named = {record_id: list(record.references()) for record_id, record in examples.items()}

    assert {record_id: references for record_id, references in named.items() if references} == {
        "council": [(("relations", 0, "to"), "committee", Body)],
        "committee": [(("part_of",), "council", Body)],
        "founding-congress": [(("era",), "era-founding", Era)],
        "conflict-founding": [
            (("about", 0), "founding-congress", Record),
            (("about", 1), "council", Record),
        ],
        "ccp-campaign": [(("partners", 0), "unep", Partner)],
        "change-council": [
            (("about", 0), "council", Record),
            (("about", 1), "founding-congress", Record),
        ],
    }


def test_a_figure_cites_the_sources_of_its_observations(examples: dict[str, Record]) -> None:
    assert list(examples["members"].cited()) == [
        (("observations", 0, "sources", 0), "a"),
        (("observations", 1, "sources", 0), "a"),
    ]
    assert list(examples["council"].cited()) == [(("sources", 0), "a")]


def test_an_observation_is_selected_by_its_date_or_its_key(examples: dict[str, Record]) -> None:
    figure = examples["members"]
    assert isinstance(figure, Figure)
    newest, first = figure.observations

    assert newest.answers_to("2025-09")
    assert not newest.answers_to("2025")
    assert first.answers_to("at-launch")
    assert not first.answers_to("None")
