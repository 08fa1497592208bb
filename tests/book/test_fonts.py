"""Which typefaces a language is set in, and what is said where one is missing."""

from __future__ import annotations

import pytest

from handbook.book.fonts import families, font_files, missing_typeface


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("ja", ["Noto Sans CJK JP"]),
        ("ko", ["Noto Sans CJK JP"]),
        ("en", ["Source Sans Pro", "Noto Sans CJK JP"]),
        ("ru", ["Source Sans Pro", "Noto Sans CJK JP"]),
        ("fa", ["Source Sans Pro", "Noto Sans Arabic", "Noto Sans CJK JP"]),
    ],
)
def test_each_script_has_its_typeface_and_japanese_names_have_theirs(language: str, names: list[str]) -> None:
    assert families(language) == names


@pytest.mark.parametrize("language", ["ja", "en", "ko", "zh_TW", "ru", "el", "vi"])
def test_the_typefaces_that_come_with_the_handbook_are_enough_for_many_languages(language: str) -> None:
    assert missing_typeface(language) == ""
    assert all(file.startswith(("noto_cjk_sans_jp_", "font_source_sans_pro:")) for file in font_files(language))


def test_a_missing_package_is_named_and_a_script_without_typeface_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.book.fonts.find_spec", lambda name: None)

    assert "add the package fontpkg-noto-sans-thai to requirements.in" in missing_typeface("th")
    assert "no typeface for the script Geor yet: add one to handbook/book/fonts.py" in missing_typeface("ka")
    monkeypatch.setattr("handbook.book.fonts.find_spec", lambda name: name)
    assert missing_typeface("th") == ""
