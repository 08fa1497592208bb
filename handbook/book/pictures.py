"""The pictures of pages: what other places show beside a link to a page (Open Graph, https://ogp.me/).

They are drawn from the titles, by Typst and in the typefaces of the book, if it is known where the site will be
published: `og:image` must be a whole address. Each file says what it was made from, so only pictures whose words or
looks have changed are drawn again.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typst
from PIL import Image, ImageColor, PngImagePlugin
from sphinx.errors import SphinxError

from handbook.book.fonts import families, missing_typeface
from handbook.content.address import published
from handbook.content.editions import edition_of
from handbook.content.front_matter import front_matter
from handbook.diagrams.labels import break_label
from handbook.diagrams.palette import PAGE
from handbook.site.whole_files import write_whole
from handbook.translation.languages import is_full_width
from handbook.typst.fonts import gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

#: The folder of the pictures, beside the pages of a language.
FOLDER = "_pictures"
TEMPLATE = Path(__file__).with_name("pictures.typ")

#: In pixels, as those who show pictures beside links ask for them.
WIDTH, HEIGHT = 1200, 630
#: What the template leaves of the width for words.
_MEASURE = 1020
#: Sizes of a title, each with the lines there is room for; the first that the title fits into is taken.
_SIZES = ((92, 2), (76, 3), (60, 4))
#: The size of the subtitle, in the picture of the first page.
_SUBTITLE = 32
#: What is drawn on white; with five shades of each, a picture has sixteen colours, which makes a small file.
_INKS = {role: PAGE[role].light for role in ("accent", "ink", "quiet")}
_SHADES = 5
#: The note in a file that says what it was made from.
_MADE_FROM = "made-from"


class Picture(NamedTuple):
    """What a page says of its picture."""

    address: str
    width: int
    height: int
    alt: str


class PictureError(SphinxError):
    """What Typst says when it cannot draw."""

    category = "Typst cannot draw the pictures of pages"


def add_picture(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell the template of the page's picture (event `html-page-context`)."""
    if app.builder.name != "html" or pagename not in _pages(app):
        return
    alt = edition_of(app).translation.word("題名を記した画像：{title}").format(title=_title(app, pagename))
    context["picture"] = Picture(published(app, f"{FOLDER}/{pagename}.png"), WIDTH, HEIGHT, alt)


def draw_pictures(app: Sphinx, exception: Exception | None) -> None:
    """Draw what is missing or out of date, all in one go; remove what no page has (event `build-finished`)."""
    if exception or app.builder.name != "html":
        return
    folder, language = Path(app.outdir, FOLDER), edition_of(app).language
    wanted = {folder / f"{docname}.png": _words(app, docname) for docname in sorted(_pages(app))}
    if not wanted:
        shutil.rmtree(folder, ignore_errors=True)
    for file in folder.rglob("*.png"):
        if file not in wanted:
            file.unlink()
    looks = [version("typst"), version("pillow"), TEMPLATE.read_text(encoding="utf-8"), _INKS, language]
    states = {file: _digest([*looks, words]) for file, words in wanted.items()}
    stale = [file for file, state in states.items() if _made_from(file) != state]
    if not stale:
        return
    with tempfile.TemporaryDirectory() as fonts:
        gather(app.config.typst_fonts, Path(app.confdir), Path(fonts))
        drawn = _draw([wanted[file] for file in stale], language, Path(fonts))
    for file, png in zip(stale, drawn, strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, _small(png, states[file]))


def fit(title: str, language: str) -> tuple[int, list[str]]:
    """Return the largest size that a title fits into the picture with, and its lines, broken between phrases or words."""
    for size, room in _SIZES:
        lines = _lines(title, language, size)
        if len(lines) > 1:
            # What follows a colon explains what is before it.
            lines = _lines(re.sub(r"(?<=：)|(?<=: )", "<br>", title), language, size)
        if len(lines) <= room:
            break
    return size, lines


def _lines(text: str, language: str, size: int) -> list[str]:
    # Letters of East Asia are as wide as they are high; bold Latin ones are about half of that.
    letter = 1 if is_full_width(language) else 0.5
    return break_label(text, language, int(_MEASURE / size / letter)).split("<br>")


def _pages(app: Sphinx) -> set[str]:
    """Return the pages that have a picture."""
    drawable = app.config.handbook_base_url and not missing_typeface(app.config.language)
    return app.env.found_docs if drawable else set()


def _title(app: Sphinx, docname: str) -> str:
    return " ".join(app.env.titles[docname].astext().split())


def _words(app: Sphinx, docname: str) -> dict[str, Any]:
    """Return what the picture of a page says."""
    front, language = front_matter(app), edition_of(app).language
    size, title = fit(_title(app, docname), language)
    return {
        "part": _part(app, docname),
        "size": size,
        "title": title,
        # The title of the first page is the name already.
        "name": _lines(front.subtitle, language, _SUBTITLE) if docname == app.config.root_doc else [front.title],
        "note": front.independence,
    }


def _part(app: Sphinx, docname: str) -> str:
    """Return the title of the part that a page stands in; of those pages that open one, nothing."""
    parents = {child: parent for parent, children in app.env.toctree_includes.items() for child in children}
    above = []
    while (docname := parents.get(docname, "")) and docname not in above:
        above.append(docname)
    return _title(app, above[-2]) if len(above) > 1 else ""


def _draw(words: Sequence[dict[str, Any]], language: str, fonts: Path) -> list[bytes]:
    """Return a PNG for each of the pictures."""
    given = {
        "language": language.partition("_")[0],
        "full-width": is_full_width(language),
        "families": families(language),
        "colours": _INKS,
        "width": WIDTH,
        "height": HEIGHT,
        "pictures": words,
    }
    known = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    compiler = typst.Compiler(
        TEMPLATE, root=TEMPLATE.parent, font_paths=known, sys_inputs={"given": json.dumps(given, ensure_ascii=False)}
    )
    try:
        drawn = compiler.compile(format="png", ppi=72)
    except typst.TypstError as error:
        raise PictureError(f"\n{error.diagnostic or error.message}") from None
    # One page comes by itself.
    return drawn if isinstance(drawn, list) else [drawn or b""]


def _small(png: bytes, state: str) -> bytes:
    """Return the same picture in few colours, with a note of what it was made from."""
    palette = Image.new("P", (1, 1))
    palette.putpalette(_shades())
    note, small = PngImagePlugin.PngInfo(), io.BytesIO()
    note.add_text(_MADE_FROM, state)
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(small, "PNG", pnginfo=note)
    return small.getvalue()


def _shades() -> list[int]:
    white = (255, 255, 255)
    mixed = [
        round(paper + (colour - paper) * step / _SHADES)
        for ink in map(ImageColor.getrgb, _INKS.values())
        for step in range(1, _SHADES + 1)
        for paper, colour in zip(white, ink, strict=False)
    ]
    return [*white, *mixed]


def _made_from(file: Path) -> str:
    """Return what a picture was made from, or nothing if there is none that can be read."""
    try:
        with Image.open(file) as picture:
            return str(picture.info.get(_MADE_FROM, ""))
    except OSError:
        return ""


def _digest(facts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
