"""Keeps out of pages what could run in a reader's browser, ask for something elsewhere, or lead where no link should.

Pages are Markdown: HTML in them, in a translation or in an included file is refused, and shown as the text that it is.
So are links that run a script, pictures from elsewhere, files to download that a browser opens as pages, and settings
before the title other than its description: MyST would fill in templates there, with all of Python at hand.

What is refused is taken out and told, with its place and what to do; nothing else in the build has to know of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from handbook.diagrams.pictures import svg_faults
from handbook.knowledge.addresses import scheme_of
from handbook.rules.refusals import (
    META,
    Refusal,
    download_refusal,
    html_refusal,
    is_remark,
    link_refusal,
    picture_refusal,
    setting_refusal,
    settings_refusals,
    svg_refusal,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

#: What MyST writes for a line break that a writer asks for, in HTML and in LaTeX.
_LINE_BREAKS = frozenset(("<br />\n", "\\\\\n"))
#: Attributes of what a page says to search engines; `http-equiv` would speak to browsers.
_KNOWN_OF_META = frozenset((*nodes.Element.basic_attributes, "name", "content", "lang", "translated", "backrefs"))


def switch_off_raw(app: Sphinx) -> None:
    """Let docutils refuse `raw`, which reads files and asks other sites, too (event `builder-inited`)."""
    app.env.settings["raw_enabled"] = False


def refuse_settings(app: Sphinx, docname: str, content: list[str]) -> None:
    """Leave out what stands before a page if there is more than may be, and say so (event `source-read`)."""
    # As MyST finds it, with all that Python takes for the end of a line.
    lines = content[0].splitlines(keepends=True)
    if not (lines and lines[0].startswith("---")):
        return
    end = next((at for at, line in enumerate(lines) if at and line.startswith(("---", "..."))), len(lines))
    refusals = list(settings_refusals("".join(f"{line.rstrip()}\n" for line in lines[1:end])))
    for line, refusal in refusals:
        _say(refusal, (docname, line + 2))
    if refusals:
        content[0] = "\n" * (end + 1) + "".join(lines[end + 1 :])


def keep_out(app: Sphinx, doctree: nodes.document) -> None:
    """Take out of a page, translated by now, what may not be there (event `doctree-read`, before all others)."""
    for node in list(doctree.findall(nodes.Element)):
        match node:
            case nodes.raw():
                _check_html(node)
            case nodes.meta():
                if set(node.attributes) - _KNOWN_OF_META or not META.fullmatch(str(node.get("name", ""))):
                    _say(setting_refusal(str(node.get("name") or node.get("http-equiv") or "meta")), node)
                    node.parent.remove(node)
            case nodes.image():
                if refusal := picture_refusal(node["uri"]) or _file_refusal(app, node["uri"]):
                    _say(refusal, node)
                    _replace(node, node.get("alt") or node["uri"])
            case addnodes.download_reference():
                address = node.get("refuri") or node["reftarget"]
                if refusal := download_refusal(address) or _file_refusal(app, address):
                    _say(refusal, node)
                    _replace(node, node.astext())
            case addnodes.toctree():
                _check_toctree(node)
            case nodes.reference() | nodes.target():
                if refusal := link_refusal(node.get("refuri", "")):
                    _say(refusal, node)
                    del node["refuri"]
                    if isinstance(node, nodes.reference):
                        _unlink(node)


def _check_html(node: nodes.raw) -> None:
    """Show HTML as the text that it is; remarks go."""
    html = node.astext()
    if is_remark(html):
        node.parent.remove(node)
    elif html not in _LINE_BREAKS:
        if refusal := html_refusal(html):
            _say(refusal, node)
        _replace(node, html)


def _check_toctree(node: addnodes.toctree) -> None:
    """Take out of a list of contents what leads nowhere good."""
    for title, address in list(node["entries"]):
        # What is no address is the name of a page.
        refusal = link_refusal(address) if "://" in address else None
        if refusal:
            _say(refusal, node)
            node["entries"].remove((title, address))


def _file_refusal(app: Sphinx, address: str) -> Refusal | None:
    """Return why a file may not be published, or None: for where it is, or as an SVG for what is in it.

    Of an SVG, those that take its place in other languages are read, too.
    """
    if scheme_of(address):
        return None
    _, absolute = app.env.relfn2path(address, app.env.current_document.docname)
    file = Path(absolute)
    if not file.resolve().is_relative_to(Path(app.srcdir).resolve()):
        return Refusal(f"'{address[:80]}' is not a file of the handbook", "put it in the folder of the page")
    if not file.parent.is_dir() or file.suffix.lower() not in (".svg", ".*"):
        return None
    for found in sorted(file.parent.iterdir()):
        if found.suffix.lower() == ".svg" and found.name.partition(".")[0] == file.name.partition(".")[0]:
            for line, what in svg_faults(found):
                return svg_refusal(f"{found.name}, line {line}: {what}")
    return None


def _replace(node: nodes.Element, text: str) -> None:
    """Put text in the place of a node, as a paragraph where text alone cannot stand."""
    link = node.parent
    if (
        isinstance(node, nodes.image)
        and isinstance(link, nodes.reference)
        and not isinstance(link.parent, nodes.TextElement)
    ):
        # A picture may be a link between paragraphs, where text may not.
        node = link
    inside = isinstance(node.parent, (nodes.TextElement, addnodes.pending_xref))
    node.replace_self(nodes.Text(text) if inside else nodes.paragraph("", text.strip(), translatable=False))


def _unlink(node: nodes.reference) -> None:
    """Leave what a link says, and no link."""
    node.parent.replace(node, node.children)


def _say(refusal: Refusal, place: nodes.Element | tuple[str, int]) -> None:
    logger.warning("%s", refusal, location=place, type="handbook", subtype="unsafe")
