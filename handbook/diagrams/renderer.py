"""Draw Mermaid sources as SVG, all in one run of Chromium.

::

    for rendering in render(drawings, mermaid_js=Path("node_modules/mermaid/dist/mermaid.min.js"), chromium="/usr/bin/chromium"):
        if rendering.error:
            print(rendering.error)
        else:
            text = svg.finish(rendering.svg, rendering.drawing, fingerprint=…)

Mermaid lays a diagram out; the page's own script (``_SETTLE``) then writes what can be seen as a plain drawing: shapes, lines and
text, each with its colours as attributes and its place as numbers.  Mermaid's style sheet, its unused markers and its invisible
boxes stay behind.  So nothing can leak into a page, and every viewer that knows shapes and text draws the same picture.

Only drawing needs Playwright, Chromium and Mermaid.  Importing this module, and computing fingerprints, does not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .palette import ERAS, KINDS, LIGHT

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

__all__ = [
    "MERMAID_VERSION",
    "RENDERER_VERSION",
    "Drawing",
    "DrawingError",
    "MermaidSyntaxError",
    "RendererUnavailable",
    "Rendering",
    "render",
]

MERMAID_VERSION: Final = "12.3.0"
"""The Mermaid that draws; a test compares it with the installed one."""

FONT_FAMILY: Final = "Noto Sans CJK JP"
FONT_SIZE: Final = 16

_FONT: Final = ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf")
_ORIGIN: Final = "http://diagrams.invalid/"
_FLAGS: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --font-render-hinting=none --force-color-profile=srgb"
).split()


# -- what goes in and what comes out ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawing:
    """One diagram in one language.

    ``name`` becomes the file name and the beginning of every id: lower case letters, digits and hyphens.  ``title`` and
    ``description`` are what a screen reader says; they are written in ``language``, as the labels in ``source`` are.
    """

    name: str
    language: str
    source: str
    title: str
    description: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", self.name):
            raise ValueError(f"{self.name!r} cannot name a drawing: use lower case letters, digits and single hyphens (kebab-case)")
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", self.language):
            raise ValueError(f"{self.language!r} is not a language tag such as ja or en")


class RendererUnavailable(RuntimeError):
    """Something that drawing needs is not installed; the message says what to do."""


class DrawingError(ValueError):
    """A source that cannot be drawn.  ``line`` counts from 1 within the source, or is None where it is not known."""

    def __init__(self, drawing: Drawing, message: str, line: int | None = None) -> None:
        self.drawing = drawing
        self.message = message
        self.line = line
        where = drawing.name if line is None else f"{drawing.name}, line {line}"
        super().__init__(f"{where}: {message}")


class MermaidSyntaxError(DrawingError):
    """Mermaid could not read the source; ``message`` is Mermaid's own."""


@dataclass(frozen=True)
class Rendering:
    """The result for one drawing: ``svg`` to be finished by :func:`handbook.diagrams.svg.finish`, or ``error``."""

    drawing: Drawing
    svg: str = ""
    error: DrawingError | None = None


# -- how it is drawn ----------------------------------------------------------------------------------------------------------


