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

#: Count this up when Python code here or in `finish` changes drawings; settings and scripts count by themselves.
_REVISION: Final = 1

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

_SETTLE: Final = (Path(__file__).parent / "settle.js").read_text(encoding="utf-8")

_DRAW: Final = (Path(__file__).parent / "draw.js").read_text(encoding="utf-8")

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
    settings = json.dumps([_REVISION, _CONFIG, _SETTLE, _DRAW, _PAGE, sorted(LIGHT.items())], sort_keys=True)
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
            "options": {
                "kinds": KINDS,
                "eras": [LIGHT[era] for era in ERAS],
                "colours": dict(LIGHT),
                "size": FONT_SIZE,
            },
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
