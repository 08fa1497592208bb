"""What the templates know about a page: its other languages, addresses, and our own words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import escape

from handbook.content.address import published
from handbook.content.editions import edition_of, locale_dir_of
from handbook.content.front_matter import front_matter
from handbook.site.descriptions import description
from handbook.site.downloads import download_links
from handbook.site.policy import policy
from handbook.site.search import search_words
from handbook.translation.languages import direction, languages_of, locale_of, own_name, web_tag

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


class PageVersion(NamedTuple):
    """The same page in one language."""

    tag: str
    name: str
    href: str
    current: bool
    address: str


def use_own_title(app: Sphinx) -> None:
    """Name the site in its language (event `builder-inited`, after the edition is loaded)."""
    app.config.html_title = front_matter(app).title


def add_page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give templates what they need (event `html-page-context`)."""
    edition = edition_of(app)
    target = app.builder.get_target_uri(pagename)
    up = "../" * (target.count("/") + 1)
    base = app.config.handbook_base_url
    context["language"] = web_tag(edition.language)
    # Templates put words into HTML as they are, the theme the title.
    context["word"] = lambda message: escape(edition.translation.word(message))
    context["docstitle"] = escape(app.config.html_title)
    context["page_versions"] = [
        PageVersion(
            tag=web_tag(language),
            name=own_name(language),
            href=f"{up}{language}/{target}",
            current=language == edition.language,
            address=f"{base}/{language}/{target}" if base else f"{up}{language}/{target}",
        )
        for language in languages_of(locale_dir_of(app), edition.translation.source_language)
    ]
    context["downloads"] = download_links(up, edition.language, app.config.handbook_books)
    context["entrance"] = f"{base}/" if base else f"{up}index.html"
    context["canonical"] = published(app, target)
    context["content_security_policy"] = policy()
    context["description"] = description(doctree)
    context["locale"] = str(locale_of(edition.language))
    if pagename == "search":
        context["search_words"] = search_words(app)
    context["front"] = front_matter(app)


def turn_pages(app: Sphinx, exception: Exception | None) -> None:
    """Say of each page that its lines run from right to left, where they do (event `build-finished`).

    The theme's templates have no place for it in their first tag.
    """
    if exception or app.builder.name != "html" or direction(app.config.language) != "rtl":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        turned = text.replace('<html class="no-js" lang', '<html class="no-js" dir="rtl" lang', 1)
        if turned != text:
            page.write_text(turned, encoding="utf-8", newline="\n")
