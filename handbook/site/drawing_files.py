"""Drawings by themselves: a file of each for readers to open large and to keep, and the line under it that leads there.

A file is complete in itself, with a light ground, colours and typefaces of its own, its title and its language, so it
can go anywhere. Its links lead to the published site, therefore; where its address is not known, there are none.

With JavaScript, `static/drawings.js` shows the drawing of the page in a dialog instead, and makes PNGs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sphinx.util.osutil import relative_uri

from handbook.content.address import published
from handbook.content.charts import chart
from handbook.content.diagrams import current_svg, diagram, drawing_of
from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.diagrams.svg import inline

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

#: The folder of the files, beside the pages. In it, each page has a folder of its own, since two pages can show
#: different charts of one name.
FOLDER = "diagrams"

_LINE = Markup(
    '<ul class="drawing-files" data-png="{png}" data-close="{close}">\n'
    '<li><a href="{href}" type="image/svg+xml" aria-describedby="{title}">{open}</a></li>\n'
    '<li><a href="{href}" type="image/svg+xml" aria-describedby="{title}" download>{svg}</a></li>\n'
    "</ul>\n"
)


def svg_of(app: Sphinx, node: diagram | chart) -> str | None:
    """Return the SVG of a drawing, or None where it is missing or out of date."""
    if isinstance(node, chart):
        svg: str = node["svg"]
        return svg
    return current_svg(app, drawing_of(node, app.config.language))


def write_drawing_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the drawings of a page, and give the page what shows them large (event `html-page-context`)."""
    if doctree is None or app.builder.name != "html":
        return

    def link(record_id: str) -> str | None:
        home = record_domain(app.env).homes.get(record_id)
        return published(app, f"{app.builder.get_target_uri(home.docname)}#{home.anchor}") or None if home else None

    for node in drawings_in(doctree):
        if svg := svg_of(app, node):
            file = Path(app.outdir, _address(app, pagename, node))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(inline(svg, link=link, book=True), encoding="utf-8", newline="\n")
            app.add_css_file("drawings.css")
            app.add_js_file("drawings.js", loading_method="defer")


def drawings_in(node: nodes.Element) -> list[diagram | chart]:
    """Return the diagrams and charts in a page or a part of it."""
    return [*node.findall(diagram), *node.findall(chart)]


def line_under(app: Sphinx, docname: str, node: diagram | chart) -> str:
    """Return the links that stand under a drawing, and the words that the script needs."""
    word = edition_of(app).translation.word
    return _LINE.format(
        href=relative_uri(app.builder.get_target_uri(docname), _address(app, docname, node)),
        title=f"diagram-{node['drawing']}-title",
        open=word("大きく表示"),
        svg=word("SVGを保存"),
        png=word("PNGを保存"),
        close=word("閉じる"),
    )


def _address(app: Sphinx, docname: str, node: diagram | chart) -> str:
    """Return the address of a drawing's file, seen from the first page of its language."""
    return f"{FOLDER}/{docname}/{node['drawing']}.{app.config.language}.svg"
