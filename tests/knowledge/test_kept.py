"""The knowledge base that is kept for the next run is what the files say, whatever has happened to either."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import KEPT, ContentError, KnowledgeBase, load, load_kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.source("a")
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990\n  sources: [a]\n")
    return tiny_project


@pytest.fixture
def names(tmp_path: Path) -> Iterator[Path]:
    """Return other names for what is kept: under a new one, a process has nothing in memory."""
    return (tmp_path / f"{number}-{KEPT}" for number in range(100))


def kept(project: TinyProject, file: Path) -> KnowledgeBase:
    return load_kept(project.root / "knowledge", project=project.root, file=file)


def test_what_is_kept_is_what_the_files_say(project: TinyProject, names: Iterator[Path]) -> None:
    written, read = next(names), next(names)
    first = kept(project, written)
    shutil.copyfile(written, read)

    again = kept(project, read)

    assert again is not first
    assert again == first == load(project.root / "knowledge")
    assert again.place("era-founding", ("date",)) == first.place("era-founding", ("date",))


def test_records_that_have_not_changed_are_not_read_again(
    project: TinyProject, names: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    written, read = next(names), next(names)
    kept(project, written)
    shutil.copyfile(written, read)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the files are read")

    monkeypatch.setattr("handbook.knowledge.kept.load", refuse)

    assert kept(project, read).records["era-founding"].name == "設立"


@pytest.mark.parametrize("other", ["設置", "創立された"])
def test_a_changed_record_is_read_again(project: TinyProject, names: Iterator[Path], other: str) -> None:
    file = next(names)
    kept(project, file)

    project.replace("knowledge/eras.yaml", "設立", other)

    assert kept(project, file).records["era-founding"].name == other


def test_a_changed_source_is_read_again(project: TinyProject, names: Iterator[Path]) -> None:
    file = next(names)
    kept(project, file)

    project.source("b")

    assert set(kept(project, file).sources) == {"a", "b"}


def test_a_file_that_no_record_type_has_is_told_though_the_others_are_kept(
    project: TinyProject, names: Iterator[Path]
) -> None:
    file = next(names)
    kept(project, file)

    project.write("knowledge/era.yaml", "[]\n")

    with pytest.raises(ContentError, match="no record type has this file name"):
        kept(project, file)


def test_what_is_wrong_is_told_each_time(project: TinyProject, names: Iterator[Path]) -> None:
    file = next(names)
    project.replace("knowledge/eras.yaml", "1990", "1990-13")

    for _ in range(2):
        with pytest.raises(ContentError, match=r"knowledge/eras\.yaml:3: record 'era-founding'"):
            kept(project, file)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_half_of_what_was_kept_is_not_believed(project: TinyProject, names: Iterator[Path], share: float) -> None:
    written, half = next(names), next(names)
    first = kept(project, written)
    whole = written.read_bytes()
    half.write_bytes(whole[: int(len(whole) * share)])

    assert kept(project, half) == first
    assert half.read_bytes() == whole


def test_another_project_in_the_same_place_does_not_get_what_is_kept(
    project: TinyProject, names: Iterator[Path]
) -> None:
    """Messages name files by their paths in the project."""
    written, read = next(names), next(names)
    kept(project, written)
    shutil.copyfile(written, read)

    base = load_kept(project.root / "knowledge", project=project.root / "knowledge", file=read)

    assert base.place("era-founding")[0].as_posix() == "eras.yaml"


def test_records_are_read_where_nothing_can_be_kept(project: TinyProject, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    assert kept(project, tmp_path / "file" / KEPT).records["era-founding"].name == "設立"
