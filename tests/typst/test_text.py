"""Whatever a writer types comes out of Typst as the same text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.typst.conftest import CJK

if TYPE_CHECKING:
    from tests.typst.conftest import TinyBook

TRICKY = [
    "# hash #let x = 1 #x",
    "a $ sign and $x$",
    "stars * and ** and *a*",
    "under_scores _a_ __b__",
    r"back\slash \n \u{41} \\",
    "in <angles> and <a@b.org>",
    "http: // no comment",
    "/* no comment */ either",
    "a~tilde ~ and -- dashes --- and -1",
    "- no list",
    "+ no list",
    "= no heading",
    "/ no: term",
    "1. no list",
    "2026. No list",
    "dots ... and .. and .",
    "quotes \" and ' and `ticks`",
    "brackets [ ] ][ {braces} (round) ;",
    "@reference and label <x>",
    "100 % & more | pipes ^ caret",
]


@pytest.mark.parametrize("text", TRICKY)
def test_what_means_something_in_typst_is_plain_text_in_a_paragraph(text: str, rst: Any) -> None:
    escaped = re.sub(r"([\\*_`|<>\[\]+/=.-])", r"\\\1", text)
    book = rst(f"{escaped}\n\n* {escaped}\n\n**bold**\\ {escaped}\n", smartquotes=False)
    assert book.text.count(text) >= 2, book.text


@pytest.mark.parametrize("text", TRICKY)
def test_what_means_something_in_typst_is_plain_text_in_code(text: str, rst: Any) -> None:
    book = rst(f"``{text}`` inline.\n\n::\n\n  {text}\n")
    assert book.text.count(text) == 2, book.text


def test_a_line_may_begin_with_a_number_that_another_piece_of_text_ends(markdown: Any) -> None:
    book = markdown("{{ year }}. It began.\n", myst_substitutions={"year": "2026"})
    assert "2026. It began." in book.text


def test_a_parenthesis_or_a_bracket_may_follow_a_link(markdown: Any) -> None:
    book = markdown("[here](https://example.org)(really)[sic] and `code`(so); **b**[c]\n", typst_show_urls="no")
    assert "here(really)[sic] and code(so); b[c]" in book.text


def test_line_ends_of_other_systems_are_spaces(markdown: Any) -> None:
    book = markdown("one\u2028two\u0085three\x0bfour\n")
    assert "one two three four" in book.text


def test_japanese_lines_are_joined_without_a_space_and_keep_the_spaces_they_begin_with(markdown: Any) -> None:
    book = markdown("自治体の\n国際的な\nABC network\n", language="ja", **CJK)
    assert "自治体の国際的な ABC network" in book.text
    assert "自治体の国際的な ABC network" in book.source


def test_full_width_letters_and_radicals_keep_their_identity(markdown: Any) -> None:
    # The second of each pair, a radical, looks like the first in most fonts.
    book = markdown("ＡＢＣ（１２３）、一人と⼀⼈、食と⻝。", language="ja", **CJK)
    assert "ＡＢＣ（１２３）、一人と⼀⼈、食と⻝。" in book.copied


def test_letters_with_combining_marks_stay_letters(markdown: Any) -> None:
    book = markdown("cafe\u0301 and caf\u00e9\n")
    assert book.text.count("café") + book.text.count("cafe\u0301") == 2


def test_nothing_is_lost_between_two_kinds_of_type(rst: Any) -> None:
    book = rst(
        "**bold** *slanted* ``code`` H\\ :sub:`2`\\ O m\\ :sup:`2` :kbd:`Ctrl+C` :abbr:`LIFO (last in, first out)` LIFO.\n"
    )
    assert "bold slanted code H2O m2" in book.text.replace("H 2 O", "H2O").replace("m 2", "m2")
    assert "C LIFO (last in, first out) LIFO." in book.text


def test_keys_to_press_look_like_keys(rst: Any) -> None:
    book = rst("Press :kbd:`Ctrl+C` now.\n")
    assert "#key[" in book.source
    assert "Press" in book.text


def test_a_formula_may_hold_what_means_something_in_typst(markdown: Any) -> None:
    latex = r"a/b \& \# \_ \$ x' \text{in \& \# [out] 'so'} [1;2) \{ , \} \vec{v} \hat{h} \mathrm{d}t"
    book = markdown(f"${latex}$ end.\n")
    assert "in & # [out] 'so'" in book.text
    assert "end." in book.text


def test_an_abbreviation_is_explained_where_a_page_uses_it_first(rst: Any) -> None:
    book = rst(":abbr:`LIFO (last in, first out)`, then :abbr:`LIFO (last in, first out)`.\n")
    assert "LIFO (last in, first out), then LIFO." in book.text


def test_substitutions_are_replaced_and_comments_left_out(rst: Any) -> None:
    book = rst("A |word|.\n\n.. |word| replace:: *phrase*\n\n.. a comment\n")
    assert "A phrase." in book.text
    assert "comment" not in book.source


def test_formulas_are_set_from_latex_and_read_out_as_latex(markdown: Any) -> None:
    book = markdown(
        r"""
        Inline $a^2 + b_i = \frac{1}{\sqrt[3]{x}}$ here.

        $$\sum_{i=0}^n x_i \le \left( \frac{a}{b} \right)$$ (sum)

        \begin{align}
        a &= b \\
        c &= f(x, y)
        \end{align}

        $$f(x)=\begin{cases}1 & \text{if } x>0\\0 & \text{else}\end{cases}$$

        $$\begin{pmatrix}1&2\\3&4\end{pmatrix} \hat{x} \overline{ab} \sin x \underbrace{z}_{n} \mathbf{v}\cdot\mathbb{R} \quad 10\% \# \ldots \binom{n}{k}$$

        See {eq}`sum`.
        """
    )
    assert r"a^2 + b_i = \frac{1}{\sqrt[3]{x}}" in book.alternatives()
    assert "(1)" in book.text
    assert "else" in book.text
    assert "Formula" in book.tags()


def test_a_formula_that_cannot_be_set_is_a_warning_with_its_place(tiny_book: TinyBook) -> None:
    tiny_book.page("Some text.\n\nThe $\\cancel{x}$ here.\n")
    book = tiny_book.build()
    assert [line for line in book.warnings if "index.md:5" in line and r"\cancel" in line], book.warnings
    assert r"\cancel{x}" in book.text


def test_pieces_for_typst_are_taken_and_those_for_other_formats_left_out(rst: Any) -> None:
    book = rst(
        """
        .. raw:: typst

           #text(fill: red)[painted]

        .. raw:: html

           <b>elsewhere</b>

        .. role:: typ(raw)
           :format: typst

        Inline :typ:`#upper[loud]` (here).

        .. only:: typst

           In the book.

        .. only:: html

           On the web.
        """
    )
    assert "painted" in book.text
    assert "LOUD (here)" in book.text
    assert "In the book." in book.text
    assert "elsewhere" not in book.source
    assert "On the web" not in book.source
