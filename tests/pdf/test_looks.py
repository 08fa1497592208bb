"""The pages can be printed and read: nothing is cut off, nothing covers anything, no letter is too small."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.pdf.reading import Element

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pdf.reading import Book
    from tests.pdf.seeing import Sheet, Thing

_MM = 72 / 25.4
#: What the template leaves free around the text, and around headers and footers.
_SIDE, _TOP, _BOTTOM, _EDGE = 27 * _MM, 27 * _MM, 25 * _MM, 8 * _MM
#: Half of a thick line, or a hyphen that hangs into the margin so that the edge looks straight.
_TOLERANCE = 1 * _MM
#: The smallest letters: in drawings; elsewhere; and raised ones, which are the numbers of notes.
_IN_DRAWINGS, _ELSEWHERE, _RAISED = 7, 6.5, 4


def test_a_book_is_quick_to_fetch(book_file: Path) -> None:
    assert book_file.stat().st_size < 3_000_000


def test_the_pages_are_a4(pages: list[Sheet]) -> None:
    assert {(round(sheet.width / _MM), round(sheet.height / _MM)) for sheet in pages} == {(210, 297)}


def test_no_page_is_empty(pages: list[Sheet]) -> None:
    for sheet in pages:
        assert any(not thing.furniture for thing in sheet.texts), f"page {sheet.number}"


def test_nothing_is_printed_in_the_margins(pages: list[Sheet]) -> None:
    outside = []
    for sheet in pages[1:]:
        for thing in sheet.things:
            if thing.kind == "text" and not thing.text.strip():
                continue
            top, bottom = (_EDGE, _EDGE) if thing.furniture else (_TOP, _BOTTOM)
            over = max(
                _SIDE - thing.left,
                thing.right - (sheet.width - _SIDE),
                bottom - thing.bottom,
                thing.top - (sheet.height - top),
            )
            if over > _TOLERANCE:
                outside.append(f"page {sheet.number}: {thing.text or thing.kind} by {over / _MM:.0f} mm")
    assert not outside, "\n".join(outside)


def test_no_text_is_printed_over_another(pages: list[Sheet]) -> None:
    over = []
    for sheet in pages:
        texts = sorted(sheet.texts, key=lambda thing: -thing.top)
        for index, text in enumerate(texts):
            for other in texts[index + 1 :]:
                if other.top < text.bottom:
                    break
                if text.covers(other, least=1):
                    over.append(f"page {sheet.number}: {text.text} and {other.text}")
    assert not over, "\n".join(over)


def test_the_cells_of_a_row_stand_beside_each_other(book: Book, pages: list[Sheet]) -> None:
    rows = book.structure.all("TR")
    assert rows
    for row in rows:
        cells = [_extents(cell, pages) for cell in row.parts if isinstance(cell, Element)]
        for (left, _), (right, text) in pairwise(
            (cell, part.text) for cell, part in zip(cells, row.parts, strict=False)
        ):
            for page in left.keys() & right.keys():
                assert left[page][1] <= right[page][0] + 1, f"page {page}: {text}"


def test_letters_are_large_enough_to_read(book: Book, pages: list[Sheet]) -> None:
    drawings = {(run.page, run.mark) for figure in book.structure.all("Figure") for run in figure.runs()}
    raised = {
        (run.page, run.mark)
        for span in book.structure.all("Span")
        if span.attribute("/Layout", "/BaselineShift")
        for run in span.runs()
    }
    small: dict[tuple[int, float], str] = {}
    for sheet in pages:
        for thing in sheet.texts:
            place = sheet.number, thing.mark
            least = _IN_DRAWINGS if place in drawings else _RAISED if place in raised else _ELSEWHERE
            # Sizes are rounded in the file.
            if thing.size < least - 0.01:
                key = sheet.number, round(thing.size, 1)
                small[key] = small.get(key, "") + thing.text
    assert not small, "\n".join(f"page {page}, {size} pt: {text[:80]}" for (page, size), text in small.items())


def test_the_words_of_a_drawing_stay_within_it(book: Book, pages: list[Sheet]) -> None:
    for figure in book.structure.all("Figure"):
        left, bottom, right, top = (float(side) for side in figure.attribute("/Layout", "/BBox"))
        inside = [thing for run in figure.runs() for thing in _things(pages, run.page, run.mark) if thing.text.strip()]
        assert inside
        for thing in inside:
            assert left - 1 <= thing.left, thing.text
            assert thing.right <= right + 1, thing.text
            assert bottom - 1 <= thing.bottom, thing.text
            assert thing.top <= top + 1, thing.text


def test_no_heading_stands_alone_at_the_end_of_a_page(book: Book) -> None:
    for (_, _, before, holder), (_, _, after, following) in pairwise(book.flow.pieces):
        heading = holder.within("H1", "H2", "H3", "H4")
        if heading and following.within(heading.tag) is not heading:
            assert before.page == after.page, f"page {before.page}: {before.text}"


def test_no_word_is_broken_between_pages(book: Book) -> None:
    for (_, _, before, _), (_, _, after, _) in pairwise(book.flow.pieces):
        if before.page != after.page:
            assert not re.search(r"\u00ad\s*$", before.text), f"page {before.page}: {before.text} {after.text}"


def _extents(cell: Element, pages: list[Sheet]) -> dict[int, tuple[float, float]]:
    """Return how far to the left and to the right a cell has text, for each page that it is on."""
    found: dict[int, tuple[float, float]] = {}
    notes = [run for note in cell.all("Note") for run in note.runs()]
    for run in cell.runs():
        if run in notes:
            continue
        for thing in _things(pages, run.page, run.mark):
            if thing.text.strip():
                left, right = found.get(run.page, (thing.left, thing.right))
                found[run.page] = min(left, thing.left), max(right, thing.right)
    return found


def _things(pages: list[Sheet], page: int, mark: int) -> list[Thing]:
    return [thing for thing in pages[page - 1].things if thing.mark == mark]
