"""The table of contents beside each page.

It looks and works as Furo makes it, and is put together here: Furo lets Sphinx copy the contents of the whole handbook
for every page, and parses and writes the outcome again. In a large handbook, each page has the branch that it is in,
not all others: with 2,000 pages, their contents alone would weigh more than the page.
"""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from markupsafe import Markup
from sphinx import addnodes

from handbook.content.editions import edition_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

#: With more pages than this, other branches are left out.
LARGE = 200

#: The theme's arrow.
_ARROW = '<span class="icon"><svg><use href="#svg-arrow-right"></use></svg></span>'

#: Titles as HTML, for a run.
_titles: WeakKeyDictionary[Sphinx, dict[str, str]] = WeakKeyDictionary()


def leave_out_stock_contents(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Keep Furo from making the contents (event `html-page-context`, before Furo)."""
    context["toctree"] = lambda **options: ""


def add_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the theme's template the contents (event `html-page-context`, after Furo)."""
    context["furo_navigation_tree"] = navigation(app, pagename)


def navigation(app: Sphinx, pagename: str) -> str:
    """Return the contents of the handbook as HTML, for one page."""
    return _Contents(app, pagename).of(app.config.root_doc)


class _Contents:
    """Writes the contents from one page's point of view, with the classes of Sphinx and the switches of Furo."""

    def __init__(self, app: Sphinx, pagename: str) -> None:
        self._app, self._here = app, pagename
        self._way = _way_to(app, pagename)
        self._whole = len(app.env.found_docs) <= LARGE
        self._label = edition_of(app).translation.word("下のページを開く・閉じる：")
        self._numbers = count(1)

    def of(self, docname: str, above: tuple[str, ...] = ()) -> str:
        """Return what the toctrees of a page name as a list, with what stands below; nothing if they name nothing."""
        env, items, classes = self._app.env, "", ""
        above = (*above, docname)
        for toctree in env.tocs[docname].findall(addnodes.toctree):
            for title, ref in toctree["entries"]:
                if ref in env.titles and ref not in above:
                    items += self._page(ref, title, above)
                    classes = ' class="current"' if ref in self._way else classes
                elif ref == "self":
                    here = docname == self._here
                    items += _item(len(above), self._link(docname, title), *["current", "current-page"] * here)
                    classes = ' class="current"' if here else classes
                elif "://" in ref:
                    items += _item(len(above), _link(ref, escape(title or ref), "reference external"))
        return f"<ul{classes}>\n{items}</ul>\n" if items else ""

    def _page(self, docname: str, title: str | None, above: tuple[str, ...]) -> str:
        """Return a page as an item, with a switch for what stands below it."""
        current, below, switch = docname in self._way, "", ""
        if docname in self._app.env.toctree_includes and (self._whole or current):
            switch = self._switch(docname, title, opened=current)
            below = self.of(docname, above)
        classes = ["current"] * current + ["has-children"] * bool(below) + ["current-page"] * (docname == self._here)
        return _item(len(above), self._link(docname, title) + (switch + below if below else ""), *classes)

    def _link(self, docname: str, title: str | None) -> str:
        here = docname == self._here
        address = "#" if here else self._app.builder.get_relative_uri(self._here, docname)
        return _link(
            address, self._title(docname, title), "current reference internal" if here else "reference internal"
        )

    def _switch(self, docname: str, title: str | None, *, opened: bool) -> str:
        name = f"toctree-checkbox-{next(self._numbers)}"
        label = self._label + Markup(self._title(docname, title)).striptags()
        checked = ' checked=""' if opened else ""
        return (
            f'<input aria-label="{escape(label)}"{checked} class="toctree-checkbox" id="{name}" name="{name}" '
            f'role="switch" type="checkbox"/><label for="{name}">{_ARROW}</label>'
        )

    def _title(self, docname: str, title: str | None) -> str:
        """Return a title as HTML: that of the toctree, or else that of the page."""
        if title:
            return escape(title)
        titles = _titles.setdefault(self._app, {})
        if docname not in titles:
            builder = cast("StandaloneHTMLBuilder", self._app.builder)
            titles[docname] = builder.render_partial(self._app.env.titles[docname])["title"]
        return titles[docname]


def _way_to(app: Sphinx, pagename: str) -> set[str]:
    """Return a page and those above it."""
    way, step = set(), pagename
    relations = cast("StandaloneHTMLBuilder", app.builder).relations
    while step and step not in way:
        way.add(step)
        step = relations[step][0] or "" if step in relations else ""
    return way


def _item(level: int, content: str, *classes: str) -> str:
    names = " ".join([f"toctree-l{level}", *classes])
    return f'<li class="{names}">{content}</li>\n'


def _link(address: str, title: str, classes: str) -> str:
    return f'<a class="{classes}" href="{escape(address)}">{title}</a>'
