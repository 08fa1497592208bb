"""`python -m handbook build`: both languages, or a message that says what to mend."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from handbook.commands import stamp
from handbook.commands.project import Project
from tools.comparing import files_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject


def test_both_languages_are_built_and_a_second_run_writes_no_page_again(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("index", {"はじめに": "Introduction"})

    first = tiny_project.run("build")

    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("ja, en: built in ")
    assert first.stdout.endswith(" s. Open build/site/index.html\n")
    site = tiny_project.root / "build/site"
    assert "<h1>はじめに" in (site / "ja/index.html").read_text(encoding="utf-8")
    assert "<h1>Introduction" in (site / "en/index.html").read_text(encoding="utf-8")
    entrance = (site / "index.html").read_text(encoding="utf-8")
    assert "ja/index.html" in entrance
    assert "en/index.html" in entrance
    written = {file: file.stat().st_mtime_ns for file in site.glob("??/index.html")}

    second = tiny_project.run("build")

    assert (second.returncode, second.stderr) == (0, "")
    assert {file: file.stat().st_mtime_ns for file in site.glob("??/index.html")} == written


def test_where_nothing_has_changed_nothing_is_built(tiny_project: TinyProject) -> None:
    tiny_project.run("build")

    for verb in ("build", "pdf", "epub"):
        done = tiny_project.run(verb)
        assert (done.returncode, done.stdout, done.stderr) == (
            0,
            "Nothing has changed. Open build/site/index.html\n",
            "",
        )


def test_after_any_change_to_what_is_read_or_was_written_the_build_goes_on(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tiny_project.root)
    page = tiny_project.write("build/site/ja/index.html", "<p>本文</p>")
    typed = [tiny_project.root / name for name in ("docs/index.md", "knowledge/sources.bib", "conf.py")]
    for file in (page, *typed):
        stamp.leave(project, stamp.read(project))
        assert stamp.nothing_to_do(project)
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert not stamp.nothing_to_do(project), file
    stamp.leave(project, stamp.read(project))
    monkeypatch.setenv("HANDBOOK_BASE_URL", "https://example.org/handbook")
    assert not stamp.nothing_to_do(project), "another address is a change"


def test_what_is_typed_around_the_address_of_the_site_gets_into_no_link(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_BASE_URL", " https://example.org/handbook/ ")

    tiny_project.run("build")

    site = tiny_project.root / "build/site"
    assert "<loc>https://example.org/handbook/ja/index.html</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert 'href="https://example.org/handbook/ja/index.html"' in (site / "404.html").read_text(encoding="utf-8")


def ask_for_an_undrawn_diagram(project: TinyProject) -> None:
    project.source("a")
    project.write(
        "knowledge/bodies.yaml",
        "- {id: council, name: 議会, summary: 代表です。, sources: [a], function: decides}\n",
    )
    project.write(
        "docs/index.md", "# はじめに\n\n```{hierarchy}\n```\n\n```{record} council\n```\n\n```{bibliography}\n```\n"
    )


def test_what_the_build_had_to_say_is_said_by_the_next_too(tiny_project: TinyProject) -> None:
    ask_for_an_undrawn_diagram(tiny_project)

    first, second = tiny_project.run("build"), tiny_project.run("build")

    assert first.stderr.startswith("note: diagrams are missing or out of date: ")
    assert second.stderr == first.stderr


def test_languages_that_were_built_apart_and_joined_are_the_site_that_one_build_makes(
    tiny_project: TinyProject, tmp_path: Path
) -> None:
    tiny_project.catalogue("index", {"はじめに": "Introduction"})
    tiny_project.run("build")
    site = tiny_project.root / "build/site"
    whole = files_in(site)
    parts = []
    for language in ("ja", "en"):
        shutil.rmtree(tiny_project.root / "build")
        done = tiny_project.run("build", f"--languages={language}")
        assert done.returncode == 0, done.stderr
        assert done.stdout.endswith(" When all are built: make join\n")
        parts.append(shutil.copytree(site, tmp_path / language))
    shutil.rmtree(site)
    for part in parts:
        shutil.copytree(part, site, dirs_exist_ok=True)

    done = tiny_project.run("join")

    assert (done.returncode, done.stdout) == (0, "ja, en: joined. Open build/site/index.html\n")
    assert files_in(site) == whole


def test_joining_says_which_language_is_not_there(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("index", {})
    tiny_project.run("build", "--languages=ja")

    done = tiny_project.run("join")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == 'build/site has no pages in: en. To build them: make build LANGUAGES="en"\n'


def test_a_language_that_the_handbook_has_not_is_told_with_those_that_it_has(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("index", {})

    done = tiny_project.run("build", "--languages=ja fr")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The handbook has no language 'fr'; it has: ja, en. To add one: make language LANGUAGE=ko\n"


def test_setting_a_book_alone_does_not_keep_the_site_from_seeing_what_has_changed(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("index", {})
    tiny_project.run("build")
    tiny_project.write("docs/index.md", "# はじめに\n\n新しい文です。\n")

    book = tiny_project.run("pdf")

    page = tiny_project.root / "build/site/ja/index.html"
    assert (book.returncode, book.stderr) == (0, "")
    assert "新しい文です。" in (tiny_project.root / "build/typst/ja/iclei-handbook-ja.typ").read_text(encoding="utf-8")
    assert "新しい文です。" not in page.read_text(encoding="utf-8")
    tiny_project.run("build")
    assert "新しい文です。" in page.read_text(encoding="utf-8")


def test_files_that_cannot_be_used_are_told_without_a_traceback(tiny_project: TinyProject) -> None:
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")
    tiny_project.write("locales/en/LC_MESSAGES/index.po", 'msgid ""\nmsgstr ""\n\nmsgid "はじめに"\nmsgstr "In\n')

    done = tiny_project.run("build")

    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    bad_record = [line for line in lines if line.startswith("knowledge/eras.yaml:3: record 'era-founding': ")]
    assert len(bad_record) == 1, "what is wrong in every language is told once"
    assert [line for line in lines if line.startswith("locales/en/LC_MESSAGES/index.po:5: not valid gettext: ")]
    assert lines[-1].startswith("The handbook has errors in: ja, en.")
    assert "Traceback" not in done.stderr
    assert not (tiny_project.root / "build/site/index.html").exists()


def test_a_mistake_on_a_page_fails_the_build_with_its_place(tiny_project: TinyProject) -> None:
    tiny_project.catalogue("index", {})
    tiny_project.write("docs/index.md", "# はじめに\n\n{record}`council`です。\n\n{cite}`zzz`です。\n")

    done = tiny_project.run("build")

    assert (done.returncode, done.stdout) == (1, "")
    assert "docs/index.md:3: WARNING: no record has the id 'council'; add it to a file in knowledge/" in done.stderr
    assert "docs/index.md:5: WARNING: could not find bibtex key" in done.stderr
    assert done.stderr.endswith("The handbook has errors in: ja, en. See the messages above.\n")
    assert "Traceback" not in done.stderr
    assert "\x1b[" not in done.stderr, "no colours where nobody sees them"


def test_a_mistake_that_nobody_has_mended_fails_the_next_build_too(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "# はじめに\n\n{record}`council`です。\n")

    first, second = tiny_project.run("build"), tiny_project.run("build")

    assert (first.returncode, second.returncode) == (1, 1)
    assert second.stderr == first.stderr


def test_a_diagram_that_is_not_drawn_yet_is_noted_and_no_error(tiny_project: TinyProject) -> None:
    ask_for_an_undrawn_diagram(tiny_project)

    done = tiny_project.run("build")

    assert done.returncode == 0
    assert done.stderr == ("note: diagrams are missing or out of date: hierarchy.ja.svg. To draw them: make diagrams\n")
    assert done.stdout.startswith("ja: built in ")


def test_a_broken_configuration_is_told_without_a_traceback(tiny_project: TinyProject) -> None:
    tiny_project.write("conf.py", "project = \n")

    done = tiny_project.run("build")

    assert done.returncode == 1
    assert "conf.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_project_is_told_without_a_traceback(tiny_project: TinyProject) -> None:
    (tiny_project.root / "conf.py").unlink()

    done = tiny_project.run("build")

    assert done.returncode == 1
    assert "conf.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_verb_is_told_the_known_ones(tiny_project: TinyProject) -> None:
    done = tiny_project.run("bild")

    assert done.returncode == 2
    assert "build" in done.stderr
    assert "translations" in done.stderr
    assert "Traceback" not in done.stderr


#: A role with a mistake of its own.
FAILING = """

