"""The packed search index: small, and it says of each term which pages hold it, in titles or in text."""

from __future__ import annotations

from handbook.site.search_index import RANGE, pack, split


def test_terms_stand_by_their_first_characters_with_the_pages_that_hold_them() -> None:
    packed = pack({"気候": [0, 2], "気温": 1, "mayor": 1}, {"気温": 2})

    assert packed == {"m": "ayor 1", "気": "候 02 温 12"}


def test_one_page_more_is_one_character_more_however_many_there_are() -> None:
    (entry,) = pack({"年": list(range(500))}).values()

    assert [ord(page) - ord("0") for page in entry.removeprefix(" ")] == list(range(500))


def test_what_no_query_asks_for_is_left_out() -> None:
    assert pack({"The": [0, 1], "city": 0}) == {"c": "ity 0"}


def test_terms_are_split_into_files_by_first_character_and_none_is_lost() -> None:
    packed = {chr(ord("a") + number): "x" * (RANGE // 3) for number in range(10)} | {"年": "x" * RANGE * 2}

    files = split(packed)

    assert [list(file) for file in files] == [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"], ["j"], ["年"]]
    assert {first: terms for file in files for first, terms in file.items()} == packed
