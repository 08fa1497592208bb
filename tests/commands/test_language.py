"""`python -m handbook language`: a language more, or a sentence that says what is wrong with its tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from handbook.commands import formats, language
from handbook.commands.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Message

    from tests.conftest import TinyProject


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("", "Which language? Give its tag: make language LANGUAGE=ko."),
        ("Korean", "'Korean' is not a language tag; the tag of Korean is ko"),
        ("韓国語", "'韓国語' is not a language tag; the tag of 韓国語 is ko"),
        ("ko/../../x", "'ko/../../x' is not a language tag; a tag is short: ko (Korean), "),
        ("kr", "no language has the tag 'kr'; tags are, for example: ko (Korean), "),
        ("ja", "日本語 (ja) is the language that the handbook is written in; it needs no catalogues"),
    ],
)
def test_what_is_no_language_to_add_is_told_and_nothing_is_made(
    tiny_project: TinyProject, capsys: pytest.CaptureFixture[str], tag: str, said: str
) -> None:
    assert language.run(Project(tiny_project.root), tag) == 1

    assert capsys.readouterr().err.startswith(said)
    assert not (tiny_project.root / "locales").exists()


def test_a_language_is_added_by_its_tag_and_is_then_one_of_the_languages(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("sphinx", {"Search": "検索", "Made with ": "使用テーマ："}, language="ja")

    first = tiny_project.run("language", "pt-br")
    second = tiny_project.run("language", "pt_BR")

    project = Project(tiny_project.root)
    assert (first.returncode, first.stderr) == (0, "")
    assert project.languages() == ["ja", "pt_BR"]
    made = first.stdout.splitlines()
    assert made[:3] == [f"locales/pt_BR/LC_MESSAGES/{name}.po" for name in ("handbook", "index", "knowledge")]
    untranslated = sum(
        1 for file in project.locales.rglob("pt_BR/**/*.po") for message in messages(file) if not message.string
    )
    assert f"português (Brasil) (pt_BR) is new: {untranslated} texts to translate in locales/pt_BR." in made
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.splitlines() == [
        "0 catalogues changed",
        "português (Brasil) (pt_BR) is there already; its catalogues are up to date",
    ]


def test_words_of_the_theme_can_be_translated_and_those_that_sphinx_knows_are_filled_in(
    tiny_project: TinyProject,
) -> None:
    tiny_project.catalogue("sphinx", {"Search": "検索", "Made with ": "使用テーマ："}, language="ja")
    tiny_project.run("language", "ko")

    theme = {message.id: message.string for message in messages(tiny_project.root / "locales/ko/LC_MESSAGES/sphinx.po")}

    assert theme == {"Search": "검색", "Made with ": ""}


def test_a_new_language_is_read_from_right_to_left_where_it_is_written_so(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_project.use_all_rooms()
    tiny_project.use_theme()
    tiny_project.catalogue("index", {"はじめに": "مقدمة"}, language="ar")
    monkeypatch.setattr("handbook.book.fonts.find_spec", lambda name: None)

    page = tiny_project.build("ar").page()
    book = formats.pdf(Project(tiny_project.root), "ar")

    html = page.select_one("html")
    assert html is not None
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    # There is no typeface for it, so there is no PDF, and no page offers one.
    assert [link.get_text() for link in page.select(".downloads a")] == ["EPUB"]
    assert not book.failed
    [note] = book.notes
    assert note == (
        "there is no PDF in العربية (ar): it needs Noto Sans Arabic: add the package fontpkg-noto-sans-arabic to "
        "requirements.in, then make requirements"
    )


def messages(file: Path) -> list[Message]:
    with file.open(encoding="utf-8") as stream:
        return [message for message in read_po(stream, charset="utf-8") if message.id]
