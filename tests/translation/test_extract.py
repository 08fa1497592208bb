"""Templates: texts of records and our own words, with the places they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from handbook.knowledge import load
from handbook.translation.extract import interface_template, knowledge_template, write_template

if TYPE_CHECKING:
    from tests.conftest import TinyProject


def test_texts_of_records_come_with_file_line_record_and_field(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          name_en: ICLEI Council
          summary: 会員を代表します。
          sources: [a]
          function: decides
          duties:
            - 憲章を改正する
        - id: committee
          name: 世界理事会
          summary: 会員を代表します。
          sources: [a]
          function: runs
        """,
    )
    file = tiny_project.root / "build/knowledge.pot"

    write_template(knowledge_template(load(tiny_project.root / "knowledge")), file)

    _, _, entries = file.read_text(encoding="utf-8").partition("\n\n")
    assert entries.rstrip("\n").split("\n\n") == [
        '#. council: name\n#: knowledge/bodies.yaml:2\nmsgid "イクレイ議会"\nmsgstr ""',
        "#. council: summary\n#. committee: summary\n"
        '#: knowledge/bodies.yaml:4 knowledge/bodies.yaml:11\nmsgid "会員を代表します。"\nmsgstr ""',
        '#. council: duties.0\n#: knowledge/bodies.yaml:8\nmsgid "憲章を改正する"\nmsgstr ""',
        '#. committee: name\n#: knowledge/bodies.yaml:10\nmsgid "世界理事会"\nmsgstr ""',
    ]


def test_japanese_publishers_and_notes_of_sources_are_extracted_and_titles_are_not(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "knowledge/sources.bib",
        """
        @online{jp-35,
          title = {{イクレイについて}},
          publisher = {イクレイ日本},
          note = {写しで確認},
          url = {https://example.org/35},
          urldate = {2026-11-24},
          langid = {japanese},
        }

        @online{story,
          title = {The ICLEI Story},
          publisher = {ICLEI},
          note = {Copy},
          url = {https://example.org/story},
          urldate = {2026-11-24},
          langid = {english},
        }
        """,
    )

    template = knowledge_template(load(tiny_project.root / "knowledge"))

    assert [(message.id, message.auto_comments) for message in template if message.id] == [
        ("イクレイ日本", ["publisher of a source"]),
        ("写しで確認", ["note of a source"]),
    ]


def test_a_number_alone_is_not_a_text_to_translate(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          observations:
            - value: 2500
              sources: [a]
        """,
    )

    template = knowledge_template(load(tiny_project.root / "knowledge"))

    assert [message.id for message in template if message.id] == ["会員数"]


def test_our_own_words_are_extracted_with_the_file_and_without_lines() -> None:
    template = interface_template()

    source = template.get("{date}から")
    assert source is not None
    assert [(place, bool(line)) for place, line in source.locations] == [("handbook/translation/dates.py", False)]
    assert template.get("世界事務局") is not None, "words that are only marked are extracted, too"
    assert template.get("選挙で選ぶ") is not None
    assert template.get("選挙で選ぶ", "many") is not None, "a form for several has a context of its own"


def test_extracting_twice_gives_the_same_entries(tiny_project: TinyProject) -> None:
    first, second = tiny_project.root / "first.pot", tiny_project.root / "second.pot"

    write_template(interface_template(), first)
    write_template(interface_template(), second)

    with first.open(encoding="utf-8") as one, second.open(encoding="utf-8") as two:
        assert [str(message.id) for message in read_po(one)] == [str(message.id) for message in read_po(two)]
