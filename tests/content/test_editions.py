"""Files that cannot be used stop the build, with every problem in them and no traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.errors import SphinxError

if TYPE_CHECKING:
    from tests.conftest import TinyProject

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def problems(project: TinyProject, language: str) -> list[str]:
    with pytest.raises(SphinxError) as caught:
        project.build(language)
    assert caught.value.category == "The handbook cannot be built from these files"
    return str(caught.value).strip().splitlines()


def test_records_that_cannot_be_read_stop_the_build(tiny_project: TinyProject) -> None:
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")

    [problem] = problems(tiny_project, "ja")

    assert problem.startswith("knowledge/eras.yaml:3: record 'era-founding': field 'date': ")


@pytest.mark.parametrize("domain", ["knowledge", "handbook", "index", "about/name"])
def test_a_broken_catalogue_stops_the_build_of_its_language_only(tiny_project: TinyProject, domain: str) -> None:
    tiny_project.write(f"locales/en/LC_MESSAGES/{domain}.po", HEADER + 'msgid "はじめに"\nmsgstr "Introduction\n')

    assert tiny_project.build("ja").warnings == []

    [problem] = problems(tiny_project, "en")
    assert problem.startswith(f"locales/en/LC_MESSAGES/{domain}.po:5: not valid gettext: ")


@pytest.mark.parametrize("fence", ["```{bibliography}\\n```", "~~~ {note}\\n~~~", ":::{note}\\n:::"])
def test_a_directive_in_a_translation_alone_stops_the_build(tiny_project: TinyProject, fence: str) -> None:
    tiny_project.write("docs/index.md", "# はじめに\n\n本文です。\n")
    text = f'msgid "はじめに"\nmsgstr "{fence}"\n\nmsgid "本文です。"\nmsgstr "{fence}"\n'
    tiny_project.write("locales/en/LC_MESSAGES/index.po", HEADER + text)

    first, second = problems(tiny_project, "en")

    begun = fence.partition("\\n")[0]
    assert first == (
        f"locales/en/LC_MESSAGES/index.po:4: the translation holds '{begun}', and the message does not. "
        "To mend it: translate its words alone."
    )
    assert second.startswith("locales/en/LC_MESSAGES/index.po:7: ")


def test_a_directive_that_a_message_shows_as_code_stays_in_its_translation(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "# はじめに\n\n```` ```{note} ```` と書きます。\n")
    entry = 'msgid "```` ```{note} ```` と書きます。"\nmsgstr "Write ```` ```{note} ````."\n'
    tiny_project.write("locales/en/LC_MESSAGES/index.po", HEADER + entry)

    assert tiny_project.build("en").page().find(string="```{note}")


def test_words_in_braces_lost_in_a_translation_stop_the_build(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("handbook", {"{date}から": "since {day}"})

    [problem] = problems(tiny_project, "en")

    assert problem.startswith("locales/en/LC_MESSAGES/handbook.po:")
    assert "{date}から" in problem


def test_problems_of_records_sources_and_catalogues_are_told_together(tiny_project: TinyProject) -> None:
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")
    tiny_project.write("knowledge/sources.bib", "@online{a,\n  title {A},\n}\n")
    tiny_project.write("locales/en/LC_MESSAGES/index.po", HEADER + 'msgid "はじめに\n')

    assert [problem.split(": ")[0] for problem in problems(tiny_project, "en")] == [
        "knowledge/eras.yaml:3",
        "knowledge/sources.bib:2",
        "locales/en/LC_MESSAGES/index.po:4",
    ]


def test_the_next_build_succeeds_when_the_file_is_mended(tiny_project: TinyProject) -> None:
    tiny_project.build()
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")
    problems(tiny_project, "ja")

    tiny_project.replace("knowledge/eras.yaml", "1990-13", "1990-12")

    assert tiny_project.build().warnings == []


def test_a_change_of_the_words_of_the_theme_reaches_every_page(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "# はじめに\n\n:::{note}\n内容\n:::\n")
    for word in ("補足", "注"):
        tiny_project.catalogue("sphinx", {"Note": word}, language="ja")
        title = tiny_project.build().page().select_one(".admonition-title")
        assert title is not None
        assert title.get_text() == word
