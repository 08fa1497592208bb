"""How far translation is: the numbers on the status page, of the command and in JSON, and what readers of a page see."""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from handbook.commands import translate_status, translations
from handbook.commands.project import Project
from handbook.translation.status import Messages, domain_progress, status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handbook.translation.status import Key, Progress
    from tests.conftest import Build, TinyProject

#: A page with everything that has messages of its own.
PAGE = """
---
myst:
  html_meta:
    description: 議会を説明します。
---
# 議会

会員を代表します。

会員を代表します。

- 項目
- 別の項目

:::{note}
注です。
:::
"""


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    """A page half translated, one without a catalogue, and the page that says so."""
    tiny_project.source("a")
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{toctree}\n:caption: 目次\ncouncil\nreference/translation-status\n```\n\n```{bibliography}\n```\n",
    )
    tiny_project.write("docs/council.md", PAGE)
    tiny_project.write("docs/reference/translation-status.md", "# 翻訳の状況\n\n```{translation-status}\n```\n")
    tiny_project.catalogue(
        "council",
        {
            "議会": "Council",
            "会員を代表します。": "It represents the members.",
            "項目": "A guess",
            "昔の文です。": "Old.",
        },
    )
    tiny_project.replace("locales/en/LC_MESSAGES/council.po", 'msgid "項目"', '#, fuzzy\nmsgid "項目"')
    return tiny_project


def rows(build: Build, table: int) -> dict[str, list[str]]:
    """Return a table of the status page: what heads a row, and its numbers."""
    found = build.page("reference/translation-status").select("table.translation-status")[table]
    cells = [[cell.get_text(strip=True) for cell in row.select("td, th")] for row in found.select("tbody tr")]
    return {head: numbers for head, *numbers in cells}


def printed(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, int]]:
    assert translate_status.run(Project(project.root), as_json=True) == 0
    found = json.loads(capsys.readouterr().out)["en"]["catalogues"]
    return {one.pop("domain"): one for one in found}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_status_page_and_its_json_have_the_numbers_of_the_command(
    project: TinyProject, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    numbers = printed(project, capsys)
    # Description, heading, sentence (twice on the page, one message), two items and a note.
    assert numbers["council"] == {"total": 6, "translated": 2, "fuzzy": 1, "missing": 3, "stale": 1, "percent": 33}
    assert numbers["index"] == {"total": 2, "translated": 0, "fuzzy": 0, "missing": 2, "stale": 0, "percent": 0}

    build = project.build(language)

    assert build.warnings == []
    pages = rows(build, 1)
    assert pages["議会" if language == "ja" else "Council"] == ["33%", "6", "2", "1", "3", "1"]
    assert pages["はじめに"] == ["0%", "2", "0", "0", "2", "0"]
    (overview,) = rows(build, 0).values()
    published = json.loads((build.output / "translation-status.json").read_text(encoding="utf-8"))["en"]
    assert {one.pop("domain"): one for one in published["catalogues"]} == numbers
    assert overview == [
        f"{published['all'][key]:,}" + ("%" if key == "percent" else "")
        for key in ("percent", "total", "translated", "fuzzy", "missing", "stale")
    ]


def test_an_edition_lists_the_pages_in_its_own_language_and_the_source_lists_those_in_all(project: TinyProject) -> None:
    shutil.copytree(project.root / "locales/en", project.root / "locales/ko")

    listed = {
        language: [
            table["id"] for table in project.build(language).page("reference/translation-status").select("table[id]")
        ]
        for language in ("ja", "en", "ko")
    }

    assert listed["en"] == ["translation-status-en"]
    assert listed["ko"] == ["translation-status-ko"]
    assert listed["ja"] == ["translation-status-en", "translation-status-ko"]
    assert len(rows(project.build("en"), 0)) == 2


def test_words_of_the_theme_are_no_part_of_the_handbook_with_or_without_a_template(project: TinyProject) -> None:
    project.catalogue("sphinx", {"Search": "Search"})
    folder = project.root / "locales"

    messages = Messages.of([("", "はじめに")])
    with_template = status({"index": messages, "sphinx": Messages.of([("", "Search")])}, folder, "en")
    without = status({"index": messages}, folder, "en")

    assert with_template == without
    assert "sphinx" not in [one.domain for one in without]


def test_all_but_one_of_many_messages_is_not_everything(project: TinyProject) -> None:
    sentences = [f"{number}番の文です。" for number in range(300)]
    project.write("docs/council.md", "# 議会\n\n" + "\n\n".join(sentences) + "\n")
    project.catalogue("council", dict.fromkeys(sentences, "A sentence."))

    assert rows(project.build("en"), 1)["議会"] == ["99%", "301", "300", "0", "1", "0"]


def test_of_very_many_pages_those_with_nothing_to_do_share_a_row(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("docs/one.md", "# 一つ目\n")
    project.write("docs/two.md", "# 二つ目\n\n本文です。\n")
    project.replace("docs/index.md", "council\n", "council\none\ntwo\n")
    project.catalogue("one", {"一つ目": "The first"})
    project.catalogue("two", {"二つ目": "The second", "本文です。": "Text."})
    # A node has the same name as its module.
    monkeypatch.setattr(import_module("handbook.content.translation_status"), "MOST_ROWS_DONE", 1)

    listed = rows(project.build("ja"), 1)

    assert {"議会", "はじめに"} <= listed.keys()
    assert not {"一つ目", "二つ目"} & listed.keys()
    assert [numbers for name, numbers in listed.items() if name.startswith("すべて訳したもの（")] == [
        ["100%", "3", "3", "0", "0", "0"]
    ]


def test_the_status_page_is_written_anew_when_a_catalogue_changes(project: TinyProject) -> None:
    project.build("ja")
    project.replace("locales/en/LC_MESSAGES/council.po", "#, fuzzy\n", "")

    build = project.build("ja")

    assert "reference/translation-status" in build.written
    assert "council" not in build.written
    assert rows(build, 1)["議会"] == ["50%", "6", "3", "0", "3", "1"]
    assert project.build("ja").written == []


def test_a_page_that_lags_behind_says_so_at_its_top_and_leads_to_help(project: TinyProject) -> None:
    project.catalogue(
        "handbook",
        {
            "このページの{total}か所のうち{behind}か所は、まだ訳されておらず、日本語のまま示しています。": "{behind} of {total} are missing.",
            "翻訳の状況と手伝い方": "How to help",
            "日本語：": "Japanese: ",
        },
    )
    page = project.build("en").page("council")

    note = page.select_one("h1 + p.translation-lag")
    assert note is not None
    assert note.get_text() == "4 of 6 are missing. How to help"
    (link,) = note.select("a")
    assert link["href"] == "reference/translation-status.html"
    untranslated = page.select("p.untranslated[lang=ja]")
    assert [one.get_text() for one in untranslated] == ["Japanese: 項目", "Japanese: 別の項目", "Japanese: 注です。"]
    assert all(one.select_one(".only-heard[lang=en]") for one in untranslated)
    assert "A guess" not in page.get_text()


def test_no_page_is_counted_for_another_and_none_again_without_a_change(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def note(domain: str, messages: Iterable[Key], locale_dir: Path, language: str) -> Progress:
        counted.append(domain)
        return domain_progress(domain, messages, locale_dir, language)

    monkeypatch.setattr("handbook.translation.status.domain_progress", note)

    project.build("en")
    assert counted.count("council") == 1

    counted.clear()
    project.write("docs/index.md", "# 目次\n\n```{toctree}\ncouncil\nreference/translation-status\n```\n")
    project.build("en")
    assert set(counted) == {"index"}


def test_a_page_that_is_complete_and_a_japanese_page_say_nothing(project: TinyProject) -> None:
    project.write("docs/council.md", "# 議会\n\n会員を代表します。\n")
    for language in ("en", "ja"):
        assert project.build(language).page("council").select(".translation-lag, .untranslated, .only-heard") == []


def test_the_command_prints_a_table_with_what_lags_behind_at_the_top(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert translate_status.run(Project(project.root)) == 0

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["en", "total", "translated", "fuzzy", "missing", "stale"]
    assert ["council", "33", "%", "6", "2", "1", "3", "1"] in lines
    assert lines[-1][0] == "all"
    shares = [int(line[1]) for line in lines[1:-1]]
    assert shares == sorted(shares)


def test_templates_that_are_older_than_a_page_are_not_believed(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    translations.run(Project(project.root))
    capsys.readouterr()
    assert printed(project, capsys)["council"]["total"] == 6

    project.replace("docs/council.md", "- 別の項目\n", "- 別の項目\n- 新しい項目\n")

    assert printed(project, capsys)["council"]["total"] == 7
