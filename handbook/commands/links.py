"""`make links`: follows the links that lead out of the built site and reports in Markdown which fail."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.changes.report import plain
from handbook.commands.errors import plain_errors
from handbook.content.address import base_url, repository_url
from handbook.site.links import KNOWN, Settings, check, links_of, read_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.commands.project import Project
    from handbook.site.links import Link

#: How many of the pages that name an address are told.
_PAGES = 3


def run(project: Project, settings: Settings | None = None) -> int:
    """Write the report. Returns 0, or 1 if a link fails that is not known to, or there is no site."""
    pages = links_of(project.site, own=[base_url(), repository_url()])
    if not pages:
        sys.stderr.write("There is no site whose links could be followed. To build it: make\n")
        return 1
    with plain_errors():
        known = read_known(project.docs / KNOWN) if (project.docs / KNOWN).exists() else []
    links = check(pages, known, settings or Settings())
    sys.stdout.write("\n".join(_report(links)) + "\n")
    return 1 if any(link.state in ("broken", "silent") and not link.known for link in links) else 0


def _report(links: Sequence[Link]) -> Iterator[str]:
    failed = [link for link in links if link.state in ("broken", "silent")]
    alarming = [link for link in failed if not link.known]
    sections = (
        ("つながらないリンク / Links that fail", alarming),
        ("移転したリンク / Links that have moved for good", [link for link in links if link.state == "moved"]),
        ("確かめられないと分かっているリンク / Links known to fail", [link for link in failed if link.known]),
        (
            f"docs/{KNOWN}から外せるリンク / Links that docs/{KNOWN} need not name any more",
            [link for link in links if link.known and link not in failed],
        ),
    )
    yield "# 外部へのリンク / Links to other sites"
    yield ""
    yield f"{len(links)}件を調べ、{len(alarming)}件がつながりませんでした。 / Of {len(links)} links, {len(alarming)} fail."
    for title, found in sections:
        if found:
            yield from ("", f"## {title}", "", *map(_line, found))


def _line(link: Link) -> str:
    shown = ", ".join(f"`{page}`" for page in link.pages[:_PAGES])
    more = len(link.pages) - _PAGES
    others = f"（ほか{more} / and {more} more）" if more > 0 else ""
    reason = f" — {plain(link.known.reason)}" if link.known else ""
    return f"- <{link.address}>: {plain(link.detail)}{reason} — {shown}{others}"
