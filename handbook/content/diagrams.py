"""Diagrams in pages: drawn from records (`record_diagrams`), or written by hand in Mermaid.

All of them go through sphinxcontrib-mermaid's directive. What is new here is
that each has a name (its committed SVG is `docs/_diagrams/NAME.LANGUAGE.svg`), and
that labels are translated.

    ```mermaid                      by hand, with every label in quotes
    ---
    name: ccp-milestones
    alt: 五つの段階の流れ
    ---
    flowchart LR
      a["目録をつくる"] --> b["目標を決める"]
    ```
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.util import logging
from sphinx.util.nodes import set_source_info
from sphinxcontrib.mermaid import Mermaid, mermaid

from handbook.content.directives import RecordDirective
from handbook.diagrams.renderer import RENDERER_VERSION, Drawing
from handbook.diagrams.sources import quoted
from handbook.diagrams.svg import fingerprint, read_fingerprint
from handbook.rules.refusals import click_refusal
from handbook.translation.languages import has_word_spaces, web_tag

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from docutils.nodes import Node
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_LABEL = re.compile(r'"([^"]*)"')
_ENTITY = re.compile(r"#(\d+);")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class diagram(mermaid):  # type: ignore[misc]  # noqa: N801 - docutils node classes are lower case
    """A Mermaid drawing: `code`, `drawing` (its name), `alt` (title), `description`."""


class labelled_diagram(diagram, addnodes.translatable):  # noqa: N801
    """A hand-written drawing, whose title and labels go through the page's catalogue."""

    def preserve_original_messages(self) -> None:
        self["messages"] = list(dict.fromkeys([self["alt"], *_LABEL.findall(self["code"])]))
        self["untranslated"], self["translations"] = self["code"], {}

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        if original_message == self["messages"][0]:
            self["alt"] = translated_message
        self["translations"][original_message] = f'"{quoted(translated_message)}"'
        # Always from the original: a translation may read like another label.
        self["code"] = _LABEL.sub(lambda label: self["translations"].get(label[1], label[0]), self["untranslated"])

    def extract_original_messages(self) -> Sequence[str]:
        # Sphinx goes by the last message alone: if it is the same in both languages (PDF), it translates none of them.
        return [*self["messages"], self["messages"][0]]


class Placed(NamedTuple):
    """A drawing, and the line of its page on which its source begins."""

    drawing: Drawing
    line: int


class DiagramDomain(Domain):
    """The drawings of each page, for `make diagrams` and the check for stale ones."""

    name = "diagram"
    label = "Diagram"
    initial_data: ClassVar = {"drawings": {}}

    @property
    def drawings(self) -> dict[str, list[Placed]]:
        drawings: dict[str, list[Placed]] = self.data["drawings"]
        return drawings

    def clear_doc(self, docname: str) -> None:
        self.drawings.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for docname in docnames:
            if docname in otherdata["drawings"]:
                self.drawings[docname] = otherdata["drawings"][docname]

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, nodes.reference]]:
        return []


def drawing_of(node: diagram, language: str) -> Drawing:
    """Return what the renderer needs to draw `node`."""
    return Drawing(
        name=node["drawing"],
        language=web_tag(language),
        source=node["code"],
        title=node["alt"],
        description=node.get("description", ""),
    )


def labels_of(code: str, language: str) -> list[str]:
    """Return the words in a Mermaid source: quoted labels, or the periods and events of a timeline."""
    labels = _LABEL.findall(code)
    if not labels:
        labels = [part.strip() for line in code.splitlines()[1:] for part in line.split(" : ")]
    space = " " if has_word_spaces(language) else ""
    return [_ENTITY.sub(lambda entity: chr(int(entity[1])), label.replace("<br>", space)) for label in labels]


def svg_path(app: Sphinx, drawing: Drawing) -> Path:
    """Return where the committed SVG of a drawing belongs."""
    return Path(app.srcdir, app.config.handbook_diagrams_dir, f"{drawing.name}.{drawing.language}.svg")


def current_svg(app: Sphinx, drawing: Drawing) -> str | None:
    """Return the committed SVG of a drawing, or None where it is missing or out of date."""
    file = svg_path(app, drawing)
    is_current = read_fingerprint(file) == fingerprint(drawing, RENDERER_VERSION)
    return file.read_text(encoding="utf-8") if is_current else None


