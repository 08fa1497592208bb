"""A Markdown twin beside each page, `page.html.md`, and `llms.txt`, which lists them: for programs that read the handbook.

Both follow https://llmstxt.org/. A twin is made from the page's own article, so it says the same: headings, text, tables,
citations with links to the list of sources, and drawings by their titles and descriptions. Links lead to other twins, or
where the handbook's address is known (`handbook_base_url`), to the twins there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdownify import ATX, MarkdownConverter
from sphinx.builders.html import StandaloneHTMLBuilder

from handbook.content.address import base_url, published
from handbook.content.editions import edition_of
from handbook.content.front_matter import front_matter
from handbook.site.descriptions import kept_description
from handbook.translation import words_of
from handbook.translation.languages import own_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

LIST = "llms.txt"


class _Converter(MarkdownConverter):
    """The stock converter, but for code that holds a fence itself: examples of Markdown do."""

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        block: str = super().convert_pre(el, text, parent_tags)  # type: ignore[misc]  # its stubs leave methods out
        fence = "`" * (1 + max(map(len, re.findall(r"`{3,}", text)), default=2))
        return block.replace("```", fence, 1).removesuffix("```\n\n") + f"{fence}\n\n" if block else ""


#: What is not read: by element, and by class.
_UNSEEN = ("script", "style")
_DROPPED = frozenset({"headerlink", "drawing-files", "offer", "record-tools"})

_CONVERTER = _Converter(heading_style=ATX, bullets="-")


# -- twins -------------------------------------------------------------------------------------------------------------


def write_twin(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the twin of a page, and tell its template how to link to it (event `html-page-context`)."""
    if doctree is None or not _writes_site(app.builder):
        return
    target = app.builder.get_target_uri(pagename)
    page = Path(app.builder.get_outfilename(pagename))
    twin = page.with_name(f"{page.name}.md")
    twin.parent.mkdir(parents=True, exist_ok=True)
    address = published(app, target)
    twin.write_text(to_markdown(context["body"], address), encoding="utf-8", newline="\n")
    context["markdown_twin"] = f"{target.rsplit('/', 1)[-1]}.md"


