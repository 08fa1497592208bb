"""With our changes to Sphinx, nothing of an earlier build is left in what a later one writes, whole or half."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.search import IndexBuilder
from sphinx.util import i18n
from sphinx.util.i18n import CatalogInfo

from handbook.upstream.sphinx_catalogues import write_catalogues_whole
from handbook.upstream.sphinx_search import drop_unused_terms

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.fixture(autouse=True)
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make our changes; afterwards, Sphinx is as it was."""
    monkeypatch.setattr(IndexBuilder, "prune", IndexBuilder.prune)
    monkeypatch.setattr(CatalogInfo, "write_mo", CatalogInfo.write_mo)
    drop_unused_terms()
    write_catalogues_whole()


def test_a_term_that_no_page_holds_any_more_is_not_in_the_search_index(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", "# はじめに\n\nrhinoceros\n")
    assert "rhinocero" in (tiny_project.build().output / "searchindex.js").read_text(encoding="utf-8")

    tiny_project.write("docs/index.md", "# はじめに\n\nhippopotamus\n")
    index = (tiny_project.build().output / "searchindex.js").read_text(encoding="utf-8")

    assert "hippopotamu" in index
    assert "rhinocero" not in index


def test_a_catalogue_whose_compiling_is_cut_short_stays_what_it_was(
    tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_project.catalogue("index", {"はじめに": "Introduction"})
    tiny_project.build("en")
    folder = tiny_project.root / "locales/en/LC_MESSAGES"
    compiled = {file.name: file.read_bytes() for file in folder.glob("*.mo")}

    def half(file, catalogue, use_fuzzy):
        file.write(compiled["index.mo"][:10])
        raise KeyboardInterrupt

    tiny_project.catalogue("index", {"はじめに": "Beginning"})
    with monkeypatch.context() as patch:
        patch.setattr(i18n, "write_mo", half)
        with pytest.raises(KeyboardInterrupt):
            tiny_project.build("en")

    assert {file.name: file.read_bytes() for file in folder.rglob("*.mo")} == compiled
    assert "Beginning" in tiny_project.build("en").text()
