"""Two languages: marked for browsers and screen readers, one link away from each other, and never mixed up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.site.pages import (
    DOCUMENTS,
    ENTRANCE,
    JAPANESE,
    LANGUAGES,
    PAGES,
    SITE,
    SPOKEN,
    Page,
    anchors,
    attribute,
    language_of,
    strings,
    target,
)

if TYPE_CHECKING:
    from tests.site.browser import Browser

#: What Sphinx, Furo and our own templates say in English where a translation is missing.
ENGLISH_PHRASES = [
    "Skip to content",
    "Back to top",
    "Toggle",
    "Toggle Light / Dark / Auto color theme",
    "Toggle site navigation sidebar",
    "Toggle table of contents sidebar",
    "Toggle navigation of",
    "Light mode",
    "Dark mode",
    "Auto light/dark",
    "On this page",
    "View this page",
    "View page source",
    "Edit this page",
    "Hide navigation sidebar",
    "Hide table of contents sidebar",
    "Table of Contents",
    "Copyright ©",
    "© Copyright",
    "All rights reserved",
    "Made with",
    "Created using",
    "Built with",
    "Last updated on",
    "Link to this",
    "Permalink to this",
    "Search documentation",
    "Search within",
    "Search Results",
    "Please activate JavaScript",
    "Searching for multiple words",
    "Go to",
    "Quick search",
    "Full index",
    "Module Index",
    "Related Topics",
    "This Page",
    "Previous topic",
    "Next topic",
    "Link to this heading",
    "Link to this table",
    "Link to this image",
    "This work is licensed",
    "as of",
    "accessed on",
    "see also",
]
#: Words that are fine inside an English name, but not alone.
ENGLISH_WORDS = {
    *("back", "clear", "close", "collapse", "contents", "copyright", "copy", "danger", "date", "english", "expand"),
    *("figure", "home", "index", "japanese", "language", "languages", "legend", "menu", "more", "name", "navigation"),
    *("next", "note", "overview", "page", "prev", "previous", "search", "source", "sources", "table", "theme", "tip"),
    *("title", "top", "version", "warning"),
}

#: Names that have no Japanese form.
NAMES = {"BibTeX", "EPUB", "Furo", "PDF"}


def is_foreign(tag_language: str, language: str) -> bool:
    return bool(tag_language) and tag_language.split("-")[0] != language.split("-")[0]


def links_to(page: Page, language: str) -> list[str]:
    """Return where the links of a page lead that say they go to another language."""
    return [attribute(tag, "href") for tag in page.html.select(f'a[hreflang="{language}"]')]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_says_which_language_it_is_in(page: Page, site: None) -> None:
    html = page.html.find("html")
    assert html is not None
    assert attribute(html, "lang") == page.language


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_links_to_itself_in_every_other_language(page: Page, site: None) -> None:
    for language in LANGUAGES:
        if language == page.language:
            continue
        places = {target(page, place) for place in links_to(page, language)}
        assert places == {(Page(language, page.docname).file, "")}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_link_to_another_language_has_the_name_of_that_language_in_it(page: Page, site: None) -> None:
    names = {"ja": "日本語", "en": "English"}
    for language in LANGUAGES:
        if language == page.language or language not in names:
            continue
        for tag in page.html.select(f'a[hreflang="{language}"]'):
            assert names[language] in tag.get_text()
            marked = [tag, *tag.find_all(True)]
            assert language in {attribute(element, "lang") for element in marked}, f"{tag} has no lang={language}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_head_of_a_page_names_it_in_every_language(page: Page, site: None) -> None:
    links = page.html.select('head link[rel="alternate"][hreflang]')
    found = {attribute(tag, "hreflang"): target(page, attribute(tag, "href")) for tag in links}
    assert len(found) == len(links), "one language is named twice"
    for language in LANGUAGES:
        if language != page.language or language in found:
            assert found.get(language) == (Page(language, page.docname).file, ""), f"hreflang={language}"
    assert set(found) <= {*LANGUAGES, "x-default"}


def test_the_first_page_offers_every_language(site: None) -> None:
    for language in LANGUAGES:
        places = {target(ENTRANCE, place) for place in links_to(ENTRANCE, language)}
        assert places == {(Page(language, "index").file, "")}


def test_the_first_page_redirects_nobody(site: None) -> None:
    assert not ENTRANCE.html.select('meta[http-equiv="refresh"], script')


def test_the_first_page_marks_each_of_its_languages(site: None) -> None:
    for text, tag in strings(ENTRANCE.html):
        if JAPANESE.search(text):
            assert language_of(tag) == "ja", text
    english = [text for text, tag in strings(ENTRANCE.html) if language_of(tag) == "en"]
    assert any(re.search(r"[A-Za-z]{3}", text) for text in english), "nothing is in English"


@pytest.mark.translated
@pytest.mark.parametrize("page", [page for page in PAGES if page.language == "en"], ids=str)
def test_an_english_page_holds_no_japanese_unless_it_is_marked(page: Page, site: None) -> None:
    found = [
        text for text, tag in strings(page.html) if JAPANESE.search(text) and not is_foreign(language_of(tag), "en")
    ]
    assert not found, f"{len(found)} texts are in Japanese:\n" + "\n".join(found[:30])


@pytest.mark.parametrize("page", [page for page in PAGES if page.language == "ja"], ids=str)
def test_a_japanese_page_holds_no_english_of_the_theme(page: Page, site: None) -> None:
    found = []
    for text, tag in strings(page.html):
        # Names of fields and the like are the same in every language.
        if is_foreign(language_of(tag), "ja") or tag.find_parent(["code", "pre"]):
            continue
        words = text.strip(" .:…¶#").casefold()
        if words in ENGLISH_WORDS or any(phrase.casefold() in text.casefold() for phrase in ENGLISH_PHRASES):
            found.append(f"<{tag.name}> {text}")
    assert not found, "\n".join(sorted(set(found)))


@pytest.mark.parametrize("page", [page for page in PAGES if page.language == "ja"], ids=str)
def test_around_the_text_a_japanese_page_speaks_japanese(page: Page, site: None) -> None:
    """Menus, buttons and the footer: only names are written in Latin letters, unless they are marked or beside Japanese."""
    found = []
    for text, tag in strings(page.html):
        in_text = tag.find_parent("article") is not None or tag.find_parent(class_="toc-tree") is not None
        # Paths of files and BibTeX are the same in every language.
        in_code = tag.name in ("code", "pre") or tag.find_parent(["code", "pre"]) is not None
        if in_text or in_code or is_foreign(language_of(tag), "ja") or JAPANESE.search(text):
            continue
        if re.search(r"[A-Za-z]{2,}", text) and text not in NAMES and not text.startswith("©"):
            found.append(f"<{tag.name}> {text}")
    assert not found, "\n".join(sorted(set(found)))


def test_what_is_added_to_the_text_of_a_japanese_page_is_japanese(site: None) -> None:
    """Links to headings, titles of notes, and what is read out but not shown."""
    found = set()
    for page in PAGES:
        if page.language == "ja":
            for text, tag in strings(page.html):
                spoken = text in {attribute(tag, name) for name in SPOKEN}
                added = spoken or "admonition-title" in attribute(tag, "class").split()
                if added and not JAPANESE.search(text) and not is_foreign(language_of(tag), "ja"):
                    found.add(f"{page}: <{tag.name}> {text}")
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_what_is_marked_as_a_language_is_a_language(page: Page, site: None) -> None:
    marks = {attribute(tag, "lang") for tag in page.html.find_all(lang=True)}
    marks |= {attribute(tag, "hreflang") for tag in page.html.find_all(hreflang=True)} - {"x-default"}
    assert {mark for mark in marks if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", mark)} == set()
    unmarked = [tag for tag in page.html.select('[class*="language-"]') if is_name_of_language(tag.get("class"))]
    assert [str(tag)[:120] for tag in unmarked if not tag.get("lang")] == []


def is_name_of_language(classes: object) -> bool:
    """Tell whether one of the classes is the mark that `[…]{.language-en}` makes."""
    names = classes if isinstance(classes, list) else []
    return any(re.fullmatch(r"language-[a-z]{2}", str(name)) for name in names)


@pytest.mark.parametrize("page", [page for page in PAGES if page.language != "ja"], ids=str)
def test_what_is_marked_as_japanese_holds_japanese(page: Page, site: None) -> None:
    marked = [tag for tag in page.html.select('body [lang="ja"]') if not tag.find(lang=True)]
    texts = {" ".join(tag.get_text().split()) for tag in marked}
    assert {text for text in texts if text and not JAPANESE.search(text)} == set()


@pytest.mark.parametrize("name", sorted({page.docname for page in DOCUMENTS}))
def test_a_page_has_the_same_anchors_in_every_language(name: str, site: None) -> None:
    """Labels are the anchors, so a link to a heading survives the change of language."""
    headings = [
        {attribute(tag, "id") for tag in Page(language, name).html.select("section[id]")} for language in LANGUAGES
    ]
    unlabelled = [anchor for anchor in headings[0] if re.fullmatch(r"id\d+", anchor)]
    assert not unlabelled, f"{len(unlabelled)} headings have no label, such as ({name.replace('/', '-')}-beginning)="
    different = [sorted(found ^ headings[0]) for found in headings]
    assert not any(different), f"not in every language: {different}"


# -- the switch, in a browser ------------------------------------------------------------------------------------------

SWITCHED = ["about/name", "organization/structure", "history/index", "reference/glossary"]
PAIRS = [(here, there) for here in LANGUAGES for there in LANGUAGES if here != there]


@pytest.mark.parametrize("name", SWITCHED)
@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_the_switch_goes_to_the_same_page_and_keeps_the_place(
    name: str, here: str, there: str, browser: Browser
) -> None:
    page = Page(here, name)
    anchor = place_in(page)

    async def switch() -> str:
        async with browser.tab() as tab:
            await tab.goto(f"{page.url}#{anchor}")
            await tab.locator(f'a[hreflang="{there}"]:visible').first.click()
            await tab.wait_for_url(lambda url: url.startswith(SITE.as_uri() + f"/{there}/"))
            return tab.url

    assert browser.run(switch()) == f"{Page(there, name).url}#{anchor}"


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_the_switch_keeps_the_place_that_the_reader_has_gone_to(here: str, there: str, browser: Browser) -> None:
    page = Page(here, "about/name")
    anchor = attribute(page.html.select(".toc-tree a[href]")[-1], "href").removeprefix("#")

    async def switch() -> str:
        async with browser.tab(width=1440) as tab:  # wide enough for the headings at the side
            await tab.goto(page.url)
            await tab.locator(f'.toc-tree a[href="#{anchor}"]').click()
            await tab.locator(f'a[hreflang="{there}"]:visible').first.click()
            await tab.wait_for_url(lambda url: url.startswith(SITE.as_uri() + f"/{there}/"))
            return tab.url

    assert browser.run(switch()) == f"{Page(there, 'about/name').url}#{anchor}"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_the_switch_works_without_scripts(here: str, there: str, width: int, browser: Browser) -> None:
    async def switch() -> tuple[str, str]:
        async with browser.tab(scripts=False, width=width) as tab:
            await tab.goto(Page(here, "organization/structure").url)
            link = tab.locator(f'a[hreflang="{there}"]')
            if not await link.and_(tab.locator(":visible")).count():
                # On a phone it may stand in the menu, which opens without scripts as well.
                await tab.locator('label[for="__navigation"]:visible').first.click()
            await link.and_(tab.locator(":visible")).first.click()
            await tab.wait_for_url(lambda url: url.startswith(SITE.as_uri() + f"/{there}/"))
            there_and_back = tab.url
            link = tab.locator(f'a[hreflang="{here}"]')
            if not await link.and_(tab.locator(":visible")).count():
                await tab.locator('label[for="__navigation"]:visible').first.click()
            await link.and_(tab.locator(":visible")).first.click()
            await tab.wait_for_url(lambda url: url.startswith(SITE.as_uri() + f"/{here}/"))
            return there_and_back, tab.url

    name = "organization/structure"
    assert browser.run(switch()) == (Page(there, name).url, Page(here, name).url)


def test_without_a_choice_the_first_page_stays_open(browser: Browser) -> None:
    async def wait() -> str:
        async with browser.tab() as tab:
            await tab.goto(ENTRANCE.url)
            await tab.wait_for_timeout(1500)
            return tab.url

    assert browser.run(wait()) == ENTRANCE.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_leads_into_each_language_without_scripts(language: str, browser: Browser) -> None:
    async def choose() -> str:
        async with browser.tab(scripts=False, width=360) as tab:
            await tab.goto(ENTRANCE.url)
            await tab.locator(f'a[hreflang="{language}"]').first.click()
            await tab.wait_for_url(lambda url: url != ENTRANCE.url)
            return tab.url

    assert browser.run(choose()) == Page(language, "index").url


def place_in(page: Page) -> str:
    """Return a place far down in a page, which has to be there in every language."""
    article = page.html.select_one("article")
    assert article is not None
    elsewhere = frozenset.intersection(*(anchors(Page(language, page.docname).file) for language in LANGUAGES))
    places = [name for tag in article.find_all(id=True) if (name := attribute(tag, "id")) in elsewhere]
    lasting = [name for name in places if not re.fullmatch(r"id\d+", name)]
    assert lasting, f"{page} has no place to link to"
    return lasting[-1]