def note_drawings(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the drawings of a page, translated by now (event `doctree-read`)."""
    docname = app.env.current_document.docname
    domain = cast("DiagramDomain", app.env.get_domain("diagram"))
    found: list[Placed] = []
    for node in doctree.findall(diagram):
        drawing = drawing_of(node, app.config.language)
        for other_docname, placed in [*domain.drawings.items(), (docname, found)]:
            if any(other.name == drawing.name and other != drawing for other, _ in placed):
                _warn(
                    node,
                    "another diagram, in '%s', has the name '%s' too; give each a name of its own",
                    other_docname,
                    drawing.name,
                )
        found.append(Placed(drawing, node.get("code_line", node.line or 1)))
    if not found:
        return
    domain.drawings[docname] = found
    for node in list(doctree.findall(diagram)):
        # Not shown, but found: the site's search reads the texts of nodes.
        node.append(nodes.Text(" ".join([node.get("alt", ""), *labels_of(node["code"], app.config.language)])))
    for drawing, _ in found:
        # The page shows the SVG's text, so it must be written again with it.
        app.env.note_dependency(svg_path(app, drawing), docname=docname)


def report_stale_drawings(app: Sphinx, exception: Exception | None) -> None:
    """Say which SVGs are missing or out of date (event `build-finished`).

    Not a warning in Sphinx's sense: the page is complete without the picture,
    since the same content stands beside it as text.
    """
    if exception is None and (stale := stale_drawings(app)):
        names = ", ".join(sorted({svg_path(app, drawing).name for drawing in stale}))
        logger.info("note: diagrams are missing or out of date: %s. To draw them: make diagrams", names, color="yellow")


def stale_drawings(app: Sphinx) -> list[Drawing]:
    """Return the drawings whose committed SVG is missing or out of date."""
    domain = cast("DiagramDomain", app.env.get_domain("diagram"))
    return [
        drawing for placed in domain.drawings.values() for drawing, _ in placed if current_svg(app, drawing) is None
    ]


class HandWrittenDiagram(Mermaid):  # type: ignore[misc]  # no types
    """The stock directive, with a name and a title required and labels translatable."""

    # The stock directive would read any file that it names.
    optional_arguments = 0
    option_spec: ClassVar = {
        "name": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def run(self) -> list[Node]:
        page, fence = self.state_machine.get_source_and_line(self.lineno)
        # MyST counts the offset from the line of the fence.
        first = self.lineno + self.content_offset + 1
        name, alt = self.options.pop("name", ""), self.options.get("alt", "")
        for given, problem in (
            (_NAME.fullmatch(name), "needs a name in small letters and hyphens: add 'name: what-it-shows'"),
            (alt, "needs a title for readers who cannot see it: add 'alt: …'"),
        ):
            if not given:
                _warn(f"{page}:{fence}", "this diagram %s", problem)
                return []
        for number, line in enumerate(self.content, start=first):
            if refusal := click_refusal(line):
                _warn(f"{page}:{number}", "%s", refusal)
            if not line.lstrip().startswith("%%") and re.search(r"[^\x00-\x7f]", _LABEL.sub("", line)):
                _warn(f"{page}:{number}", "a label is not in quotes, so it cannot be translated: %s", line.strip())
        found = [_replace(node, labelled_diagram, self, name) for node in super().run()]
        for figure in found:
            for drawing in cast("list[nodes.Element]", list(figure.findall(labelled_diagram))):
                drawing["code_line"] = first
        return [*found]


def _warn(location: nodes.Element | str, message: str, *args: object) -> None:
    logger.warning(message, *args, location=location, type="handbook", subtype="bad-diagram")


def _replace(
    found: nodes.Element, kind: type[diagram], directive: Mermaid, name: str, description: str = ""
) -> nodes.Element:
    """Turn the stock node, bare or inside a figure, into one of ours."""
    stock = next(iter(found.findall(mermaid)), None)
    if stock is None:
        return found
    node = kind("", **stock.attributes)
    node["drawing"] = name
    node["description"] = description
    set_source_info(directive, node)
    if stock is found:
        return nodes.figure("", node, classes=["diagram"])
    stock.replace_self(node)
    found["classes"].append("diagram")
    return found


class GeneratedDiagram(RecordDirective, Mermaid):  # type: ignore[misc]  # no types
    """Base of the diagrams drawn from records."""

    has_content = False
    option_spec: ClassVar = {"caption": directives.unchanged_required}
    source: str

    def get_mm_code(self) -> str:
        """Hand the source to the stock directive."""
        return self.source

    def picture(self, name: str, title: str, source: str, description: str) -> list[Node]:
        """Return the figure; the caption is the writer's, or the title."""
        self.source = source
        self.options["alt"] = title
        own_caption = "caption" in self.options
        drawn = [_replace(node, diagram, self, name, description) for node in Mermaid.run(self)]
        if not own_caption:
            drawn[0] += nodes.caption("", title, translatable=False)
        return [*drawn]
