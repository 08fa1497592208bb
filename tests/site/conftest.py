"""Opens the pages of the built site in one browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.site.browser import Browser, Look, Visits, installed_chromium
from tests.site.pages import EVERYTHING, LANGUAGES, Page

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def browser(site: None) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with installed_chromium() as browser:
        yield browser


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
