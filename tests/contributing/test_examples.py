"""The examples of the guide: what it calls wrong brings the message that it quotes, what it calls right brings none."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import ContentError, load
from handbook.translation import load_catalogue
from tests.conftest import ROOT, Build, TinyProject
from tests.contributing.guide import PAGES, Example, examples, quoted

if TYPE_CHECKING:
    from pathlib import Path

KNOWLEDGE = ROOT / "knowledge"
IN_RECORDS = [example for example in examples() if example.path.startswith("knowledge/")]
IN_PAGES = [example for example in examples() if example.path.startswith("docs/")]
IN_RECORD_TEXTS = [example for example in examples() if example.path.endswith("/knowledge.po")]
IN_PAGE_TEXTS = [
    example for example in examples() if example.path.startswith("locales/") and example not in IN_RECORD_TEXTS
]

#: Shown in an example of a record that no page describes.
UNDESCRIBED = {"first-chair-1990"}

_ROLE = re.compile(r"\{(record|figure|value|date|year)\}`(?:[^`<]*<)?([a-z0-9-]+)")
_MESSAGE = re.compile(r'^msgid "(.*)"$', re.MULTILINE)


def test_every_example_is_tried_and_the_guide_has_wrong_ones_with_their_messages() -> None:
    assert sorted(examples()) == sorted([*IN_RECORDS, *IN_PAGES, *IN_RECORD_TEXTS, *IN_PAGE_TEXTS])
    assert [str(example) for example in examples() if example.right == bool(example.message)] == []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert text.count(":caption: ") == sum(
            1 + bool(example.message) for example in examples() if example.page == page.stem
        ), f"{page.name} has a caption that is none of: よくない例：`path`, よい例：`path`, メッセージ"


@pytest.mark.parametrize("example", IN_RECORDS, ids=str)
def test_an_example_of_a_record_or_a_source_is_as_wrong_or_as_right_as_the_guide_says(
    example: Example, tmp_path: Path
) -> None:
    if example.path == "knowledge/sources.bib":
        (tmp_path / "knowledge").mkdir()
    else:
        # What the examples refer to.
        shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("schemas", "[!e]*.yaml"))
    (tmp_path / example.path).write_text(example.code, encoding="utf-8")

    assert example.brings(problems(tmp_path / "knowledge"))


def problems(directory: Path) -> str:
    try:
        load(directory)
    except ContentError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("example", IN_RECORD_TEXTS, ids=str)
def test_an_example_of_a_catalogue_of_records_is_as_wrong_or_as_right_as_the_guide_says(
    example: Example, tmp_path: Path
) -> None:
    file = tmp_path / example.path
    file.parent.mkdir(parents=True)
    file.write_text(example.code, encoding="utf-8")
    said = ""
    try:
        load_catalogue(tmp_path / "locales", "en", "ja", "knowledge")
    except ContentError as error:
        said = str(error)

    assert example.brings(said)


@pytest.fixture(scope="module", params=[False, True], ids=["wrong", "right"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[Example, list[str]]:
    """What is said of each example of a page. All that are right, or wrong, are built at once, in folders of their own."""
    chosen = [example for example in IN_PAGES if example.right is request.param]
    project = project_with_all_records(tmp_path_factory.mktemp("pages") / "project", [one.code for one in chosen])
    for number, example in enumerate(chosen):
        project.write(folder(number) + example.path, example.code)
    return sorted_out(project.build(), chosen)


def folder(number: int) -> str:
    return f"docs/example-{number}/"


def project_with_all_records(root: Path, texts: list[str]) -> TinyProject:
    """Return a project with the handbook's records; those that `texts` show and do not describe are described in it."""
    project = TinyProject(root)
    shutil.copytree(KNOWLEDGE, root / "knowledge", dirs_exist_ok=True)
    known, text = load(KNOWLEDGE).records, "\n".join(texts)
    shown = {record_id for _, record_id in _ROLE.findall(text) if record_id in known} - UNDESCRIBED
    records = "\n".join(f"```{{record}} {record_id}\n```\n" for record_id in sorted(shown))
    project.write("docs/records.md", f"# 記録\n\n{records}")
    project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n:all:\n```\n")
    project.write("docs/index.md", "# はじめに\n\n```{toctree}\n:glob:\n\n*\n**/*\n```\n")
    return project


def sorted_out(build: Build, chosen: list[Example]) -> dict[Example, list[str]]:
    """Return the warnings of a build by the example that they are about, with the path that it stands for."""
    said: dict[Example, list[str]] = {example: [] for example in chosen}
    for line in build.warnings:
        # The descriptions of records, too, mention others that are not described here.
        if number := re.match(r"docs/example-(\d+)/", line):
            said[chosen[int(number[1])]].append(line.replace(folder(int(number[1])), "", 1))
    return said


# What myst_parser uses itself where a link leads nowhere.
@pytest.mark.filterwarnings("ignore:.*MystReferenceResolver.app:PendingDeprecationWarning")
def test_an_example_of_a_page_is_as_wrong_or_as_right_as_the_guide_says(built: dict[Example, list[str]]) -> None:
    wrong = {str(example): said for example, said in built.items() if not example.brings("\n".join(said))}
    assert wrong == {}


def test_an_example_of_a_catalogue_of_a_page_is_as_wrong_or_as_right_as_the_guide_says(tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    project = project_with_all_records(tmp_path / "project", [example.code for example in IN_PAGE_TEXTS])
    for number, example in enumerate(IN_PAGE_TEXTS):
        messages = "\n\n".join(_MESSAGE.findall(example.code))
        project.write(f"{folder(number)}page.md", f"# 題名\n\n{messages}\n")
        project.write(f"locales/en/LC_MESSAGES/example-{number}/page.po", header + example.code)

    # Sphinx tells some things once for each time that it reads the translation.
    said = {example: {*lines} for example, lines in sorted_out(project.build("en"), IN_PAGE_TEXTS).items()}

    for example, lines in said.items():
        # The guide leaves out the place, which is not one in a file of translations.
        told = {line[line.index("WARNING: ") :] for line in lines} or {""}
        assert any(map(example.brings, told)), lines


def test_the_messages_that_are_quoted_without_an_example_come_too(tiny_project: TinyProject) -> None:
    tiny_project.replace("conf.py", 'suppress_warnings = ["handbook.uncited-source"]', "")
    tiny_project.source("energy-2026")
    tiny_project.write("docs/page.md", "# ページ\n")
    said = tiny_project.build().warnings
    # Told at the end of a build, and no warning.
    stale = "note: diagrams are missing or out of date: {}. To draw them: make diagrams"
    assert stale.format("%s") in (ROOT / "handbook/content/diagrams.py").read_text(encoding="utf-8")

    missing = {
        message
        for message in quoted()
        if message != stale.format("two-steps.ja.svg") and not any(message in line for line in said)
    }

    assert len(quoted()) == 3
    assert missing == set(), "\n".join(said)