def _theme_css() -> str:
    """Return the style rules that give boxes, lines and eras the colours of the palette."""
    shapes = ":is(rect, circle, ellipse, polygon, path)"
    rules = [
        f".node > {shapes}, .node > g > {shapes} {{ fill: {LIGHT['plain-fill']} !important;"
        f" stroke: {LIGHT['plain-stroke']} !important; stroke-width: 1.25px !important }}",
        f".node text, .label text {{ fill: {LIGHT['text']} !important }}",
        f".edgePaths path, .flowchart-link {{ stroke: {LIGHT['line']}; stroke-width: 1.25px }}",
        ".edge-thickness-thick { stroke-width: 2.5px !important }",
        f".marker, .marker * {{ fill: {LIGHT['line']} !important; stroke: {LIGHT['line']} !important }}",
        f".edgeLabel rect {{ fill: {LIGHT['ground']} !important; opacity: 1 !important }}",
        f".edgeLabel text {{ fill: {LIGHT['edge-text']} !important; font-size: 14px }}",
        f".cluster rect {{ fill: {LIGHT['group-fill']} !important; stroke: {LIGHT['group-stroke']} !important;"
        " stroke-width: 1px !important }",
        f".cluster text {{ fill: {LIGHT['group-text']} !important; font-size: 14px }}",
        ".eventWrapper { filter: none }",
        f".lineWrapper line {{ stroke: {LIGHT['line']} !important; stroke-width: 1.25px }}",
        f"[id$=arrowhead] path {{ fill: {LIGHT['line']} }}",
    ]
    for kind in KINDS:
        rules.append(
            f".node.{kind} > {shapes}, .node.{kind} > g > {shapes} {{ fill: {LIGHT[f'{kind}-fill']} !important;"
            f" stroke: {LIGHT[f'{kind}-stroke']} !important{'; stroke-dasharray: 5 3' if kind == 'supports' else ''} }}"
        )
    for index in range(12):
        era = LIGHT[ERAS[index % len(ERAS)]]
        section = f".timeline-node.section-{index - 1}"
        rules += [
            f"{section} path {{ fill: {era} !important; stroke: {era} !important }}",
            f"{section} text {{ fill: {LIGHT['era-text']} !important }}",
            f".eventWrapper {section} path {{ fill: {LIGHT['plain-fill']} !important; stroke-width: 1.25px !important }}",
            f".eventWrapper {section} text {{ fill: {LIGHT['text']} !important }}",
        ]
    return "\n".join(rules)


_CONFIG: Final[dict[str, Any]] = {
    "startOnLoad": False,
    "suppressErrorRendering": True,
    "securityLevel": "strict",
    # What a source's own front matter may not change.
    "secure": [
        "secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering", "theme", "themeVariables",
        "themeCSS", "look", "fontFamily", "fontSize", "htmlLabels", "deterministicIds", "deterministicIDSeed", "handDrawnSeed",
        "dompurifyConfig",
    ],
    "deterministicIds": True,
    "deterministicIDSeed": "handbook",
    "handDrawnSeed": 1,
    "look": "classic",
    "theme": "base",
    "fontFamily": FONT_FAMILY,
    "fontSize": FONT_SIZE,
    "htmlLabels": False,
    "flowchart": {
        "htmlLabels": False,
        "curve": "linear",
        "wrappingWidth": 300,
        "padding": 16,
        "nodeSpacing": 28,
        "rankSpacing": 40,
        "diagramPadding": 0,
    },
    "timeline": {"disableMulticolor": True, "htmlLabels": False},
    "themeVariables": {
        "fontFamily": FONT_FAMILY,
        "fontSize": f"{FONT_SIZE}px",
        "background": LIGHT["ground"],
        "mainBkg": LIGHT["plain-fill"],
        "primaryColor": LIGHT["plain-fill"],
        "primaryBorderColor": LIGHT["plain-stroke"],
        "primaryTextColor": LIGHT["text"],
        "secondaryColor": LIGHT["members-fill"],
        "secondaryBorderColor": LIGHT["members-stroke"],
        "secondaryTextColor": LIGHT["text"],
        "tertiaryColor": LIGHT["supports-fill"],
        "tertiaryBorderColor": LIGHT["supports-stroke"],
        "tertiaryTextColor": LIGHT["text"],
        "textColor": LIGHT["text"],
        "nodeTextColor": LIGHT["text"],
        "titleColor": LIGHT["text"],
        "lineColor": LIGHT["line"],
        "edgeLabelBackground": LIGHT["ground"],
        "clusterBkg": LIGHT["group-fill"],
        "clusterBorder": LIGHT["group-stroke"],
        "noteBkgColor": LIGHT["runs-fill"],
        "noteBorderColor": LIGHT["runs-stroke"],
        "noteTextColor": LIGHT["text"],
        "actorBkg": LIGHT["members-fill"],
        "actorBorder": LIGHT["members-stroke"],
        "actorTextColor": LIGHT["text"],
        "actorLineColor": LIGHT["group-stroke"],
        "signalColor": LIGHT["line"],
        "signalTextColor": LIGHT["edge-text"],
        "useGradient": False,
        "dropShadow": "none",
    },
    "themeCSS": _theme_css(),
}

