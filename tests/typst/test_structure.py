"""Pages become parts, chapters and sections; contents, bookmarks and links lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from tests.typst.conftest import PNG

if TYPE_CHECKING:
    from tests.typst.conftest import Book, TinyBook


def build_parts(book: TinyBook, **options: object) -> Book:
    book.page("```{toctree}\n:hidden:\none/index\ntwo\n```\n", title="Start")
    book.page("(anchor)=\n## Inside\n\nText.\n\n```{toctree}\npage\n```\n", "one/index.md", "First part")
    book.page(
        "See {doc}`/two` and {ref}`anchor` and [there](#deep).\n\n(deep)=\n## Deep\n\n### Deeper\n",
        "one/page.md",
        "A chapter",
    )
    book.page("Text.\n", "two.md", "Alone")
    return book.clean(**options)


def test_a_page_with_pages_below_it_is_a_part_and_they_are_its_chapters(tiny_book: TinyBook) -> None:
    book = build_parts(tiny_book)
    assert book.outline == [
        (0, "Table of Contents"),
        (0, "Start"),
        (0, "First part"),
        (1, "Inside"),
        (1, "A chapter"),
        (2, "Deep"),
        (3, "Deeper"),
        (0, "Alone"),
    ]
    assert "Part 1 First part" in book.text


def test_parts_and_chapters_start_on_new_pages_and_stand_in_the_contents(tiny_book: TinyBook) -> None:
    book = build_parts(tiny_book)
    contents = book.pages[1]
    for title in ("First part", "A chapter", "Alone"):
        page = book.page_of(title if title != "Alone" else "Alone Text.")
        assert book.pages[page - 1].find(title) >= 0
        assert title in contents
    assert "Inside" not in contents
    assert 2 in book.links_to(book.page_of("Alone Text."))


def test_a_toctree_with_a_caption_is_a_part(tiny_book: TinyBook) -> None:
    tiny_book.page(
        "```{toctree}\n:caption: For users\none\n```\n\n```{toctree}\n:caption: For all\n:hidden:\ntwo\n```\n"
    )
    tiny_book.page("Text.\n", "one.md", "One")
    tiny_book.page("Text.\n", "two.md", "Two")
    outline = tiny_book.clean().outline
    assert outline[2:] == [(0, "For users"), (1, "One"), (0, "For all"), (1, "Two")]


def test_links_lead_to_pages_labels_and_headings(tiny_book: TinyBook) -> None:
    book = build_parts(tiny_book)
    here = book.page_of("See Alone and Inside and there")
    for text in ("Alone Text.", "Inside Text.", "Deep Deeper"):
        assert here in book.links_to(book.page_of(text)), text


def test_a_title_of_the_root_page_gives_way_to_the_preface(tiny_book: TinyBook) -> None:
    book = build_parts(tiny_book, typst_words={"preface": "Preface", "contents": "In this book", "part": "{}. Teil"})
    assert [title for _, title in book.outline][:2] == ["In this book", "Preface"]
    assert "1. Teil First part" in book.text


def test_numbered_sections_keep_their_numbers(tiny_book: TinyBook) -> None:
    tiny_book.page("```{toctree}\n:numbered:\none\ntwo\n```\n")
    tiny_book.page("## Detail\n\nText.\n", "one.md", "One")
    tiny_book.page("Text.\n", "two.md", "Two")
    titles = [title for _, title in tiny_book.clean().outline]
    assert titles[2:] == ["1 One", "1.1 Detail", "2 Two"]


def test_numbers_of_figures_tables_and_code_are_those_that_references_name(tiny_book: TinyBook) -> None:
    tiny_book.write("dot.png", PNG)
    tiny_book.page(
        """
        See :numref:`dot`, :numref:`tab` and :numref:`lines`.

        .. _dot:
        .. figure:: dot.png
           :alt: A dot

           The dot

        .. _tab:
        .. table:: The table

           == ==
           a  b
           == ==

        .. _lines:
        .. code-block:: python
           :caption: The code

           x = 1
        """,
        "index.rst",
    )
    book = tiny_book.clean(numfig=True)
    assert "See Fig. 1, Table 1 and Listing 1." in book.text
    for caption in ("Fig. 1 The dot", "Table 1 The table", "Listing 1 The code"):
        assert caption in book.text


def test_a_page_without_a_title_leaves_no_gap_between_levels(tiny_book: TinyBook) -> None:
    tiny_book.write("index.rst", ".. toctree::\n\n   one\n")
    tiny_book.write("one.rst", "No title.\n\n.. toctree::\n\n   two\n")
    tiny_book.write("two.rst", "Two\n===\n\nText.\n")
    book = tiny_book.build()
    assert (0, "Two") in book.outline


def test_title_cover_and_imprint_are_those_of_the_project(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    book = tiny_book.clean(typst_subtitle="Below it", typst_cover=["On the *cover*"], typst_imprint=["Made by us"])
    assert book.pages[0] == "A small book Below it On the *cover*"
    assert "Made by us" in book.pages[1]
    assert book.reader.metadata is not None
    assert book.reader.metadata.title == "A small book"
    assert book.reader.metadata.author == "Its authors"
    other = tiny_book.clean(typst_title="Another title")
    assert other.pages[0].startswith("Another title")


def test_words_are_in_the_language_of_the_book(tiny_book: TinyBook) -> None:
    tiny_book.page("```{note}\nText.\n```\n\n```{index} word\n```\n\nHere.\n")
    book = tiny_book.clean(language="de")
    titles = [title for _, title in book.outline]
    assert titles[0] == "Inhaltsverzeichnis"
    assert titles[-1] == "Stichwortverzeichnis"
    assert "Bemerkung Text." in book.text or "Hinweis Text." in book.text
    with pikepdf.open(book.file) as document:
        assert str(document.Root.Lang).startswith("de")


def test_a_footnote_in_a_title_stays_below_its_page(tiny_book: TinyBook) -> None:
    tiny_book.write("index.rst", "Title [#n]_\n===========\n\nText [#n]_.\n\n.. [#n] The note.\n")
    book = tiny_book.clean()
    assert "The note." not in book.pages[1]
    assert "The note." in book.pages[2]


def test_a_heading_that_only_lists_the_pages_below_is_left_out_since_they_follow(tiny_book: TinyBook) -> None:
    tiny_book.page("```{toctree}\none/index\n```\n", title="Start")
    tiny_book.page(
        "See {ref}`below <list>`.\n\n(list)=\n## Pages in this part\n\n```{toctree}\npage\n```\n",
        "one/index.md",
        "Part",
    )
    tiny_book.page("Text.\n", "one/page.md", "A chapter")

    book = tiny_book.clean()

    assert book.outline[2:] == [(0, "Part"), (1, "A chapter")]
    assert "Pages in this part" not in book.text
    # Where the heading was is the end of what stands before it.
    assert book.links_to(book.page_of("See below"))
