"""Breadcrumbs: every page but the home page says where it stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.site.pages import DOCUMENTS, LANGUAGES, Page, attribute, parsed

if TYPE_CHECKING:
    from tests.conftest import TinyProject

BELOW = [page for page in DOCUMENTS if page.docname != "index"]
BASE = "https://example.org/handbook"


@pytest.mark.parametrize("page", BELOW, ids=str)
def test_every_page_leads_back_to_its_part_and_to_the_home_page(page: Page, site: None) -> None:
    (way,) = page.html.select("nav.breadcrumbs[aria-label] > ol")
    here = way.select("li")[-1]
    heading = page.html.find("h1")
    assert heading is not None
    assert here["aria-current"] == "page"
    assert here.get_text() == heading.find(string=True)
    leads = [(page.file.parent / attribute(link, "href")).resolve() for link in way.select("a")]
    home = page.file.parents[page.docname.count("/")] / "index.html"
    part = page.file.parent / "index.html"
    assert leads == list(dict.fromkeys([home, part] if page.file != part else [home]))


def test_the_home_page_stands_below_nothing(site: None) -> None:
    for language in LANGUAGES:
        assert not Page(language, "index").html.select(".breadcrumbs")


def test_the_search_says_where_it_stands(site: None) -> None:
    assert [item.get_text() for item in Page("ja", "search").html.select(".breadcrumbs li")] == ["ホーム", "検索"]


def test_search_engines_are_told_the_way_to_a_page_by_its_addresses(tiny_project: TinyProject) -> None:
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.replace("conf.py", 'html_theme = "basic"', f'html_theme = "furo"\nhandbook_base_url = "{BASE}"')
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\npart/index\n```\n")
    tiny_project.write("docs/part/index.md", "# *R*&D\n\n```{toctree}\npage\n```\n")
    tiny_project.write("docs/part/page.md", "# 会員 `</script>`\n")

    page = parsed(tiny_project.build().output / "part/page.html")

    (script,) = page.select('head script[type="application/ld+json"]')
    found = json.loads(script.get_text())
    assert found["@type"] == "BreadcrumbList"
    assert [(item["position"], item["name"], item["item"]) for item in found["itemListElement"]] == [
        (1, "ホーム", f"{BASE}/ja/index.html"),
        (2, "R&D", f"{BASE}/ja/part/index.html"),
        (3, "会員 </script>", f"{BASE}/ja/part/page.html"),
    ]
