"""YAML files: every value with its line, and what is refused before records are made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import Era, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import TinyProject


def test_values_stay_the_text_that_their_author_typed(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: no
          name: 0123
          name_en: Yes
          date: 1990-09-05
        """,
    )

    era = load(tiny_project.root / "knowledge").all(Era)[0]

    assert (era.id, era.name, era.name_en, era.date.text) == ("no", "0123", "Yes", "1990-09-05")


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tiny_project: TinyProject) -> None:
    text = "- id: era-founding\r\n  name: 設立\r\n  date: 1990\r\n"
    (tiny_project.root / "knowledge/eras.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert load(tiny_project.root / "knowledge").records["era-founding"].name == "設立"


@pytest.mark.parametrize("text", ["", "# Nothing here yet.\n", "---\n"])
def test_a_file_without_records_is_no_problem(tiny_project: TinyProject, text: str) -> None:
    (tiny_project.root / "knowledge/eras.yaml").write_text(text)

    assert not load(tiny_project.root / "knowledge").records


def test_bad_yaml_is_refused_with_its_line(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-founding
          name: 設立: はじまり
          date: 1990
        """,
    )

    assert problems() == [
        "knowledge/eras.yaml:2: not valid YAML: mapping values are not allowed in this context. "
        "To mend it: check indentation, colons and quotes around this line."
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  date：1990", "the colon after the field is full-width. To mend it: write a half-width colon and a space."),
        ("  date： 1990", "the colon after the field is full-width. To mend it: write a half-width colon and a space."),
        ("  date:1990", "no space follows the colon. To mend it: write a space after the colon."),
        ("\u3000\u3000date: 1990", "a full-width space indents the line. To mend it: indent with half-width spaces."),
        ("\tdate: 1990", "a tab indents the line. To mend it: indent with spaces."),
    ],
)
def test_a_slip_of_the_keyboard_is_told_on_its_own_line(
    tiny_project: TinyProject, problems: Callable[[], list[str]], line: str, told: str
) -> None:
    tiny_project.write("knowledge/eras.yaml", f"- id: era-founding\n{line}\n  name: 設立\n")

    assert problems() == [f"knowledge/eras.yaml:2: not valid YAML: {told}"]


def test_a_control_character_is_refused_with_its_line(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    (tiny_project.root / "knowledge/eras.yaml").write_bytes(b"- id: era-founding\n  name: a\x00b\n")

    [problem] = problems()

    assert problem.startswith(
        "knowledge/eras.yaml:2: the character U+0000, which nobody sees, stands after '  name: a'. "
    )


def test_a_second_document_is_refused(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-founding
          name: 設立
          date: 1990
        ---
        - id: era-today
          name: 現在
          date: 2020
        """,
    )

    [problem] = problems()

    assert problem.startswith("knowledge/eras.yaml:4: not valid YAML: ")


def test_a_key_given_twice_is_refused(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-founding
          name: 設立
          date: 1990
          name: はじまり
        """,
    )

    assert problems() == [
        "knowledge/eras.yaml:4: field 'name': the key 'name' is given twice. To mend it: keep one of the two."
    ]


def test_a_key_that_is_no_text_is_refused(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-founding
          ? [name]
          : 設立
          date: 1990
        """,
    )

    assert problems()[0] == ("knowledge/eras.yaml:2: a key is not plain text. To mend it: write 'field: value'.")


def test_anchors_and_aliases_are_refused(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - &first
          id: era-founding
          name: 設立
          date: 1990
        - *first
        """,
    )

    assert problems()[0].endswith("an anchor (&) or alias (*) is used. To mend it: write the value out in full.")


def test_a_billion_laughs_are_refused_at_once(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    lines = ["- &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    (tiny_project.root / "knowledge/eras.yaml").write_text("\n".join(lines))

    assert problems() == [
        f"knowledge/eras.yaml:{line}: an anchor (&) or alias (*) is used. To mend it: write the value out in full."
        for line in range(1, 30)
    ]


def test_an_anchor_within_itself_is_refused(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    (tiny_project.root / "knowledge/eras.yaml").write_text("&loop\n- *loop\n")

    assert "an anchor (&) or alias (*) is used" in problems()[0]


@pytest.mark.parametrize("text", ["[" * 2_000 + "]" * 2_000, "[" * 100_000, "- " * 100_000, "{a: " * 100_000])
def test_lists_too_deep_in_each_other_are_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]], text: str
) -> None:
    (tiny_project.root / "knowledge/eras.yaml").write_text(text)

    [problem] = problems()

    assert problem.startswith("knowledge/eras.yaml:1: lists lie too deep in each other")


def test_a_file_in_another_encoding_is_refused_with_the_line(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    text = "- id: era-founding\n  name: 設立\n  date: 1990\n"
    (tiny_project.root / "knowledge/eras.yaml").write_bytes(text.encode("shift_jis"))

    assert problems() == ["knowledge/eras.yaml:2: the file is not UTF-8. To mend it: save it with the encoding UTF-8."]


def test_a_file_that_is_no_list_is_refused(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write("knowledge/eras.yaml", "id: era-founding\nname: 設立\ndate: 1990\n")

    assert problems() == [
        "knowledge/eras.yaml:1: the file is not a list of records. To mend it: start each record with '- id: …'."
    ]


def test_an_item_that_is_no_record_is_refused(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.write("knowledge/eras.yaml", "# Eras\n- era-founding\n- [設立]\n")

    assert problems() == [
        "knowledge/eras.yaml:2: this item is not a record. To mend it: write '- id: …' and fields.",
        "knowledge/eras.yaml:3: this item is not a record. To mend it: write '- id: …' and fields.",
    ]


def test_a_file_that_ends_too_early_is_told_at_its_last_line(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    (tiny_project.root / "knowledge/eras.yaml").write_text("- id: era-founding\n  name: {\n")

    assert problems()[0].startswith("knowledge/eras.yaml:2: not valid YAML: ")


def test_a_control_character_that_is_written_as_an_escape_is_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    (tiny_project.root / "knowledge/eras.yaml").write_text('- id: era-founding\n  name: "a\\x1b[31m"\n  date: 1990\n')

    assert problems() == [
        "knowledge/eras.yaml:2: the character U+001B, which nobody sees, stands after 'a'. "
        "To mend it: delete it, and type the words around it again."
    ]


def test_a_message_is_one_short_line_whatever_stands_in_the_file(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    value = '"1990\\n\\u200b' + "9" * 5_000 + '"'
    (tiny_project.root / "knowledge/eras.yaml").write_text(f"- id: era-founding\n  name: 設立\n  date: {value}\n")

    [problem] = problems()

    assert problem.startswith("knowledge/eras.yaml:3: record 'era-founding': field 'date': '1990\\n\\u200b999")
    assert len(problem) < 1_000
    assert problem.endswith(
        " To mend it: write a date such as 1990, 1990-09, 1990-09-05, 2009~ or 1990-09-05/1990-09-09."
    )
