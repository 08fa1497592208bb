"""The knowledge base: records checked one by one and against each other, with every problem told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import Body, ContentError, Era, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import TinyProject

REMEDY_DATE = "write a date such as 1990, 1990-09, 1990-09-05, 2009~ or 1990-09-05/1990-09-09"


# -- What is loaded ----------------------------------------------------------------------------------------------------


def test_records_keep_the_order_of_their_file_and_know_their_place(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        # Eras

        - id: era-today
          name: 現在
          date: 2018/..

        - id: era-founding
          name: 設立
          date: 1989/1992
        """,
    )

    base = load(tiny_project.root / "knowledge")

    assert [era.id for era in base.all(Era)] == ["era-today", "era-founding"]
    assert base.all(Body) == []
    file, line = base.place("era-founding")
    assert (file.as_posix(), line) == ("knowledge/eras.yaml", 7)
    assert base.place("era-founding", ("date",))[1] == 9
    assert base.place("era-founding", ("note",))[1] == 7, "a field that is not given stands where its record stands"


def test_messages_have_the_place_of_their_text(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          duties:
            - 憲章を改正する
            - 戦略を採択する
        """,
    )

    messages = list(load(tiny_project.root / "knowledge").messages())

    assert [(item.text, item.file.as_posix(), item.line, item.record, item.field) for item in messages] == [
        ("イクレイ議会", "knowledge/bodies.yaml", 2, "council", "name"),
        ("会員を代表します。", "knowledge/bodies.yaml", 3, "council", "summary"),
        ("憲章を改正する", "knowledge/bodies.yaml", 7, "council", "duties.0"),
        ("戦略を採択する", "knowledge/bodies.yaml", 8, "council", "duties.1"),
    ]


# -- One record --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param(
            "sumary: 会員を代表します。",
            "field 'sumary': no such field. To mend it: write 'summary' if that is what you mean, else remove it.",
            id="misspelt field",
        ),
        pytest.param("colour: 青", "field 'colour': no such field. To mend it: remove it.", id="unknown field"),
        pytest.param(
            "function: decide",
            "field 'function': 'decide' is not allowed here. "
            "To mend it: write 'members', 'decides', 'runs' or 'supports'.",
            id="value outside a closed list",
        ),
        pytest.param(
            "confidence: low",
            "field 'confidence': 'low' is not allowed here. To mend it: write 'high' or 'medium'.",
            id="low confidence is not published",
        ),
        pytest.param(
            "as_of: 1990-02-30",
            f"field 'as_of': '1990-02-30' is not a possible date. To mend it: {REMEDY_DATE}.",
            id="impossible date",
        ),
        pytest.param(
            "as_of: 1990年9月",
            f"field 'as_of': '1990年9月' is not a date. To mend it: {REMEDY_DATE}.",
            id="no date at all",
        ),
        pytest.param(
            "part_of: Executive Committee",
            "field 'part_of': 'Executive Committee' is not an id. "
            "To mend it: use small letters, digits and hyphens, such as world-secretariat.",
            id="no id",
        ),
        pytest.param(
            "reading: イクレイギカイ",
            "field 'reading': 'イクレイギカイ' is not a reading. To mend it: write it in hiragana.",
            id="reading in katakana",
        ),
        pytest.param(
            "duties: 憲章を改正する",
            "field 'duties': '憲章を改正する' is not a list. To mend it: write it in brackets: [first, second].",
            id="text for a list",
        ),
        pytest.param(
            "sources: []",
            "field 'sources': this list is empty. To mend it: name at least one.",
            id="no source",
        ),
        pytest.param(
            "several: maybe",
            "field 'several': 'maybe' is neither true nor false. To mend it: write true or false.",
            id="neither true nor false",
        ),
    ],
)
def test_a_wrong_field_is_named_with_file_line_record_and_remedy(
    tiny_project: TinyProject, problems: Callable[[], list[str]], line: str, problem: str
) -> None:
    tiny_project.source("a")
    fields = {
        "id": "council",
        "name": "イクレイ議会",
        "summary": "会員を代表します。",
        "sources": "[a]",
        "function": "decides",
    }
    name, value = line.split(": ", 1)
    fields = {key: fields[key] for key in fields if key != name} | {name: value}
    tiny_project.write(
        "knowledge/bodies.yaml", "- " + "\n  ".join(f"{key}: {text}" for key, text in fields.items()) + "\n"
    )

    assert problems() == [f"knowledge/bodies.yaml:{len(fields)}: record 'council': {problem}"]


def test_a_missing_field_is_told_at_the_line_of_its_record(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        # Bodies

        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]

        - name: 世界理事会
          summary: 運営を担います。
          sources: [a]
          function: runs
        """,
    )

    assert problems() == [
        "knowledge/bodies.yaml:3: record 'council': field 'function': this field is missing. "
        "To mend it: add 'function: …' to the record.",
        "knowledge/bodies.yaml:8: record 'number 2': field 'id': this field is missing. "
        "To mend it: add 'id: …' to the record.",
    ]


