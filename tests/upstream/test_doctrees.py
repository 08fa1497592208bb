"""With our change to Sphinx, a large handbook is the same as without it, and takes less memory."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import sphinx

from handbook.upstream import sphinx_doctrees

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    tiny_project.use_all_rooms()
    tiny_project.use_theme()
    pages = [f"page-{number}" for number in range(8)]
    for page in pages:
        tiny_project.write(f"docs/{page}.md", f"({page})=\n# {page}\n\n{{ref}}`page-7`、{{ref}}`page-0`\n")
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n")
    return tiny_project


def test_pages_whose_trees_were_not_kept_come_out_the_same(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = project.build()
    whole = {page.name: page.read_bytes() for page in built.output.glob("*.html")}
    monkeypatch.setattr(sphinx_doctrees, "MOST", 3)
    shutil.rmtree(project.root / "build")

    rebuilt = project.build()

    assert {page.name: page.read_bytes() for page in rebuilt.output.glob("*.html")} == whole
    assert len(rebuilt.env._pickled_doctree_cache) == 3


def test_other_versions_are_left_alone(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx, "version_info", (99, 0, 0, "final", 0))
    assert type(project.build().env._pickled_doctree_cache) is dict
