"""The foot of each page: its lasting address, how to cite it, report an error in it and mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from pybtex.database import parse_string
from sphinx.errors import ConfigError

from handbook.knowledge.sources import plain
from tests.site.pages import DOCUMENTS, LANGUAGES, ROOT, Page, attribute

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.conftest import Build, TinyProject
    from tests.site.browser import Browser

BASE = "https://example.org/handbook"
REPOSITORY = "https://github.com/owner/name"

#: A title that means something in HTML, in addresses, in BibTeX and to Python.
HOSTILE = "\"A\" & <b>B</b> {c} 'd' 50% #1 $x_y^z~ \\ 「え」"

IN_LATEX = (
    r""""A" \& <b>B</b> \textbraceleft{}c\textbraceright{} 'd' 50\% \#1 \$x\_y\textasciicircum{}z\textasciitilde{} """
    r"""\textbackslash{} 「え」"""
)


@pytest.fixture
def project(tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> TinyProject:
    """Two pages in two languages; nobody knows where they are published or kept."""
    for name in ("HANDBOOK_BASE_URL", "HANDBOOK_REPOSITORY_URL"):
        monkeypatch.delenv(name, raising=False)
    tiny_project.use_all_rooms()
    tiny_project.write("docs/index.md", "# はじめに\n\n```{toctree}\npart/page\n```\n")
    tiny_project.write("docs/part/page.md", "# 憲章\n")
    tiny_project.catalogue("part/page", {"憲章": "The Charter"})
    tiny_project.catalogue(
        "handbook",
        {
            "イクレイ・ハンドブック": "The Handbook",
            "{author}「{title}」『{book}』、{date}時点": "{author}, “{title}”, {book}, as of {date}",
            "{citation}、{url}": "{citation}, {url}",
            "誤り：{title}": "Error: {title}",
        },
    )
    return tiny_project


def tools(build: Build, docname: str = "part/page") -> Tag:
    (found,) = build.page(docname).select(".page-tools")
    return found


def links(build: Build, docname: str = "part/page") -> dict[str, str]:
    return {link.get_text(strip=True): attribute(link, "href") for link in tools(build, docname).select("a")}


def citation(build: Build, docname: str = "part/page") -> str:
    (found,) = tools(build, docname).select("details #page-citation")
    return found.get_text()


def bibtex(build: Build, docname: str = "part/page") -> dict[str, str]:
    """Return the fields of the entry, as a program that reads BibTeX has them."""
    (found,) = tools(build, docname).select("details #page-bibtex")
    ((_key, entry),) = parse_string(found.get_text(), "bibtex").entries.items()
    fields = {name: value if name == "url" else plain(value) for name, value in entry.fields.items()}
    (author,) = entry.persons["author"]
    return fields | {"author": plain(str(author))}


def test_a_page_is_cited_in_the_form_usual_in_its_language(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_BASE_URL", BASE)
    ja, en = project.build("ja"), project.build("en")
    assert citation(ja) == (
        f"手引きをつくる人「憲章」『イクレイ・ハンドブック』、2026年11月24日時点、{BASE}/ja/part/page.html"
    )
    assert (
        citation(ja, "index") == f"手引きをつくる人『イクレイ・ハンドブック』、2026年11月24日時点、{BASE}/ja/index.html"
    )
    assert citation(en) == (
        f"手引きをつくる人, “The Charter”, The Handbook, as of 24 November 2026, {BASE}/en/part/page.html"
    )
    assert bibtex(en) == {
        "author": "手引きをつくる人",
        "title": "The Charter",
        "organization": "The Handbook",
        "date": "2026-11-24",
        "year": "2026",
        "url": f"{BASE}/en/part/page.html",
        "langid": "english",
    }
    assert links(ja)["このページへのリンク"] == f"{BASE}/ja/part/page.html"


def test_without_addresses_the_tools_say_what_does_not_need_them(project: TinyProject) -> None:
    ja, en = project.build("ja"), project.build("en")
    assert citation(ja) == "手引きをつくる人「憲章」『イクレイ・ハンドブック』、2026年11月24日時点"
    assert "url" not in bibtex(ja)
    assert links(ja) == {
        "このページへのリンク": "page.html",
        "誤りを知らせる": "../reference/about-this-handbook.html#reference-about-this-handbook-errors",
    }
    assert [code.get_text() for code in tools(ja).select("li code")] == ["docs/part/page.md"]
    assert [code.get_text() for code in tools(en).select("li code")] == ["locales/en/LC_MESSAGES/part/page.po"]
    # Nothing to translate: then the words stand in the page itself.
    assert [code.get_text() for code in tools(en, "index").select("li code")] == ["docs/index.md"]


def test_when_the_repository_becomes_known_every_page_leads_to_it(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build("ja")
    monkeypatch.setenv("HANDBOOK_REPOSITORY_URL", f"{REPOSITORY}/")
    ja, en = project.build("ja"), project.build("en")

    assert links(ja)["このページを直す"] == f"{REPOSITORY}/edit/main/docs/part/page.md"
    assert links(en)["このページを直す"] == f"{REPOSITORY}/edit/main/locales/en/LC_MESSAGES/part/page.po"
    assert tools(ja).select("li code") == []
    address = urlsplit(links(en)["誤りを知らせる"])
    assert address._replace(query="").geturl() == f"{REPOSITORY}/issues/new"
    asked = parse_qs(address.query)
    assert asked == {
        "template": ["fact-wrong.yml"],
        "title": ["Error: The Charter"],
        "page": ["en/part/page.html"],
    }
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / asked["template"][0]).read_text(encoding="utf-8"))
    assert {"template", "title"} | {field.get("id") for field in form["body"]} >= asked.keys()

    monkeypatch.setenv("HANDBOOK_BASE_URL", BASE)
    asked = parse_qs(urlsplit(links(project.build("ja"))["誤りを知らせる"]).query)
    assert (asked["title"], asked["page"]) == (["誤り：憲章"], [f"{BASE}/ja/part/page.html"])


def test_no_title_breaks_out_of_its_place(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_REPOSITORY_URL", REPOSITORY)
    escaped = "".join(f"\\{character}" if character in "\"&<>{}'#$_^~\\" else character for character in HOSTILE)
    project.write("docs/part/page.md", f"# {escaped}\n")
    build = project.build("ja")
    heading = build.page("part/page").select_one("h1")
    assert heading is not None
    assert (heading.find(string=True), build.warnings) == (HOSTILE, [])

    nested = HOSTILE.replace("「え」", "『え』")
    assert citation(build).startswith(f"手引きをつくる人「{nested}」『")
    ((_key, entry),) = parse_string(tools(build).select("#page-bibtex")[0].get_text(), "bibtex").entries.items()
    assert entry.fields["title"] == f"{{{IN_LATEX}}}"
    assert parse_qs(urlsplit(links(build)["誤りを知らせる"]).query)["title"] == [f"誤り：{HOSTILE}"]
    assert tools(build).find("b") is None


@pytest.mark.parametrize("address", ["git@github.com:owner/name.git", "ftp://example.org/name", "https://", "name"])
def test_an_address_that_no_link_could_lead_to_is_refused(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HANDBOOK_REPOSITORY_URL", address)
    with pytest.raises(ConfigError, match=r"HANDBOOK_REPOSITORY_URL is .* To mend it: write one such as https://"):
        project.build()


@pytest.mark.parametrize("page", DOCUMENTS, ids=str)
def test_every_page_has_its_tools_between_its_text_and_the_next_page(page: Page, site: None) -> None:
    (found,) = page.html.select(".page-tools")
    assert found.find_previous("article") is not None
    assert found.find_next(class_="related-pages") is not None
    (file,) = found.select("li code")
    assert (ROOT / file.get_text()).is_file()
    assert file.get_text().startswith("docs/" if page.language == LANGUAGES[0] else f"locales/{page.language}/")
    heading = page.html.find("h1")
    assert heading is not None
    assert str(heading.find(string=True)) in found.select("#page-citation")[0].get_text()


@pytest.mark.parametrize(("language", "said"), [("ja", "コピーしました。"), ("en", "Copied.")])
def test_a_button_copies_the_citation_and_says_so(language: str, said: str, browser: Browser) -> None:
    async def go() -> list[tuple[str, str, str]]:
        copied = []
        async with browser.tab() as tab:
            await tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
            await tab.goto(Page(language, "about/charter").url)
            await tab.locator(".page-citation summary").click()
            for name in ("page-citation", "page-bibtex"):
                await tab.locator(f'[data-copies="{name}"]').click()
                await tab.locator('.page-citation [role="status"]:not(:empty)').wait_for()
                copied.append(
                    (
                        await tab.evaluate("navigator.clipboard.readText()"),
                        await tab.locator(f"#{name}").inner_text(),
                        await tab.locator('.page-citation [role="status"]').inner_text(),
                    )
                )
        return copied

    copied = browser.run(go())
    assert [status for *_, status in copied] == [said, said]
    assert [text for text, *_ in copied] == [shown for _, shown, _ in copied]
    assert copied[0][0].startswith("The ICLEI Handbook contributors")
    assert copied[1][0].startswith("@online{")


def test_where_a_page_may_not_copy_it_selects_the_text(browser: Browser) -> None:
    async def go() -> tuple[str, str, str]:
        async with browser.tab() as tab:
            await tab.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
            await tab.goto(Page("en", "about/charter").url)
            await tab.locator(".page-citation summary").click()
            await tab.locator('[data-copies="page-citation"]').click()
            status = tab.locator('.page-citation [role="status"]:not(:empty)')
            return (
                await tab.evaluate("getSelection().toString()"),
                await tab.locator("#page-citation").inner_text(),
                await status.inner_text(),
            )

    selected, shown, status = browser.run(go())
    assert selected.strip() == shown
    assert "selected" in status


def test_without_scripts_the_citation_can_be_read_and_no_button_does_nothing(browser: Browser) -> None:
    async def go() -> tuple[bool, list[bool]]:
        async with browser.tab(scripts=False) as tab:
            await tab.goto(Page("ja", "about/charter").url)
            await tab.locator(".page-citation summary").click()
            buttons = await tab.locator(".page-tools button").all()
            return await tab.locator("#page-citation").is_visible(), [await button.is_visible() for button in buttons]

    assert browser.run(go()) == (True, [False, False])
