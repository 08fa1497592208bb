"""Loading records in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import ContentError, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import TinyProject


@pytest.fixture
def problems(tiny_project: TinyProject) -> Callable[[], list[str]]:
    """Return what is wrong with the records of the project: one line for each problem, as contributors read it."""

    def loading() -> list[str]:
        with pytest.raises(ContentError) as caught:
            load(tiny_project.root / "knowledge")
        return str(caught.value).splitlines()

    return loading
