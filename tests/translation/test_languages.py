"""Which languages there are, and what their speakers call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.translation.languages import languages_of, own_name

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
