"""The pages of a PDF as a viewer shows them: what is drawn where, and how large the letters are."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = {
    pdfium.FPDF_PAGEOBJ_TEXT: "text",
    pdfium.FPDF_PAGEOBJ_PATH: "path",
    pdfium.FPDF_PAGEOBJ_IMAGE: "image",
    pdfium.FPDF_PAGEOBJ_SHADING: "shading",
    pdfium.FPDF_PAGEOBJ_FORM: "form",
}


@dataclass(frozen=True)
class Thing:
    """Something drawn on a page: a piece of text, a line, an area. Lengths are points, from the lower left corner."""

    kind: str
    left: float
    bottom: float
    right: float
    top: float
    text: str = ""
    #: How large its letters are.
    size: float = 0
    #: Whether it is part of a running header or footer.
    furniture: bool = False
    #: The marked piece of the page that it belongs to; -1 if it is none of the content.
    mark: int = -1

    def covers(self, other: Thing, least: float) -> bool:
        """Tell whether the two lie over each other, by more than `least` points both ways."""
        across = min(self.right, other.right) - max(self.left, other.left)
        upwards = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > least and upwards > least


@dataclass
class Sheet:
    number: int
    width: float
    height: float
    #: The text as a viewer copies it, lines as they are on the page.
    text: str = ""
    things: list[Thing] = field(default_factory=list)

    @property
    def texts(self) -> list[Thing]:
        return [thing for thing in self.things if thing.kind == "text" and thing.text.strip()]


def sheets(file: Path) -> list[Sheet]:
    """Return the pages of a PDF."""
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for index in range(len(document)):
            page = document[index]
            words = page.get_textpage()
            width, height = page.get_size()
            sheet = Sheet(index + 1, width, height, words.get_text_range())
            for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
                sheet.things.append(_thing(pdfium.FPDFPage_GetObject(page.raw, number), words.raw))
            found.append(sheet)
            words.close()
            page.close()
    return found


def _thing(given: Any, words: Any) -> Thing:
    kind = _KINDS[pdfium.FPDFPageObj_GetType(given)]
    corners = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(given, *corners)
    left, bottom, right, top = (corner.value for corner in corners)
    furniture = _is_furniture(given)
    mark = pdfium.FPDFPageObj_GetMarkedContentID(given)
    if kind != "text":
        return Thing(kind, left, bottom, right, top, furniture=furniture, mark=mark)
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(given, size)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(given, matrix)
    height = (matrix.c**2 + matrix.d**2) ** 0.5
    return Thing(kind, left, bottom, right, top, _text(given, words), size.value * height, furniture, mark)


def _text(given: Any, words: Any) -> str:
    room = pdfium.FPDFTextObj_GetText(given, words, None, 0)
    buffer = (ctypes.c_ushort * (room // 2 + 1))()
    pdfium.FPDFTextObj_GetText(given, words, buffer, room)
    return bytes(buffer)[: max(room - 2, 0)].decode("utf-16-le", "replace")


def _is_furniture(given: Any) -> bool:
    """Tell whether something is marked as belonging to the edge of the page, as headers are: `/Attached [/Top]`."""
    for number in range(pdfium.FPDFPageObj_CountMarks(given)):
        mark = pdfium.FPDFPageObj_GetMark(given, number)
        kind = pdfium.FPDFPageObjMark_GetParamValueType(mark, b"Attached")
        if kind != pdfium.FPDF_OBJECT_UNKNOWN:
            return True
    return False
