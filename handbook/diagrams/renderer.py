"""Draw Mermaid sources as SVG, all in one run of Chromium.

    for rendering in render(drawings, mermaid_js=Path("node_modules/mermaid/dist/mermaid.min.js"), chromium=path):
        if rendering.error is None:
            text = finish(rendering.svg, rendering.drawing, fingerprint=...)    # handbook.diagrams.svg

Mermaid reads the source and lays the boxes out; a script of ours (`_SETTLE`) then writes what is to be seen as plain
shapes and text, each with its colours and its place. Mermaid's style sheet and whatever cannot be seen stay behind, so
nothing leaks into a page and a browser and Typst draw the same picture.

In a flowchart, `class council,board decides` gives boxes the colours of a kind (`handbook.diagrams.palette.KINDS`), and
`click council href "#council"` makes a box a link to a record. A timeline always runs downwards, periods on the left
and events on the right, so that it can be read on a phone; `section` begins an era with a colour of its own.

Only `render` needs Playwright, Chromium, Mermaid and the font.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handbook.diagrams.palette import ERAS, KINDS, LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Page, Route

__all__ = [
    "MERMAID_VERSION",
    "RENDERER_VERSION",
    "Drawing",
    "DrawingError",
    "MermaidSyntaxError",
    "RendererUnavailableError",
    "Rendering",
    "render",
]

#: The Mermaid that draws; a test compares it with the installed one.
MERMAID_VERSION: Final = "12.3.0"

FONT_FAMILY: Final = "Noto Sans CJK JP"
FONT_SIZE: Final = 16
#: The size of what is written on lines and frames.
SMALLEST_FONT_SIZE: Final = 14

_FONT: Final = ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf")
_ORIGIN: Final = "http://diagrams.invalid/"
_FLAGS: Final = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Letters are measured and placed in fractions of a pixel, and colours are read back as they were written.
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]


# -- what goes in and what comes out ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawing:
    """One diagram in one language.

    `name` becomes part of every id: lower case letters, digits and hyphens. `title` and `description` are what a screen
    reader says; they are in `language`, as the labels in `source` are.
    """

    name: str
    language: str
    source: str
    title: str
    description: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.name):
            raise ValueError(
                f"{self.name!r} cannot name a drawing: use lower case letters, digits and single hyphens (kebab-case)"
            )
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", self.language):
            raise ValueError(f"{self.language!r} is not a language tag such as ja or en")


class RendererUnavailableError(RuntimeError):
    """Something that drawing needs is not installed; the message says what to do."""


class DrawingError(ValueError):
    """A source that cannot be drawn. `line` counts from 1 within the source, or is None where it is not known."""

    def __init__(self, drawing: Drawing, message: str, line: int | None = None) -> None:
        self.drawing = drawing
        self.message = message
        self.line = line
        where = drawing.name if line is None else f"{drawing.name}, line {line}"
        super().__init__(f"{where}: {message}")


class MermaidSyntaxError(DrawingError):
    """Mermaid could not read the source; `message` is Mermaid's own."""


@dataclass(frozen=True)
class Rendering:
    """The result for one drawing: `svg`, to be finished by `handbook.diagrams.svg.finish`, or `error`."""

    drawing: Drawing
    svg: str = ""
    error: DrawingError | None = None


# -- how it is drawn --------------------------------------------------------------------------------------------------


def _theme_css() -> str:
    """Return the style rules that give boxes, lines and frames the colours of the palette."""
    shapes = ":is(rect, circle, ellipse, polygon, path)"
    rules = [
        f".node > {shapes}, .node > g > {shapes} {{ fill: {LIGHT['plain-fill']} !important;"
        f" stroke: {LIGHT['plain-stroke']} !important; stroke-width: 1.2px !important }}",
        f".node text, .label text {{ fill: {LIGHT['text']} !important }}",
        f".flowchart-link {{ stroke: {LIGHT['line']}; stroke-width: 1.2px }}",
        ".edge-thickness-thick { stroke-width: 2.4px !important }",
        f".marker, .marker * {{ fill: {LIGHT['line']} !important; stroke: {LIGHT['line']} !important }}",
        f".edgeLabel text {{ fill: {LIGHT['edge-text']} !important; font-size: {SMALLEST_FONT_SIZE}px }}",
        f".cluster rect {{ fill: {LIGHT['group-fill']} !important; stroke: {LIGHT['group-stroke']} !important;"
        " stroke-width: 1px !important }",
        f".cluster text {{ fill: {LIGHT['group-text']} !important; font-size: {SMALLEST_FONT_SIZE}px }}",
    ]
    for kind in KINDS:
        dashes = "; stroke-dasharray: 5 3" if kind == "supports" else ""
        rules.append(
            f".node.{kind} > {shapes}, .node.{kind} > g > {shapes} {{ fill: {LIGHT[f'{kind}-fill']} !important;"
            f" stroke: {LIGHT[f'{kind}-stroke']} !important{dashes} }}"
        )
    return "\n".join(rules)


