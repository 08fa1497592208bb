"""What stands at the end of each record: of what kind it is, its lasting address, and where it is mended.

It is no part of what the handbook says, so it is put into pages of the site only, after all
else is in place: books, the search and the Markdown twins do without it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from handbook.content.address import published
from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.content.vocabulary import WORDS
from handbook.site.repository import Repository
from handbook.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from handbook.knowledge import Record


#: What one record is called whose type has no finer kinds.
_KINDS = {
    "bodies": mark("機関または役職"),
    "eras": mark("歴史の時期"),
    "milestones": mark("歴史の出来事"),
    "figures": mark("移り変わる数字"),
    "terms": mark("用語"),
    "conflicts": mark("食い違い"),
}


class record_tools(nodes.General, nodes.Element):  # noqa: N801 - docutils writes nodes in small letters
    """Holds the finished HTML in its attribute `html`; without text, so that the search finds nothing in it."""


def add_record_tools(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the tools at the end of each record of a page (event `doctree-resolved`)."""
    if app.builder.name != "html":
        return
    for home in [node for node in doctree.findall(nodes.Element) if "record" in node and not _is_box(node)]:
        _append(home, record_tools(html=_html(app, docname, home["record"])))


def pages_with_moved_lines(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages to write again because their records stand on other lines now (event `env-updated`)."""
    domain, base = record_domain(env), edition_of(app).base
    now = {record_id: base.place(record_id) for record_id in domain.homes if record_id in base.records}
    before, domain.data["places"] = domain.data.get("places", {}), now
    return sorted({domain.homes[record_id].docname for record_id in now if now[record_id] != before.get(record_id)})


def visit_record_tools(self: HTML5Translator, node: record_tools) -> None:
    """Write the tools."""
    self.body.append(node["html"])
    raise nodes.SkipNode


def _append(home: nodes.Element, tools: record_tools) -> None:
    """Put the tools last in a record, which may be a card, a row, a term with its definition, or a table."""
    if isinstance(home, nodes.row):
        last = home[-1]
        assert isinstance(last, nodes.entry)
        last += tools
    elif isinstance(home, nodes.term):
        definition = home.next_node(nodes.definition, descend=False, siblings=True)
        assert definition is not None
        definition += tools
    elif isinstance(home, nodes.table):
        # The pages that mention the record come after it.
        last = home.parent if _is_box(home.parent) else home
        following = last.next_node(descend=False, siblings=True)
        if isinstance(following, nodes.Element) and "mentions" in following["classes"]:
            last = following
        last.parent.insert(last.parent.index(last) + 1, tools)
    else:
        home += tools


def _is_box(node: nodes.Element) -> bool:
    """Tell whether this is what Furo puts around a table, with a copy of all that the table says of itself."""
    return "table-wrapper" in node.get("classes", ())


def _html(app: Sphinx, docname: str, record_id: str) -> str:
    edition = edition_of(app)
    word = edition.translation.word
    summary, linked, mended, in_file = (
        word("記録"),
        word("この記録へのリンク"),
        word("この記録を直す"),
        word("ファイル："),
    )
    record = edition.base.records[record_id]
    name, kind = edition.name(record), word("種類：{kind}").format(kind=word(_kind(record)))
    language = "" if name.language == edition.language else f' lang="{name.language}"'
    page = published(app, app.builder.get_target_uri(docname))
    anchor = f"#{record_domain(app.env).homes[record_id].anchor}"
    file, line = edition.base.place(record_id)
    if place := Repository.of(app.config).line(file, line):
        mending = f'<a href="{escape(place)}">{escape(mended)}</a>'
    else:
        path = escape(file.as_posix()).replace("/", "/<wbr>")
        mending = f"<span>{escape(in_file)}<code>{path}:{line}</code></span>"
    return (
        f'<details class="record-tools"><summary>{escape(summary)}'
        f'<span class="only-heard"{language}> {escape(name.text)}</span></summary>'
        f'<p><span>{escape(kind)}</span> <a href="{escape(page + anchor)}" rel="bookmark">{escape(linked)}</a> {mending}</p>'
        "</details>\n"
    )


def _kind(record: Record) -> str:
    """Return what readers call records like this one, as closely as the record says it."""
    value = getattr(record, "kind", "") or getattr(record, "post", "")
    return WORDS[value] if value else _KINDS[record.collection]
