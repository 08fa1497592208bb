"""Pictures and code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.typst.conftest import PNG, SVG

if TYPE_CHECKING:
    from tests.typst.conftest import TinyBook


@pytest.fixture
def pictures(tiny_book: TinyBook) -> TinyBook:
    tiny_book.write("dot.png", PNG)
    tiny_book.write("box.svg", SVG)
    return tiny_book


def test_a_figure_has_a_caption_a_legend_and_words_for_those_who_cannot_see_it(pictures: TinyBook) -> None:
    pictures.page(".. figure:: box.svg\n   :alt: A black box\n\n   The caption\n\n   The legend.\n", "index.rst")
    book = pictures.clean()
    assert "The caption The legend." in book.text
    assert "A black box" in book.alternatives()
    assert "Figure" in book.tags()


@pytest.mark.parametrize(
    ("given", "set_as"),
    [("96px", "72.0pt"), ("50%", "50%"), ("3cm", "3cm"), ("2in", "2in"), ("40mm", "40mm"), ("100", "75.0pt")],
)
def test_pictures_are_as_wide_as_a_writer_says(given: str, set_as: str, pictures: TinyBook) -> None:
    pictures.page(f".. image:: dot.png\n   :alt: A dot\n   :width: {given}\n", "index.rst")
    assert f"width: {set_as}" in pictures.clean().source


def test_pictures_can_be_scaled_and_stand_in_a_line(pictures: TinyBook) -> None:
    pictures.page(
        ".. image:: box.svg\n   :alt: Half\n   :scale: 50\n\nA |dot| b.\n\n.. |dot| image:: dot.png\n   :alt: Dot\n",
        "index.rst",
    )
    book = pictures.clean()
    assert book.alternatives() == ["Half", "Dot"]
    assert "A b." in book.text
    assert "scale: 50%" in book.source


def test_a_picture_of_any_kind_is_taken(pictures: TinyBook) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(pictures.root / "photo.jpg")
    pictures.page("![A photo](photo.jpg) ![A dot](dot.png) ![A box](box.svg)\n")
    assert pictures.clean().alternatives() == ["A photo", "A dot", "A box"]


def test_a_picture_without_words_is_a_warning(pictures: TinyBook) -> None:
    pictures.page("Text.\n\n![](dot.png)\n")
    book = pictures.build()
    assert len(book.warnings) == 1
    assert "index.md:5" in book.warnings[0]
    assert "alt" in book.warnings[0]


def test_a_picture_may_be_a_link(pictures: TinyBook) -> None:
    pictures.page(".. image:: dot.png\n   :alt: A dot\n   :target: https://example.org/there\n", "index.rst")
    book = pictures.clean()
    assert "https://example.org/there" in book.addresses


def test_code_keeps_its_lines_its_spaces_and_its_caption(markdown: Any) -> None:
    book = markdown('```{code-block} python\n:caption: How to *do* it\n\ndef f(x):\n    return [x]  # "why"\n```\n')
    assert "How to do it" in book.text
    assert any(line.startswith("def f(x):") for line in book.lines)
    assert 'return [x]  # \\"why\\"' in book.source
    assert 'return [x] # "why"' in book.text
    assert "Code" in book.tags()


def test_lines_of_code_are_numbered_from_where_the_writer_says(markdown: Any) -> None:
    book = markdown("```{code-block} text\n:lineno-start: 7\n\nfirst\nsecond\n```\n")
    assert "7 first 8 second" in book.text


def test_lines_that_a_writer_stresses_are_set_apart(markdown: Any) -> None:
    book = markdown("```{code-block} text\n:emphasize-lines: 2\n\nfirst\nsecond\n```\n")
    assert "marked: (2,)" in book.source
    plain = markdown("```{code-block} text\n\nfirst\nsecond\n```\n")
    assert "marked" not in plain.source
    assert "first second" in book.text


def test_files_are_included_as_code_and_differences_are_shown(tiny_book: TinyBook) -> None:
    tiny_book.write("example.py", "import this\n\nx = 1\ny = 2\n")
    tiny_book.page(".. literalinclude:: example.py\n   :lines: 3-\n   :linenos:\n   :lineno-match:\n", "index.rst")
    assert "3 x = 1 4 y = 2" in tiny_book.clean().text


def test_sessions_and_code_with_markup_are_shown(rst: Any) -> None:
    book = rst(">>> 1 + 1\n2\n\n.. parsed-literal::\n\n   one *two*\n      three `four <https://example.org>`_\n")
    assert ">>> 1 + 1 2" in book.text
    assert "one two three four" in book.text
    assert "https://example.org" in book.addresses


def test_files_to_download_are_named(tiny_book: TinyBook) -> None:
    tiny_book.write("data.csv", "a,b\n")
    tiny_book.page("Take :download:`the data <data.csv>`.\n", "index.rst")
    assert "Take the data." in tiny_book.clean().text


def test_a_caption_stays_with_its_code(markdown: Any) -> None:
    listing = "```{{code-block}} text\n:caption: Caption {0}.\nBegin {0}.\n\n\n\nEnd.\n```\n\nText.\n\n"
    book = markdown("".join(listing.format(number) for number in range(30)))
    assert len(book.pages) > 3
    assert [book.page_of(f"Caption {number}.") for number in range(30)] == [
        book.page_of(f"Begin {number}.") for number in range(30)
    ]
