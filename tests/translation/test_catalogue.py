"""Catalogues: what is translated, what is left in Japanese, and what is refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import ContentError
from handbook.translation import Localized, load_catalogue
from handbook.translation.catalogue import syntax_problems

if TYPE_CHECKING:
    from tests.conftest import TinyProject

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_a_translated_message_is_in_the_language_of_the_catalogue(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("knowledge", {"イクレイ議会": "ICLEI Council"})

    catalogue = load_catalogue(tiny_project.root / "locales", "en", "ja", "knowledge")

    assert catalogue.localize("イクレイ議会") == Localized("ICLEI Council", "en")
    assert catalogue.gettext("イクレイ議会") == "ICLEI Council"


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("", id="no entry"),
        pytest.param('msgid "イクレイ議会"\nmsgstr ""\n', id="not translated yet"),
        pytest.param('#, fuzzy\nmsgid "イクレイ議会"\nmsgstr "ICLEI Committee"\n', id="a guess"),
        pytest.param('#~ msgid "イクレイ議会"\n#~ msgstr "ICLEI Council"\n', id="not in use any more"),
        pytest.param('msgctxt "many"\nmsgid "イクレイ議会"\nmsgstr "ICLEI Councils"\n', id="in another context"),
    ],
)
def test_a_message_without_a_sure_translation_stays_and_is_known_to_be_japanese(
    tiny_project: TinyProject, entry: str
) -> None:
    tiny_project.write("locales/en/LC_MESSAGES/knowledge.po", HEADER + entry)

    catalogue = load_catalogue(tiny_project.root / "locales", "en", "ja", "knowledge")

    assert catalogue.localize("イクレイ議会") == Localized("イクレイ議会", "ja")
    assert catalogue.gettext("イクレイ議会") == "イクレイ議会"


def test_a_missing_catalogue_is_an_empty_one(tiny_project: TinyProject) -> None:
    catalogue = load_catalogue(tiny_project.root / "locales", "en", "ja", "knowledge")

    assert catalogue.localize("イクレイ議会") == Localized("イクレイ議会", "ja")


def test_a_context_tells_two_translations_of_one_message_apart(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "locales/en/LC_MESSAGES/handbook.po",
        HEADER + 'msgid "選挙で選ぶ"\nmsgstr "elects"\n\n' + 'msgctxt "many"\nmsgid "選挙で選ぶ"\nmsgstr "elect"\n',
    )

    catalogue = load_catalogue(tiny_project.root / "locales", "en", "ja", "handbook")

    assert catalogue.gettext("選挙で選ぶ") == "elects"
    assert catalogue.gettext("選挙で選ぶ", "many") == "elect"


def test_a_changed_catalogue_is_read_again(tiny_project: TinyProject) -> None:
    locales = tiny_project.root / "locales"
    tiny_project.catalogue("knowledge", {"イクレイ議会": "Council"})
    assert load_catalogue(locales, "en", "ja", "knowledge").gettext("イクレイ議会") == "Council"

    tiny_project.catalogue("knowledge", {"イクレイ議会": "ICLEI Council"})
    file = locales / "en/LC_MESSAGES/knowledge.po"
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1_000_000_000))

    assert load_catalogue(locales, "en", "ja", "knowledge").gettext("イクレイ議会") == "ICLEI Council"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            HEADER + 'msgid "イクレイ議会"\nmsgstr "ICLEI Council\n',
            "locales/en/LC_MESSAGES/knowledge.po:6: not valid gettext: ",
            id="quote not closed",
        ),
        pytest.param(
            HEADER + 'msgid "イクレイ議会"\nICLEI Council\n',
            "locales/en/LC_MESSAGES/knowledge.po:6: not valid gettext: ",
            id="text outside quotes",
        ),
        pytest.param(
            HEADER + "<<<<<<< HEAD\n",
            "locales/en/LC_MESSAGES/knowledge.po:5: not valid gettext: ",
            id="left from a merge",
        ),
    ],
)
def test_a_broken_catalogue_is_told_with_file_and_line(tiny_project: TinyProject, text: str, problem: str) -> None:
    tiny_project.write("locales/en/LC_MESSAGES/knowledge.po", text)

    with pytest.raises(ContentError) as caught:
        load_catalogue(tiny_project.root / "locales", "en", "ja", "knowledge")

    assert str(caught.value).startswith(problem)
    assert str(caught.value).endswith("To mend it: close every quote, and write msgid and msgstr in pairs.")


def test_a_catalogue_in_another_encoding_is_told_with_file_and_remedy(tiny_project: TinyProject) -> None:
    file = tiny_project.write("locales/en/LC_MESSAGES/knowledge.po", HEADER)
    file.write_bytes(HEADER.encode() + 'msgid "イクレイ議会"\nmsgstr ""\n'.encode("shift_jis"))

    with pytest.raises(ContentError) as caught:
        load_catalogue(tiny_project.root / "locales", "en", "ja", "knowledge")

    assert str(caught.value) == (
        "locales/en/LC_MESSAGES/knowledge.po:5: the file is not UTF-8. To mend it: save it with the encoding UTF-8."
    )


def test_every_broken_catalogue_is_told(tiny_project: TinyProject) -> None:
    files = [
        tiny_project.write(f"locales/en/LC_MESSAGES/{name}.po", HEADER + text)
        for name, text in (("one", 'msgid "A\n'), ("two", 'msgid "A"\nmsgstr "B"\n'), ("three", "msgstr\n"))
    ]

    problems = syntax_problems(files, project=tiny_project.root)

    assert [problem.file.name for problem in problems] == ["one.po", "three.po"]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("{value}の自治体", "{valeu} local governments"),
        ("{value}の自治体", "local governments"),
        ("{value}の自治体", "{value local governments"),
        ("{date}まで", "until {date} {year}"),
        ("{start}～{end}", "from {start}"),
    ],
)
def test_words_in_braces_that_a_translation_has_lost_or_made_up_are_told_with_the_line(
    tiny_project: TinyProject, message: str, translation: str
) -> None:
    tiny_project.write("locales/en/LC_MESSAGES/knowledge.po", f'{HEADER}msgid "{message}"\nmsgstr "{translation}"\n')

    with pytest.raises(ContentError) as caught:
        load_catalogue(tiny_project.root / "locales", "en", "ja", "knowledge")

    assert str(caught.value).startswith("locales/en/LC_MESSAGES/knowledge.po:5: ")
    assert message in str(caught.value)
    assert str(caught.value).endswith("To mend it: keep the words in braces exactly as they stand in the message.")


def test_words_in_braces_may_change_places_and_a_guess_may_lack_them(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "locales/en/LC_MESSAGES/knowledge.po",
        HEADER
        + 'msgid "{start}から{end}"\nmsgstr "until {end} from {start}"\n\n'
        + '#, fuzzy\nmsgid "{value}の自治体"\nmsgstr "local governments"\n\n'
        + 'msgid "{value}の町"\nmsgstr ""\n',
    )

    catalogue = load_catalogue(tiny_project.root / "locales", "en", "ja", "knowledge")

    assert catalogue.gettext("{start}から{end}") == "until {end} from {start}"


def test_a_catalogue_with_a_mark_of_the_byte_order_is_refused_since_gettext_does_not_read_it(
    tiny_project: TinyProject,
) -> None:
    file = tiny_project.write("locales/en/LC_MESSAGES/index.po", "\ufeff" + HEADER)

    [problem] = syntax_problems([file], project=tiny_project.root)

    assert str(problem) == (
        "locales/en/LC_MESSAGES/index.po:1: not valid gettext: the file begins with a mark of the byte order (BOM). "
        "To mend it: save it as UTF-8 without BOM."
    )


@pytest.mark.parametrize("charset", ["latin-1", "klingon"])
def test_a_catalogue_whose_header_names_another_encoding_is_refused(tiny_project: TinyProject, charset: str) -> None:
    file = tiny_project.write("locales/en/LC_MESSAGES/index.po", HEADER.replace("UTF-8", charset))

    [problem] = syntax_problems([file], project=tiny_project.root)

    assert str(problem) == (
        f"locales/en/LC_MESSAGES/index.po:3: not valid gettext: the header says that the encoding is '{charset}'. "
        "To mend it: let it say charset=utf-8."
    )


def test_a_second_header_does_not_hide_the_encoding_of_the_first(tiny_project: TinyProject) -> None:
    """As merges leave them; sphinx-intl goes by the first, and Babel by the last."""
    file = tiny_project.write("locales/en/LC_MESSAGES/index.po", HEADER.replace("UTF-8", "klingon") + HEADER)

    [problem] = syntax_problems([file], project=tiny_project.root)

    assert "index.po:3: not valid gettext: the header says that the encoding is 'klingon'" in str(problem)