_SETTLE: Final = r"""
(svg, {era, colours, size}) => {
  const NS = "http://www.w3.org/2000/svg";
  const ROW = 1.35, MIDDLE = 0.37, WIDER = 1.12;  // line height; middle of the glyphs above the baseline; widest other font
  const round = value => String(Math.round(value * 10) / 10 + 0);
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes))
      if (value !== null && value !== "") element.setAttribute(key, typeof value === "number" ? round(value) : value);
    element.append(...children);
    return element;
  };

  // The part of the plane that is drawn on.
  const box = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
  const cover = (left, top, right, bottom) => {
    box.left = Math.min(box.left, left); box.right = Math.max(box.right, right);
    box.top = Math.min(box.top, top); box.bottom = Math.max(box.bottom, bottom);
  };
  const origin = svg.getScreenCTM().inverse();
  const matrix = element => origin.multiply(element.getScreenCTM());

  // Colours and strokes, as the style sheet left them.
  const hex = paint => {
    const rgb = paint.match(/^rgba?\(([^)]*)\)$/);
    if (!rgb) return paint === "none" ? null : paint;
    const [r, g, b, a] = rgb[1].split(/[\s,/]+/).map(Number);
    return a === 0 ? null : "#" + [r, g, b].map(n => Math.round(n).toString(16).padStart(2, "0")).join("");
  };
  const paints = element => {
    const style = getComputedStyle(element);
    const width = parseFloat(style.strokeWidth);
    const fill = hex(style.fill), stroke = width > 0 ? hex(style.stroke) : null;
    const dashes = style.strokeDasharray.split(/[\s,]+/).map(parseFloat).filter(n => n > 0);
    return {fill: fill ?? "none", stroke, "stroke-width": stroke && width,
            "stroke-dasharray": stroke && dashes.length && !style.strokeDasharray.startsWith("0") ? dashes.join(" ") : null};
  };
  const seen = element => {
    const style = getComputedStyle(element);
    return style.display !== "none" && style.visibility !== "hidden" && parseFloat(style.opacity) > 0;
  };

  // Text: its rows, what is in them, and how long they are with the font loaded here.
  const rows = text => {
    const spans = [...text.children].filter(child => child.localName === "tspan");
    return (spans.length ? spans : [text]).map(row => {
      const leaves = row.querySelectorAll("tspan").length ? [...row.children] : [row];
      const runs = [];
      for (const leaf of leaves) {
        const style = getComputedStyle(leaf);
        const bold = parseInt(style.fontWeight) >= 600, italic = style.fontStyle !== "normal";
        const last = runs.at(-1);
        if (last && last.bold === bold && last.italic === italic) last.text += leaf.textContent;
        else runs.push({text: leaf.textContent, bold, italic});
      }
      const empty = !row.textContent.trim();
      const length = empty ? 0 : row.getComputedTextLength();
      return {runs, empty, length, start: empty ? null : row.getStartPositionOfChar(0)};
    }).filter(row => !row.empty);
  };
  const narrow = /[\u0000-\u2fff]/;
  const write = (lines, {x, y, anchor, fill, fontSize = size, pitch = ROW}) => {
    const text = make("text", {fill, "text-anchor": anchor === "start" ? null : anchor,
                               "font-size": fontSize === size ? null : fontSize});
    if (lines.length === 1) { text.setAttribute("x", round(x)); text.setAttribute("y", round(y)); }
    lines.forEach((line, index) => {
      const runs = line.runs.map(run => ({...run}));
      runs[0].text = runs[0].text.trimStart(); runs.at(-1).text = runs.at(-1).text.trimEnd();
      const next = lines[index + 1];
      let shift = 0;
      // Words on two lines stay two words for a reader's ear, a search and a copy.
      if (next && narrow.test(runs.at(-1).text.at(-1)) && narrow.test(next.runs.map(r => r.text).join("").trim()[0])) {
        runs.at(-1).text += " ";
        shift = {middle: 0.112, end: 0.224}[anchor] * fontSize || 0;
      }
      const content = runs.map(run => run.bold || run.italic
        ? make("tspan", {"font-weight": run.bold ? "bold" : null, "font-style": run.italic ? "italic" : null}, run.text) : run.text);
      if (lines.length === 1) text.append(...content);
      else text.append(make("tspan", {x: x + shift, y: y + index * pitch * fontSize}, ...content));
      const half = line.length * WIDER;
      const left = anchor === "middle" ? x - half / 2 : anchor === "end" ? x - half : x;
      const top = y + index * pitch * fontSize - 0.88 * fontSize;
      cover(left, top, left + half, top + fontSize * 1.12);
    });
    return text;
  };
  const centred = (lines, x, middle, options) => {
    const fontSize = options.fontSize ?? size;
    const y = middle + MIDDLE * fontSize - (lines.length - 1) / 2 * ROW * fontSize;
    return write(lines, {...options, x, y, anchor: "middle"});
  };
  const settleText = (text, frame) => {
    const lines = rows(text);
    if (!lines.length) return [];
    const style = getComputedStyle(text), m = matrix(text);
    const fill = hex(style.fill), fontSize = parseFloat(style.fontSize), anchor = style.textAnchor;
    const widest = lines.reduce((a, b) => a.length > b.length ? a : b);
    const at = {start: 0, middle: widest.length / 2, end: widest.length}[anchor];
    const x = widest.start.x + at + m.e;
    const b = text.getBBox();
    const options = {fill, fontSize};
    if (frame?.label) {
      const width = widest.length * 1.08 + 10, height = lines.length * ROW * fontSize + 2;
      const middle = b.y + b.height / 2 + m.f;
      cover(x - width / 2, middle - height / 2, x + width / 2, middle + height / 2);
      return [make("rect", {x: x - width / 2, y: middle - height / 2, width, height, fill: colours.ground}),
              centred(lines, x, middle, options)];
    }
    if (frame && anchor === "middle") return [centred(lines, x, frame.middle ?? b.y + b.height / 2 + m.f, options)];
    return [write(lines, {...options, x, y: lines[0].start.y + m.f, anchor, pitch: ROW})];
  };

  // Shapes, with the numbers that place them.
  const GEOMETRY = {rect: ["x", "y", "width", "height", "rx", "ry"], circle: ["cx", "cy", "r"], ellipse: ["cx", "cy", "rx", "ry"],
                    line: ["x1", "y1", "x2", "y2"], polygon: ["points"], polyline: ["points"], path: ["d"]};
  const ACROSS = ["x", "cx", "x1", "x2"], DOWN = ["y", "cy", "y1", "y2"];
  const numbers = text => text.replace(/-?\d*\.?\d+(e-?\d+)?/g, number => round(Number(number)) + "").trim();
  const markers = new Map();
  const mark = value => {
    const id = value?.match(/#([^")]+)/)?.[1];
    const marker = id && svg.querySelector("#" + CSS.escape(id));
    if (!marker) return null;
    if (!markers.has(id)) markers.set(id, marker);
    return `url(#m${[...markers.keys()].indexOf(id) + 1})`;
  };
  const settleShape = (shape, node) => {
    const name = shape.localName, colour = paints(shape);
    if (colour.fill === "none" && !colour.stroke) return [];
    const m = matrix(shape), b = shape.getBBox();
    if (!b.width && !b.height) return [];
    const moved = m.a === 1 && m.b === 0 && m.c === 0 && m.d === 1;
    const attributes = {};
    for (const key of GEOMETRY[name]) {
      const value = shape.getAttribute(key);
      if (value === null || (key === "rx" || key === "ry") && parseFloat(value) === 0) continue;
      if (key === "d" || key === "points") { attributes[key] = numbers(value); continue; }
      attributes[key] = parseFloat(value) + (moved && ACROSS.includes(key) ? m.e : 0) + (moved && DOWN.includes(key) ? m.f : 0);
    }
    if (name === "rect" && node && !attributes.rx) attributes.rx = 4;
    if (moved && attributes.d === undefined && attributes.points === undefined) { /* placed by its own numbers */ }
    else if (moved && (m.e || m.f)) attributes.transform = `translate(${round(m.e)} ${round(m.f)})`;
    else if (!moved) attributes.transform = `matrix(${[m.a, m.b, m.c, m.d, m.e, m.f].map(n => Math.round(n * 1000) / 1000).join(" ")})`;
    const out = make(name, {...attributes, ...colour});
    for (const end of ["marker-start", "marker-end"]) {
      const reference = mark(shape.getAttribute(end));
      if (reference) out.setAttribute(end, reference);
    }
    const half = (colour["stroke-width"] || 0) / 2;
    const corners = [[b.x, b.y], [b.x + b.width, b.y], [b.x, b.y + b.height], [b.x + b.width, b.y + b.height]]
      .map(([x, y]) => new DOMPoint(x, y).matrixTransform(m));
    cover(Math.min(...corners.map(p => p.x)) - half, Math.min(...corners.map(p => p.y)) - half,
          Math.max(...corners.map(p => p.x)) + half, Math.max(...corners.map(p => p.y)) + half);
    return [out];
  };

  const problems = [];
  const CLASSES = {clusters: "groups", cluster: "group", edgePaths: "edges", edgeLabels: "edge-labels", edgeLabel: "edge-label",
                   nodes: "nodes", node: "node"};
  const settle = (element, frame) => {
    const name = element.localName;
    if (["style", "defs", "marker", "filter", "linearGradient", "title", "desc", "script"].includes(name) || !seen(element)) return [];
    if (name === "text") return settleText(element, frame);
    if (name in GEOMETRY) {
      if (frame?.label && element.classList.contains("background")) return [];
      return settleShape(element, frame?.node);
    }
    if (name === "foreignObject" || name === "image" || name === "use") {
      problems.push(`it needs <${name}>, which a drawing in this book cannot hold`);
      return [];
    }
    const classes = [...element.classList];
    let inner = frame;
    if (classes.includes("edgeLabel")) inner = {label: true};
    if (classes.includes("node")) {
      const shape = [...element.querySelectorAll(":is(rect, circle, ellipse, polygon, path)")].find(s => s.getBBox().width > 0);
      const b = shape?.getBBox(), m = shape && matrix(shape);
      inner = {node: true, middle: shape && new DOMPoint(b.x + b.width / 2, b.y + b.height / 2).matrixTransform(m).y};
      const unknown = classes.filter(c => !/^(node|default|clickable|flowchart-label|statediagram-[a-z]+|[a-z-]*shape)$/.test(c) && !colours[c + "-fill"]);
      for (const c of unknown) problems.push(
        `no colours for “class … ${c}”; the classes are ${Object.keys(colours).filter(k => k.endsWith("-fill") && k !== "group-fill")
          .map(k => k.slice(0, -5)).join(", ")}`);
    }
    const children = [...element.children].flatMap(child => settle(child, inner));
    if (!children.length) return [];
    if (name === "a") {
      const href = element.getAttribute("href") ?? element.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";
      if (!/^#[A-Za-z][\w.:-]*$/.test(href)) problems.push(`a link must name a record (“#record-id”), not “${href}”`);
      const link = make("a", {class: "diagram-link"}, ...children);
      link.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", href);
      return [link];
    }
    const kept = classes.flatMap(c => c in CLASSES ? [CLASSES[c]] : inner?.node && colours[c + "-fill"] ? [c] : []);
    return kept.length ? [make("g", {class: [...new Set(kept)].join(" ")}, ...children)] : children;
  };

  // A timeline written "timeline TD": periods on the left of a line, what happened on the right.
  const settleTimeline = () => {
    const ROOM = 22, BETWEEN = 8, AFTER = 22, PITCH = 1.4;
    const items = [...svg.querySelectorAll(".timeline-node")].map(node => {
      const wrapper = node.parentElement.classList;
      return {kind: wrapper.contains("taskWrapper") ? "period" : wrapper.contains("eventWrapper") ? "event" : "era",
              lines: rows(node.querySelector("text")),
              era: era[(Number([...node.classList].join(" ").match(/section-(-?\d+)/)[1]) + 1) % era.length]};
    });
    const longest = kind => Math.max(0, ...items.filter(i => i.kind === kind).flatMap(i => i.lines.map(l => l.length)));
    const axis = longest("period") * 1.06 + ROOM, right = axis + ROOM;
    const width = Math.max(right + longest("event") * 1.06, longest("era") * WIDER + 24);
    const out = [], dots = [];
    let y = 0, first = true, from = null, to = null;
    const title = svg.querySelector(":scope > text");
    if (title) { out.push(write(rows(title), {x: 0, y, anchor: "start", fill: colours.text})); y += 2.2 * size; }
    const line = () => { if (from !== null && to > from) out.unshift(make("line",
      {x1: axis, y1: from, x2: axis, y2: to, stroke: colours.line, "stroke-width": 1.25})); from = to = null; };
    let begun = false;
    items.forEach((item, index) => {
      const height = Math.max(1, item.lines.length) * PITCH * size;
      if (item.kind === "era") {
        line();
        if (!first) y += AFTER;
        const h = height + 8;
        cover(0, y, width, y + h);
        out.push(make("rect", {x: 0, y, width, height: h, rx: 4, fill: item.era}),
                 write(item.lines, {x: 12, y: y + h / 2 + MIDDLE * size - (item.lines.length - 1) / 2 * PITCH * size,
                                    anchor: "start", fill: colours["era-text"], pitch: PITCH}));
        y += h + AFTER; begun = false; first = false;
        return;
      }
      if (item.kind === "period") {
        if (begun) y += AFTER;
        begun = first = true; first = false;
        const dot = y;
        out.push(write(item.lines, {x: axis - ROOM, y: y + MIDDLE * size, anchor: "end", fill: item.era, pitch: PITCH}));
        dots.push(make("circle", {cx: axis, cy: dot, r: 4.5, fill: item.era}));
        from ??= dot; to = dot; item.bottom = y + height;
        if (items[index + 1]?.kind !== "event") y += height;
        item.fresh = true;
        return;
      }
      const fresh = items[index - 1].kind === "period";
      if (!fresh) {
        y += BETWEEN;
        dots.push(make("circle", {cx: axis, cy: y, r: 2.5, fill: item.era}));
        to = y;
      }
      out.push(write(item.lines, {x: right, y: y + MIDDLE * size, anchor: "start", fill: colours.text, pitch: PITCH}));
      y += height;
      if (fresh && items[index + 1]?.kind !== "event") y = Math.max(y, items[index - 1].bottom);
    });
    line();
    for (const dot of dots) cover(axis - 5, Number(dot.getAttribute("cy")) - 5, axis + 5, Number(dot.getAttribute("cy")) + 5);
    return [...out, ...dots];
  };
  const axisLine = [...svg.querySelectorAll(".lineWrapper > line")].find(l => l.getAttribute("stroke-width") === "4");
  const vertical = axisLine && axisLine.getAttribute("x1") === axisLine.getAttribute("x2");
  const timeline = svg.getAttribute("aria-roledescription") === "timeline";
  const content = timeline && vertical ? settleTimeline() : [...svg.children].flatMap(child => settle(child, timeline ? {} : null));
  if (!content.length) problems.push("there is nothing to see in it");

  const defs = [...markers].map(([id, marker], index) => make("marker", {
    id: `m${index + 1}`, ...Object.fromEntries(["viewBox", "refX", "refY", "markerUnits", "markerWidth", "markerHeight", "orient"]
      .map(key => [key, marker.getAttribute(key)])),
  }, ...[...marker.children].filter(c => c.localName in GEOMETRY).map(shape => make(shape.localName, {
    ...Object.fromEntries(GEOMETRY[shape.localName].map(key => [key, shape.getAttribute(key)])), ...paints(shape),
    "stroke-dasharray": null}))));
  const margin = 4, left = Math.floor(box.left - margin), top = Math.floor(box.top - margin);
  const drawn = make("svg", {viewBox: `${left} ${top} ${Math.ceil(box.right + margin) - left} ${Math.ceil(box.bottom + margin) - top}`,
                             role: "graphics-document document"}, ...(defs.length ? [make("defs", {}, ...defs)] : []), ...content);
  const known = new Set(Object.values(colours));
  const strange = new Set([...drawn.querySelectorAll("[fill], [stroke]")].flatMap(e => [e.getAttribute("fill"), e.getAttribute("stroke")])
    .filter(c => c && c !== "none" && !known.has(c)));
  if (strange.size) problems.push(`colours that are not in the palette (${[...strange].join(", ")}): they would not follow the dark mode`);
  return {svg: new XMLSerializer().serializeToString(drawn), problems: [...new Set(problems)]};
}
"""

