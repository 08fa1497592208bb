"""The colours of the handbook, of its pages and of its drawings: one name for each role, one value for each ground.

Pages on the screen, the books (`handbook.book`, `handbook.epub`) and drawings take them from here, so that all look like
one. The renderer draws with the light values, and these stay in the committed SVG files, so a file looks right wherever it
is opened: in the PDF, in an image viewer, in a pull request. No two roles of drawings share a value, so a value found in an
SVG tells its role, and `handbook.diagrams.svg.inline` can put `var(--diagram-line, #5f7176)` in its place. The page's style
sheet gives those variables their values for light and dark (`css_variables`).

Text keeps a contrast of 4.5 : 1 or more on each ground it is written on, and a box's outline 3 : 1 on the page, in both
modes.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "COLOURS",
    "ERAS",
    "KINDS",
    "LIGHT",
    "PAGE",
    "PREFIX",
    "Colour",
    "css_variables",
    "variable",
]

#: How the names of the custom properties begin: those of drawings, and those of pages.
PREFIX: Final = "--diagram-"
PAGE_PREFIX: Final = "--handbook-"

#: The kinds of boxes that a source may name (`class council decides`); each has a fill and a stroke.
KINDS: Final = ("decides", "runs", "members", "supports", "plain")

#: The colours of a timeline's sections, used in turn.
ERAS: Final = ("era-1", "era-2", "era-3", "era-4")


class Colour(NamedTuple):
    """What one role looks like on a light and on a dark page."""

    light: str
    dark: str


#: The colours of pages: one accent, one warm colour for notes, and a scale from ink to ground.
PAGE: Final[Mapping[str, Colour]] = MappingProxyType(
    {
        "accent": Colour("#0b5c68", "#6cbfca"),
        "accent-soft": Colour("#e6f1f2", "#12292d"),
        "warm": Colour("#a3651a", "#d7a257"),
        "warm-soft": Colour("#fbf3e6", "#2a2216"),
        "ink": Colour("#1c2b2f", "#e3e8e8"),
        "quiet": Colour("#51646a", "#a7b5b8"),
        "line": Colour("#c4d0d2", "#3a4649"),
        "ground": Colour("#ffffff", "#131416"),
        "panel": Colour("#f6f9f9", "#1a1d1f"),
        # The outline of fields and buttons.
        "field": Colour("#6b7f83", "#8b9a9d"),
    }
)

#: Every role in drawings with its two values.
COLOURS: Final[Mapping[str, Colour]] = MappingProxyType(
    {
        # The page the drawing lies on; an edge's label covers the line with it.
        "ground": PAGE["ground"],
        "text": PAGE["ink"],
        "line": Colour("#5f7176", "#93a3a6"),
        "edge-text": Colour("#42545a", "#b4c1c3"),
        # Bodies that decide: the accent.
        "decides-fill": Colour("#d5e8e9", "#123a40"),
        "decides-stroke": PAGE["accent"],
        # Bodies that run the work: the one warm colour.
        "runs-fill": Colour("#f8ebd5", "#3f3019"),
        "runs-stroke": PAGE["warm"],
        # Those who belong, those who support from outside, and anything else.
        "members-fill": Colour("#ecf1f1", "#22292b"),
        "members-stroke": Colour("#6d8086", "#8a9ca0"),
        "supports-fill": Colour("#f8fafa", "#181c1d"),
        "supports-stroke": Colour("#76888d", "#83959a"),
        "plain-fill": Colour("#fdfefe", "#1a1d1f"),
        "plain-stroke": Colour("#7f9095", "#738489"),
        # A frame around several boxes (Mermaid's subgraph).
        "group-fill": Colour("#f4f8f8", "#17191b"),
        "group-stroke": PAGE["line"],
        "group-text": Colour("#3d4f54", "#c0cbcd"),
        # Timelines: what is written on the colour of an era, and the eras.
        "era-text": Colour("#fcfdfd", "#101314"),
        "era-1": Colour("#0d6170", "#58b3be"),
        "era-2": Colour("#9a5d15", "#d49e52"),
        "era-3": Colour("#3f6b57", "#7fb79a"),
        "era-4": Colour("#4b6078", "#93abc6"),
    }
)

#: The colours as drawn and committed, written `#rrggbb` in small letters.
LIGHT: Final[Mapping[str, str]] = MappingProxyType({role: colour.light for role, colour in COLOURS.items()})

_ROLE_OF: Final = {value: role for role, value in LIGHT.items()}


def variable(value: str) -> str | None:
    """Return the CSS value that follows the page's mode for a drawn colour, or None for a colour of no role.

    >>> variable("#5f7176")
    'var(--diagram-line, #5f7176)'
    """
    role = _ROLE_OF.get(value.lower())
    return None if role is None else f"var({PREFIX}{role}, {value.lower()})"


def css_variables() -> str:
    """Return the style sheet text that gives every role its value, in the way Furo tells light from dark.

    Light is the default and what is printed; dark holds where the reader chose it (`data-theme="dark"` on `body`), or
    where the system asks for it and the reader did not choose light.
    """
    roles = {PAGE_PREFIX + role: colour for role, colour in PAGE.items()}
    roles |= {PREFIX + role: colour for role, colour in COLOURS.items()}
    light = {name: colour.light for name, colour in roles.items()}
    dark = {name: colour.dark for name, colour in roles.items()}

    def block(selector: str, values: Mapping[str, str], indent: str) -> str:
        lines = "".join(f"{indent}  {name}: {value};\n" for name, value in values.items())
        return f"{indent}{selector} {{\n{lines}{indent}}}\n"

    return (
        block(":root", light, "")
        + "\n@media not print {\n"
        + block('body[data-theme="dark"]', dark, "  ")
        + "\n  @media (prefers-color-scheme: dark) {\n"
        + block('body:not([data-theme="light"])', dark, "    ")
        + "  }\n}\n"
    )
