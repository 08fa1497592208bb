"""Directives: descriptions, tables, lists, observations and the glossary, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.conftest import Build, TinyProject


def table(build: Build, docname: str = "index") -> list[list[str]]:
    """Return the cells of the first table of a page."""
    rows = build.page(docname).select("table")[0].select("tr")
    return [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in rows]


def items(build: Build, selector: str) -> list[str]:
    return [" ".join(item.get_text().split()) for item in build.page().select(f"div.body {selector}")]


def programmes(project: TinyProject) -> None:
    """Write three programmes and their catalogue."""
    project.source("a", "b")
    project.write(
        "knowledge/programmes.yaml",
        """
        - id: ccp
          name: 気候変動防止都市
          name_en: Cities for Climate Protection
          reading: きこうへんどうぼうしとし
          abbreviation: CCP
          summary: 温室効果ガスを減らします。
          sources: [a]
          kind: campaign
          since: 1993
          status: ended
          pathways: [low-emission, resilient]
        - id: la21
          name: ローカルアジェンダ21
          name_en: Local Agenda 21
          reading: ろーかるあじぇんだ21
          summary: 計画をつくります。
          sources: [b]
          kind: programme
          since: 1991-05
          status: ended
        - id: ecomobility
          name: エコモビリティ
          reading: えこもびりてぃ
          summary: 移動を変えます。
          sources: [a, b]
          kind: campaign
          pathways: [low-emission]
        """,
    )
    project.catalogue(
        "knowledge",
        {
            "気候変動防止都市": "Cities for Climate Protection",
            "ローカルアジェンダ21": "Local Agenda 21",
            "エコモビリティ": "EcoMobility",
            "温室効果ガスを減らします。": "Cuts greenhouse gases.",
            "計画をつくります。": "Makes plans.",
            "移動を変えます。": "Changes mobility.",
        },
    )
    project.catalogue(
        "handbook",
        {
            "名称": "Name",
            "内容": "What it is",
            "種類": "Kind",
            "道筋": "Pathways",
            "状況": "Status",
            "開始時期": "Since",
            "出典": "Sources",
            "別言語の名称": "Name in Japanese",
            "略称": "Short name",
            "、": ", ",
            "：": ": ",
            "キャンペーン": "Campaign",
            "プログラム": "Programme",
            "低炭素な発展": "Low-emission development",
            "レジリエントな発展": "Resilient development",
            "終了": "Ended",
        },
    )


# -- A record described ------------------------------------------------------------------------------------------------


def test_a_record_is_described_by_name_summary_and_details(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} ccp\n```\n\n```{bibliography}\n```\n")

    ja, en = tiny_project.build("ja"), tiny_project.build("en")

    card = ja.page().select_one("div.record")
    assert card is not None
    assert card["id"] == "ccp"
    assert [" ".join(part.get_text().split()) for part in card.select("p, dt, dd")][:2] == [
        "気候変動防止都市 (CCP) Cities for Climate Protection",
        "温室効果ガスを減らします。[1]",
    ]
    assert fields(ja) == {
        "種類": "キャンペーン",
        "状況": "終了",
        "開始時期": "1993年",
        "道筋": "低炭素な発展、レジリエントな発展",
    }
    card = en.page().select_one("div.record")
    assert card is not None
    assert [" ".join(part.get_text().split()) for part in card.select("p, dt, dd")][:2] == [
        "Cities for Climate Protection (CCP) 気候変動防止都市",
        "Cuts greenhouse gases. [1]",
    ]
    assert fields(en) == {
        "Kind": "Campaign",
        "Status": "Ended",
        "Since": "1993",
        "Pathways": "Low-emission development, Resilient development",
    }


def test_kind_and_dates_come_first_and_the_date_of_the_statement_last(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/programmes.yaml",
        """
        - {id: ccp, as_of: 2020, note: 注です。, status: ended, until: 2012, since: 1993, kind: campaign,
           iclei_role: lead, name: 気候, summary: 減らします。, sources: [a]}
        """,
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} ccp\n```\n\n```{bibliography}\n```\n")
    assert list(fields(tiny_project.build())) == [
        *("種類", "開始時期", "終了時期", "状況", "イクレイの立場", "注", "時点"),
    ]


def test_a_record_without_a_summary_names_its_sources_among_its_details(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/tenures.yaml", "- {id: one, name: 人, post: president, since: 2020, as_of: 2024, sources: [a]}\n"
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} one\n```\n\n```{bibliography}\n```\n")
    assert fields(tiny_project.build()) == {"役職": "会長", "開始時期": "2020年", "出典": "[1]", "時点": "2024年"}


def fields(build: Build) -> dict[str, str]:
    names, values = (build.page().select(f"div.record {tag}") for tag in ("dt", "dd"))
    return {
        name.get_text().strip().rstrip(":"): " ".join(value.get_text().split())
        for name, value in zip(names, values, strict=True)
    }


def test_the_name_in_the_other_language_is_marked_with_that_language(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} ccp\n```\n")

    marked = {
        language: [(span.get_text(), span["lang"]) for span in tiny_project.build(language).page().select("p [lang]")]
        for language in ("ja", "en")
    }

    assert marked == {
        "ja": [("Cities for Climate Protection", "en")],
        "en": [("気候変動防止都市", "ja")],
    }


def test_a_record_without_an_english_name_has_none_on_japanese_pages(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} ecomobility\n```\n")

    ja, en = tiny_project.build("ja"), tiny_project.build("en")

    assert ja.sentences()[0] == "エコモビリティ"
    assert en.sentences()[0] == "EcoMobility エコモビリティ"


def test_a_name_that_only_this_handbook_uses_is_marked_as_its_own(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.replace("knowledge/programmes.yaml", "  kind: programme", "  kind: programme\n  name_is_ours: true")
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record} la21\n```\n")

    assert fields(tiny_project.build())["日本語名"] == "本書による訳語です。"


def test_duties_partners_and_notes_of_a_record_are_listed(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "knowledge/partners.yaml",
        """
        - id: unep
          name: 国連環境計画
          summary: 国連の機関です。
          sources: [a]
          kind: un-body
          note: 本部はナイロビです。
        - id: wri
          name: 世界資源研究所
          summary: 研究所です。
          sources: [a]
          kind: organization
        """,
    )
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          duties: [憲章を改正する, 戦略を採択する]
        """,
    )
    tiny_project.replace("knowledge/programmes.yaml", "  kind: programme", "  kind: programme\n  partners: [unep, wri]")
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n"
        + "".join(f"```{{record}} {name}\n```\n\n" for name in ("la21", "unep", "wri", "council"))
        + "```{bibliography}\n```\n",
    )

    build = tiny_project.build()

    assert build.warnings == []
    assert fields(build)["協力相手"] == "国連環境計画、世界資源研究所"
    assert [link["href"] for link in build.page().select("div#la21 dd a")] == ["#unep", "#wri"]
    assert fields(build)["注"] == "本部はナイロビです。"
    assert items(build, "div#council dd li") == ["憲章を改正する", "戦略を採択する"]