def setup(app):
    def fail(*_):
        raise ValueError("nobody thought of it")

    app.add_role("failing", fail)
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "\n".join(":" * (360 - depth) + "{note}" for depth in range(350)),
            "docs/index.md:10: things lie too deep in each",
        ),
        ("{failing}`x`", "docs/index.md:4: Sphinx cannot cope with what stands here: ValueError: nobody thought of it"),
        ("```{toctree}\nother\n```", "docs/other.md:3: the page stands below itself in the contents. To mend it: "),
    ],
)
def test_a_page_that_sphinx_gives_up_on_is_told_with_its_line_and_without_a_traceback(
    tiny_project: TinyProject, text: str, said: str
) -> None:
    conf = (tiny_project.root / "conf.py").read_text(encoding="utf-8")
    tiny_project.write("conf.py", conf + FAILING)
    tiny_project.write("docs/index.md", f"(home)=\n# はじめに\n\n{text}\n")
    tiny_project.write("docs/other.md", "# 別のページ\n\n```{toctree}\nindex\n```\n")

    done = tiny_project.run("build")

    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line.startswith(said)]
    assert "Traceback" not in done.stderr


def test_a_page_that_is_no_text_is_told_before_any_is_read(tiny_project: TinyProject) -> None:
    (tiny_project.root / "docs/index.md").write_bytes("# はじめに\n".encode("shift_jis"))

    done = tiny_project.run("build")

    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("docs/index.md:1: the file is not UTF-8. To mend it: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("given", "fine"), [("1795000000", True), ("", True), ("yesterday", False), ("9" * 20, False)])
def test_the_time_of_the_build_is_used_or_refused(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch, given: str, fine: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)

    done = tiny_project.run("build")

    assert done.returncode == (0 if fine else 1)
    if not fine:
        assert done.stderr.startswith(
            f"SOURCE_DATE_EPOCH is '{given}', which is no time. To mend it: write the seconds"
        )
    assert "Traceback" not in done.stderr
