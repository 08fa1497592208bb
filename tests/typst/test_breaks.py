"""Where pages end: what belongs together stays together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.typst.conftest import Book, TinyBook

#: So many short paragraphs bring what follows them to the end of a page.
FILLERS = range(18, 31)


def at_ends_of_pages(book: TinyBook, thing: str) -> list[tuple[int, int]]:
    """Set `thing` at many heights around the end of a page; return the pages of its words FIRST and LAST each time."""
    names = "\n".join(f"p{count}" for count in FILLERS)
    book.page(f"```{{toctree}}\n{names}\n```\n")
    for count in FILLERS:
        words = thing.replace("FIRST", f"first{count}x").replace("LAST", f"last{count}x")
        book.page("Filler.\n\n" * count + words, f"p{count}.md", f"Page {count}")
    made = book.clean()
    places = [(made.page_of(f"first{count}x"), made.page_of(f"last{count}x")) for count in FILLERS]
    openings = [[f"Page {count} Filler." in page for page in made.pages].index(True) + 1 for count in FILLERS]
    on_next = [first > opening for (first, _), opening in zip(places, openings, strict=True)]
    assert set(on_next) == {True, False}, "nothing came to the end of a page"
    return places


@pytest.mark.parametrize(
    "thing",
    [
        pytest.param(
            "| a | b |\n|--|--|\n| FIRST | c |\n| d | e |\n| f | g |\n| h | i |\n| LAST | j |\n", id="a table"
        ),
        pytest.param("```\nFIRST\n2\n3\n4\n5\n6\nLAST\n```\n", id="code"),
        pytest.param("- FIRST\n\n  LAST\n", id="an entry of a list"),
        pytest.param("term\n: FIRST\n\n  LAST\n", id="a definition"),
        pytest.param("FIRST\n\n- LAST\n", id="a list and what announces it"),
        pytest.param("FIRST\n\n| LAST | b |\n|--|--|\n| c | d |\n", id="a table and what announces it"),
    ],
)
def test_what_is_short_is_not_parted_by_the_end_of_a_page(thing: str, tiny_book: TinyBook) -> None:
    for first, last in at_ends_of_pages(tiny_book, thing):
        assert first == last


def test_what_is_long_goes_on_on_the_next_page(tiny_book: TinyBook) -> None:
    rows = "| more | of it |\n" * 30
    places = at_ends_of_pages(tiny_book, f"| a | b |\n|--|--|\n| FIRST | b |\n{rows}| LAST | c |\n")
    assert any(first < last for first, last in places)


def parts_with_a_chapter_each(book: TinyBook, number: int) -> Book:
    names = "\n".join(f"part{count}/index" for count in range(number))
    book.page(f"```{{toctree}}\n:hidden:\n{names}\n```\n")
    for count in range(number):
        book.page("```{toctree}\n:hidden:\npage\n```\n", f"part{count}/index.md", f"Part of {count}x")
        book.page("Text.\n", f"part{count}/page.md", f"Chapter of {count}x")
    return book.clean()


@pytest.mark.parametrize("number", [18, 36])
def test_no_part_stands_alone_at_the_end_of_a_page_of_the_contents(number: int, tiny_book: TinyBook) -> None:
    book = parts_with_a_chapter_each(tiny_book, number)
    contents = [page for page in book.pages if page.count("Part of ") > 1]
    for page in contents:
        for count in range(number):
            assert (f"Part of {count}x" in page) == (f"Chapter of {count}x" in page)
