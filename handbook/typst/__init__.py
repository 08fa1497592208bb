"""A Sphinx builder that makes a book: one PDF of all pages, by way of Typst.

    sphinx-build -b typst docs build/book        writes NAME.typ, NAME.pdf and what they need

It walks docutils' trees as Sphinx's LaTeX builder does, needs no TeX, and
works for any project; `pip install typst` brings the compiler. The PDF is
tagged (PDF/UA-1), has an outline, holds no font of the machine it was made on,
and is the same to the byte whenever the input is the same.

Entries of the root table of contents are parts where they have pages of their
own below them, else chapters; the pages below a part are its chapters. A table
of contents with a caption is a part, too.

Options, all of them configuration values of Sphinx:

typst_name            the name of the files, without an ending; else made from `project`
typst_title           the title; else `project`
typst_subtitle        a line below it
typst_cover           further lines on the cover: a list
typst_imprint         paragraphs behind the cover: a list
typst_colophon        paragraphs on the last page: a list
typst_date            `2026-11-24`, the date in the file; else SOURCE_DATE_EPOCH's, else today
typst_words           words of the template: {"contents": …, "part": "Part {}", "preface": …, "index": …}; the title of the
                      root page is that of the book, so `preface`, where it is given, stands in its place
typst_colours         colours by role: accent, accent-soft, warm, warm-soft, ink, quiet, line, panel
typst_paper           `a4`
typst_fonts           font files, relative to conf.py, or `package:file`
typst_families        the families of text, the first that has a letter is taken
typst_code_families   the same for code
typst_template        a template of one's own, relative to conf.py; it must define what `template.typ` does
typst_styles          a Typst file that defines `inline-styles` and `block-styles`: for a docutils class the
                      function that sets what has this class
typst_styled          the classes that are defined there
typst_sizes           for classes whose type is smaller or larger, how large it is; tables reckon with it
typst_numbered_links  classes of lists and paragraphs, indexes for example, whose links are followed by the page number
typst_show_urls       `footnote` prints the addresses that links lead to; `no` does not
typst_index           whether a book has an index of what is marked for it; else True
typst_standards       PDF standards to keep: ["ua-1"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.typst.builder import TypstBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_TEXTS = ("name", "title", "subtitle", "date", "template", "styles")
_LISTS = ("cover", "imprint", "colophon", "fonts", "styled", "numbered_links")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its options."""
    app.add_builder(TypstBuilder)
    # "": no page has to be read again when the looks of the book change.
    for name in _TEXTS:
        app.add_config_value(f"typst_{name}", "", "", types=frozenset({str}))
    for name in _LISTS:
        app.add_config_value(f"typst_{name}", [], "", types=frozenset({list, tuple}))
    app.add_config_value("typst_paper", "a4", "", types=frozenset({str}))
    app.add_config_value("typst_show_urls", "footnote", "", types=frozenset({str}))
    app.add_config_value("typst_standards", ["ua-1"], "", types=frozenset({list}))
    app.add_config_value("typst_families", ["Libertinus Serif"], "", types=frozenset({list}))
    app.add_config_value("typst_code_families", ["DejaVu Sans Mono"], "", types=frozenset({list}))
    app.add_config_value("typst_index", True, "", types=frozenset({bool}))
    app.add_config_value("typst_words", {}, "", types=frozenset({dict}))
    app.add_config_value("typst_colours", {}, "", types=frozenset({dict}))
    app.add_config_value("typst_sizes", {}, "", types=frozenset({dict}))
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
