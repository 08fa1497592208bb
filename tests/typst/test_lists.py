"""Lists of all kinds."""

from __future__ import annotations

from typing import Any


def test_lists_stand_within_lists(markdown: Any) -> None:
    book = markdown("- one\n  - two\n    1. three\n\n       More of three.\n- four\n")
    assert "• one – two 1. three More of three. • four" in book.text
    assert book.tags().count("L") == 3


def test_numbered_lists_start_where_they_start_and_have_letters(rst: Any) -> None:
    book = rst(
        "3. three\n4. four\n\ntext\n\na) first\nb) second\n\ntext\n\n(i) small\n(ii) roman\n\ntext\n\nC. big\nD. bigger\n"
    )
    for item in ("3. three", "4. four", "a) first", "b) second", "(i) small", "(ii) roman", "C. big", "D. bigger"):
        assert item in book.text, item


def test_definitions_have_all_their_terms_and_classifiers(rst: Any) -> None:
    book = rst("term : kind : other\n   Said of it.\n\n   More.\n")
    assert "term (kind) (other) Said of it. More." in book.text


def test_fields_have_names_and_any_content(markdown: Any) -> None:
    book = markdown("Text.\n\n:Name: **value**\n:Other:\n    - a\n    - b\n")
    assert "Name value Other • a • b" in book.text


def test_options_of_a_program_are_described(rst: Any) -> None:
    book = rst("-a, --all   Everything.\n--file=FILE  A file.\n")
    assert "-a, --all Everything. --file=FILE A file." in book.text


def test_tasks_show_whether_they_are_done(markdown: Any) -> None:
    book = markdown("- [ ] open\n- [x] done\n")
    assert "[ ] open [x] done" in book.text


def test_lists_in_columns_keep_all_items(rst: Any) -> None:
    book = rst(".. hlist::\n   :columns: 2\n\n   * one\n   * two\n   * three\n   * four\n")
    for item in ("one", "two", "three", "four"):
        assert f"• {item}" in book.text


def test_lines_of_a_poem_stay_lines(rst: Any) -> None:
    book = rst("| First line\n|    Indented\n| *Last*\n")
    assert book.lines[book.lines.index("First line") :][:3] == ["First line", "Indented", "Last"]


def test_acknowledgements_and_centred_lines_are_shown(rst: Any) -> None:
    book = rst(
        ".. acks::\n\n   * Ada\n   * Bob\n\n.. centered:: In the middle\n\n.. rubric:: A rubric\n\n----\n\nEnd.\n"
    )
    assert "Ada" in book.text
    assert "In the middle A rubric" in book.text


def test_a_glossary_explains_terms_and_is_linked_to(tiny_book: Any) -> None:
    tiny_book.page("See :term:`node` and :term:`edge`.\n\n.. toctree::\n\n   words\n", "index.rst")
    tiny_book.page(
        ".. glossary::\n\n   node\n   vertex\n      A point.\n\n   edge\n      A line.\n", "words.rst", "Words"
    )
    book = tiny_book.clean(typst_index=False)
    words = book.page_of("node vertex A point. edge A line.")
    assert book.links_to(words).count(book.page_of("See node and edge.")) == 2
