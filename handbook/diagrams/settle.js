// Runs in the page in which Mermaid has drawn: turns the drawing into plain shapes and text, each with its own colours
// and place. Called with the SVG element and {kinds, eras, colours, size}; returns {svg, problems}.
(svg, {kinds, eras, colours, size}) => {
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
    const dashed = stroke && dashes.length && !style.strokeDasharray.startsWith("0");
    return {fill: fill ?? "none", stroke, "stroke-width": stroke && width, "stroke-dasharray": dashed ? dashes.join(" ") : null};
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
      const spaced = next && narrow.test(runs.at(-1).text.at(-1)) && narrow.test(next.runs[0].text.trimStart()[0] ?? " ");
      if (spaced) shift = {middle: 0.112, end: 0.224}[anchor] * fontSize || 0;
      const content = runs.map(({text, bold, italic}) => bold || italic
        ? make("tspan", {"font-weight": bold ? "bold" : null, "font-style": italic ? "italic" : null}, text) : text);
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
      const width = widest.length + 8, height = lines.length * ROW * fontSize + 4;
      titles.push(make("rect", {x: left + 6, y: top + 5, width, height, fill: colours["group-fill"]}),
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
    const points = [...path.matchAll(/[MLC]([^MLCZ]*)/g)].map(([, ends]) => ends.trim().split(/[\s,]+/).map(Number).slice(-2));
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
  const settleShape = (shape, rounded) => {
    const name = shape.localName, colour = paints(shape);
    if (isOutline(shape)) {
      if (shape.getAttribute("fill") === "none") return [];
      const outline = make("polygon", {points: polygon(shape.getAttribute("d"))});
      shape.replaceWith(outline);
      return settleShape(outline, rounded);
    }
    if (colour.fill === "none" && !colour.stroke) return [];
    const m = matrix(shape), b = shape.getBBox();
    if (!b.width && !b.height) return [];
    const moved = [m.a - 1, m.b, m.c, m.d - 1].every(difference => Math.abs(difference) < 1e-3);
    const attributes = {};
    for (const key of GEOMETRY[name]) {
      const value = shape.getAttribute(key);
      if (value === null || (key === "rx" || key === "ry") && parseFloat(value) === 0) continue;
      if (key === "d") { attributes.d = numbers(value); continue; }
      if (key === "points") {
        const [right, down] = moved ? [m.e, m.f] : [0, 0];
        attributes.points = [...value.matchAll(/([-\d.e]+)[\s,]+([-\d.e]+)/g)]
          .map(([, x, y]) => `${round(Number(x) + right)},${round(Number(y) + down)}`).join(" ");
        continue;
      }
      attributes[key] = parseFloat(value) + (moved && ACROSS.includes(key) ? m.e : 0) + (moved && DOWN.includes(key) ? m.f : 0);
    }
    if (name === "rect" && rounded && !attributes.rx) attributes.rx = 4;
    if (moved && attributes.d && (m.e || m.f)) attributes.transform = `translate(${round(m.e)} ${round(m.f)})`;
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
      return settleShape(element, frame?.node || frame?.group);
    }
    if (name === "foreignObject" || name === "image" || name === "use") {
      problems.push(`it needs <${name}>, which a drawing in this book cannot hold`);
      return [];
    }
    const classes = [...element.classList];
    let inner = frame;
    if (classes.includes("edgeLabel")) inner = {label: true};
    if (classes.includes("cluster")) {
      const rect = element.querySelector("rect"), b = rect?.getBBox(), m = rect && matrix(rect);
      if (rect) inner = {group: {left: b.x + m.e, top: b.y + m.f}};
    }
    if (classes.includes("node")) {
      const shape = [...element.querySelectorAll(":is(rect, circle, ellipse, polygon, path)")].find(s => s.getBBox().width > 0);
      const b = shape?.getBBox(), m = shape && matrix(shape);
      inner = {node: true, middle: shape && new DOMPoint(b.x + b.width / 2, b.y + b.height / 2).matrixTransform(m).y};
      const ordinary = /^(node|default|clickable|flowchart-label|statediagram-[a-z]+|[a-z-]*shape)$/;
      for (const c of classes.filter(c => !ordinary.test(c) && !kinds.includes(c)))
        problems.push(`no colours for “class … ${c}”; the classes are ${kinds.join(", ")}`);
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
    const kept = classes.flatMap(c => c in CLASSES ? [CLASSES[c]] : inner?.node && kinds.includes(c) ? [c] : []);
    return kept.length ? [make("g", {class: [...new Set(kept)].join(" ")}, ...children)] : children;
  };

  // A timeline: periods on the left of a line, events on the right, each with a dot.  Only the words are Mermaid's.
  const settleTimeline = () => {
    const ROOM = 22, BETWEEN = 8, AFTER = 22, PITCH = 1.4;  // beside the line; between events; after a period; line height
    const items = [...svg.querySelectorAll(".timeline-node")].map(node => {
      const wrapper = node.parentElement.classList, number = /section-(-?\d+)/.exec(node.getAttribute("class"))[1];
      const kind = wrapper.contains("taskWrapper") ? "period" : wrapper.contains("eventWrapper") ? "event" : "era";
      return {kind, lines: rows(node.querySelector("text")), colour: eras[(Number(number) + 1) % eras.length]};
    });
    const longest = kind => Math.max(0, ...items.filter(i => i.kind === kind).flatMap(i => i.lines.map(line => line.length)));
    const axis = longest("period") + ROOM, right = axis + ROOM;
    const width = Math.max(right + longest("event"), longest("era") + 24);
    const lines = [], words = [], dots = [];
    const say = (item, x, y, anchor, fill) =>
      words.push(write(item.lines, {x, y: y + MIDDLE * size, anchor, fill, pitch: PITCH}));
    let y = 0, line = null;
    const title = svg.querySelector(":scope > text");
    if (title) {
      say({lines: rows(title)}, 0, y, "start", colours.text);
      y += 2.2 * size;
    }
    items.forEach((item, index) => {
      const before = items[index - 1], height = Math.max(1, item.lines.length) * PITCH * size;
      if (item.kind === "era") {
        if (before) y += AFTER;
        cover(0, y, width, y + height + 8);
        words.push(make("rect", {x: 0, y, width, height: height + 8, rx: 4, fill: item.colour}));
        say(item, 12, y + 4 + PITCH * size / 2, "start", colours["era-text"]);
        y += height + 8 + AFTER;
        line = null;
        return;
      }
      const first = item.kind === "event" && before.kind === "period";
      if (first) y = before.y;
      else if (item.kind === "event") y += BETWEEN;
      else if (before && before.kind !== "era") y += AFTER;
      if (!line) lines.push(line = {from: y});
      line.to = item.y = y;
      if (item.kind === "period") say(item, axis - ROOM, y, "end", item.colour);
      else say(item, right, y, "start", colours.text);
      if (!first) dots.push(make("circle", {cx: axis, cy: y, r: item.kind === "period" ? 4.5 : 2.5, fill: item.colour}));
      cover(axis - 5, y - 5, axis + 5, y + 5);
      item.bottom = Math.max(y + height, first ? before.bottom : 0);
      y = item.bottom;
    });
    const drawn = lines.filter(({from, to}) => to > from).map(({from, to}) =>
      make("line", {x1: axis, y1: from, x2: axis, y2: to, stroke: colours.line, "stroke-width": 1.2}));
    return [...drawn, ...words, ...dots];
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
