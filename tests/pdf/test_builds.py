"""Whoever builds the book gets the same file, wherever and whenever."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from handbook.site.downloads import DOWNLOADS, book_name
from tests.site.pages import LANGUAGES, PROJECT, ROOT, SITE, SOURCE_LANGUAGE

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = re.findall(r'^release = "(.*)"$', (ROOT / "conf.py").read_text(encoding="utf-8"), re.MULTILINE)[0]

_ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C"}

_COMPILE = """
import datetime, pathlib, sys
from handbook.typst.compile import compile_pdf
source, day = pathlib.Path(sys.argv[1]), datetime.date.fromisoformat(sys.argv[2])
midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
source.with_suffix(".pdf").write_bytes(compile_pdf(source, source.parent / "fonts", source.parent, ["ua-1"], int(midnight.timestamp())))
"""


def _run(*command: str) -> None:
    environment = {**os.environ, **_ELSEWHERE, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, capture_output=True)


def test_the_source_that_is_kept_makes_the_same_book_in_another_place(site: None, tmp_path: Path) -> None:
    name = book_name(SOURCE_LANGUAGE)
    copy = tmp_path / "a book" / SOURCE_LANGUAGE
    kept = PROJECT.build / "typst" / SOURCE_LANGUAGE
    shutil.copytree(kept, copy, ignore=shutil.ignore_patterns("*.pdf", "*.digest"))
    _run("-c", _COMPILE, str(copy / f"{name}.typ"), RELEASE)
    assert (copy / f"{name}.pdf").read_bytes() == (SITE / DOWNLOADS / f"{name}.pdf").read_bytes()


def test_a_second_build_from_the_pages_makes_the_same_book(site: None, tmp_path: Path) -> None:
    language = next(one for one in LANGUAGES if one != SOURCE_LANGUAGE)
    output, doctrees = tmp_path / "output", tmp_path / "doctrees"
    settings = ("-b", "typst", "-c", str(ROOT), "-d", str(doctrees), "-D", f"language={language}")
    _run("-m", "sphinx", *settings, str(PROJECT.docs), str(output))
    name = f"{book_name(language)}.pdf"
    assert (output / name).read_bytes() == (SITE / DOWNLOADS / name).read_bytes()
