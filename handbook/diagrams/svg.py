"""SVG files of drawings: finish one to be committed, tell whether it is current, and put it into an HTML page.

    file.write_text(finish(rendering.svg, drawing, fingerprint=fingerprint(drawing, RENDERER_VERSION)))
    read_fingerprint(file) == fingerprint(drawing, RENDERER_VERSION)    # False: draw it again
    inline(file.read_text(), link=lambda record: urls.get(record))      # for the page

A file holds shapes and text, and nothing else: no style sheet, no script, nothing from elsewhere. Everything that comes
in goes through one list of allowed elements and attributes (`_ATTRIBUTES`), so a file that someone changed by hand can
do no harm in a page either.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from handbook.diagrams.palette import LIGHT, PREFIX, variable
from handbook.diagrams.renderer import FONT_FAMILY, FONT_SIZE, SMALLEST_FONT_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handbook.diagrams.renderer import Drawing

__all__ = ["READABLE", "entitle", "fingerprint", "finish", "inline", "read_fingerprint", "texts"]

#: The smallest text of a drawing is never shown smaller than this many CSS pixels, if the page's style sheet keeps to
#: the minimum width that `inline` names.
READABLE: Final = 11

#: How far the ground of a drawing in a book reaches beyond it.
_GROUND: Final = 12

_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"

_MARK: Final = "drawn by `make diagrams`; change the source, not this file. fingerprint: "

#: What XML cannot hold, and ends of lines that no typeface knows.
_UNSEEN: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufffe\\uffff]")

# -- what may be in a file --------------------------------------------------------------------------------------------

_NUMBER: Final = r"-?(\d+(\.\d+)?|\.\d+)"
_NUMBERS: Final = rf"{_NUMBER}([ ,]+{_NUMBER})*"
_NAME: Final = r"[A-Za-z][\w.-]*"
_RECORD: Final = re.compile(r"#([A-Za-z0-9][\w.:-]*)", re.ASCII)

_PLACE: Final = ["id", "class", "transform", "opacity"]
_PAINT: Final = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray"]
_LETTERS: Final = ["text-anchor", "font-size", "font-weight", "font-style"]
_SIZES: Final = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"]
_MARKER: Final = ["refX", "refY", "markerWidth", "markerHeight"]

#: Each allowed attribute, and what its whole value must look like.
_VALUES: Final[dict[str, str]] = {
    **dict.fromkeys([*_SIZES, *_MARKER, "stroke-width", "font-size", "opacity", "fill-opacity"], _NUMBER),
    **dict.fromkeys(["viewBox", "points", "stroke-dasharray"], _NUMBERS),
    "d": r"[MmLlHhVvCcSsQqTtAaZz\d\s,.eE+-]*",
    "transform": rf"(translate|matrix|rotate|scale)\({_NUMBERS}\)",
    **dict.fromkeys(["fill", "stroke"], r"#[0-9a-fA-F]{6}|none"),
    **dict.fromkeys(["marker-start", "marker-end"], rf"url\(#{_NAME}\)"),
    "markerUnits": "userSpaceOnUse|strokeWidth",
    "orient": rf"auto|auto-start-reverse|{_NUMBER}",
    "text-anchor": "start|middle|end",
    "font-weight": "normal|bold",
    "font-style": "normal|italic",
    "id": _NAME,
    "class": r"[a-z][a-z-]*( [a-z][a-z-]*)*",
}
_CHECKS: Final = {name: re.compile(value, re.ASCII) for name, value in _VALUES.items()}

#: Each allowed element and its attributes; links and the root are treated apart.
_ATTRIBUTES: Final[dict[str, list[str]]] = {
    "svg": ["id", "viewBox", "font-size"],
    "a": ["class"],
    "defs": [],
    "g": [*_PLACE, *_PAINT, *_LETTERS],
    "rect": ["x", "y", "width", "height", "rx", "ry", *_PLACE, *_PAINT],
    "circle": ["cx", "cy", "r", *_PLACE, *_PAINT],
    "ellipse": ["cx", "cy", "rx", "ry", *_PLACE, *_PAINT],
    "line": ["x1", "y1", "x2", "y2", "marker-start", "marker-end", *_PLACE, *_PAINT],
    "polygon": ["points", *_PLACE, *_PAINT],
    "polyline": ["points", "marker-start", "marker-end", *_PLACE, *_PAINT],
    "path": ["d", "marker-start", "marker-end", *_PLACE, *_PAINT],
    "text": ["x", "y", *_PLACE, *_PAINT, *_LETTERS],
    "tspan": ["x", "y", *_PAINT, *_LETTERS],
    "marker": ["id", "viewBox", "markerUnits", "orient", *_MARKER],
}


def _parse(text: str) -> Element:
    """Read the text of an SVG file; what could make the parser itself work for an attacker is refused."""
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise ValueError("an SVG with a document type or entities is not read")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as problem:
        raise ValueError(f"not a well-formed SVG: {problem}") from problem
    if root.tag != f"{_SVG}svg":
        raise ValueError(f"not an SVG: its outermost element is {root.tag}")
    return root


def _clean(element: Element, link: Callable[[str], str | None]) -> list[Element]:
    """Return a copy that holds only what is allowed, or several elements where a link goes and its content stays."""
    name = element.tag.removeprefix(_SVG)
    if name not in _ATTRIBUTES:
        return []
    copy = Element(name)
    for key in _ATTRIBUTES[name]:
        value = element.get(key, "").strip()
        if value and _CHECKS[key].fullmatch(value):
            copy.set(key, value)
    if name in ("text", "tspan"):
        copy.text = element.text
        for child, kept in zip(element, _spans(element, link), strict=True):
            kept.tail = child.tail
            copy.append(kept)
        return [copy]
    children = [kept for child in element if child.tag != f"{_SVG}svg" for kept in _clean(child, link)]
    if name == "a":
        target = _RECORD.fullmatch((element.get("href") or element.get(f"{_XLINK}href") or "").strip())
        resolved = link(target.group(1)) if target else None
        if resolved is None or urlsplit(resolved).scheme not in ("", "http", "https"):
            return children
        copy.set("href", resolved)
    copy.extend(children)
    return [copy]


def _spans(text: Element, link: Callable[[str], str | None]) -> Iterator[Element]:
    """Yield one clean `tspan` for each child of a text, so that no text after a child gets lost."""
    for child in text:
        kept = _clean(child, link) if child.tag == f"{_SVG}tspan" else []
        yield kept[0] if kept else Element("tspan")


# -- the file to be committed -----------------------------------------------------------------------------------------


def finish(raw_svg: str, drawing: Drawing, *, fingerprint: str) -> str:
    """Return the text of the file to be committed for `drawing`.

    `raw_svg` is what `handbook.diagrams.renderer.render` gave; `fingerprint` goes into the first line.
    """
    named = entitle(
        raw_svg,
        name=drawing.name,
        title=drawing.title,
        description=drawing.description,
        language=drawing.language,
        role="graphics-document document",
    )
    return f"<!-- {_MARK}{fingerprint} -->\n{named}"


def entitle(raw_svg: str, *, name: str, title: str, description: str, language: str, role: str) -> str:
    """Return a drawing as an SVG that stands by itself: cleaned, its ids beginning with `name`, its title for all to hear.

    `role` is `img` for a picture as a whole, `graphics-document document` where its parts can be walked through.
    """
    (svg,) = _clean(_parse(raw_svg), lambda record: f"#{record}")
    if "viewBox" not in svg.attrib:
        raise ValueError(f"{name}: an SVG without a viewBox has no size")
    name = f"diagram-{name}"
    _rename(svg, lambda identifier: f"{name}-{identifier}")
    _hoist(svg)
    width, height = svg.get("viewBox", "").split()[2:]
    _use_xlinks(svg)
    labels, aria = _labels(name, title, description)
    svg.attrib = {
        "xmlns": _SVG.strip("{}"),
        "xmlns:xlink": _XLINK.strip("{}"),
        "id": name,
        "viewBox": svg.get("viewBox", ""),
        "data-width": width,
        "data-height": height,
        "role": role,
        **aria,
        "lang": language,
        "xml:lang": language,
        "xml:space": "preserve",
        "font-family": f"{FONT_FAMILY}, sans-serif",
        "font-size": str(FONT_SIZE),
    }
    svg[:] = [*labels, *svg]
    return _write(svg)


def _labels(identifier: str, title: str, description: str) -> tuple[list[Element], dict[str, str]]:
    """Return what a screen reader says of a drawing: the elements, and the attributes that refer to them."""
    labels, aria = [], {}
    for tag, attribute, text in (("title", "aria-labelledby", title), ("desc", "aria-describedby", description)):
        if text:
            label = Element(tag, {"id": f"{identifier}-{tag}"})
            label.text = text
            labels.append(label)
            aria[attribute] = f"{identifier}-{tag}"
    return labels, aria


def _use_xlinks(svg: Element) -> None:
    """Write links as SVG 1.1 does, which is what e-readers and viewers of pictures know."""
    for link in svg.iter("a"):
        link.set("xlink:href", link.attrib.pop("href"))


def texts(svg_text: str) -> list[str]:
    """Return what is written in a drawing, piece by piece."""
    return ["".join(text.itertext()) for text in _parse(svg_text).iter(f"{_SVG}text")]


def _rename(svg: Element, rename: Callable[[str], str]) -> None:
    """Rename ids and what refers to them; a reference to nothing goes."""
    known = {identifier for element in svg.iter() if (identifier := element.get("id"))}
    for element in svg.iter():
        if identifier := element.get("id"):
            element.set("id", rename(identifier))
        for key in ("marker-start", "marker-end"):
            reference = element.get(key, "")[5:-1]
            if reference in known:
                element.set(key, f"url(#{rename(reference)})")
            elif reference:
                del element.attrib[key]


def _hoist(element: Element) -> None:
    """Write what all children of a group have in common once, on the group."""
    for child in element:
        _hoist(child)
    if element.tag not in ("g", "a") or len(element) < 2:
        return
    for key in ("fill", "stroke", "stroke-width", "text-anchor", "font-size", "marker-end"):
        values = {child.get(key) for child in element}
        if len(values) == 1 and None not in values and key in _ATTRIBUTES[element.tag]:
            element.set(key, values.pop() or "")
            for child in element:
                del child.attrib[key]


def _write(element: Element) -> str:
    """Return the XML, one element a line, and texts in one piece."""
    start = _start(element)
    if element.tag in ("text", "title", "desc"):
        return f"{start}>{_inside(element)}</{element.tag}>\n"
    if not len(element):
        return f"{start}/>\n"
    return f"{start}>\n{''.join(map(_write, element))}</{element.tag}>\n"


def _start(element: Element) -> str:
    return f"<{element.tag}" + "".join(f' {key}="{_escape(value)}"' for key, value in element.items())


def _inside(element: Element) -> str:
    """Return the content of a text, with its parts."""
    parts = [_escape(element.text or "")]
    for child in element:
        parts.append(f"{_start(child)}>{_inside(child)}</{child.tag}>{_escape(child.tail or '')}")
    return "".join(parts)


def _escape(text: str) -> str:
    text = _UNSEEN.sub(" ", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


# -- whether a file is current ----------------------------------------------------------------------------------------


def fingerprint(drawing: Drawing, renderer_version: str) -> str:
    """Return the hash of everything that shapes the file of `drawing`; needs neither Mermaid nor a browser."""
    parts = [drawing.source, drawing.title, drawing.description, drawing.language, renderer_version]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def read_fingerprint(path: Path) -> str | None:
    """Return the fingerprint in a committed file, or None where there is no such file or no fingerprint in it."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            found = re.match(rf"<!-- {re.escape(_MARK)}([0-9a-f]{{64}}) -->", file.readline())
    except FileNotFoundError:
        return None
    return found.group(1) if found else None


