"""The colours of diagrams: one name for each role, one value for each ground.

The renderer draws with the light values, and these stay in the committed SVG files, so a file looks right wherever it
is opened: in the PDF, in an image viewer, in a pull request. No two roles share a value, so a value found in an SVG
tells its role, and `handbook.diagrams.svg.inline` can put `var(--diagram-line, #5f7176)` in its place. The page's style
sheet gives those variables their values for light and dark (`css_variables`).

Text keeps a contrast of 4.5 : 1 or more on each ground it is written on, and a box's outline 3 : 1 on the page, in both
modes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

__all__ = ["COLOURS", "DARK", "ERAS", "KINDS", "LIGHT", "PREFIX", "Colour", "Palette", "css_variables", "variable"]

#: A frozen mapping from a role to a colour written `#rrggbb` in lower case.
Palette: TypeAlias = Mapping[str, str]

#: How the names of the custom properties begin.
PREFIX: Final = "--diagram-"

#: The kinds of boxes that a source may name (`class council decides`); each has a fill and a stroke.
KINDS: Final = ("decides", "runs", "members", "supports", "plain")

#: The colours of a timeline's sections, used in turn.
ERAS: Final = ("era-1", "era-2", "era-3", "era-4")


class Colour(NamedTuple):
    """What one role looks like on a light and on a dark page."""

    light: str
    dark: str


#: Every role with its two values.
COLOURS: Final[Mapping[str, Colour]] = MappingProxyType(
    {
        # The page the drawing lies on; an edge's label covers the line with it.
        "ground": Colour("#ffffff", "#131416"),
        "text": Colour("#1c2b2f", "#e3e8e8"),
        "line": Colour("#5f7176", "#93a3a6"),
        "edge-text": Colour("#42545a", "#b4c1c3"),
        # Bodies that decide: the accent.
        "decides-fill": Colour("#d5e8e9", "#123a40"),
        "decides-stroke": Colour("#0b5c68", "#5db5c0"),
        # Bodies that run the work: the one warm colour.
        "runs-fill": Colour("#f8ebd5", "#3f3019"),
        "runs-stroke": Colour("#a3651a", "#d7a257"),
        # Those who belong, those who support from outside, and anything else.
        "members-fill": Colour("#ecf1f1", "#22292b"),
        "members-stroke": Colour("#6d8086", "#8a9ca0"),
        "supports-fill": Colour("#f8fafa", "#181c1d"),
        "supports-stroke": Colour("#76888d", "#83959a"),
        "plain-fill": Colour("#fdfefe", "#1a1d1f"),
        "plain-stroke": Colour("#7f9095", "#738489"),
        # A frame around several boxes (Mermaid's subgraph).
        "group-fill": Colour("#f4f8f8", "#17191b"),
        "group-stroke": Colour("#c4d0d2", "#3a4649"),
        "group-text": Colour("#3d4f54", "#c0cbcd"),
        # Timelines: what is written on the colour of an era, and the eras.
        "era-text": Colour("#fcfdfd", "#101314"),
        "era-1": Colour("#0d6170", "#58b3be"),
        "era-2": Colour("#9a5d15", "#d49e52"),
        "era-3": Colour("#3f6b57", "#7fb79a"),
        "era-4": Colour("#4b6078", "#93abc6"),
    }
)

#: The colours as drawn, and as committed.
LIGHT: Final[Palette] = MappingProxyType({role: colour.light for role, colour in COLOURS.items()})

#: The colours on a dark page.
DARK: Final[Palette] = MappingProxyType({role: colour.dark for role, colour in COLOURS.items()})

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

    def block(selector: str, palette: Palette, indent: str) -> str:
        lines = "".join(f"{indent}  {PREFIX}{role}: {value};\n" for role, value in palette.items())
        return f"{indent}{selector} {{\n{lines}{indent}}}\n"

    return (
        block(":root", LIGHT, "")
        + "\n@media not print {\n"
        + block('body[data-theme="dark"]', DARK, "  ")
        + "\n  @media (prefers-color-scheme: dark) {\n"
        + block('body:not([data-theme="light"])', DARK, "    ")
        + "  }\n}\n"
    )
