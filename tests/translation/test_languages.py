"""Which languages there are, and what their speakers call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.translation.languages import (
    LanguageError,
    direction,
    has_word_spaces,
    is_full_width,
    language_named,
    languages_of,
    own_name,
    script_of,
    web_tag,
)

if TYPE_CHECKING:
    from tests.conftest import TinyProject


def test_a_folder_with_catalogues_makes_a_language_and_the_source_comes_first(tiny_project: TinyProject) -> None:
    for language in ("en", "de", "ja"):
        tiny_project.catalogue("index", {}, language=language)
    tiny_project.catalogue("about/name", {}, language="fr")
    (tiny_project.root / "locales/ko/LC_MESSAGES").mkdir(parents=True)
    tiny_project.write("locales/README.md", "# Catalogues\n")

    assert languages_of(tiny_project.root / "locales", "ja") == ["ja", "de", "en", "fr"]


def test_without_catalogues_there_is_the_source_language(tiny_project: TinyProject) -> None:
    assert languages_of(tiny_project.root / "locales", "ja") == ["ja"]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ja", "日本語"),
        ("en", "English"),
        ("de", "Deutsch"),
        ("pt_BR", "português (Brasil)"),
        ("pt-BR", "português (Brasil)"),
    ],
)
def test_a_language_is_called_what_its_speakers_call_it(language: str, name: str) -> None:
    assert own_name(language) == name


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("ko", "ko"),
        ("KO", "ko"),
        ("pt-br", "pt_BR"),
        ("pt_BR", "pt_BR"),
        ("zh-hant-tw", "zh_Hant_TW"),
        ("es-419", "es_419"),
    ],
)
def test_a_tag_is_understood_however_it_is_written(given: str, tag: str) -> None:
    assert language_named(given) == tag


@pytest.mark.parametrize("given", ["", "k", "korean", "ko-", "../ko", "ko KR", "kr", "jp", "qps"])
def test_what_is_no_language_is_refused_with_examples_of_tags(given: str) -> None:
    with pytest.raises(LanguageError, match=r"ko"):
        language_named(given)


@pytest.mark.parametrize(
    ("language", "script", "spaces", "wide", "lines"),
    [
        ("ja", "Jpan", False, True, "ltr"),
        ("zh_TW", "Hant", False, True, "ltr"),
        ("ko", "Kore", True, True, "ltr"),
        ("th", "Thai", False, False, "ltr"),
        ("en", "Latn", True, False, "ltr"),
        ("sr_Latn", "Latn", True, False, "ltr"),
        ("ar", "Arab", True, False, "rtl"),
    ],
)
def test_spaces_widths_and_directions_follow_from_the_script(
    language: str, script: str, spaces: bool, wide: bool, lines: str
) -> None:
    found = script_of(language), has_word_spaces(language), is_full_width(language), direction(language)
    assert found == (script, spaces, wide, lines)


def test_the_web_writes_tags_with_hyphens() -> None:
    assert [web_tag(language) for language in ("ko", "pt_BR")] == ["ko", "pt-BR"]
