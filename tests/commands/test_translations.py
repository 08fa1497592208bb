"""`python -m handbook translations`: catalogues follow the texts, and nothing else changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handbook.commands import translations
from handbook.commands.project import Project

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - {id: council, name: イクレイ議会, name_en: ICLEI Council, summary: 会員を代表します。,
           sources: [a], function: decides}
        """,
    )
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n```{toctree}\nabout/name\n```\n\n```{record} council\n```\n\n```{bibliography}\n```\n",
    )
    tiny_project.write("docs/about/name.md", "# 名前\n\nイクレイは1990年に生まれた自治体の団体です。\n")
    return tiny_project


def update(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run the verb; return what it prints."""
    assert translations.run(Project(project.root)) == 0
    output = capsys.readouterr()
    assert output.err == ""
    return output.out.splitlines()


def entry(project: TinyProject, domain: str, message: str) -> str:
    """Return the entry of a message with its comments."""
    text = (project.root / f"locales/en/LC_MESSAGES/{domain}.po").read_text(encoding="utf-8")
    [found] = [part for part in text.split("\n\n") if f'\nmsgid "{message}"\n' in part]
    return found


def test_the_first_run_makes_a_catalogue_for_each_page_for_records_and_for_our_own_words(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update(project, capsys) == [
        "locales/en/LC_MESSAGES/about/name.po",
        "locales/en/LC_MESSAGES/handbook.po",
        "locales/en/LC_MESSAGES/index.po",
        "locales/en/LC_MESSAGES/knowledge.po",
        "4 catalogues changed",
    ]

    assert entry(project, "knowledge", "会員を代表します。") == (
        '#. council: summary\n#: knowledge/bodies.yaml:1\nmsgid "会員を代表します。"\nmsgstr ""'
    )
    assert re.search(r"^#: .*docs/about/name\.md:1$", entry(project, "about/name", "名前"), re.MULTILINE)
    assert entry(project, "handbook", "名称").endswith('msgstr ""')


def test_a_second_run_changes_no_file(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> None:
    update(project, capsys)
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in project.root.glob("locales/**/*.*")}

    assert update(project, capsys) == ["0 catalogues changed"]

    assert {
        file: (file.stat().st_mtime_ns, file.read_bytes()) for file in project.root.glob("locales/**/*.*")
    } == before


def test_official_english_names_are_filled_in(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> None:
    update(project, capsys)

    assert entry(project, "knowledge", "イクレイ議会").endswith('msgstr "ICLEI Council"')


def test_a_changed_sentence_keeps_its_translation_as_a_guess_that_no_page_shows(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    update(project, capsys)
    project.replace(
        "locales/en/LC_MESSAGES/about/name.po",
        'msgid "イクレイは1990年に生まれた自治体の団体です。"\nmsgstr ""',
        'msgid "イクレイは1990年に生まれた自治体の団体です。"\nmsgstr "ICLEI was founded in 1990."',
    )
    assert project.build("en").sentences("about/name") == ["ICLEI was founded in 1990."]

    project.replace("docs/about/name.md", "1990年に", "1990年9月に")
    assert update(project, capsys) == ["locales/en/LC_MESSAGES/about/name.po", "1 catalogues changed"]

    changed = entry(project, "about/name", "イクレイは1990年9月に生まれた自治体の団体です。")
    assert "#, fuzzy" in changed
    assert changed.endswith('msgstr "ICLEI was founded in 1990."')
    assert project.build("en").sentences("about/name") == ["イクレイは1990年9月に生まれた自治体の団体です。"]


def test_the_catalogue_of_a_deleted_page_goes_with_it(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> None:
    update(project, capsys)
    project.build("en")
    assert (project.root / "locales/en/LC_MESSAGES/about/name.mo").exists()

    (project.root / "docs/about/name.md").unlink()
    project.replace("docs/index.md", "```{toctree}\nabout/name\n```\n\n", "")
    output = update(project, capsys)

    assert "locales/en/LC_MESSAGES/about/name.po" in output
    assert list(project.root.glob("locales/en/LC_MESSAGES/about/*")) == []


def test_every_language_with_catalogues_is_updated(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> None:
    project.catalogue("index", {}, language="de")
    project.catalogue("index", {}, language="en")

    output = update(project, capsys)

    assert [line for line in output if line.endswith("knowledge.po")] == [
        "locales/de/LC_MESSAGES/knowledge.po",
        "locales/en/LC_MESSAGES/knowledge.po",
    ]


def test_a_mistake_on_a_page_leaves_the_catalogues_as_they_are(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.catalogue("index", {"はじめに": "Introduction"})
    before = (project.root / "locales/en/LC_MESSAGES/index.po").read_bytes()
    project.write("docs/about/name.md", "# 名前\n\n{record}`councli`です。\n")

    assert translations.run(Project(project.root)) == 1

    assert "docs/about/name.md:3: WARNING: no record has the id 'councli'" in capsys.readouterr().err
    assert (project.root / "locales/en/LC_MESSAGES/index.po").read_bytes() == before
    assert not (project.root / "locales/en/LC_MESSAGES/knowledge.po").exists()


def test_records_that_cannot_be_read_are_told_without_a_traceback(project: TinyProject) -> None:
    project.replace("knowledge/bodies.yaml", "function: decides", "function: decide")

    done = project.run("translations")

    assert (done.returncode, done.stdout) == (1, "")
    assert "knowledge/bodies.yaml:2: record 'council': field 'function': 'decide' is not allowed here." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_catalogue_is_told_without_a_traceback_and_kept(project: TinyProject) -> None:
    file = project.write(
        "locales/en/LC_MESSAGES/index.po", 'msgid ""\nmsgstr ""\n\nmsgid "はじめに"\nmsgstr "Introduction\n'
    )
    before = file.read_bytes()

    done = project.run("translations")

    assert (done.returncode, done.stdout) == (1, "")
    assert "locales/en/LC_MESSAGES/index.po:5: not valid gettext: " in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == before