# -- A table -----------------------------------------------------------------------------------------------------------


def test_a_table_shows_the_records_of_a_kind_in_both_languages(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md",
        """
        # はじめに

        ```{record-table} programme
        :columns: name, kind, since, sources
        ```

        ```{bibliography}
        ```
        """,
    )

    ja, en = tiny_project.build("ja"), tiny_project.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    assert table(ja) == [
        ["名称", "種類", "開始時期", "出典"],
        ["気候変動防止都市 (CCP)", "キャンペーン", "1993年", "[1]"],
        ["ローカルアジェンダ21", "プログラム", "1991年5月", "[2]"],
        ["エコモビリティ", "キャンペーン", "", "[1, 2]"],
    ]
    assert table(en) == [
        ["Name", "Kind", "Since", "Sources"],
        ["Cities for Climate Protection (CCP)", "Campaign", "1993", "[1]"],
        ["Local Agenda 21", "Programme", "May 1991", "[2]"],
        ["EcoMobility", "Campaign", "", "[1, 2]"],
    ]


def test_a_table_shows_name_summary_and_sources_unless_told_otherwise(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{record-table} programme\n:where: kind=programme\n```\n\n```{bibliography}\n```\n",
    )

    assert table(tiny_project.build()) == [
        ["名称", "内容", "出典"],
        ["ローカルアジェンダ21", "計画をつくります。", "[1]"],
    ]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("kind=campaign", ["気候変動防止都市", "エコモビリティ"]),
        ("kind=campaign|programme, status=ended", ["気候変動防止都市", "ローカルアジェンダ21"]),
        ("kind = campaign, status = ended", ["気候変動防止都市"]),
        ("pathways=resilient", ["気候変動防止都市"]),
        ("since=1991-05", ["ローカルアジェンダ21"]),
        ("id=la21|ecomobility", ["ローカルアジェンダ21", "エコモビリティ"]),
        ("name_is_ours=false, since=1993", ["気候変動防止都市"]),
    ],
)
def test_where_keeps_the_records_that_meet_every_condition(
    tiny_project: TinyProject, where: str, names: list[str]
) -> None:
    programmes(tiny_project)
    tiny_project.replace("knowledge/programmes.yaml", "  abbreviation: CCP\n", "")
    tiny_project.write(
        "docs/index.md", f"# はじめに\n\n```{{record-table}} programme\n:columns: name\n:where: {where}\n```\n"
    )

    build = tiny_project.build()

    assert build.warnings == []
    assert table(build)[1:] == [[name] for name in names]


@pytest.mark.parametrize(
    ("sort", "japanese", "english"),
    [
        ("name", ["エコ", "気候", "ローカル"], ["Cities", "EcoMobility", "Local"]),
        ("since", ["ローカル", "気候", "エコ"], ["Local", "Cities", "EcoMobility"]),
        ("id", ["気候", "エコ", "ローカル"], ["Cities", "EcoMobility", "Local"]),
    ],
)
def test_sort_orders_rows_by_a_field_with_missing_values_last(
    tiny_project: TinyProject, sort: str, japanese: list[str], english: list[str]
) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md", f"# はじめに\n\n```{{record-table}} programme\n:columns: name\n:sort: {sort}\n```\n"
    )

    rows = {language: [row[0] for row in table(tiny_project.build(language))[1:]] for language in ("ja", "en")}

    assert all(row.startswith(start) for row, start in zip(rows["ja"], japanese, strict=True)), rows
    assert all(row.startswith(start) for row, start in zip(rows["en"], english, strict=True)), rows


def test_columns_that_are_empty_in_every_row_are_dropped(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md",
        """
        # はじめに

        ```{record-table} programme
        :columns: name, date, abbreviation, until, iclei-role, status
        :where: kind=programme
        ```
        """,
    )

    assert table(tiny_project.build()) == [["名称", "状況"], ["ローカルアジェンダ21", "終了"]]


def test_city_and_country_share_a_column_in_the_order_of_the_language(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    office = "- {{id: {0}, name: 事務所{0}, summary: 文です。, kind: country-office, sources: [a]{1}}}\n"
    places = {"a": ", city: ボン, country: ドイツ", "b": ", country: 日本", "c": ", city: マニラ", "d": ""}
    tiny_project.write("knowledge/offices.yaml", "".join(office.format(*place) for place in places.items()))
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{record-table} office\n:columns: name, location\n```\n\n```{bibliography}\n:all:\n```\n",
    )
    names = {"ボン": "Bonn", "ドイツ": "Germany", "日本": "Japan", "マニラ": "Manila"}
    tiny_project.catalogue("knowledge", names)
    tiny_project.catalogue("handbook", {"{country}・{city}": "{city}, {country}"})

    def cells(language: str) -> list[str]:
        return [
            row.select("td")[-1].get_text(strip=True) for row in tiny_project.build(language).page().select("tbody tr")
        ]

    assert cells("ja") == ["ドイツ・ボン", "日本", "マニラ", ""]
    assert cells("en") == ["Bonn, Germany", "Japan", "Manila", ""]


