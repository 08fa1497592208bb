"""The packed search index: small, and it says of each term which pages hold it, in titles or in text."""

from __future__ import annotations

from handbook.site.search_index import pack


def test_terms_stand_by_their_first_characters_with_the_pages_that_hold_them() -> None:
    packed = pack({"気候": [0, 2], "気温": 1, "mayor": 1}, {"気温": 2})

    assert packed == {"m": "ayor 1", "気": "候 02 温 12"}


def test_one_page_more_is_one_character_more_however_many_there_are() -> None:
    (entry,) = pack({"年": list(range(500))}).values()

    assert [ord(page) - ord("0") for page in entry.removeprefix(" ")] == list(range(500))


def test_what_no_query_asks_for_is_left_out() -> None:
    assert pack({"The": [0, 1], "city": 0}) == {"c": "ity 0"}
