"""What `make` is told in the environment: it is used, or refused with what to write, and nothing has been changed."""

from __future__ import annotations

import contextlib
import io
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.errors import SphinxError

from handbook.changes.trees import GitError, branching_point
from handbook.commands import release
from handbook.commands.clock import clock_problem
from handbook.commands.project import Project
from handbook.translation.languages import LanguageError, language_named, own_name, script_of
from tests.conftest import TinyProject
from tests.fuzz.judging import assert_readable, cases, folder, time_limit
from tests.fuzz.mutations import values

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = st.sampled_from(("https://example.org/a", "http://[::1", "https://a b", "//a", "a@b:c", "https://a?b#c"))
TIMES = st.sampled_from(("1795000000", "", " ", "-1", "1e9", "9" * 12, "0x10", "１２", "nan", "2026-11-24", "0"))
TAGS = st.sampled_from(
    ("ko", "pt-BR", "zh_Hant", "EN", "xx", "韓国語", "../en", "ja_JP", "C", "en_US.UTF-8", "-", "a-b-c-d")
)


def typed(examples: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw what a person can type in a terminal."""
    return (examples | values()).filter(lambda text: len(text) <= 300 and text.isprintable())


@contextlib.contextmanager
def environment(**given: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    tiny = TinyProject(tmp_path_factory.mktemp("settings") / "project")
    (tiny.root / "build/release").mkdir(parents=True)
    (tiny.root / "build/release/book.pdf").write_text("before", encoding="utf-8")
    tiny.write("CHANGELOG.md", "## 2026.12\n\n- 初めての版。\n")
    return Project(tiny.root)


@cases(0.1)
@given(base=typed(ADDRESSES), repository=typed(ADDRESSES), clock=typed(TIMES))
@pytest.mark.filterwarnings("ignore")
def test_strange_addresses_and_times_are_used_or_refused(
    project: Project, base: str, repository: str, clock: str
) -> None:
    given = {"HANDBOOK_BASE_URL": base, "HANDBOOK_REPOSITORY_URL": repository, "SOURCE_DATE_EPOCH": clock}
    refusal = ""
    with environment(**given), folder() as output, time_limit(), contextlib.redirect_stderr(io.StringIO()) as told:
        try:
            if refusal := clock_problem():
                raise SphinxError(refusal)
            with project.sphinx("html", "ja", output / "site", output / "doctrees") as app:
                app.build()
            assert not app.statuscode, told.getvalue()
        except SphinxError as error:
            refusal = str(error)
        assert bool(refusal) != (output / "site/index.html").exists()
    if refusal:
        assert any(name in refusal for name in given), refusal
        assert "To mend it: " in refusal
        assert_readable(refusal)


@cases()
@given(typed(TAGS))
def test_a_strange_tag_is_a_language_or_refused(tag: str) -> None:
    try:
        with time_limit():
            language = language_named(tag)
    except LanguageError as error:
        assert_readable(str(error))
    else:
        assert own_name(language)
        assert script_of(language)
        assert os.sep not in language


@cases(0.1)
@given(typed(st.sampled_from(("HEAD", "-x", "--help", "HEAD:docs", "main..x", "@{-1}", ":/a", "HEAD^{tree}", "^HEAD"))))
def test_a_strange_branch_is_refused(base: str) -> None:
    with folder() as root:
        (root / ".git").mkdir()
        with time_limit(), pytest.raises(GitError) as caught:
            branching_point(root, base)
        assert_readable(str(caught.value))


@cases()
@given(typed(st.sampled_from(("", "v", "v2026.12.1", "2026", "../x", ".*", "v2026.1(2", "[2026.12]"))))
def test_a_strange_name_of_a_release_is_refused_and_the_last_one_stays(project: Project, tag: str) -> None:
    with environment(TAG=tag), time_limit(), contextlib.redirect_stderr(io.StringIO()) as told:
        assert release.run(project) == 1
    assert_readable(told.getvalue().strip())
    assert (project.build / "release/book.pdf").read_text(encoding="utf-8") == "before"
