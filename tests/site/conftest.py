"""Builds the real site once, and opens its pages in one browser."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.browser import Browser, Look, Visits
from tests.site.pages import EVERYTHING, LANGUAGES, ROOT, Page
from tools.environment import SetupError, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def build() -> subprocess.CompletedProcess[str]:
    """What `make` says: builds the site into build/, where only what has changed is built anew."""
    # The tests read the site from the disk, not from where it is published.
    environment = {name: value for name, value in os.environ.items() if name != "HANDBOOK_BASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "handbook", "build"],
        cwd=ROOT,
        env=environment | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def site(build: subprocess.CompletedProcess[str]) -> None:
    """Asks for the built site; what its pages hold is read with `tests.site.pages`."""
    if build.returncode:
        pytest.fail("there is no site to test: see test_the_site_builds_without_a_warning", pytrace=False)


@pytest.fixture(scope="session")
def browser(site: None) -> Iterator[Browser]:
    """One Chromium for all tests."""
    try:
        program = find_chromium()
    except SetupError as problem:
        pytest.fail(f"{problem.ja}\n{problem.en}", pytrace=False)
    browser = Browser(program)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def visits(browser: Browser, request: pytest.FixtureRequest) -> Visits:
    """A visit to each page that the tests of this run ask about; several go on at the same time."""
    looks: dict[Look, None] = {}
    for item in request.session.items:
        if isinstance(item, pytest.Function) and "visits" in item.fixturenames:
            asked: dict[str, Any] = dict(item.callspec.params)
            looks[asked["look"] if "look" in asked else Look(asked["page"])] = None
    return Visits(browser, looks)


@pytest.fixture(params=EVERYTHING, ids=str)
def page(request: pytest.FixtureRequest, site: None) -> Page:
    """Every page of the site in turn, the choice of language first."""
    found: Page = request.param
    return found


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, site: None) -> str:
    """Every language in turn."""
    found: str = request.param
    return found
