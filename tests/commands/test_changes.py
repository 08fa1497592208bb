"""`make changes`: what a change means to readers, in words, compared with where the branch began."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pikepdf
import pytest

from handbook.commands import changes
from handbook.commands.project import Project
from tests.commands.reports import section

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject

#: Only people have these set; a test must not depend on them.
SETTINGS = ("BASE", "BOOKS", "HANDBOOK_BASE_URL", "HANDBOOK_REPOSITORY_URL")


def git(project: TinyProject, *arguments: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, cwd=project.root, check=True, capture_output=True)


@pytest.fixture
def project(tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> TinyProject:
    """A small handbook in git, on a branch of its own."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("BASE", "main")
    monkeypatch.chdir(tiny_project.root)
    tiny_project.source("a", "b")
    tiny_project.write(
        "knowledge/figures.yaml",
        """
        - id: members
          name: 会員数
          name_en: Number of members
          observations:
            - {value: 1500, as_of: 2012, sources: [a]}
        """,
    )
    tiny_project.write("knowledge/eras.yaml", "- {id: era-founding, name: 設立, date: 1990}\n")
    tiny_project.write("docs/about/name.md", "# 名前\n\n一文目です。\n\n二文目です。\n\n三文目です。\n")
    tiny_project.write("docs/about/members.md", "# 会員\n\n{figure}`members`です。\n")
    tiny_project.catalogue("about/name", {"名前": "Name", "一文目です。": "One.", "二文目です。": "Two."})
    tiny_project.write(".gitignore", "/build/\n")
    git(tiny_project, "init", "--quiet", "--initial-branch=main")
    git(tiny_project, "add", ".")
    git(tiny_project, "commit", "--quiet", "-m", "first")
    git(tiny_project, "switch", "--quiet", "-c", "mine")
    return tiny_project