def test_anchors_make_each_row_the_place_where_its_record_is_described(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md",
        """
        # はじめに

        {record}`la21`

        ```{record-table} programme
        :columns: name
        :anchors:
        ```

        ```{bibliography}
        ```
        """,
    )

    build = tiny_project.build()

    assert build.warnings == []
    assert [row.get("id") for row in build.page().select("tbody tr")] == ["ccp", "la21", "ecomobility"]
    assert [link["href"] for link in build.page().select("div.body > * > p > a.reference")] == ["#la21"]
    # There, a row has both names and the sources even if the writer asks for the name alone.
    assert table(build)[:2] == [["名称", "出典"], ["気候変動防止都市 (CCP) Cities for Climate Protection", "[1]"]]


def test_a_row_that_describes_a_record_says_of_what_date_it_speaks_below_its_sources(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/tenures.yaml", "- {id: one, name: 人, post: president, as_of: 2024, since: 2020, sources: [a]}\n"
    )
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{record-table} tenure\n:columns: name, sources, since\n:anchors:\n```\n\n```{bibliography}\n```\n",
    )
    assert table(tiny_project.build()) == [["名称", "開始時期", "出典"], ["人", "2020年", "[1] 2024年時点"]]


def test_a_row_that_describes_a_record_has_its_note_below_the_summary(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/programmes.yaml",
        """
        - {id: tap, name: 変革, kind: programme, summary: 計画を広げます。, note: 始まりの年は資料によって違います。, sources: [a]}
        - {id: uni, name: 統一, kind: programme, summary: 報告を助けます。, sources: [a]}
        """,
    )
    tiny_project.write(
        "docs/index.md",
        """
        # はじめに

        ```{record-table} programme
        :columns: name, summary, note
        :anchors:
        ```

        ```{bibliography}
        ```
        """,
    )
    assert table(tiny_project.build()) == [
        ["名称", "内容", "出典"],
        ["変革", "計画を広げます。 注：始まりの年は資料によって違います。", "[1]"],
        ["統一", "報告を助けます。", "[1]"],
    ]


def test_without_anchors_a_table_is_not_where_its_records_are_described(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n{record}`la21`\n\n```{record-table} programme\n:columns: name\n```\n"
    )

    build = tiny_project.build()

    assert [row.get("id") for row in build.page().select("tbody tr")] == [None, None, None]
    assert build.warnings == [
        "docs/index.md:3: WARNING: record 'la21' is described on no page; "
        "add a {record} directive or a table with :anchors: [ref.record]"
    ]


def test_a_caption_is_parsed_and_belongs_to_the_catalogue_of_the_page(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{record-table} programme\n:columns: name\n:caption: {year}`ccp.since`からの活動\n```\n",
    )
    tiny_project.catalogue("index", {"{year}`ccp.since`からの活動": "Work since {year}`ccp.since`"})

    captions = [
        build.page().select("table caption .caption-text")[0].get_text()
        for build in (tiny_project.build("ja"), tiny_project.build("en"))
    ]

    assert captions == ["1993年からの活動", "Work since 1993"]


