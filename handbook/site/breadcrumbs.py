"""Where a page stands in the handbook: the way from the home page, for readers and for search engines.

Readers get it from `breadcrumbs.html`, search engines as schema.org's BreadcrumbList,
where it is known what addresses the pages will have.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from markupsafe import Markup

from handbook.content.address import published
from handbook.content.editions import edition_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_breadcrumbs(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give templates the pages above a page, as titles in HTML and links (event `html-page-context`)."""
    root = app.config.root_doc
    if pagename == root:
        return
    word = edition_of(app).translation.word
    home = {"title": word("ホーム"), "link": app.builder.get_relative_uri(pagename, root)}
    context["breadcrumbs"] = [home, *context.get("parents", [])]
    # Sphinx gives the search page its title only within the template.
    context["here"] = context.get("title") or word("検索")
    if doctree is not None and (address := published(app, app.builder.get_target_uri(pagename))):
        way = [*context["breadcrumbs"], {"title": context["title"], "link": ""}]
        context["breadcrumb_list"] = _json_ld([(step["title"], urljoin(address, step["link"])) for step in way])


def _json_ld(way: list[tuple[str, str]]) -> str:
    """Return titles and addresses as text for a `<script>` element; `<` is written so that no title can end it."""
    items = [
        {"@type": "ListItem", "position": position, "name": Markup(title).striptags(), "item": address}
        for position, (title, address) in enumerate(way, start=1)
    ]
    listed = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