# -- in a page --------------------------------------------------------------------------------------------------------


def inline(svg_text: str, *, link: Callable[[str], str | None], id_suffix: str = "", book: bool = False) -> str:
    """Return a committed SVG as an element for an HTML page, or for a page of a `book`.

    Colours become the variables of `handbook.diagrams.palette`, and text takes the page's typeface. A box that names a
    record becomes a link to what `link` returns for the record's id, or no link where that is None. `id_suffix` keeps
    ids apart where a page shows a drawing twice.

    The element has the class `diagram`, its size in the attributes `width` and `height`, and for the style sheet
    `--diagram-width` and `--diagram-min-width`: narrower than that, its smallest text is below `READABLE`.

    E-readers know neither variables nor SVG 2, and have dark pages of their own. In a book colours stay as drawn, on a
    ground that the drawing brings along; so does its typeface, and links are XLinks. Such an element is a complete SVG
    file, too.
    """
    root = _parse(svg_text)
    (svg,) = _clean(root, link)
    _rename(svg, lambda identifier: identifier + id_suffix)
    if not book:
        _use_variables(svg)
    box = _view_box(svg)
    if len(box) != 4 or not all(side > 0 for side in box[2:]):
        raise ValueError("an SVG without a viewBox has no size")
    width, height = (round(side) for side in box[2:])
    identifier = svg.get("id", f"diagram{id_suffix}")
    labels, aria = _labels(identifier, *(root.findtext(f"{_SVG}{tag}", "") for tag in ("title", "desc")))
    language = root.get("lang", "")
    svg.attrib = {
        "xmlns": _SVG.strip("{}"),
        "class": "diagram",
        "id": identifier,
        "viewBox": svg.get("viewBox", ""),
        "width": str(width),
        "height": str(height),
        "style": f"{PREFIX}width:{width}px;{PREFIX}min-width:{width * READABLE // SMALLEST_FONT_SIZE}px",
        "role": "img" if root.get("role") == "img" else "graphics-document document",
        **aria,
        **({"lang": language} if re.fullmatch(r"[A-Za-z]+(-[A-Za-z0-9]+)*", language) else {}),
        "font-size": svg.get("font-size", str(FONT_SIZE)),
    }
    if book:
        _settle(svg)
    svg[:] = [*labels, *svg]
    return _write(svg)