def test_lists_in_cells_stand_beside_paragraphs_not_in_them(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          duties: [憲章を改正する, 戦略を採択する]
        """,
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record-table} body\n:columns: name, duties\n```\n")

    build = tiny_project.build()

    assert items(build, "td li") == ["憲章を改正する", "戦略を採択する"]
    html = (build.output / "index.html").read_text(encoding="utf-8")
    assert "<p><ul" not in html.replace("\n", "")


def test_the_first_cell_of_a_row_is_its_heading(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write("docs/index.md", "# はじめに\n\n```{record-table} programme\n:columns: name, status\n```\n")

    row: Tag = tiny_project.build().page().select("tbody tr")[0]

    assert [cell.name for cell in row.select("th, td")] == ["th", "td"]


# -- A list ------------------------------------------------------------------------------------------------------------


def test_a_list_gives_linked_names_with_summary_and_citation(tiny_project: TinyProject) -> None:
    programmes(tiny_project)
    tiny_project.write(
        "docs/index.md",
        """
        # はじめに

        ```{record-list} programme
        :where: status=ended
        :sort: since
        ```

        ```{record-table} programme
        :columns: name
        :anchors:
        ```

        ```{bibliography}
        ```
        """,
    )

    ja, en = tiny_project.build("ja"), tiny_project.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    assert items(ja, "ul.records li") == [
        "ローカルアジェンダ21：計画をつくります。[2]",
        "気候変動防止都市：温室効果ガスを減らします。[1]",
    ]
    assert items(en, "ul.records li") == [
        "Local Agenda 21: Makes plans. [2]",
        "Cities for Climate Protection: Cuts greenhouse gases. [1]",
    ]
    assert [link["href"] for link in ja.page().select("ul.records li strong a")] == ["#la21", "#ccp"]


# -- Observations ------------------------------------------------------------------------------------------------------


def test_observations_show_every_value_of_a_figure_with_date_source_and_note(tiny_project: TinyProject) -> None:
    tiny_project.source("a", "b")
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
              sources: [b]
              note: 会員だけの数です。
        """,
    )
    tiny_project.catalogue(
        "knowledge", {"自治体数": "Local governments", "{value}の自治体": "{value} local governments"}
    )
    tiny_project.catalogue(
        "handbook",
        {"時点": "As of", "値": "Value", "出典": "Sources", "注": "Note", "{value}以上": "more than {value}"},
    )
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n{record}`members`\n\n```{observations} members\n```\n\n```{bibliography}\n```\n"
    )

    ja, en = tiny_project.build("ja"), tiny_project.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    assert table(ja) == [
        ["時点", "値", "出典", "注"],
        ["2025年9月", "2,500以上の自治体", "[1, 2]", ""],
        ["記載なし", "1,200の自治体", "[2]", "会員だけの数です。"],
    ]
    assert table(en)[:2] == [
        ["As of", "Value", "Sources", "Note"],
        ["September 2025", "more than 2,500 local governments", "[1, 2]", ""],
    ]
    note = en.page().select("tbody tr:nth-of-type(2) td:last-of-type span[lang]")
    assert [(span.get_text(), span["lang"]) for span in note] == [("会員だけの数です。", "ja")]
    captions = [build.page().select("table caption .caption-text")[0].get_text() for build in (ja, en)]
    assert captions == ["自治体数", "Local governments 自治体数"]
    assert [link["href"] for link in ja.page().select("div.body > section > p a")] == ["#members"]
    assert ja.page().select("table#members")


