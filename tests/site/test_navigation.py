"""The table of contents beside each page is the one that Furo would make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from furo.navigation import get_navigation_tree

from handbook.site import navigation

if TYPE_CHECKING:
    from tests.conftest import TinyProject

PAGES = {
    "docs/index": "# はじめに\n\n```{toctree}\npart/index\nother/index\nほかの名 <last>\nよそ <https://example.org/?a=1&b=2>\nself\n```\n",
    "docs/part/index": "# 部\n\n```{toctree}\none\ntwo\n```\n",
    "docs/part/one": "# 一つ目の`code`と<&>\n\n## 節\n",
    "docs/part/two": "# 二つ目\n\n```{toctree}\n:hidden:\ndeep\n```\n",
    "docs/part/deep": "# 深い\n",
    "docs/other/index": "# ほかの部\n\n```{toctree}\n:glob:\npages/*\n```\n",
    "docs/other/pages/three": "# 三つ目\n",
    "docs/last": "# 終わり\n",
}

#: Keeps what Sphinx makes, before ours takes its place.
KEEP_STOCK = """
from pathlib import Path

def keep(app, pagename, templatename, context, doctree):
    contents = context["toctree"](collapse=False, titles_only=True, maxdepth=-1, includehidden=True)
    file = Path(app.outdir, f"{pagename}.stock")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(contents, encoding="utf-8")

def setup(app):
    app.connect("html-page-context", keep, priority=100)
"""


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    for path, text in PAGES.items():
        tiny_project.write(f"{path}.md", text)
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.replace("conf.py", 'html_theme = "basic"', 'html_theme = "furo"')
    (tiny_project.root / "templates/page.html").unlink()
    (tiny_project.root / "templates/search.html").unlink()
    return tiny_project


def test_for_every_page_it_is_what_furo_makes(project: TinyProject) -> None:
    project.write("conf.py", (project.root / "conf.py").read_text(encoding="utf-8") + KEEP_STOCK)

    build = project.build()

    assert not build.warnings
    for page in (path.removeprefix("docs/") for path in PAGES):
        stock = (build.output / f"{page}.stock").read_text(encoding="utf-8")
        stock = get_navigation_tree(stock).replace("Toggle navigation of ", "下のページを開く・閉じる：")
        shown = build.page(page).select_one(".sidebar-tree > ul")
        assert shown is not None
        assert shown == BeautifulSoup(stock, "lxml").ul, page


def test_in_a_large_handbook_a_page_has_its_own_branch_only(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "LARGE", 3)

    build = project.build()

    def links(page: str) -> list[str]:
        return [link.get_text() for link in build.page(page).select(".sidebar-tree a")]

    assert links("part/two") == [
        "部",
        "一つ目のcodeと<&>",
        "二つ目",
        "深い",
        "ほかの部",
        "ほかの名",
        "よそ",
        "はじめに",
    ]
    assert links("index") == ["部", "ほかの部", "ほかの名", "よそ", "はじめに"]
