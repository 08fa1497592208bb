"""The Atom feed of a language (RFC 4287): what has changed in the handbook, for readers who want to be told.

An entry is known by the address of its change on the page that lists them, the
feed by its own: addresses of this site are kept (`redirects.yaml`), and they say
where something is as well as which it is. They must be whole, so without
`handbook_base_url` there is no feed, and nothing links to it.

The feed says nothing of when it was made: the same changes make the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from handbook.content.address import published
from handbook.content.changes import newest_first
from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.content.front_matter import front_matter
from handbook.content.vocabulary import WORDS
from handbook.translation.languages import web_tag

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from handbook.knowledge import Change

FEED = "feed.xml"
TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LICENCE = "CC BY 4.0"


def has_feed(app: Sphinx) -> bool:
    """Tell whether this run writes a feed."""
    return app.builder.name == "html" and bool(app.config.handbook_base_url and _entries(app))


def add_feed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell templates where the feed is, and what it is called (event `html-page-context`)."""
    context["feed"] = f"{'../' * app.builder.get_target_uri(pagename).count('/')}{FEED}" if has_feed(app) else ""
    context["feed_title"] = feed_title(app)


def feed_title(app: Sphinx) -> str:
    """Return what the feed is called in the language of this run."""
    word = edition_of(app).translation.word
    return word("{title}：更新の記録").format(title=front_matter(app).title)


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed (event `build-finished`)."""
    if exception or not has_feed(app):
        return
    entries = _entries(app)
    root = published(app).rstrip("/")
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": web_tag(app.config.language)})
    _say(feed, "id", f"{root}/{FEED}")
    _say(feed, "title", feed_title(app))
    _say(feed, "updated", _moment(entries[0][0]))
    _say(ET.SubElement(feed, "author"), "name", app.config.author)
    _say(feed, "rights", _LICENCE)
    _link(feed, "self", f"{root}/{FEED}", TYPE)
    _link(feed, "alternate", f"{root}/{entries[0][1].partition('#')[0]}", "text/html")
    translation = edition_of(app).translation
    for change, page in entries:
        entry = ET.SubElement(feed, "entry")
        _say(entry, "id", f"{root}/{page}")
        _say(entry, "title", translation.text(change.name).text)
        _say(entry, "updated", _moment(change))
        ET.SubElement(entry, "category", term=change.kind, label=translation.word(WORDS[change.kind]))
        _say(entry, "summary", translation.text(change.summary).text)
        _link(entry, "alternate", f"{root}/{page}", "text/html")
    ET.indent(feed)
    text = ET.tostring(feed, encoding="unicode")
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
    Path(app.outdir, FEED).write_text(declared, encoding="utf-8", newline="\n")


def _entries(app: Sphinx) -> list[tuple[Change, str]]:
    """Return the changes that a page lists, newest first, with their addresses below the folder of the language."""
    homes = record_domain(app.env).homes
    return [
        (change, f"{app.builder.get_target_uri(homes[change.id].docname)}#{homes[change.id].anchor}")
        for change in newest_first(edition_of(app).base)
        if change.id in homes
    ]


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", rel=rel, type=kind, href=href)


def _moment(change: Change) -> str:
    """Return the day of a change as Atom wants it, with a time of day: when the day begins."""
    return f"{change.date.text}T00:00:00Z"
