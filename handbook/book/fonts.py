"""The typefaces of the book in each language, from packages that pip installs.

The handbook brings those of Japanese, Chinese, Korean, and of the Latin, Greek and Cyrillic alphabets. Other scripts need
a package more, which nobody has to install who does not set a book in them.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple

from handbook.translation.languages import is_full_width, own_name, script_of


class Typeface(NamedTuple):
    """A typeface: its name, the package to install for it, and its files, as `handbook.typst.fonts` finds them."""

    family: str
    package: str
    files: tuple[str, ...]


LATIN = Typeface(
    "Source Sans Pro",
    "font-source-sans-pro",
    tuple(f"font_source_sans_pro:files/SourceSansPro-{cut}.otf" for cut in ("Regular", "It", "Bold", "BoldIt")),
)
#: It has Latin letters of the same design as the Latin one, and Hangul, and ideographs as each language writes them.
EAST_ASIAN = Typeface(
    "Noto Sans CJK JP",
    "noto-cjk-sans-jp-regular",
    ("noto_cjk_sans_jp_regular:NotoSansCJKjp-Regular.otf", "noto_cjk_sans_jp_bold:NotoSansCJKjp-Bold.otf"),
)


def _noto(script: str, axes: str = "wdth,wght") -> Typeface:
    module = f"fontpkg_noto_sans_{script.lower()}"
    file = f"{module}:files/NotoSans{script}[{axes}].ttf"
    return Typeface(f"Noto Sans {script}", module.replace("_", "-"), (file,))


_COVERED = frozenset(("Cyrl", "Grek", "Hans", "Hant", "Jpan", "Kore", "Latn"))
_MORE = {
    "Arab": _noto("Arabic"),
    "Deva": _noto("Devanagari"),
    "Khmr": _noto("Khmer"),
    "Taml": _noto("Tamil"),
    "Telu": _noto("Telugu"),
    "Thai": _noto("Thai"),
}


def typefaces(language: str) -> list[Typeface]:
    """Return the typefaces of a language, the first that has a letter to be taken."""
    if is_full_width(language):
        return [EAST_ASIAN, LATIN]
    more = _MORE.get(script_of(language))
    return [LATIN, *([more] if more else []), EAST_ASIAN]


def families(language: str) -> list[str]:
    """Return the names of the typefaces that text is set in."""
    faces = typefaces(language)
    # In one line, letters of one design stand better.
    return [face.family for face in (faces[:1] if is_full_width(language) else faces)]


def font_files(language: str) -> list[str]:
    """Return the files of the typefaces."""
    return [file for face in sorted(typefaces(language), key=lambda face: face is LATIN) for file in face.files]


def missing_typeface(language: str) -> str:
    """Say which typeface a book in `language` lacks and how to add it, or nothing."""
    script = script_of(language)
    if script in _COVERED:
        return ""
    face = _MORE.get(script)
    if face is None:
        remedy = f"it has no typeface for the script {script} yet: add one to handbook/book/fonts.py"
    elif find_spec(face.files[0].partition(":")[0]) is None:
        remedy = f"it needs {face.family}: add the package {face.package} to requirements.in, then make requirements"
    else:
        return ""
    return f"there is no PDF in {own_name(language)} ({language}): {remedy}"
