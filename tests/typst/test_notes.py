"""Footnotes, sources, boxes and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.typst.conftest import TinyBook


def test_a_footnote_stands_once_however_often_it_is_referred_to(markdown: Any) -> None:
    book = markdown("One[^a] and two[^a] and three[^b].\n\n[^a]: The *first* note.\n[^b]: The second.\n")
    assert "One1 and two1 and three2." in book.text.replace(" 1 and", "1 and").replace("three 2", "three2")
    assert book.text.count("The first note.") == 1
    assert "The second." in book.text


def test_a_footnote_that_nothing_refers_to_is_a_warning(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n\n.. [#lost] The note.\n", "index.rst")
    assert [line for line in tiny_book.build().warnings if "index.rst:6" in line and "footnote" in line]


def test_citations_lead_to_their_entries(rst: Any) -> None:
    book = rst("As [Doe99]_ says, and [Roe01]_.\n\n.. [Doe99] John Doe: A book.\n.. [Roe01] Jane Roe: Another.\n")
    assert "[Doe99] John Doe: A book." in book.text
    assert "As [Doe99] says, and [Roe01]." in book.text
    assert book.links_to(book.page_of("As [Doe99]"))


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("note", "Note"),
        ("warning", "Warning"),
        ("important", "Important"),
        ("tip", "Tip"),
        ("hint", "Hint"),
        ("caution", "Caution"),
        ("danger", "Danger"),
        ("attention", "Attention"),
        ("error", "Error"),
        ("seealso", "See also"),
        ("admonition} My own", "My own"),
        ("topic} My topic", "My topic"),
        ("sidebar} Beside", "Beside"),
    ],
)
def test_boxes_have_a_title_and_their_text(kind: str, title: str, markdown: Any) -> None:
    braces = kind if "}" in kind else f"{kind}}}"
    book = markdown(f"Before.\n\n```{{{braces}\nThe **text**.\n\n- and a list\n```\n")
    assert f"Before. {title} The text. • and a list" in book.text


def test_what_a_version_changed_is_told(rst: Any) -> None:
    book = rst(
        ".. versionadded:: 1.0\n   It is new.\n\n.. versionchanged:: 1.1\n   Other.\n\n.. deprecated:: 2.0\n   Use more.\n"
    )
    assert "Added in version 1.0: It is new." in book.text
    assert "Changed in version 1.1: Other." in book.text
    assert "Deprecated since version 2.0: Use more." in book.text


def test_things_to_do_are_shown_where_the_project_shows_them(tiny_book: TinyBook) -> None:
    tiny_book.page(".. todo:: Write more.\n\n.. todolist::\n", "index.rst")
    book = tiny_book.clean(extensions=["sphinx.ext.todo", "handbook.typst"], todo_include_todos=True)
    assert book.text.count("Todo Write more.") == 2
    hidden = tiny_book.clean(extensions=["sphinx.ext.todo", "handbook.typst"])
    assert "Write more." not in hidden.text


def test_quotes_name_who_said_them(rst: Any) -> None:
    book = rst("Text.\n\n    A quote.\n\n    -- Somebody\n\n.. epigraph::\n\n   Another.\n\n   -- Nobody\n")
    assert "A quote." in book.text
    assert "Somebody" in book.text
    assert "Another." in book.text
    assert "Nobody" in book.text
    assert "BlockQuote" in book.tags()


def test_containers_and_unknown_classes_show_what_they_hold(rst: Any) -> None:
    book = rst(
        ".. container:: some class\n\n   Held.\n\n.. compound::\n\n   Also.\n\n.. rst-class:: unknown\n\nAnd this.\n"
    )
    for text in ("Held.", "Also.", "And this."):
        assert text in book.text


def test_classes_with_a_style_are_set_in_it(tiny_book: TinyBook) -> None:
    tiny_book.write(
        "styles.typ",
        """
        #let inline-styles = (loud: upper)
        #let block-styles = (framed: body => [BEGIN #body END])
        """,
    )
    tiny_book.page("A [word]{.loud} and [one]{.other}.\n\n{.framed}\nHeld.\n")
    book = tiny_book.clean(typst_styles="styles.typ", typst_styled=["loud", "framed"])
    assert "A WORD and one. BEGIN Held. END" in book.text


def test_the_contents_of_a_page_are_left_to_the_contents_of_the_book(rst: Any) -> None:
    book = rst(".. contents::\n\nOne\n---\n\nText.\n")
    assert "• One" not in book.text


def test_a_language_is_told_to_readers_who_listen(rst: Any) -> None:
    book = rst(".. rst-class:: language-fr\n\nBonjour.\n")
    assert '#in-language("fr")' in book.source
    assert "Bonjour." in book.text


def test_the_numbers_of_footnotes_begin_anew_with_each_chapter(tiny_book: TinyBook) -> None:
    tiny_book.page("```{toctree}\none\ntwo\n```\n")
    tiny_book.page("First[^a], second[^b] and first[^a].\n\n[^a]: A.\n[^b]: B.\n", "one.md", "One")
    tiny_book.page("Third[^c].\n\n[^c]: C.\n", "two.md", "Two[^c]")
    copied = "".join(tiny_book.clean().copied.split())
    assert "First1,second2andfirst1." in copied
    assert "Two1" in copied
    assert "Third2." in copied or "Third1." in copied