def _view_box(svg: Element) -> list[float]:
    """Return left, top, width and height of a drawing; other numbers, or none, if it is no good."""
    return [float(number) for number in svg.get("viewBox", "").replace(",", " ").split()]


def _use_variables(svg: Element) -> None:
    """Make the colours follow the page."""
    for element in svg.iter():
        for key in ("fill", "stroke"):
            if replaced := variable(element.get(key, "")):
                element.set(key, replaced)


def _settle(svg: Element) -> None:
    """Make the drawing independent of the page: a ground of its own, with a margin, and nothing the page must know."""
    left, top, width, height = _view_box(svg)
    place = [left - _GROUND, top - _GROUND, width + 2 * _GROUND, height + 2 * _GROUND]
    sizes = dict(zip(("x", "y", "width", "height"), (f"{number:g}" for number in place), strict=True))
    svg.insert(0, Element("rect", {**sizes, "fill": LIGHT["ground"]}))
    svg.set("viewBox", " ".join(sizes.values()))
    for side in ("width", "height"):
        svg.set(side, str(round(float(sizes[side]))))
    _use_xlinks(svg)
    del svg.attrib["style"]
    svg.set("xmlns:xlink", _XLINK.strip("{}"))
    svg.set("font-family", f"{FONT_FAMILY}, sans-serif")
    if language := svg.get("lang"):
        svg.set("xml:lang", language)
