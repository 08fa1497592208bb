"""Addresses in the repository, in the shapes that GitHub gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from pathlib import PurePath

    from sphinx.config import Config

#: The branch that corrections go to.
BRANCH = "main"
#: The form in .github/ISSUE_TEMPLATE for what a page says wrongly.
_WRONG_FACT = "fact-wrong.yml"


class Repository(NamedTuple):
    """Where the sources are kept. Without an `address`, every address in it is empty."""

    address: str

    @classmethod
    def of(cls, config: Config) -> Repository:
        """Return the repository that a run knows of."""
        return cls(config.handbook_repository_url)

    def editor(self, file: PurePath) -> str:
        """Return where a file can be changed."""
        return self._within(f"edit/{BRANCH}/{quote(file.as_posix())}")

    def line(self, file: PurePath, line: int) -> str:
        """Return where a line of a file stands, one step from the editor, which would open at the top."""
        return self._within(f"blob/{BRANCH}/{quote(file.as_posix())}#L{line}")

    def wrong_fact(self, title: str, page: str) -> str:
        """Return where the form for wrong facts stands, with the title of the report and its field `page` filled in."""
        asked = {"template": _WRONG_FACT, "title": title, "page": page}
        return self._within(f"issues/new?{urlencode(asked, quote_via=quote)}")

    def _within(self, path: str) -> str:
        return f"{self.address}/{path}" if self.address else ""
