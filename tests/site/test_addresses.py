"""Addresses: old ones lead on, wrong ones are told so, and pages load nothing that they may not."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError

from handbook.commands import addresses
from handbook.commands.project import Project
from handbook.site.addresses import listed_addresses, present_addresses
from handbook.site.plain import write_not_found
from handbook.site.sitemap import write_sitemap
from tests.site.pages import DOCUMENTS, LANGUAGES, PAGES, PROJECT, SITE, Page, anchors, attribute, parsed
from tests.site.server import served

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject
    from tests.site.browser import Browser


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_page_says_what_it_may_load(page: Page, site: None) -> None:
    (policy,) = page.html.select('meta[http-equiv="Content-Security-Policy"]')
    said = attribute(policy, "content")
    assert "default-src 'none'" in said
    assert "script-src 'self' 'sha256-" in said
    assert "unsafe-eval" not in said
    assert not re.search(r"script-src[^;]*unsafe-inline|https?:", said)
    assert "*" not in said
    (referrer,) = page.html.select('meta[name="referrer"]')
    assert attribute(referrer, "content") == "no-referrer"


@pytest.mark.parametrize("page", DOCUMENTS, ids=str)
def test_every_page_can_be_shared_with_title_and_description(page: Page, site: None) -> None:
    said = {attribute(tag, "property"): attribute(tag, "content") for tag in page.html.select('meta[property^="og:"]')}
    (described,) = page.html.select('meta[name="description"]')
    heading = page.html.find("h1")
    assert heading is not None
    assert said["og:title"] == heading.find(string=True)
    assert said["og:description"] == attribute(described, "content")
    assert said["og:locale"].startswith(page.language)


def test_the_browser_has_a_drawing_for_the_tab(site: None) -> None:
    for page in (Page("", "index"), *PAGES):
        (icon,) = page.html.select('link[rel~="icon"]')
        assert (page.file.parent / attribute(icon, "href").partition("?")[0]).resolve().is_file()


def test_a_wrong_address_is_told_in_every_language_with_a_search(site: None, browser: Browser, tmp_path: Path) -> None:
    write_not_found(tmp_path, PROJECT.locales, LANGUAGES, "https://example.org/handbook")
    page = parsed(tmp_path / "404.html")
    for language in LANGUAGES:
        part = page.select_one(f'li[lang="{language}"]')
        assert part is not None
        form = part.select_one('form[role="search"]')
        assert form is not None
        assert form["action"] == f"https://example.org/handbook/{language}/search.html"
        assert form.select_one('input[name="q"][aria-label]')
        assert part.select_one(f'a[href="https://example.org/handbook/{language}/index.html"]')

    async def search(address: str) -> str:
        async with browser.tab() as tab:
            await tab.goto(f"{address}/404.html")
            field = tab.locator('li[lang="en"] input')
            await field.fill("charter")
            await field.press("Enter")
            await tab.locator("#search-results a").first.wait_for()
            return tab.url

    with served(SITE) as address:
        assert browser.run(search(address)) == f"{address}/en/search.html?q=charter"


def test_a_page_that_has_moved_leads_on_from_its_old_address(tiny_project: TinyProject) -> None:
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\nnew/page\n```\n")
    tiny_project.write("docs/new/page.md", "# ページ\n")
    tiny_project.write("docs/redirects.yaml", "old/place/page: new/page\nindex: new/page\ngone: nowhere\n")

    build = tiny_project.build()

    moved = parsed(build.output / "old/place/page.html")
    (link,) = moved.select("main a")
    (refresh,) = moved.select('meta[http-equiv="refresh"]')
    assert link["href"] == "../../new/page.html"
    assert refresh["content"] == "0; url=../../new/page.html"
    assert (build.output / "old/place" / "../../new/page.html").resolve().is_file()
    told = [line for line in build.warnings if "redirects.yaml" in line]
    assert [line.partition("WARNING: ")[2].partition(";")[0] for line in told] == [
        "the page 'index' still exists",
        "there is no page 'nowhere' to lead to",
    ]
    assert [line.partition("redirects.yaml:")[2][0] for line in told] == ["2", "3"]


def test_what_has_moved_to_another_page_is_found_by_its_old_address(tiny_project: TinyProject) -> None:
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.use_theme()
    tiny_project.write("docs/index.md", "(start)=\n# はじめに\n\n```{toctree}\nnew/page\n```\n")
    tiny_project.write("docs/new/page.md", "(place)=\n# 新しい場所\n")
    tiny_project.build()
    moves = "index#old: new/page#place\nindex#start: new/page\ngone#old: new/page\nindex#older: new/page#nowhere\n"
    tiny_project.write("docs/redirects.yaml", moves)

    build = tiny_project.build()

    (note,) = build.page().select("article .moved")
    assert note["id"] == "old"
    (link,) = note.select("a")
    assert (link["href"], link.get_text()) == ("new/page.html#place", "新しい場所")
    assert not build.page("new/page").select(".moved")
    told = [line.partition("redirects.yaml:")[2] for line in build.warnings if "redirects.yaml" in line]
    assert [line.partition(";")[0] for line in told] == [
        "2: WARNING: the page 'index' still has '#start'",
        "3: WARNING: there is no page 'gone' to say what has moved",
        "4: WARNING: the page 'new/page' has no '#nowhere' to lead to",
    ]


def test_the_note_about_what_has_moved_is_shown_to_who_looks_for_it(browser: Browser, tmp_path: Path) -> None:
    style = (SITE / LANGUAGES[0] / "_static" / "handbook.css").as_uri()
    page = tmp_path / "page.html"
    page.write_text(f'<link rel="stylesheet" href="{style}"><p class="moved" id="old">moved</p>', encoding="utf-8")

    async def shown(address: str) -> bool:
        async with browser.tab(scripts=False) as tab:
            await tab.goto(address)
            return await tab.locator(".moved").is_visible()

    assert not browser.run(shown(page.as_uri()))
    assert browser.run(shown(f"{page.as_uri()}#old"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_that_the_site_has_had_still_leads_somewhere(language: str, site: None) -> None:
    lost = []
    for address in listed_addresses(PROJECT.docs):
        name, _, anchor = address.partition("#")
        file = Page(language, name).file
        # A page that has moved leads on to the beginning of another; see redirects.py.
        if not file.is_file() or (anchor not in {"", *anchors(file)} and not leads_on(file)):
            lost.append(address)
    assert not lost, "say in docs/redirects.yaml where this is now, such as 'old-page#anchor: new-page#anchor':\n" + (
        "\n".join(lost)
    )


def leads_on(file: Path) -> bool:
    return bool(parsed(file).select('meta[http-equiv="refresh"]'))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_of_the_site_is_listed(language: str, site: None) -> None:
    new = present_addresses(SITE / language) - set(listed_addresses(PROJECT.docs))
    assert not new, "new addresses; to add them to docs/addresses.txt, run: make addresses\n" + "\n".join(sorted(new))


def test_addresses_are_added_to_the_list_and_never_taken_off(
    tiny_project: TinyProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tiny_project.root)
    assert addresses.run(project) == 1
    assert "To build it: make" in capsys.readouterr().err

    def listed_after_a_build() -> list[str]:
        shutil.copytree(tiny_project.build().output, project.site / "ja", dirs_exist_ok=True)
        assert addresses.run(project) == 0
        return listed_addresses(project.docs)

    tiny_project.write("docs/index.md", "# はじめに\n\n## 名前のない見出し\n\n(later)=\n## 見出し\n")
    assert listed_after_a_build() == ["index", "index#later", "search"]
    assert capsys.readouterr().out.splitlines() == ["index", "index#later", "search", "3 addresses added"]

    tiny_project.write("docs/index.md", "# はじめに\n\n(earlier)=\n## 見出し\n")
    assert listed_after_a_build() == ["index", "index#earlier", "index#later", "search"]
    before = (project.docs / "addresses.txt").read_bytes()
    listed_after_a_build()
    assert (project.docs / "addresses.txt").read_bytes() == before


@pytest.mark.parametrize("text", ["- about\n", "a: [b]\n", "a: b: c\n", "a: b\fc\n", "&a a: *a\n", "[" * 2_000])
def test_a_list_of_moves_that_cannot_be_read_is_told_with_its_line(tiny_project: TinyProject, text: str) -> None:
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.write("docs/redirects.yaml", text)
    with pytest.raises(ConfigError, match=r"^docs/redirects\.yaml:1: .+ To mend it: .+"):
        tiny_project.build()


def test_search_engines_get_every_page_in_every_language(tmp_path: Path) -> None:
    write_sitemap(tmp_path, LANGUAGES, PROJECT.pages(), "https://example.org/handbook")
    listed = re.findall(r"<loc>([^<]+)</loc>", (tmp_path / "sitemap.xml").read_text(encoding="utf-8"))
    assert set(listed) == {f"https://example.org/handbook/{page}.html" for page in map(str, DOCUMENTS)}
    assert "Sitemap: https://example.org/handbook/sitemap.xml" in (tmp_path / "robots.txt").read_text(encoding="utf-8")


def test_without_an_address_there_is_no_list_for_search_engines(tmp_path: Path) -> None:
    write_sitemap(tmp_path, LANGUAGES, PROJECT.pages(), "")
    assert list(tmp_path.iterdir()) == []
