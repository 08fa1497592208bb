"""Markdown twins of the pages, and `llms.txt`, which lists them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from handbook.site.markdown import to_markdown
from tests.site.pages import DOCUMENTS, GENERATED, LANGUAGES, SITE, Page, attribute, docnames, short, squeezed

every_document = pytest.mark.parametrize("page", DOCUMENTS, ids=str)

#: Blocks of code, fenced with more marks than are in them, and code in a line.
_BLOCK = re.compile(r"^(`{3,})[^`\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_LINK = re.compile(r"\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)*)\)|<(https?://[^>]+)>")


def twin(page: Page) -> Path:
    return page.file.with_name(f"{page.file.name}.md")


def markdown(page: Page) -> str:
    return twin(page).read_text(encoding="utf-8")


def links(text: str) -> list[str]:
    """Return where the links of a twin lead; what looks like one in code is none."""
    return [found[1] or found[2] for found in _LINK.finditer(_CODE.sub("", _BLOCK.sub("", text)))]


def plain(text: str) -> str:
    """Return Markdown or text without marks, addresses and spaces."""
    text = re.sub(r"\]\([^()\s]*(\([^()]*\)[^()\s]*)*\)", "]", text)
    return squeezed(re.sub(r"[\\*_\[\]<>|#`]", "", text))


@every_document
def test_a_page_has_a_twin_and_says_so(page: Page, site: None) -> None:
    assert twin(page).is_file()
    (link,) = page.html.select('head link[rel="alternate"][type="text/markdown"]')
    assert page.file.parent / attribute(link, "href") == twin(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_made_by_the_program_has_no_twin(language: str, site: None) -> None:
    for name in GENERATED:
        page = Page(language, name)
        assert not twin(page).exists()
        assert page.html.select('link[type="text/markdown"]') == []


@every_document
def test_a_twin_begins_with_the_title_and_has_every_heading(page: Page, site: None) -> None:
    html = BeautifulSoup(page.file.read_text(encoding="utf-8"), "lxml")
    for mark in html.select("a.headerlink"):
        mark.decompose()
    headings = [f"{'#' * int(tag.name[1])} {tag.get_text()}" for tag in html.select("article :is(h1, h2, h3, h4)")]
    # A comment in a code block begins like a heading.
    lines = _BLOCK.sub("", markdown(page)).splitlines()
    assert plain(lines[0]) == plain(headings[0])
    assert [plain(line) for line in lines if re.match(r"#+ ", line)] == [plain(heading) for heading in headings]


@every_document
def test_a_twin_holds_every_paragraph_item_and_cell_of_its_page(page: Page, site: None) -> None:
    html = BeautifulSoup(page.file.read_text(encoding="utf-8"), "lxml")
    # What the site offers, the books for example, is no part of what the page says.
    for tag in html.select("a.headerlink, .record-tools, svg, .offer"):
        tag.decompose()
    text = plain(markdown(page))
    said = [tag.get_text() for tag in html.select("article p, article dt, article figcaption, article caption")]
    assert [words for words in said if plain(words.removesuffix(":")) not in text] == []


@every_document
def test_a_twin_shows_each_drawing_by_its_title_and_holds_no_markup_of_the_page(page: Page, site: None) -> None:
    text = markdown(page)
    assert re.findall(r"</?(?:svg|div|span|p|table|a|details)\b|¶", text) == []
    spoken = [tag.get_text() for tag in page.html.select("article svg.diagram > :is(title, desc)")]
    assert [words for words in spoken if plain(words) not in plain(text)] == []


@every_document
def test_the_links_of_a_twin_lead_to_twins_or_to_other_sites(page: Page, site: None) -> None:
    broken = []
    for link in links(markdown(page)):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        file = Path(os.path.normpath(twin(page).parent / unquote(parts.path)))
        if not file.is_file() or (file.suffix != ".md" and file.parent.name != "data" and file.name != "objects.inv"):
            broken.append(link)
    assert broken == []


def test_a_citation_in_a_twin_is_a_number_of_the_sources_below_which_lead_to_the_full_list(
    language: str, site: None
) -> None:
    text = markdown(Page(language, "about/name"))
    cited = {number for group in re.findall(r"\S\[(\d+(?:, \d+)*)\]", text) for number in group.split(", ")}
    listed = re.findall(r"^- \[\\?\[(\d+)\\?\]\]\(\.\./reference/sources\.html\.md\) \S", text, re.M)
    assert cited
    assert cited <= set(listed)
    numbers = re.findall(r"^\[(\d+)\] \S", markdown(Page(language, "reference/sources")), re.M)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_llms_txt_of_a_language_lists_every_page_with_its_description(language: str, site: None) -> None:
    file = SITE / language / "llms.txt"
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    entries = dict(re.findall(r"^- \[.+?\]\((\S+?)\): (.+)$", text, re.M))
    assert set(entries) == {f"{name}.html.md" for name in docnames()}
    for target, description in entries.items():
        assert (file.parent / target).is_file()
        page = Page(language, target.removesuffix(".html.md"))
        assert attribute(page.html.select('meta[name="description"]')[0], "content") == description


@pytest.mark.parametrize("language", LANGUAGES)
def test_llms_txt_says_what_the_handbook_is_and_that_it_is_independent(language: str, site: None) -> None:
    text = (SITE / language / "llms.txt").read_text(encoding="utf-8")
    colophon = Page(language, "index").html.select_one(".colophon p:not(.downloads)")
    assert colophon is not None
    assert colophon.get_text(strip=True) in text
    assert re.search(r"^> .+", text, re.M)
    parts = re.findall(r"^## (.+)$", text, re.M)
    # In the order of the table of contents.
    tops = [
        link.get_text(strip=True) for link in Page(language, "index").html.select(".sidebar-tree li.toctree-l1 > a")
    ]
    assert parts == tops


def test_llms_txt_of_the_site_leads_to_each_language(site: None) -> None:
    file = SITE / "llms.txt"
    targets = links(file.read_text(encoding="utf-8"))
    assert targets == [f"{language}/llms.txt" for language in LANGUAGES]
    assert [short(SITE / target) for target in targets if not (SITE / target).is_file()] == []


def test_where_the_site_is_published_links_are_absolute() -> None:
    html = '<p><a href="../about/name.html#x">Name</a>, <a href="#here">here</a>, <a href="https://a.example/">away</a></p>'
    text = to_markdown(html, "https://handbook.example/en/history/founding.html")
    assert text == "[Name](https://handbook.example/en/about/name.html.md), here, [away](https://a.example/)\n"


def test_a_cell_of_a_table_stays_in_one_line_and_in_its_column() -> None:
    html = "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>x|y</td><td><ul><li>one</li><li>two</li></ul></td></tr></tbody></table>"
    assert to_markdown(html) == "| A | B |\n| --- | --- |\n| x\\|y | one; two |\n"


def test_code_with_a_fence_in_it_is_fenced_with_more_marks() -> None:
    assert to_markdown("<pre>```{record} council\n```\n</pre>") == "````\n```{record} council\n```\n````\n"
    assert to_markdown("<pre>make\n</pre>") == "```\nmake\n```\n"