_CONFIG: Final[dict[str, Any]] = {
    "startOnLoad": False,
    "suppressErrorRendering": True,
    "securityLevel": "strict",
    # What a source's own front matter may not change.
    "secure": [
        "secure",
        "securityLevel",
        "startOnLoad",
        "maxTextSize",
        "maxEdges",
        "suppressErrorRendering",
        "theme",
        "themeVariables",
        "themeCSS",
        "look",
        "fontFamily",
        "fontSize",
        "htmlLabels",
        "deterministicIds",
        "deterministicIDSeed",
        "handDrawnSeed",
        "dompurifyConfig",
    ],
    "deterministicIds": True,
    "deterministicIDSeed": "handbook",
    "handDrawnSeed": 1,
    # ELK, Mermaid's default, makes drawings half as tall again and puts the first box last where lines go round.
    "layout": "dagre",
    "look": "classic",
    "theme": "base",
    "fontFamily": FONT_FAMILY,
    "fontSize": FONT_SIZE,
    "htmlLabels": False,
    "flowchart": {
        "htmlLabels": False,
        "curve": "rounded",
        "wrappingWidth": 300,
        "padding": 12,
        "minNodeWidth": 64,
        "nodeSpacing": 24,
        "rankSpacing": 32,
        "subGraphTitleMargin": {"top": 2, "bottom": 16},
    },
    "timeline": {"disableMulticolor": True},
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
  const ROW = 1.35, MIDDLE = 0.37;  // line height; how far the middle of the glyphs is above the baseline
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
        const words = leaf.textContent.replace(/\s+/g, " ");
        if (last && last.bold === bold && last.italic === italic) last.text += words;
        else runs.push({text: words, bold, italic});
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
      // Words on two lines stay two words for a reader's ear, a search and a copy: a space follows, and shifts its line.
      const spaced = next && narrow.test(runs.at(-1).text.at(-1)) && narrow.test(next.runs.map(r => r.text).join("").trim()[0]);
      if (spaced) shift = {middle: 0.112, end: 0.224}[anchor] * fontSize || 0;
      const content = runs.map(run => run.bold || run.italic
        ? make("tspan", {"font-weight": run.bold ? "bold" : null, "font-style": run.italic ? "italic" : null}, run.text) : run.text);
      if (lines.length === 1) text.append(...content);
      else text.append(make("tspan", {x: x + shift, y: y + index * pitch * fontSize}, ...content), spaced ? " " : "");
      const left = x - line.length * {start: 0, middle: 0.5, end: 1}[anchor];
      const top = y + index * pitch * fontSize - 0.88 * fontSize;
      cover(left, top, left + line.length, top + fontSize * 1.12);
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
      const width = widest.length + 10, height = lines.length * ROW * fontSize + 2;
      const middle = b.y + b.height / 2 + m.f;
      cover(x - width / 2, middle - height / 2, x + width / 2, middle + height / 2);
      return [make("rect", {x: x - width / 2, y: middle - height / 2, width, height, fill: colours.ground}),
              centred(lines, x, middle, options)];
    }
    if (frame?.group) {
      const {left, top} = frame.group;
      titles.push(make("rect", {x: left + 6, y: top + 5, width: widest.length + 8, height: lines.length * ROW * fontSize + 4,
                                fill: colours["group-fill"]}),
                  write(lines, {...options, x: left + 10, y: top + 6 + fontSize, anchor: "start"}));
      return [];
    }
    if (frame && anchor === "middle") {
      // In the middle of the shape, where Mermaid meant it to be (it comes out 5 pixels too high), or else in a place
      // that Mermaid chose, as below the lid of a cylinder.
      const own = b.y + b.height / 2 + m.f, middle = frame.middle ?? own;
      return [centred(lines, x, Math.abs(own + 5 - middle) > 6 ? own : middle, options)];
    }
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
  // Mermaid draws some shapes as two paths of hundreds of tiny curves, one to fill and one to stroke: a polygon will do.
  const isOutline = shape => shape.localName === "path" && shape.parentElement.classList.contains("outer-path")
    && !/[aqhv]/i.test(shape.getAttribute("d"));
  const polygon = path => {
    const points = [...path.matchAll(/([MLC])([^MLCZ]*)/g)].map(([, , numbers]) => numbers.trim().split(/[\s,]+/).map(Number).slice(-2));
    const thin = (from, to) => {
      const [[x1, y1], [x2, y2]] = [points[from], points[to]], long = Math.hypot(x2 - x1, y2 - y1);
      let far = 0, at = -1;
      for (let i = from + 1; i < to; i++) {
        const [x, y] = points[i];
        const off = long ? Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / long : Math.hypot(x - x1, y - y1);
        if (off > far) [far, at] = [off, i];
      }
      return far < 0.08 ? [points[from]] : [...thin(from, at), ...thin(at, to)];
    };
    return thin(0, points.length - 1).map(p => p.map(round).join(",")).join(" ");
  };
  const settleShape = (shape, node) => {
    const name = shape.localName, colour = paints(shape);
    if (isOutline(shape)) {
      if (shape.getAttribute("fill") === "none") return [];
      const outline = make("polygon", {points: polygon(shape.getAttribute("d"))});
      shape.replaceWith(outline);
      return settleShape(outline, node);
    }
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

  const problems = [], titles = [];  // the titles of frames go on top of the lines that enter the frames
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
    if (classes.includes("cluster")) {
      const frame = element.querySelector("rect"), b = frame?.getBBox(), m = frame && matrix(frame);
      if (frame) inner = {group: {left: b.x + m.e, top: b.y + m.f}};
    }
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
      if (!/^#[A-Za-z0-9][\w.:-]*$/.test(href)) problems.push(`a link must name a record (“#record-id”), not “${href}”`);
      const link = make("a", {class: "diagram-link"}, ...children);
      link.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", href);
      return [link];
    }
    const kept = classes.flatMap(c => c in CLASSES ? [CLASSES[c]] : inner?.node && colours[c + "-fill"] ? [c] : []);
    return kept.length ? [make("g", {class: [...new Set(kept)].join(" ")}, ...children)] : children;
  };

  // A timeline: periods on the left of a line, what happened on the right.  Only the words are Mermaid's.
  const settleTimeline = () => {
    const ROOM = 22, BETWEEN = 8, AFTER = 22, PITCH = 1.4;
    const items = [...svg.querySelectorAll(".timeline-node")].map(node => {
      const wrapper = node.parentElement.classList;
      return {kind: wrapper.contains("taskWrapper") ? "period" : wrapper.contains("eventWrapper") ? "event" : "era",
              lines: rows(node.querySelector("text")),
              era: era[(Number([...node.classList].join(" ").match(/section-(-?\d+)/)[1]) + 1) % era.length]};
    });
    const longest = kind => Math.max(0, ...items.filter(i => i.kind === kind).flatMap(i => i.lines.map(l => l.length)));
    const axis = longest("period") + ROOM, right = axis + ROOM;
    const width = Math.max(right + longest("event"), longest("era") + 24);
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
  const content = svg.getAttribute("aria-roledescription") === "timeline" ? settleTimeline()
    : [...svg.children].flatMap(child => settle(child, null));
  if (titles.length) content.push(make("g", {class: "group-titles"}, ...titles));
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

_DRAW: Final = r"""
async ({name, source, options}) => {
  const shelf = document.getElementById("shelf");
  try {
    const {svg} = await mermaid.render(name, source);
    shelf.innerHTML = svg;
    return settle(shelf.querySelector("svg"), options);
  } catch (error) {
    const hash = error?.hash;
    return {error: String(error?.message ?? error), syntax: hash !== undefined || error?.name === "UnknownDiagramError", line: hash?.loc?.first_line ?? (hash?.line === undefined ? null : hash.line + 1)};
  } finally {
    shelf.replaceChildren();
    document.querySelectorAll("body > :not(#shelf)").forEach(left => left.remove());
  }
}
"""

# A reader's typeface has Latin letters up to 12 % wider than the one measured here, so they are measured 12 % wider: then
# they find room in every box. Japanese characters are equally wide in all typefaces.
_PAGE: Final = f"""<!doctype html>
<meta charset="utf-8">
<style>
@font-face {{ font-family: "{FONT_FAMILY}"; src: url("font.otf") }}
@font-face {{ font-family: "{FONT_FAMILY}"; src: url("font.otf"); size-adjust: 112%; unicode-range: U+0-2FFF }}
body {{ margin: 0; font-family: "{FONT_FAMILY}" }}
</style>
<body><div id="shelf"></div>
"""


def _renderer_version() -> str:
    """Return the versions of Mermaid and of all settings above: when these change, so does it."""
    settings = json.dumps([_CONFIG, _SETTLE, _DRAW, _PAGE, sorted(LIGHT.items())], sort_keys=True)
    return f"mermaid-{MERMAID_VERSION}+{hashlib.sha256(settings.encode()).hexdigest()[:12]}"


#: Goes into every fingerprint, so that a drawing made by other means is known to be stale.
RENDERER_VERSION: Final = _renderer_version()


# -- drawing ----------------------------------------------------------------------------------------------------------


def render(drawings: Iterable[Drawing], *, mermaid_js: Path, chromium: str) -> Iterator[Rendering]:
    """Draw one after another in a single Chromium, and yield each result as it is ready.

    A source that cannot be drawn gives a `Rendering` with an `error`; the others are drawn all the same. `mermaid_js`
    is Mermaid's `dist/mermaid.min.js`, `chromium` the path of a Chromium, Chrome or Edge. Where one of these, or
    Playwright, or the font is missing, `RendererUnavailableError` says what to do before anything is drawn.
    """
    waiting = list(drawings)
    _check_mermaid(mermaid_js)
    if not Path(chromium).is_file():
        raise RendererUnavailableError(
            f"no Chromium at {chromium}: install it (Debian: apt-get install chromium) or name another one by its path"
        )
    if find_spec("playwright") is None:
        raise RendererUnavailableError("Playwright is not installed: pip install -r requirements-dev.txt")
    try:
        font = files(_FONT[0]).joinpath(_FONT[1]).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as missing:
        raise RendererUnavailableError(f"{_FONT[1]} is not installed: pip install -r requirements-dev.txt") from missing
    return _run(waiting, font, mermaid_js, chromium)


def _run(drawings: list[Drawing], font: bytes, mermaid_js: Path, chromium: str) -> Iterator[Rendering]:
    if not drawings:
        return
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=_FLAGS)
        except Error as failure:
            raise RendererUnavailableError(f"{chromium} does not start: {failure.message.splitlines()[0]}") from failure
        try:
            page = browser.new_page(device_scale_factor=1, locale="en", service_workers="block")
            _open(page, font, mermaid_js)
            for drawing in drawings:
                yield _draw(page, drawing)
        finally:
            browser.close()