def test_a_mistake_within_a_list_is_told_at_its_own_line(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - value: 2500
              as_of: 2025-09
              sources: [a]
            - value: about 1200
              as_off: 2020
              sources: [a]
        """,
    )

    assert problems() == [
        "knowledge/figures.yaml:7: record 'members': field 'observations.1.value': "
        "'about 1200' is not a number. To mend it: write digits alone, such as 2500.",
        "knowledge/figures.yaml:8: record 'members': field 'observations.1.as_off': no such field. "
        "To mend it: write 'as_of' if that is what you mean, else remove it.",
    ]


_NO_NUMBER = "is not a number. To mend it: write digits alone, such as 2500."
_TOO_LARGE = "has more digits than can be told exactly. To mend it: write a number of 15 digits or fewer."


@pytest.mark.parametrize(
    ("value", "told"),
    [
        *((value, _NO_NUMBER) for value in ("nan", "inf", "1e400")),
        *((value, _TOO_LARGE) for value in ("1e300", "-1e300", "1000000000000000")),
    ],
)
def test_a_value_without_a_size_or_too_large_to_be_exact_is_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]], value: str, told: str
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/figures.yaml",
        f"- id: members\n  name: 会員数\n  observations:\n    - {{value: {value}, sources: [a]}}\n",
    )

    assert problems() == [f"knowledge/figures.yaml:4: record 'members': field 'observations.0.value': '{value}' {told}"]


@pytest.mark.parametrize(
    ("collection", "field", "typed", "meant"),
    [
        ("figures", "observations", "{value: 5, sources: [a], qualifer: about}", "qualifier"),
        ("bodies", "relations", "{verb: elects, to: r, two: r}", "to"),
        ("terms", "avoid", "{form: 議会, why: 理由, forms: 議会}", "form"),
    ],
)
def test_a_misspelt_field_within_a_list_is_told_the_nearest_field_of_its_items(
    tiny_project: TinyProject,
    problems: Callable[[], list[str]],
    collection: str,
    field: str,
    typed: str,
    meant: str,
) -> None:
    tiny_project.source("a")
    others = {
        "figures": "",
        "bodies": "  summary: 内容\n  sources: [a]\n  function: runs\n",
        "terms": "  name_en: R\n  reading: あ\n  summary: 内容\n  sources: [a]\n  group: g\n",
    }
    tiny_project.write(
        f"knowledge/{collection}.yaml", f"- id: r\n  name: 記録\n{others[collection]}  {field}:\n    - {typed}\n"
    )

    [problem] = problems()

    assert f"no such field. To mend it: write '{meant}' if that is what you mean, else remove it." in problem


def test_a_field_whose_value_begins_on_the_next_line_is_told_at_its_name(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          duties:

            first: 憲章を改正する
        """,
    )

    [problem] = problems()

    assert problem.startswith("knowledge/bodies.yaml:6: record 'council': field 'duties': ")


@pytest.mark.parametrize("pattern", ["の自治体", "{value}の{自治体}", "{value}の{", "{}と{value}"])
def test_the_pattern_of_a_figure_needs_a_place_for_its_value_and_no_other(
    tiny_project: TinyProject, problems: Callable[[], list[str]], pattern: str
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/figures.yaml",
        f"""
        - id: members
          name: 会員数
          pattern: "{pattern}"
          observations:
            - value: 2500
              sources: [a]
        """,
    )

    [problem] = problems()

    assert problem.startswith("knowledge/figures.yaml:3: record 'members': field 'pattern': ")
    assert "{value}" in problem.partition("To mend it: ")[2]


# -- Records among each other ------------------------------------------------------------------------------------------


