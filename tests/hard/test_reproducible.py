"""The same handbook comes out to the byte, whoever builds it, wherever and whenever, and without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import ROOT
from tests.hard.hostile import Place
from tools.comparing import differences, files_in
from tools.synthetic import write_handbook

if TYPE_CHECKING:
    from pathlib import Path

HERE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C"}
ELSEWHERE = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}
_LONG_AGO = 978_307_200


class Builds(NamedTuple):
    """What two people have built, and what the second's build wanted of the network."""

    here: dict[str, bytes]
    elsewhere: dict[str, bytes]
    sockets: str


def _handbook(folder: Path) -> Path:
    """Write a handbook with its own copy of the code, as a clone has."""
    write_handbook(folder, pages=4)
    shutil.copytree(ROOT / "handbook", folder / "handbook", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    here = _handbook(tmp_path_factory.mktemp("here") / "handbook")
    _build(here, HERE, umask=0o022)
    scratch = tmp_path_factory.mktemp("別の 場所")
    elsewhere = _handbook(scratch / "手引き")
    for file in elsewhere.rglob("*.*"):
        os.utime(file, (_LONG_AGO, _LONG_AGO))
    place = Place(elsewhere, scratch)
    _build(elsewhere, ELSEWHERE | place.settings(), umask=0o077)
    return Builds(files_in(here / "build/site"), files_in(elsewhere / "build/site"), place.sockets)


def _build(folder: Path, environment: dict[str, str], umask: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "handbook", "build"],
        cwd=folder,
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        umask=umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_two_builds_in_other_places_times_languages_and_orders_are_the_same(builds: Builds) -> None:
    assert {
        "downloads/iclei-handbook-en.epub",
        "downloads/iclei-handbook-ja.pdf",
        "ja/data/handbook.json",
    } <= builds.here.keys()
    found = differences(builds.here, builds.elsewhere)
    assert not found, "\n".join(found)


def test_a_build_asks_nothing_of_the_network(builds: Builds) -> None:
    assert not builds.sockets
