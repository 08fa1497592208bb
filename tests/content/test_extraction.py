"""Templates for translators: each text in one of them, none in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject


def messages(template: Path) -> list[str]:
    with template.open(encoding="utf-8") as stream:
        return [str(message.id) for message in read_po(stream) if message.id]


def records(project: TinyProject) -> None:
    project.source("a")
    project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          name_en: ICLEI Council
          summary: 会員を代表します。
          sources: [a]
          function: decides
          duties: [憲章を改正する]
          relations: [{verb: elects, to: committee}]
        - {id: committee, name: 世界理事会, summary: 運営します。, sources: [a], function: runs}
        """,
    )
    project.write(
        "knowledge/figures.yaml",
        "- id: members\n  name: 自治体数\n  observations:\n    - {value: 5, sources: [a], note: 会員の数です。}\n",
    )
    project.write(
        "knowledge/terms.yaml",
        "- {id: charter, name: 憲章, name_en: Charter, reading: けんしょう, summary: 決まり, sources: [a], group: g}\n",
    )


def test_texts_of_records_go_into_one_template_and_not_into_those_of_pages(tiny_project: TinyProject) -> None:
    records(tiny_project)
    tiny_project.write(
        "docs/index.md",
        """
        # はじめに

        ```{record} council
        ```

        ```{record-table} body
        :caption: 組織の表
        :columns: name, function, duties, summary
        ```

        ```{record-list} body
        ```

        ```{observations} members
        ```

        ```{term-list}
        ```

        ```{hierarchy}
        ```

        議会は{record}`council`、{value}`members`です{cite}`a`。
        """,
    )

    output = tiny_project.build(builder="gettext").output

    assert messages(output / "index.pot") == [
        "はじめに",
        "組織の表",
        "議会は{record}`council`、{value}`members`です{cite}`a`。",
    ]
    assert messages(output / "knowledge.pot") == [
        "イクレイ議会",
        "会員を代表します。",
        "憲章を改正する",
        "世界理事会",
        "運営します。",
        "自治体数",
        "会員の数です。",
        "憲章",
        "決まり",
    ]


def test_the_place_of_a_record_text_is_given_with_its_record(tiny_project: TinyProject) -> None:
    records(tiny_project)

    template = tiny_project.build(builder="gettext").output / "knowledge.pot"

    assert (
        '#. council: summary\n#: knowledge/bodies.yaml:4\nmsgid "会員を代表します。"\nmsgstr ""\n'
        in template.read_text(encoding="utf-8")
    )


def test_our_own_words_go_into_a_template_of_their_own(tiny_project: TinyProject) -> None:
    words = messages(tiny_project.build(builder="gettext").output / "handbook.pot")

    assert {"名称", "出典", "{date}から", "選挙で選ぶ", "{amount}（{date}時点）"} <= set(words)


def test_templates_are_made_for_translators_only(tiny_project: TinyProject) -> None:
    output = tiny_project.build().output

    assert list(output.rglob("*.pot")) == []