def told(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> str:
    assert changes.run(Project(project.root)) == 0
    return capsys.readouterr().out


def test_where_nothing_changed_it_is_said_so(project: TinyProject, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("README.md", "Not for readers of the handbook.\n")
    report = told(project, capsys)
    assert report.startswith("# 読者にとって変わること / What changes for readers\n\n`main (")
    assert "Nothing that readers see has changed." in report
    assert "\n## " not in report


def test_pages_that_are_new_gone_moved_or_changed_are_told_with_how_much(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace("docs/index.md", "# はじめに\n", "# はじめに\n\n新しい文です。\n")
    project.write("docs/about/new.md", "# 新しい[ページ]\n")
    (project.root / "docs/about/members.md").unlink()
    (project.root / "docs/about/name.md").rename(project.root / "docs/naming.md")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "committed or not is the same")
    project.replace("docs/naming.md", "三文目です。", "三文目でした。")

    assert section(told(project, capsys), "Pages") == [
        "- **削除 / gone**: 会員 `docs/about/members.md`",
        r"- **追加 / new**: 新しい\[ページ\] `docs/about/new.md` (+1 −0)",
        "- **変更 / changed**: はじめに `docs/index.md` (+2 −0)",
        "- **移動 / moved**: 名前 `docs/naming.md` ← `docs/about/name.md` (+1 −1)",
    ]


def test_facts_are_told_by_record_and_field_with_what_stood_there_before(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace(
        "knowledge/figures.yaml",
        "    - {value: 1500, as_of: 2012, sources: [a]}",
        "    - {value: 2500, as_of: 2026, sources: [b]}\n    - {value: 1501, as_of: 2012, sources: [a, b]}",
    )
    project.write("knowledge/eras.yaml", "- {id: era-today, name: いま, date: 2020}\n")
    project.replace("knowledge/sources.bib", "title = {Page b}", "title = {Page b, 2nd edition}")

    report = told(project, capsys)

    assert section(report, "Facts") == [
        "- **追加 / new**: いま `era-today` (`knowledge/eras.yaml`)",
        "- **削除 / gone**: 設立 `era-founding` (`knowledge/eras.yaml`)",
        "- **変更 / changed**: 会員数 / Number of members `members` (`knowledge/figures.yaml`)",
        "  - `observations[2012].value`: 1500 → **1501**",
        "  - `observations[2012].sources`: 追加 / new: b",
        "  - `observations[2026]`: 追加 / new: value: 2500; as\\_of: 2026; sources: b",
        "- **変更 / changed**: Page b, 2nd edition `b` (`knowledge/sources.bib`)",
        "  - `name`: Page b → **Page b, 2nd edition**",
        "  - `title`: Page b → **Page b, 2nd edition**",
    ]
    assert section(report, "Pages that show changed records") == ["- 会員 `docs/about/members.md`"]


def test_of_a_long_text_what_differs_is_shown_and_little_around_it(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "はじめは長い文です。" * 8 + "会員は{}です。" + "終わりも長い文です。" * 8
    project.write("knowledge/eras.yaml", f"- {{id: era-founding, name: 設立, date: 1990, note: {text.format(1500)}}}\n")
    git(project, "commit", "--quiet", "-a", "-m", "a note")
    git(project, "branch", "--force", "main")
    project.replace("knowledge/eras.yaml", "1500", "2500")

    _, line = section(told(project, capsys), "Facts")

    before, _, after = line.removeprefix("  - `note`: ").partition(" → ")
    assert before == "…じめは長い文です。会員は1500です。終わりも長い…"
    assert after == "**…じめは長い文です。会員は2500です。終わりも長い…**"


def test_of_very_many_changes_the_first_are_told_and_how_many_there_are_besides(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    records = "".join(f"- {{id: era-{number}, name: 時代, date: {1000 + number}}}\n" for number in range(250))
    project.write("knowledge/eras.yaml", records)

    found = section(told(project, capsys), "Facts")

    assert len(found) == 201
    assert found[-1] == "- ほか51件 / and 51 more"


def test_two_values_of_one_year_are_told_apart_and_another_order_is_told(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    both = "    - {value: 1500, as_of: 2012, sources: [a]}\n    - {value: 1600, as_of: 2012, sources: [b]}"
    project.replace("knowledge/figures.yaml", "    - {value: 1500, as_of: 2012, sources: [a]}", both)
    assert "  - `observations[2012 (2)]`: 追加 / new: value: 1600; as\\_of: 2012; sources: b" in section(
        told(project, capsys), "Facts"
    )
    git(project, "commit", "--quiet", "-a", "-m", "both")
    git(project, "branch", "--force", "main")
    project.replace("knowledge/figures.yaml", "sources: [b]}", "sources: [b, a]}")
    git(project, "commit", "--quiet", "-a", "-m", "two sources")
    git(project, "branch", "--force", "main")
    project.replace("knowledge/figures.yaml", "sources: [b, a]}", "sources: [a, b]}")
    assert section(told(project, capsys), "Facts")[1:] == ["  - `observations[2012 (2)].sources`: b, a → **a, b**"]


def test_messages_that_wait_for_a_translation_are_told_by_catalogue(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.catalogue(
        "about/name", {"名前": "Name", "一文目です。": "One.", "三文目です。": "", "四文目です。": "Four."}
    )

    found = section(told(project, capsys), "Messages to translate")

    assert "| `locales/en/LC_MESSAGES/about/name.po` | 2 | 1 | 1 |" in found
    assert [line for line in found if line.startswith("- ")] == ["- 三文目です。", "- 四文目です。"]


def test_generated_files_that_follow_are_told_with_a_word_that_nothing_need_be_done(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.catalogue("about/name", {"名前": "Name"})
    project.write("docs/_diagrams/hierarchy.ja.svg", "<svg/>\n")

    found = section(told(project, capsys), "Files that are made again")

    assert any("You need not do anything" in line for line in found)
    assert found[-2:] == ["- `docs/_diagrams/hierarchy.ja.svg`", "- `locales/en/LC_MESSAGES/about/name.po`"]


def book(file: Path, pages: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(file)


def test_the_pages_of_the_books_are_counted_where_there_are_books(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, pages in (("ja", 3), ("en", 2), ("ko", 1)):
        book(project.root / f"build/site/downloads/iclei-handbook-{language}.pdf", pages)
    for language in ("ja", "en"):
        book(project.root / f"build/base/iclei-handbook-{language}.pdf", 2)

    assert section(told(project, capsys), "Pages of the PDFs") == [
        "- `iclei-handbook-en.pdf`: 2（同じ / the same）",
        "- `iclei-handbook-ja.pdf`: 2 → **3** (+1)",
        "- `iclei-handbook-ko.pdf`: 1",
    ]


def test_changed_pages_are_linked_where_their_addresses_are_known(
    project: TinyProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_REPOSITORY_URL", "https://github.com/example/handbook")
    monkeypatch.setenv("HANDBOOK_BASE_URL", "https://example.org/handbook/")
    project.replace("docs/about/name.md", "一文目です。", "一文目でした。")
    project.write("docs/about/new.md", "# 新しいページ\n")

    changed, new = section(told(project, capsys), "Pages")

    commit = subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    file = f"https://github.com/example/handbook/blob/{commit}/docs/about"
    assert f"[名前]({file}/name.md)" in changed
    assert "[公開中 / published](https://example.org/handbook/ja/about/name.html)" in changed
    assert f"[新しいページ]({file}/new.md)" in new
    assert "published" not in new


def test_what_others_have_merged_meanwhile_is_none_of_our_changes(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    git(project, "switch", "--quiet", "main")
    project.replace("docs/about/name.md", "二文目です。", "他の人が直した文です。")
    git(project, "commit", "--quiet", "-a", "-m", "theirs")
    git(project, "switch", "--quiet", "mine")
    project.replace("docs/about/members.md", "です。", "でした。")

    assert section(told(project, capsys), "Pages") == ["- **変更 / changed**: 会員 `docs/about/members.md` (+1 −1)"]


def test_a_state_written_for_other_record_types_can_be_compared_with(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("knowledge/eras.yaml", "- {id: era-founding, name: 設立, when: 1990}\n")
    git(project, "commit", "--quiet", "-a", "-m", "old")
    git(project, "branch", "--force", "main")
    project.write("knowledge/eras.yaml", "- {id: era-founding, name: 設立, date: 1990}\n")

    assert section(told(project, capsys), "Facts")[1:] == [
        "  - `when`: 削除 / gone: 1990",
        "  - `date`: 追加 / new: 1990",
    ]


@pytest.mark.parametrize("base", ["origin/no-such-branch", "--output=x"])
def test_a_base_that_does_not_exist_is_told_with_what_to_do(
    project: TinyProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    monkeypatch.setenv("BASE", base)
    assert changes.run(Project(project.root)) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert f"'{base}'" in output.err


def test_a_folder_that_is_no_clone_and_a_machine_without_git_are_told(
    tiny_project: TinyProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert changes.run(Project(tiny_project.root)) == 1
    assert capsys.readouterr().err.startswith("This folder is no clone of the repository")
    (tiny_project.root / ".git").mkdir()
    monkeypatch.setenv("PATH", str(tiny_project.root))
    assert changes.run(Project(tiny_project.root)) == 1
    assert capsys.readouterr().err == "Git is not installed, so there is nothing to compare with. Install git.\n"


def test_records_and_catalogues_that_cannot_be_read_are_told_with_their_place(
    project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("locales/en/LC_MESSAGES/about/name.po", 'msgid ""\nmsgstr ""\n\nmsgid "名前"\nmsgstr "Name\n')
    with pytest.raises(SystemExit):
        changes.run(Project(project.root))
    assert capsys.readouterr().err.startswith("locales/en/LC_MESSAGES/about/name.po:5: not valid gettext")

    project.write("knowledge/eras.yaml", "- {id: era-founding\n")
    with pytest.raises(SystemExit):
        changes.run(Project(project.root))
    assert capsys.readouterr().err.startswith("knowledge/eras.yaml:")