def test_an_id_used_twice_is_told_with_both_places(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: founding
          name: 設立
          date: 1989
        """,
    )
    tiny_project.write(
        "knowledge/offices.yaml",
        """
        # Offices
        - name: 事務所
          id: founding
          summary: 最初の事務所です。
          sources: [a]
          kind: country-office
        """,
    )

    # Offices are read before eras, whatever the names of their files.
    assert problems() == [
        "knowledge/eras.yaml:1: record 'founding': field 'id': this id is used already in knowledge/offices.yaml:3. "
        "To mend it: give one of the two records another id."
    ]


def test_a_dangling_reference_is_told_with_the_nearest_id(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          relations:
            - verb: elects
              to: global-comittee
        - id: global-committee
          name: 世界理事会
          summary: 運営を担います。
          sources: [a]
          function: runs
          part_of: zzz
        """,
    )

    assert problems() == [
        "knowledge/bodies.yaml:8: record 'council': field 'relations.0.to': no record has the id 'global-comittee'. "
        "To mend it: write 'global-committee' if that is what you mean, "
        "else add the record to knowledge/bodies.yaml.",
        "knowledge/bodies.yaml:14: record 'global-committee': field 'part_of': no record has the id 'zzz'. "
        "To mend it: add the record to knowledge/bodies.yaml.",
    ]


def test_a_reference_to_a_record_of_another_type_is_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write("knowledge/eras.yaml", "- id: founding\n  name: 設立\n  date: 1990\n")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          part_of: founding
        """,
    )

    assert problems() == [
        "knowledge/bodies.yaml:6: record 'council': field 'part_of': "
        "'founding' is a record of eras, not of bodies. To mend it: add the record to knowledge/bodies.yaml."
    ]


def test_an_unknown_source_is_told_with_the_nearest_key(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("iclei-story")
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - value: 2500
              sources: [iclei-story, iclei-stories]
            - value: 1200
              sources:
                - zzz
        """,
    )

    assert problems() == [
        "knowledge/figures.yaml:5: record 'members': field 'observations.0.sources.1': "
        "no source has the key 'iclei-stories'. "
        "To mend it: write 'iclei-story' if that is what you mean, "
        "else add an entry 'iclei-stories' to knowledge/sources.bib.",
        "knowledge/figures.yaml:8: record 'members': field 'observations.1.sources.0': no source has the key 'zzz'. "
        "To mend it: add an entry 'zzz' to knowledge/sources.bib.",
    ]


def test_observations_stand_newest_first(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - {value: 2000, as_of: 2020, sources: [a]}
            - {value: 1, sources: [a]}
            - {value: 2500, as_of: 2025-09, sources: [a]}
            - {value: 1500, as_of: 2019-01, sources: [a]}
        - id: offices
          name: 事務所数
          observations:
            - {value: 27, as_of: 2024, sources: [a]}
            - {value: 22, as_of: 2018, sources: [a]}
            - {value: 24, as_of: 2021, sources: [a]}
        """,
    )

    assert problems() == [
        "knowledge/figures.yaml:6: record 'members': field 'observations.2': "
        "the observation of 2025-09 stands below an older one. To mend it: sort observations newest first.",
        "knowledge/figures.yaml:13: record 'offices': field 'observations.2': "
        "the observation of 2021 stands below an older one. To mend it: sort observations newest first.",
    ]


@pytest.mark.parametrize("name", ["body.yaml", "bodies.yml", "bodys.yaml"])
def test_a_file_with_a_wrong_name_is_told_the_nearest_right_one(
    tiny_project: TinyProject, problems: Callable[[], list[str]], name: str
) -> None:
    tiny_project.write(f"knowledge/{name}", "[]\n")

    [problem] = problems()

    assert problem.startswith(f"knowledge/{name}:1: no record type has this file name. To mend it: ")
    assert "'bodies.yaml'" in problem


def test_a_file_of_unknown_name_is_told_all_names(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write("knowledge/zzz.yaml", "[]\n")

    [problem] = problems()

    assert all(f"{name}.yaml" in problem for name in ("bodies", "offices", "eras", "milestones", "figures", "terms"))


@pytest.mark.parametrize("date", ["2026", "2026-11", "2026-11-24~", "2026-11-23/2026-11-24"])
def test_a_change_has_one_exact_day(tiny_project: TinyProject, problems: Callable[[], list[str]], date: str) -> None:
    change(tiny_project, date=date)

    assert problems() == [
        f"knowledge/changes.yaml:3: record 'change-a': field 'date': '{date}' is not one exact day. "
        "To mend it: write year, month and day, such as 2026-11-24."
    ]


def test_a_change_says_which_records_it_concerns(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    change(tiny_project, about="[]")

    assert problems() == [
        "knowledge/changes.yaml:6: record 'change-a': field 'about': this list is empty. To mend it: name at least one."
    ]


def test_a_change_names_records_that_exist(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    change(tiny_project, about="[era-founding, era-fonding]")

    [problem] = problems()

    assert problem.startswith(
        "knowledge/changes.yaml:6: record 'change-a': field 'about.1': no record has the id 'era-fonding'. "
        "To mend it: write 'era-founding' if that is what you mean"
    )


def change(project: TinyProject, date: str = "2026-11-24", about: str = "[era-founding]") -> None:
    """Write an era, and a change that concerns it."""
    project.write("knowledge/eras.yaml", "- {id: era-founding, name: 設立, date: 1989}\n")
    project.write(
        "knowledge/changes.yaml",
        f"""
        - id: change-a
          name: 年を直しました
          date: {date}
          kind: corrected
          summary: 1990年でした。
          about: {about}
        """,
    )


# -- All of them at once -----------------------------------------------------------------------------------------------


def test_all_problems_of_all_files_are_told_at_once_sorted_by_place(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          sources: [zzz]
          function: decide
          colour: 青
        - id: committee
          name: 世界理事会
          summary: 運営を担います。
          sources: [aa]
          function: runs
        """,
    )
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n name: 設立\n")
    tiny_project.write("knowledge/milestone.yaml", "[]\n")
    tiny_project.write(
        "knowledge/offices.yaml",
        """
        - id: committee
          name: 事務所
          summary: 事務所です。
          sources: [a]
          kind: office
        """,
    )

    places = [problem.split(": ")[0] for problem in problems()]

    assert places == [
        "knowledge/bodies.yaml:1",
        "knowledge/bodies.yaml:4",
        "knowledge/bodies.yaml:5",
        "knowledge/bodies.yaml:9",
        "knowledge/eras.yaml:2",
        "knowledge/milestone.yaml:1",
        "knowledge/offices.yaml:5",
    ]


