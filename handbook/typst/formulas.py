"""Formulas: docutils reads LaTeX into MathML, and that is written in Typst's notation.

>>> formula(r"\\frac{a}{b}", block=False)
'std.math.frac(a, b)'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import parse_latex_math
from docutils.utils.math.mathml_elements import math, mtable, mtd, mtr

from handbook.typst.markup import string

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Environments that Sphinx's users write, all of them rows that are aligned at `&`.
_ALIGNED = re.compile(r"\\(begin|end)\{(?:align|equation|split|gather|multline|eqnarray)(?:at)?\*?\}")
#: What LaTeX draws above and below, in Typst's functions.
_ACCENTS = {
    "_": "overline",
    "¯": "overline",
    "ˉ": "overline",
    "⏞": "overbrace",
    "⏟": "underbrace",
    "ˆ": "hat",
    "^": "hat",
    "~": "tilde",
    "˜": "tilde",
    "→": "arrow",
    "⃗": "arrow",
    "˙": "dot",
    "¨": "dot.double",
    "´": "acute",
    "`": "grave",
    "˘": "breve",
    "ˇ": "caron",
}
_SYMBOLS = {"hat", "tilde", "arrow", "dot", "dot.double", "acute", "grave", "breve", "caron"}
_FENCES = "()[]{}|‖⟨⟩⌈⌉⌊⌋"
#: What docutils leaves as it was in a text.
_TEXT_ESCAPE = re.compile(r"\\([&%#$_{}])")
_WIDTH = re.compile(r"(-?[\d.]+)em")


class FormulaError(Exception):
    """A formula that cannot be shown."""


def formula(latex: str, *, block: bool) -> str:
    """Return the source of a formula, without the dollars around it. Raises `FormulaError`."""
    latex = _ALIGNED.sub(lambda match: rf"\{match[1]}{{aligned}}" if r"\\" in latex or "&" in latex else "", latex)
    tree = math()
    rows = mtd()
    if is_rows := block and r"\\" in latex and r"\begin" not in latex:
        tree.append(mtable(mtr(rows), CLASS="ams-align"))
    try:
        parse_latex_math(rows if is_rows else tree, latex)
    except (MathError, SyntaxError) as error:
        raise FormulaError(str(error)) from None
    return _row(tree).strip()


def _row(element: Element) -> str:
    return "".join(_written(child) for child in element)


def _written(element: Element) -> str:
    """Return one element. Each ends with a space, so that nothing grows together with what follows.

    Functions are those of `std.math`: a template may have other things of the same name.
    """
    match element.tag, list(element):
        case (("mi" | "mn" | "mo" | "mtext"), _):
            return _token(element)
        case "mspace", _:
            width = _WIDTH.match(element.get("width", ""))
            return f"#h({width[1]}em) " if width else ""
        case "mfrac", [upper, lower]:
            if element.get("linethickness") in ("0", "0pt"):
                return f"std.math.mat(delim: #none, {_row_of(upper)}; {_row_of(lower)}) "
            return f"std.math.frac({_row_of(upper)}, {_row_of(lower)}) "
        case "msqrt", _:
            return f"std.math.sqrt({_row(element)}) "
        case "mroot", [radicand, index]:
            return f"std.math.root({_row_of(index)}, {_row_of(radicand)}) "
        case "msub", [base, lower]:
            return f"std.math.attach({_row_of(base)}, b: {_row_of(lower)}) "
        case "msup", [base, upper]:
            return f"std.math.attach({_row_of(base)}, t: {_row_of(upper)}) "
        case "msubsup", [base, lower, upper]:
            return f"std.math.attach({_row_of(base)}, b: {_row_of(lower)}, t: {_row_of(upper)}) "
        case "munder" | "mover", [base, mark]:
            if function := _ACCENTS.get((mark.text or "").strip()):
                function = function.replace("over", "under") if element.tag == "munder" else function
                if function in _SYMBOLS:
                    return f"std.math.accent({_row_of(base)}, {function}) "
                return f"std.math.{function}({_row_of(base)}) "
            side = "b" if element.tag == "munder" else "t"
            return f"std.math.attach({_limits(base)}, {side}: {_row_of(mark)}) "
        case "munderover", [base, lower, upper]:
            return f"std.math.attach({_limits(base)}, b: {_row_of(lower)}, t: {_row_of(upper)}) "
        case "mtable", rows:
            return _table(element, rows)
        case "mphantom", _:
            return f"#hide[${_row(element)}$] "
        case (("mrow" | "mstyle" | "mpadded" | "math" | "mtd"), children):
            return _fenced(element, children)
    raise FormulaError(f"no way to write <{element.tag}>")


def _row_of(element: Element) -> str:
    """Return an element as an argument: commas and the like in it are text."""
    return _written(element).strip() or '""'


def _limits(base: Element) -> str:
    return f"std.math.limits({_row_of(base)})"


def _fenced(element: Element, children: list[Element]) -> str:
    """Return a row; brackets at its ends grow with what is between them."""
    ends = [child.text or "" for child in (children[0], children[-1])] if len(children) > 1 else []
    if element.tag == "mrow" and any(
        end and end in _FENCES and child.get("stretchy") != "false"
        for end, child in zip(ends, (children[0], children[-1]), strict=True)
    ):
        return f"std.math.lr({_row(element).strip()}) "
    return _row(element)


def _table(element: Element, rows: list[Element]) -> str:
    """Return a matrix, or lines that are aligned at the same places."""
    cells = [[_row(cell).strip() or '""' for cell in row] for row in rows]
    if "ams-align" in element.get("class", ""):
        return " \\ ".join(" & ".join(row) for row in cells) + " "
    align = "#left" if element.get("columnalign") == "left" else "#center"
    return f"std.math.mat(delim: #none, align: {align}, " + "; ".join(", ".join(row) for row in cells) + ") "


def _token(element: Element) -> str:
    text = element.text or ""
    if text in ("", "&ApplyFunction;", "\u2061", "\u200b"):
        return ""
    if set(text) == {"'"}:
        return "′" * len(text) + " "
    if element.tag == "mtext":
        return _words(_TEXT_ESCAPE.sub(r"\1", text.replace("\u00a0", " ")))
    if element.tag == "mi" and len(text) > 1:
        return f"std.math.op({string(text)}) "
    written = _symbol(text)
    if element.get("mathvariant") == "normal":
        written = f"std.math.upright({written})"
    if element.tag == "mo" and element.get("lspace") == "0" == element.get("rspace"):
        written = f'std.math.class("normal", {written})'
    return written + " "


def _words(text: str) -> str:
    """Return text, which takes no space around it but its own."""
    return f'std.math.class("normal", {string(text)}) '


def _symbol(text: str) -> str:
    """Return an operator: one that means something in Typst's notation is escaped."""
    return "".join(
        f"\\{letter}" if letter.isascii() and not letter.isalnum() and not letter.isspace() else letter
        for letter in text
    )
