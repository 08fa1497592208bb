"""Links, bookmarks, the list of contents and printed numbers of pages lead to where they say."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import quote

from pikepdf import Dictionary, Name, OutlineItem

from tests.pdf.reading import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.pdf.comparing import Comparison
    from tests.pdf.pages import Contents
    from tests.pdf.reading import Book
    from tests.pdf.seeing import Sheet

#: A place that is linked to is a little above the letters.
_ABOVE = 30


def test_every_link_inside_the_book_leads_to_a_place_on_a_page(book: Book) -> None:
    inner = 0
    for link in _links(book):
        if place := book.destination(link):
            number, height = place
            inner += 1
            page = book.pdf.pages[number - 1]
            assert 0 < height <= page.MediaBox[3]
    assert inner > 1000


def test_every_link_of_the_pages_is_in_the_book(book: Book, said: Contents) -> None:
    addresses = {str(link.A.URI) for link in _links(book) if link.get("/A", Dictionary()).get("/S") == Name.URI}
    # A PDF allows nothing but ASCII in them.
    assert addresses == {quote(address, safe="!#$%&'()*+,/:;=?@[]~") for address in said.addresses}


def test_a_citation_leads_to_the_source_with_its_number(book: Book, comparison: Comparison, pages: list[Sheet]) -> None:
    sources = {
        block.text.strip("[]"): book.flow.between(start, end)[0][2]
        for block, start, end in comparison.places
        if block.kind == "number"
    }
    citations = 0
    for start, end, link in book.flow.links:
        text = book.flow.text[start:end]
        around = book.flow.text[start - 1] + book.flow.text[end]
        if text.isdigit() and re.fullmatch(r"[\[,][\],]", around) and (place := book.destination(link)):
            run = sources[text]
            number, height = place
            citations += 1
            assert number == run.page, f"[{text}] leads to page {number} instead of {run.page}"
            assert 0 <= height - _top(pages, run.page, run.mark) < _ABOVE, (
                f"[{text}] leads to another place on the page"
            )
    assert citations > 1000


def test_the_number_beside_a_link_is_that_of_the_page_it_leads_to(
    book: Book, said: Contents, comparison: Comparison
) -> None:
    links = sorted(book.flow.links, key=itemgetter(0))
    chapters = {
        squeezed(heading.title): element.page
        for heading, element in zip(said.headings, book.headings[1:], strict=True)
        if heading.opens
    }
    named = 0
    for block, begin, _ in comparison.places:
        for at, number in comparison.numbers[begin]:
            # The number follows the link, or ends the line of an index.
            start, end, link = next(one for one in reversed(links) if begin <= one[0] and one[1] <= at)
            title = book.flow.text[start:end]
            place = book.destination(link)
            assert place
            assert place[0] == number, f"{block}: {title}"
            if block.page != "reference/name-index" and title in chapters:
                named += 1
                assert number == chapters[title], title
    assert named > 100


def test_every_page_between_imprint_and_colophon_has_its_number_at_the_bottom(pages: list[Sheet]) -> None:
    for sheet in pages[2:-1]:
        lowest = min(sheet.texts, key=lambda thing: thing.bottom)
        assert lowest.text.strip() == str(sheet.number), f"page {sheet.number}"
        assert lowest.furniture


def test_the_bookmarks_are_the_headings_with_the_same_nesting(book: Book, said: Contents) -> None:
    with book.pdf.open_outline() as outline:
        marks = list(_bookmarks(outline.root, book))
    (_, first, _), *rest = marks
    assert first == 1
    assert [(squeezed(title), level) for title, level, _ in rest] == [
        (squeezed(heading.title), heading.level) for heading in said.headings
    ]
    for (title, _, page), element in zip(marks, book.headings, strict=True):
        assert page == element.page, title


def test_the_list_of_contents_has_all_parts_and_chapters_with_the_pages_where_they_begin(
    book: Book, said: Contents
) -> None:
    begins = [
        (squeezed(heading.title), element.page)
        for heading, element in zip(said.headings, book.headings[1:], strict=True)
        if heading.opens
    ]
    listed = []
    for entry in book.structure.all("TOCI"):
        (link,) = entry.all("Link")
        *title, number = (squeezed(run.text) for run in entry.runs())
        (annotation, *_) = (part for part in link.parts if isinstance(part, Dictionary))
        place = book.destination(annotation)
        assert place
        assert place[0] == int(number), title
        listed.append(("".join(title).rstrip("."), place[0]))
    assert listed == begins


def test_a_running_header_names_the_chapter_of_its_page(book: Book, said: Contents, pages: list[Sheet]) -> None:
    opened = {
        element.page: squeezed(heading.title)
        for heading, element in zip(said.headings, book.headings[1:], strict=True)
        if heading.opens
    }
    first = min(opened)
    chapter = ""
    # The colophon is no part of the last chapter, and has neither header nor number.
    assert not any(thing.furniture for thing in pages[-1].texts)
    for sheet in pages[first - 1 : -1]:
        header = squeezed(
            "".join(thing.text for thing in sheet.texts if thing.furniture and thing.bottom > sheet.height / 2)
        )
        if sheet.number in opened:
            chapter = opened[sheet.number]
            assert not header, f"page {sheet.number}"
        else:
            assert header.endswith(chapter), f"page {sheet.number}"


def _links(book: Book) -> Iterator[Dictionary]:
    for page in book.pdf.pages:
        for annotation in page.get("/Annots", []):
            assert annotation.Subtype == Name.Link
            yield annotation


def _bookmarks(items: Iterable[OutlineItem], book: Book, level: int = 1) -> Iterator[tuple[str, int, int]]:
    for item in items:
        place = book.destination(Dictionary(Dest=item.destination))
        assert place, item.title
        yield item.title, level, place[0]
        yield from _bookmarks(item.children, book, level + 1)


def _top(pages: list[Sheet], number: int, mark: int) -> float:
    """Return where the top of a marked piece of a page is."""
    return max(thing.top for thing in pages[number - 1].things if thing.mark == mark)