_DRAW: Final = (
    r"""
async ({name, source, options}) => {
  const shelf = document.getElementById("shelf");
  try {
    const {svg} = await mermaid.render(name, source);
    shelf.innerHTML = svg;
    return settle(shelf.querySelector("svg"), options);
  } catch (error) {
    const hash = error?.hash;
    return {error: String(error?.message ?? error), line: hash?.loc?.first_line ?? (hash?.line === undefined ? null : hash.line + 1)};
  } finally {
    shelf.replaceChildren();
    document.querySelectorAll("body > :not(#shelf)").forEach(left => left.remove());
  }
}
"""
)

_PAGE: Final = f"""<!doctype html>
<meta charset="utf-8">
<style>@font-face {{ font-family: "{FONT_FAMILY}"; src: url("font.otf") }} body {{ margin: 0; font-family: "{FONT_FAMILY}" }}</style>
<body><div id="shelf"></div>
"""


def _renderer_version() -> str:
    """Return the version of Mermaid and of the settings: it changes by itself when anything above that shapes a drawing does."""
    settings = json.dumps([_CONFIG, _SETTLE, _DRAW, _PAGE, sorted(LIGHT.items())], sort_keys=True)
    return f"mermaid-{MERMAID_VERSION}+{hashlib.sha256(settings.encode()).hexdigest()[:12]}"


