"""Finds what the pages say in the text of the book, one block after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.pdf.reading import squeezed

if TYPE_CHECKING:
    from tests.pdf.pages import Block, Contents
    from tests.pdf.reading import Flow

#: How far on a block is looked for that is not where it should be.
_FAR = 5000


@dataclass
class Comparison:
    """Where each block is, and what is different."""

    places: list[tuple[Block, int, int]] = field(default_factory=list)
    #: Printed numbers of pages, by the place where their block begins: the place before each, and the number.
    numbers: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def part(self, begin: int, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the block at `begin` is, whose text has no numbers of pages in it."""
        start, end = begin + start, begin + end
        for at, number in self.numbers[begin]:
            printed = len(str(number))
            start += printed * (at <= start)
            end += printed * (at < end)
        return start, end


def compare(flow: Flow, contents: Contents) -> Comparison:
    """Look for all blocks in their order; nothing may be missing, and nothing may stand between them."""
    result = Comparison()
    at = 0
    for block in contents.blocks:
        start = at
        found = _read(flow, block, start)
        if found is None:
            start = flow.text.find(squeezed(block.text), at, at + _FAR)
            found = _read(flow, block, start) if start >= 0 else None
            if found is None:
                result.differences.append(f"missing: {block}")
                continue
            result.differences.append(f"too much before {block}: {flow.text[at:start][:200]}")
        at, numbers = found
        result.places.append((block, start, at))
        result.numbers[start] = numbers
    if flow.text[at:]:
        result.differences.append(f"too much at the end: {flow.text[at:][:200]}")
    return result


def _read(flow: Flow, block: Block, at: int) -> tuple[int, list[tuple[int, int]]] | None:
    """Return where a block ends that begins at a place, and the numbers of pages in it; None if another text is there."""
    numbers = []
    for text, is_link in block.pieces or [(block.text, False)]:
        wanted = squeezed(text)
        if not flow.text.startswith(wanted, at):
            return None
        at += len(wanted)
        if is_link:
            ((start, end, _, _),) = flow.between(at, at + 1)
            if start != at or not flow.text[start:end].isdigit():
                return None
            numbers.append((at, int(flow.text[start:end])))
            at = end
    return at, numbers
