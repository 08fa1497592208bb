"""`make next`: pins that let the next versions in, to be tried and not to be kept."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tools import next as next_versions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (*next_versions.PINS, next_versions.RENDERER):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_every_python_package_may_be_newer_and_none_older(copy: Path) -> None:
    next_versions.loosen(copy)
    for name in next_versions.PINS:
        before, after = ((folder / name).read_text(encoding="utf-8") for folder in (ROOT, copy))
        assert re.findall(r"^([\w.-]+)>=(.+)$", after, re.MULTILINE) == re.findall(
            r"^([\w.-]+)==(.+)$", before, re.MULTILINE
        )
        assert "==" not in re.sub(r"^#.*$", "", after, flags=re.MULTILINE)


def test_the_renderer_takes_the_mermaid_that_is_tried(copy: Path) -> None:
    before = next_versions.use_mermaid(copy, "99.1.0")
    text = (copy / next_versions.RENDERER).read_text(encoding="utf-8")
    assert before in (ROOT / "package.json").read_text(encoding="utf-8")
    assert 'MERMAID_VERSION: Final = "99.1.0"\n' in text
    assert text.replace("99.1.0", before) == (ROOT / next_versions.RENDERER).read_text(encoding="utf-8")