RENDERER_VERSION: Final = _renderer_version()
"""Goes into every fingerprint, so that a drawing made by other means is known to be stale."""


# -- drawing ------------------------------------------------------------------------------------------------------------------


def render(drawings: Iterable[Drawing], *, mermaid_js: Path, chromium: str) -> Iterator[Rendering]:
    """Draw one after another in a single Chromium, and yield each result as it is ready.

    A source that Mermaid cannot read gives a :class:`Rendering` with an ``error``, and the others are drawn all the same.

    :param mermaid_js: Mermaid's ``dist/mermaid.min.js``, version :data:`MERMAID_VERSION`.
    :param chromium: path of a Chromium or Chrome executable.
    :raises RendererUnavailable: when Chromium, Mermaid, Playwright or the font is missing; nothing has been drawn then.
    """
    waiting = list(drawings)
    _check_mermaid(mermaid_js)
    if not Path(chromium).is_file():
        raise RendererUnavailable(
            f"no Chromium at {chromium}: install it (Debian: apt-get install chromium) or name another one by its path"
        )
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError as missing:
        raise RendererUnavailable("Playwright is not installed: pip install -r requirements-dev.txt") from missing
    try:
        font = files(_FONT[0]).joinpath(_FONT[1]).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as missing:
        raise RendererUnavailable("the font of the diagrams is not installed: pip install -r requirements.txt") from missing
    if not waiting:
        return
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(_FLAGS))
        except Error as failure:
            raise RendererUnavailable(f"{chromium} does not start: {failure.message.splitlines()[0]}") from failure
        try:
            page = browser.new_page(device_scale_factor=1, locale="en", service_workers="block")
            _open(page, font, mermaid_js)
            for drawing in waiting:
                yield _draw(page, drawing)
        finally:
            browser.close()


