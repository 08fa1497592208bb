"""What `make bench` measures is what it says: the same text for each tool, and a fair clock."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT
from tools import bench
from tools.bench import Measurement, Report
from tools.rivals import write_same_text
from tools.synthetic import write_handbook

if TYPE_CHECKING:
    from pathlib import Path


def test_each_tool_gets_the_same_text_in_both_languages(tmp_path: Path) -> None:
    ours, stock, mkdocs = write_same_text(tmp_path, pages=3)
    bench._run(ours.folder, *ours.commands)
    bench._run(stock.folder, *stock.commands)

    for language, page in (("ja", "page-1.md"), ("en", "page-1.en.md")):
        written = (mkdocs.folder / "docs/part-0" / page).read_text(encoding="utf-8")
        words = set(re.findall(r"\w+", re.sub(r"\(\.\./picture\.svg\)", "", written)))
        for built in (ours.folder / "build/site", stock.folder / "build"):
            html = BeautifulSoup((built / language / "part-0/page-1.html").read_bytes(), "lxml")
            article = html.select_one("article")
            picture = html.select_one("article img")
            assert article is not None
            assert picture is not None
            shown = article.get_text() + str(picture["alt"])
            assert words <= set(re.findall(r"\w+", shown)), (language, built)


def test_a_run_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"(?s)no such thing.*This failed in "):
        bench._run(tmp_path, [sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_the_fastest_run_counts_and_work_is_that_of_all_processes(tmp_path: Path) -> None:
    wait, count = "import time; time.sleep(0.3)", "sum(range(9_000_000))"
    measured = bench._run(tmp_path, [sys.executable, "-c", wait], [sys.executable, "-c", count])

    assert measured.clock >= 0.3
    assert measured.work
    assert measured.work > 0.1
    assert bench._best(3, iter([measured, Measurement(0.1, 5, 5), measured]).__next__) == Measurement(0.1, 5, 5)


def test_the_table_and_the_file_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.add("400 pages: HTML", Measurement(20, 30, 400))
    report.add("40 pages: HTML", Measurement(2.5, 3, 100))
    report.compare("400 pages", "40 pages", "HTML", each=10)

    assert json.loads(report.as_json())["ratios"] == {"400 pages to 40 pages, HTML, per page": 0.8}
    assert "400 pages to 40 pages, HTML, per page: 0.80" in capsys.readouterr().out


def test_the_verb_takes_the_size_of_the_largest_handbook() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench", "many"], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "PAGES is 'many', which is no number of pages. To mend it: make bench PAGES=2000\n"


def test_a_handbook_for_measuring_can_have_many_languages(tmp_path: Path) -> None:
    write_handbook(tmp_path / "small", pages=2, languages=("en", "fr"))

    english, french = (tmp_path / "small/locales" / language / "LC_MESSAGES" for language in ("en", "fr"))
    assert {file.name for file in french.iterdir()} == {file.name for file in english.iterdir()} > {"knowledge.po"}
