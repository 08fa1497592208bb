"""Where the handbook is built, something may be missing or forbidden: it is built all the same, or one line says what to do."""

from __future__ import annotations

import errno
import re
import resource
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT
from tools.comparing import differences, files_in
from tools.running import environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hard.hostile import Place


def _site(place: Place) -> dict[str, bytes]:
    return files_in(place.project / "build/site")


def test_a_full_disk_is_told_in_a_line_and_leaves_nothing_that_the_next_build_takes_for_good(place: Place) -> None:
    build = place.project / "build"
    place.run("build")
    expected = _site(place)

    # Each process, of which every format has one, can write so many files.
    for folder, after in ((build, 5), (build, 15), (build, 30), (build / "epub", 9), (build / "typst", 2)):
        shutil.rmtree(build)
        full = place.run("build", refused=folder, error=errno.ENOSPC, after=after)
        assert full.returncode == 1, (folder, after)
        assert re.fullmatch(
            r"'build.*' cannot be written \(No space left on device\): free some space, then run this again\.\n",
            full.stderr,
        ), full.stderr
        assert place.run("build").returncode == 0
        assert not differences(expected, _site(place)), (folder, after)


def test_half_a_file_is_told_in_a_line_and_made_again(place: Place) -> None:
    place.run("build")
    expected = _site(place)
    shutil.rmtree(place.project / "build")

    # Too little for what Sphinx knows of the pages, which it writes in place.
    short = _build(place.project, largest=20_000)

    assert short.returncode == 1
    assert re.fullmatch(
        r".+ cannot be written \(File too large\): free some space, then run this again\.\n", short.stderr
    ), short.stderr
    assert place.run("build").returncode == 0
    assert not differences(expected, _site(place))


def test_a_folder_that_may_only_be_read_is_told_in_a_line(place: Place) -> None:
    done = place.run("build", refused=place.project, error=errno.EROFS)

    assert done.returncode == 1
    assert re.fullmatch(
        r"'build' cannot be used \(Read-only file system\): allow yourself to do so, then run this again\.\n",
        done.stderr,
    )


def test_who_may_only_read_is_told_that_nothing_has_changed(place: Place) -> None:
    place.run("build")

    done = place.run("build", refused=place.project, error=errno.EACCES)

    assert (done.returncode, done.stdout) == (0, "Nothing has changed. Open build/site/index.html\n")


def test_catalogues_that_may_only_be_read_do_not_hinder_the_build(place: Place) -> None:
    done = place.run("build", refused=place.project / "locales", error=errno.EACCES)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Introduction" in (place.project / "build/site/en/index.html").read_text(encoding="utf-8")
    assert not list((place.project / "locales").rglob("*.mo"))


def test_a_handbook_in_a_folder_with_spaces_and_japanese_behind_a_link_is_the_same(
    place: Place, tmp_path: Path
) -> None:
    place.run("build")
    there = tmp_path / "新しい フォルダー" / "手引き 1"
    shutil.copytree(place.project, there, ignore=shutil.ignore_patterns("build", "*.mo"))
    (tmp_path / "近道").symlink_to(there, target_is_directory=True)

    done = _build(tmp_path / "近道")

    assert (done.returncode, done.stderr) == (0, "")
    assert not differences(_site(place), files_in(there / "build/site"))


def test_files_with_the_line_ends_of_windows_make_the_same_handbook(place: Place) -> None:
    place.run("build")
    expected = _site(place)
    shutil.rmtree(place.project / "build")
    files = [file for name in ("docs", "knowledge", "locales") for file in (place.project / name).rglob("*.*")]
    for file in files:
        if file.suffix in (".md", ".yaml", ".bib", ".po"):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    done = place.run("build")

    assert (done.returncode, done.stderr) == (0, "")
    assert not differences(expected, _site(place))


def test_git_gives_every_text_the_line_ends_of_this_repository() -> None:
    assert "* text=auto eol=lf" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


def _build(folder: Path, largest: int | None = None) -> subprocess.CompletedProcess[str]:
    """Build; no file may become larger than `largest`, in bytes."""
    return subprocess.run(
        [sys.executable, "-m", "handbook", "build"],
        cwd=folder,
        env=environment(),
        preexec_fn=None if largest is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
