"""`make release`: the books, the data, what is new, and checksums that hold."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from handbook.commands import release
from handbook.commands.project import Project
from handbook.commands.release import section

if TYPE_CHECKING:
    from tests.conftest import TinyProject

CHANGELOG = """# 変更の記録 / Changelog

## Unreleased

- まだです。

## [2026.12] - 2026-12-01

- 会員数を新しくしました。 / The number of members is up to date.

### 詳しく / In detail

More.

## 2026.1

- First.

[2026.12]: https://example.org/releases/v2026.12
"""


@pytest.fixture
def built(tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> TinyProject:
    """A project after `make`, with two languages."""
    tiny_project.catalogue("index", {})
    tiny_project.write("CHANGELOG.md", CHANGELOG)
    for language in ("ja", "en"):
        tiny_project.write(f"build/site/downloads/iclei-handbook-{language}.pdf", f"PDF {language}\n")
        tiny_project.write(f"build/site/downloads/iclei-handbook-{language}.epub", f"EPUB {language}\n")
        tiny_project.write(f"build/site/{language}/data/figures.json", f'"{language}"\n')
    monkeypatch.setenv("TAG", "v2026.12")
    return tiny_project


def test_a_release_holds_books_data_and_checksums_and_its_notes_say_what_is_new(
    built: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release.run(Project(built.root)) == 0

    folder = built.root / "build/release"
    names = sorted(file.name for file in folder.iterdir())
    assert names == [
        "SHA256SUMS",
        "iclei-handbook-data.zip",
        "iclei-handbook-en.epub",
        "iclei-handbook-en.pdf",
        "iclei-handbook-ja.epub",
        "iclei-handbook-ja.pdf",
    ]
    assert capsys.readouterr().out.splitlines() == [f"build/release/{name}" for name in names]
    listed = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    sums = {name: digest for digest, name in listed}
    assert sums == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names[1:]}
    with zipfile.ZipFile(folder / "iclei-handbook-data.zip") as archive:
        assert archive.namelist() == [f"iclei-handbook-data/{one}/figures.json" for one in ("ja", "en")]
    notes = (built.root / "build/NOTES.md").read_text(encoding="utf-8")
    assert notes.startswith("- 会員数を新しくしました。")
    assert notes.endswith("More.\n")


def test_the_same_data_gives_the_same_archive(built: TinyProject) -> None:
    archive = built.root / "build/release/iclei-handbook-data.zip"
    assert release.run(Project(built.root)) == 0
    first = archive.read_bytes()
    for file in built.root.glob("build/site/*/data/*"):
        file.write_bytes(file.read_bytes())
    assert release.run(Project(built.root)) == 0
    assert archive.read_bytes() == first


@pytest.mark.parametrize(
    ("tag", "missing", "said"),
    [
        ("", "", "To give it: make release TAG="),
        ("v2027.1", "", "CHANGELOG.md has no section about v2027.1."),
        ("v2026.12", "CHANGELOG.md", "CHANGELOG.md has no section about v2026.12."),
        ("v2026.12", "build/site/downloads/*", "To make them: make"),
    ],
)
def test_what_is_missing_is_told_with_what_to_do(
    built: TinyProject,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tag: str,
    missing: str,
    said: str,
) -> None:
    monkeypatch.setenv("TAG", tag)
    for file in built.root.glob(missing) if missing else ():
        file.unlink()
    assert release.run(Project(built.root)) == 1
    assert said in capsys.readouterr().err
    assert not (built.root / "build/release").exists()


def test_a_version_is_not_taken_for_one_that_begins_like_it() -> None:
    assert section(CHANGELOG, "2026.1") == "- First.\n"
    assert section(CHANGELOG, "2026") == ""
