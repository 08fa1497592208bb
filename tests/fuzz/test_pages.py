"""Pages (`docs/**/*.md`): whatever is typed there is built, or told with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from handbook.commands import formats
from handbook.commands.page_errors import LOG
from handbook.rules import page_problems
from tests.fuzz.building import build, project_with
from tests.fuzz.judging import assert_can_be_acted_on, cases, folder, time_limit
from tests.fuzz.mutations import mutated
from tests.fuzz.pages import PAGE, SNIPPETS, strange_pages

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.commands.formats import Format

# What the packages underneath will change is for `make next` to find.
pytestmark = pytest.mark.filterwarnings("ignore")

#: How a message begins that says where Sphinx gave up.
GIVEN_UP = re.compile(r"docs/page\.md:\d+: ")
SECRET = "root:x:0:0:"


def judge(data: bytes) -> None:
    with folder() as root:
        project = project_with(root / "project", data)
        with time_limit():
            if problems := page_problems(project.docs, project=project.root):
                assert_can_be_acted_on(problems, project.root)
        lines = build(project, formats.html)
        if (log := project.build / LOG).exists():
            assert GIVEN_UP.match(lines[-1]), log.read_text(encoding="utf-8")
        assert_nothing_leaks(project.build)


def assert_nothing_leaks(build: Path) -> None:
    for file in build.rglob("*.html"):
        assert SECRET not in file.read_text(encoding="utf-8")
    assert not list(build.rglob("passwd"))


@pytest.mark.parametrize("make", [formats.html, formats.epub, formats.pdf])
def test_the_page_that_is_broken_here_is_fine_before(make: Format, tmp_path: Path) -> None:
    project = project_with(tmp_path / "project", PAGE.encode())

    assert not page_problems(project.docs, project=project.root)
    assert not build(project, make)


@cases(0.2)
@given(mutated(PAGE, SNIPPETS))
def test_a_broken_page_is_built_or_told_with_its_place(data: bytes) -> None:
    judge(data)


@cases(0.2)
@given(strange_pages())
def test_a_page_of_strange_directives_is_built_or_told_with_its_place(data: bytes) -> None:
    judge(data)