def _writes_site(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Tell whether pages are for a website; Sphinx's builder of EPUBs is a kind of HTML builder, too."""
    return isinstance(builder, StandaloneHTMLBuilder) and builder.name != "epub"


def to_markdown(html: str, address: str = "") -> str:
    """Return an article as Markdown. `address`, if given, is where its page is published: links become absolute."""
    article = BeautifulSoup(html, "html.parser")
    for tag in article.find_all(_is_dropped):
        if not tag.decomposed:
            tag.decompose()
    # Once through all elements: selectors would go through them for each rule.
    for tag in article.find_all(True):
        name, classes = tag.name, tag.get_attribute_list("class")
        if "diagram-scroll" in classes:
            _say(article, tag)
        elif name in ("td", "th"):
            _put_in_one_line(tag)
        elif name == "div" and "admonition" in classes:
            _quote(article, tag)
        elif name == "div" and "citation" in classes:
            _put_label_first(tag)
        elif name == "summary":
            tag.name = "p"
        elif name == "a" and "href" in tag.attrs:
            _lead_to_twins(tag, address)
    markdown: str = _CONVERTER.convert_soup(article)
    return re.sub(r"\n{3,}", "\n\n", markdown).strip() + "\n"


def _is_dropped(tag: Tag) -> bool:
    classes = tag.get_attribute_list("class")
    return tag.name in _UNSEEN or not _DROPPED.isdisjoint(classes) or (tag.name == "span" and "colon" in classes)


def _put_in_one_line(cell: Tag) -> None:
    """Turn the lists in a cell into text, since a cell is one line, and keep its text from ending it."""
    # Large tables have thousands of cells, and few with either.
    for items in [part for part in cell.descendants if isinstance(part, Tag) and part.name in ("ul", "ol")]:
        items.replace_with("; ".join(item.get_text(" ", strip=True) for item in items.find_all("li")))
    for string in [part for part in cell.descendants if isinstance(part, NavigableString) and "|" in part]:
        string.replace_with(string.replace("|", "\\|"))


def _quote(article: BeautifulSoup, box: Tag) -> None:
    """Turn an admonition into a quotation with its title in bold."""
    box.name = "blockquote"
    if title := box.find(class_="admonition-title"):
        title.wrap(article.new_tag("p"))
        title.name = "strong"


def _put_label_first(source: Tag) -> None:
    """Put the label of an entry in a list of sources before its text."""
    label = source.find(class_="label", recursive=False)
    if label and (text := label.find_next_sibling("p")):
        text.insert(0, label.get_text() + " ")
        label.extract()


def _say(article: BeautifulSoup, drawing: Tag) -> None:
    """Put a drawing's title and description in its place."""
    description = drawing.find("desc")
    said = article.new_tag("p")
    said.append(NavigableString(str(drawing.get("aria-label", ""))))
    drawing.replace_with(said)
    if description is not None:
        described = article.new_tag("p")
        described.append(NavigableString(description.get_text()))
        said.insert_after(described)


def _lead_to_twins(link: Tag, address: str) -> None:
    """Make a link lead to the twin of its page; Markdown has no place for fragments, so links within a page go."""
    href = str(link["href"])
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return
    if not parts.path:
        link.unwrap()
        return
    path = f"{parts.path}.md" if parts.path.endswith(".html") else parts.path
    link["href"] = urljoin(address, path) if address else path
    # Only Sphinx's own tooltips, such as "(in …)", would be here.
    link.attrs.pop("title", None)


# -- llms.txt ----------------------------------------------------------------------------------------------------------


def write_list(app: Sphinx, exception: Exception | None) -> None:
    """Write `llms.txt` of a language: what the handbook is, then each part with its pages (event `build-finished`)."""
    if exception or not _writes_site(app.builder):
        return
    front = front_matter(app)
    title, summary = _title_and_summary(edition_of(app).translation.word)
    lines = [
        f"# {title}",
        f"> {summary}",
        front.independence,
        front.facts,
        front.licence,
        _entry(app, app.config.root_doc),
    ]
    text = "\n\n".join(lines) + "\n"
    for part in app.env.toctree_includes.get(app.config.root_doc, []):
        entries = "\n".join(_entry(app, docname) for docname in _pages(app.env, part))
        text += f"\n## {app.env.titles[part].astext()}\n\n{entries}\n"
    Path(app.outdir, LIST).write_text(text, encoding="utf-8", newline="\n")


def _pages(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield a page and those below it, in the order of the table of contents."""
    yield docname
    for child in env.toctree_includes.get(docname, []):
        yield from _pages(env, child)


def _entry(app: Sphinx, docname: str) -> str:
    target = app.builder.get_target_uri(docname)
    link = f"- [{app.env.titles[docname].astext()}]({published(app, target) or target}.md)"
    return ": ".join(filter(None, [link, kept_description(app, docname)]))


def write_list_of_languages(site: Path, locale_dir: Path, languages: Sequence[str]) -> None:
    """Write the `llms.txt` of the whole site, which leads to that of each language; `languages` begins with the source."""
    base = base_url()
    blocks = []
    for language, word in words_of(locale_dir, languages).items():
        title, summary = _title_and_summary(word)
        address = f"{base}/{language}/{LIST}" if base else f"{language}/{LIST}"
        blocks.append((title, f"> {summary}", f"- [{own_name(language)}]({address})"))
    title = " / ".join(title for title, _, _ in blocks)
    text = "\n\n".join([f"# {title}", *(summary for _, summary, _ in blocks), "\n".join(entry for *_, entry in blocks)])
    (site / LIST).write_text(text + "\n", encoding="utf-8", newline="\n")


def _title_and_summary(word: Callable[[str], str]) -> tuple[str, str]:
    """Return the title of the handbook and what it is."""
    summary = word("自治体の国際的なネットワーク「イクレイ」を、出典と時点を添えて説明する手引きです。")
    return word("イクレイ・ハンドブック"), summary
