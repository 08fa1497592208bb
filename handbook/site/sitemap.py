"""The list of all pages for search engines, with the same page in other languages: https://www.sitemaps.org/protocol.html"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from handbook.translation.languages import web_tag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def write_sitemap(site: Path, languages: Sequence[str], pages: Sequence[str], base: str) -> None:
    """Write `sitemap.xml` and `robots.txt`, if it is known where the site will be published: addresses must be whole.

    `pages` are the documents, the same in every language; `languages` begins with the source.
    """
    if not base:
        return
    entries = []
    for page in pages:
        addresses = {language: f"{base}/{language}/{page}.html" for language in languages}
        alternates = "".join(
            f'    <xhtml:link rel="alternate" hreflang="{web_tag(language)}" href={quoteattr(address)}/>\n'
            for language, address in (*addresses.items(), ("x-default", f"{base}/"))
        )
        entries += [f"  <url>\n    <loc>{address}</loc>\n{alternates}  </url>\n" for address in addresses.values()]
    (site / "sitemap.xml").write_text(f"{_HEAD}{''.join(entries)}</urlset>\n", encoding="utf-8", newline="\n")
    robots = f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n"
    (site / "robots.txt").write_text(robots, encoding="utf-8", newline="\n")