def test_observations_without_notes_need_no_column_for_them(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/figures.yaml",
        "- id: members\n  name: 自治体数\n  observations:\n    - {value: 5, as_of: 2020, sources: [a]}\n",
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{observations} members\n```\n\n```{bibliography}\n```\n")

    assert table(tiny_project.build()) == [["時点", "値", "出典"], ["2020年", "5", "[1]"]]


# -- The glossary ------------------------------------------------------------------------------------------------------


def test_terms_stand_by_reading_in_japanese_and_by_letters_in_english(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/terms.yaml",
        """
        - {id: gex, name: 世界理事会, name_en: Global Executive Committee, reading: せかいりじかい,
           summary: 理事の会議, sources: [a], group: governance}
        - {id: charter, name: 憲章, name_en: Charter, reading: けんしょう,
           summary: 基本の決まり, sources: [a], group: governance}
        - {id: member, name: 会員, name_en: Member, reading: かいいん,
           summary: 加わっている自治体, sources: [a], group: members}
        """,
    )
    tiny_project.catalogue(
        "knowledge",
        {
            "世界理事会": "Global Executive Committee",
            "憲章": "Charter",
            "会員": "Member",
            "理事の会議": "Meeting of the executives",
            "基本の決まり": "Basic rules",
            "加わっている自治体": "A local government that has joined",
        },
    )
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n{record}`gex`\n\n```{term-list}\n```\n\n```{bibliography}\n```\n"
    )

    ja, en = tiny_project.build("ja"), tiny_project.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    assert [term.rstrip("¶") for term in items(ja, "dl.terms dt")] == [
        "会員 Member",
        "憲章 Charter",
        "世界理事会 Global Executive Committee",
    ]
    assert items(ja, "dl.terms dd")[0] == "加わっている自治体[1]"
    assert [term.rstrip("¶") for term in items(en, "dl.terms dt")] == [
        "Charter 憲章",
        "Global Executive Committee 世界理事会",
        "Member 会員",
    ]
    assert items(en, "dl.terms dd")[0] == "Basic rules [1]"
    assert [term.get("id") for term in ja.page().select("dl.terms dt")] == ["member", "charter", "gex"]


def test_a_glossary_may_show_one_group_of_terms(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/terms.yaml",
        """
        - {id: charter, name: 憲章, name_en: Charter, reading: けんしょう, summary: 決まり, sources: [a], group: one}
        - {id: member, name: 会員, name_en: Member, reading: かいいん, summary: 自治体, sources: [a], group: two}
        """,
    )
    tiny_project.write("docs/index.md", "# はじめに\n\n```{term-list}\n:where: group=two\n```\n")

    assert [term.rstrip("¶") for term in items(tiny_project.build(), "dl.terms dt")] == ["会員 Member"]


# -- Mistakes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("directive", "problem"),
    [
        (
            "```{record} ccpp\n```",
            "no record has the id 'ccpp'; write 'ccp' if that is what you mean, else add it to a file in knowledge/",
        ),
        (
            "```{record-table} programm\n```",
            "'programm' is not a kind of record; write 'programme' if that is what you mean, "
            "else write one of body, tenure, office, era, milestone, programme, partner, figure, conflict, term, change",
        ),
        (
            "```{record-table} programme\n:where: kind\n```",
            "the condition 'kind' is not of the form field=value",
        ),
        (
            "```{record-table} programme\n:where: statu=ended\n```",
            "records of kind 'programme' have no field 'statu'; write 'status' if that is what you mean, "
            "else write one of ",
        ),
        (
            "```{record-table} programme\n:where: kind=tool\n```",
            "no record of kind 'programme' fits; check :where:",
        ),
        (
            "```{record-table} programme\n:columns: name, sumary\n```",
            "no column is called 'sumary'; write 'summary' if that is what you mean, else write one of name, names,",
        ),
        (
            "```{record-table} programme\n:sort: begin\n```",
            "records of kind 'programme' have no field 'begin' to sort by",
        ),
        (
            "```{record-list} programme\n:where: kind=\n```",
            "the condition 'kind=' is not of the form field=value",
        ),
        ("```{observations} ccp\n```", "'ccp' is not a figure"),
        ("```{observations} zzz\n```", "no record has the id 'zzz'; add it to a file in knowledge/"),
        ("```{term-list}\n:where: group=zzz\n```", "no record of kind 'term' fits; check :where:"),
    ],
)
def test_a_mistake_in_a_directive_is_told_with_its_line_and_remedy(
    tiny_project: TinyProject, directive: str, problem: str
) -> None:
    programmes(tiny_project)
    tiny_project.write("docs/index.md", f"# はじめに\n\n文です。\n\n{directive}\n\nここも読めます。\n")

    build = tiny_project.build()

    [warning] = build.warnings
    assert warning.startswith(f"docs/index.md:5: WARNING: {problem}")
    assert warning.endswith(" [handbook.bad-directive]")
    assert build.sentences() == ["文です。", "ここも読めます。"]