def _check_mermaid(mermaid_js: Path) -> None:
    remedy = f"npm install mermaid@{MERMAID_VERSION}"
    if not mermaid_js.is_file():
        raise RendererUnavailable(f"no Mermaid at {mermaid_js}: {remedy}")
    package = mermaid_js.parent.parent / "package.json"
    if package.is_file():
        installed = json.loads(package.read_text(encoding="utf-8")).get("version")
        if installed != MERMAID_VERSION:
            raise RendererUnavailable(
                f"{mermaid_js} is Mermaid {installed}, the drawings are made with {MERMAID_VERSION}: {remedy}"
            )


def _open(page: Page, font: bytes, mermaid_js: Path) -> None:
    """Load the one page, its font and Mermaid, and let nothing else through."""

    def serve(route: Route) -> None:
        if route.request.url == _ORIGIN:
            route.fulfill(body=_PAGE, content_type="text/html")
        elif route.request.url == f"{_ORIGIN}font.otf":
            route.fulfill(body=font, content_type="font/otf")
        else:
            route.abort()

    page.route("**/*", serve)
    page.goto(_ORIGIN)
    page.add_script_tag(path=mermaid_js)
    page.add_script_tag(content=f"window.settle = {_SETTLE};")
    faces = page.evaluate(f"document.fonts.load('{FONT_SIZE}px \"{FONT_FAMILY}\"').then(faces => faces.length)")
    if faces != 1:
        raise RendererUnavailable(f"the font {_FONT[1]} could not be loaded into Chromium")
    page.evaluate("config => mermaid.initialize(config)", _CONFIG)