def test_a_bad_field_in_one_record_hides_no_problem_of_another(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          summary: 会員を代表します。
          sources: [a]
          function: decides
          part_of: nobody
        """,
    )
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - {value: 2000, as_of: 2020, sources: [a]}
            - {value: 2500, as_of: 2025, sources: [a]}
        """,
    )

    assert [problem.split(": ")[0] for problem in problems()] == [
        "knowledge/bodies.yaml:6",
        "knowledge/eras.yaml:3",
        "knowledge/figures.yaml:5",
    ]


def test_a_record_that_cannot_be_read_does_not_show_up_again_as_a_dangling_reference(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")
    tiny_project.write("knowledge/partners.yaml", "- id: unep\n name: 国連環境計画\n")
    tiny_project.write(
        "knowledge/milestones.yaml",
        """
        - id: congress
          name: 世界会議
          summary: 設立されました。
          sources: [a]
          date: 1990
          era: era-founding
        """,
    )
    tiny_project.write(
        "knowledge/programmes.yaml",
        """
        - id: ccp
          name: 気候変動防止都市
          summary: 排出を減らします。
          sources: [a]
          kind: campaign
          partners: [unep]
        """,
    )

    assert [problem.split(": ")[0] for problem in problems()] == [
        "knowledge/eras.yaml:3",
        "knowledge/partners.yaml:2",
    ]


def test_sources_that_cannot_be_read_do_not_make_every_citation_a_problem(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.write("knowledge/sources.bib", "@online{a,\n  title = {A}\n  url = {B},\n}\n")
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990\n  sources: [a]\n")

    [problem] = problems()

    assert problem.startswith("knowledge/sources.bib:3: ")


def test_problems_carry_their_parts_for_other_tools(tiny_project: TinyProject) -> None:
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")

    with pytest.raises(ContentError) as caught:
        load(tiny_project.root / "knowledge")

    [problem] = caught.value.problems
    assert (problem.file.as_posix(), problem.line) == ("knowledge/eras.yaml", 3)
    assert (problem.record, problem.field) == ("era-founding", "date")
    assert problem.what == "'1990-13' is not a possible date"
    assert problem.remedy == REMEDY_DATE


def test_paths_in_messages_are_relative_to_the_project_that_is_given(tiny_project: TinyProject) -> None:
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")

    with pytest.raises(ContentError) as caught:
        load(tiny_project.root / "knowledge", project=tiny_project.root.parent)

    assert caught.value.problems[0].file.as_posix() == "project/knowledge/eras.yaml"
