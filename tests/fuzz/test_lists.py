"""The lists beside the pages (redirects, known links, addresses): what is typed there is read, or told with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.knowledge import ContentError
from handbook.site.addresses import list_addresses, listed_addresses
from handbook.site.links import read_known
from handbook.site.redirects import read_moves
from tests.conftest import ROOT
from tests.fuzz.judging import assert_can_be_acted_on, cases, folder, time_limit
from tests.fuzz.mutations import mutated

if TYPE_CHECKING:
    from collections.abc import Callable

MOVES = "# 移したもの\nabout/old-name: about/name\nabout/name#reasons: history/renaming#renaming-reasons\n"
SNIPPETS = (
    "- a: b",
    "a: {b: c}",
    "a: [b, c]",
    "? [a]\n: b",
    "a: &a b\nc: *a",
    "<<: *x",
    "a:",
    "{" * 3_000,
    "[" * 3_000,
)
READERS: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "redirects.yaml": (MOVES, lambda file: read_moves(file, Path("docs", file.name))),
    "known-links.yaml": ((ROOT / "docs/known-links.yaml").read_text(encoding="utf-8"), read_known),
    "addresses.txt": (
        "".join((ROOT / "docs/addresses.txt").read_text(encoding="utf-8").splitlines(keepends=True)[:30]),
        lambda file: listed_addresses(file.parent),
    ),
}


@pytest.mark.parametrize("name", READERS)
@cases()
@given(data=st.data())
def test_a_broken_list_is_read_or_told_with_its_place(name: str, data: st.DataObject) -> None:
    text, read = READERS[name]
    broken = data.draw(mutated(text, SNIPPETS))
    with folder() as root:
        (root / "docs").mkdir()
        (root / "docs" / name).write_bytes(broken)
        try:
            with time_limit():
                read(root / "docs" / name)
        except ContentError as error:
            assert_can_be_acted_on(error.problems, root)


@cases()
@given(mutated(READERS["addresses.txt"][0]))
def test_a_list_of_addresses_loses_none_whatever_has_happened_to_it(data: bytes) -> None:
    with folder() as root:
        file = root / "docs/addresses.txt"
        file.parent.mkdir()
        file.write_bytes(data)
        try:
            before = listed_addresses(file.parent)
            list_addresses(file.parent, ["new/page"])
        except ContentError:
            assert file.read_bytes() == data
        else:
            assert set(listed_addresses(file.parent)) == {*before, "new/page"}