def _draw(page: Page, drawing: Drawing) -> Rendering:
    result: dict[str, Any] = page.evaluate(
        _DRAW,
        {
            "name": "drawing",
            "source": drawing.source,
            "options": {"era": [LIGHT[era] for era in ERAS], "colours": dict(LIGHT), "size": FONT_SIZE},
        },
    )
    if "error" in result:
        message = str(result["error"]).strip()
        line = _line(message, result["line"], drawing.source)
        if line is not None:
            message = re.sub(r"\bon line \d+", f"on line {line}", message)
        return Rendering(drawing, error=MermaidSyntaxError(drawing, message, line))
    if result["problems"]:
        return Rendering(drawing, error=DrawingError(drawing, "; ".join(result["problems"])))
    return Rendering(drawing, svg=result["svg"])


def _line(message: str, told: int | None, source: str) -> int | None:
    """Return the line of the source that Mermaid complains about; Mermaid counts without front matter and comments."""
    found = re.search(r"\bon line (\d+)", message)
    line = int(found.group(1)) if found else told
    if line is None:
        return None
    kept = _lines_read(source)
    return kept[max(0, min(line, len(kept)) - 1)] if kept else None


def _lines_read(source: str) -> list[int]:
    """Return, for each line that reaches Mermaid's parser, its number in the source.

    Mermaid takes away the front matter, then ``%%{directives}%%``, then comments with the blank lines before them.
    """
    text = "".join(line + "\n" for line in source.splitlines())
    numbered = [(character, number) for number, line in enumerate(text.splitlines(True), 1) for character in line]
    for pattern in (r"\A\s*---[ \t]*\n.*?^\s*---[ \t]*\n", r"%%\{.*?\}%%", r"^\s*%%(?!\{)[^\n]+\n?", r"\A\s+"):
        plain = "".join(character for character, _ in numbered)
        for found in reversed(list(re.finditer(pattern, plain, re.MULTILINE | re.DOTALL))):
            del numbered[found.start() : found.end()]
    lines = []
    begins = True
    for character, number in numbered:
        if begins:
            lines.append(number)
        begins = character == "\n"
    return lines