def _check_mermaid(mermaid_js: Path) -> None:
    remedy = f"npm install mermaid@{MERMAID_VERSION}, or make diagrams"
    if not mermaid_js.is_file():
        raise RendererUnavailableError(f"no Mermaid at {mermaid_js}: {remedy}")
    package = mermaid_js.parent.parent / "package.json"
    if package.is_file():
        installed = json.loads(package.read_text(encoding="utf-8")).get("version")
        if installed != MERMAID_VERSION:
            raise RendererUnavailableError(
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
    faces = page.evaluate(f"document.fonts.load('{FONT_SIZE}px \"{FONT_FAMILY}\"', 'Aあ').then(faces => faces.length)")
    if faces != 2:
        raise RendererUnavailableError(f"the font {_FONT[1]} could not be loaded into Chromium")
    page.evaluate("config => mermaid.initialize(config)", _CONFIG)


def _draw(page: Page, drawing: Drawing) -> Rendering:
    result: dict[str, Any] = page.evaluate(
        _DRAW,
        {
            "name": "drawing",
            # Upright, Mermaid breaks English labels at 300 pixels instead of 150.
            "source": re.sub(
                r"^(\s*timeline)([ \t]+(LR|TD))?[ \t]*$", r"\1 TD", drawing.source, count=1, flags=re.MULTILINE
            ),
            "options": {"era": [LIGHT[era] for era in ERAS], "colours": dict(LIGHT), "size": FONT_SIZE},
        },
    )
    if "error" in result:
        message = str(result["error"]).strip()
        if not result["syntax"]:
            return Rendering(drawing, error=DrawingError(drawing, f"Mermaid failed: {message}"))
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

    Mermaid takes away the front matter, then `%%{directives}%%`, then comments with the blank lines before them.
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
