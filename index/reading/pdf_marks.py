"""Highlights and comments that other programs left in a PDF: Zotero, Okular, Acrobat, Preview."""

import ctypes
import re
from typing import Any

import pypdfium2.raw as raw

from index.model import Rect, Span
from index.reading.pdf_file import Sheet
from index.reading.pdf_text import Letters, char_box, replace_controls
from index.reading.result import FoundHighlight

MAX_MARKS = 2_000
_KINDS = {
    raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY,
    raw.FPDF_ANNOT_STRIKEOUT,
}  # fmt: skip
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?")
Corners = tuple[float, float, float, float]


def marks(
    page: Any, text_page: Any, found: Letters, on: Sheet, index: int, start: int
) -> list[FoundHighlight]:
    """Return the marks over words of an open page; `start` is the page's place in the text."""
    count = min(raw.FPDFPage_GetAnnotCount(page), MAX_MARKS)
    if count <= 0:
        return []
    result = []
    middles: list[tuple[float, float] | None] | None = None
    for number in range(count):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) not in _KINDS:
                continue
            if middles is None:
                middles = _middles(text_page, found)
            areas = _areas(annotation)
            span = _span(middles, areas)
            if span is not None:
                place = Span(start + span.start, start + span.end)
                result.append(_mark(annotation, place, index, areas, on))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return result


def _middles(text_page: Any, found: Letters) -> list[tuple[float, float] | None]:
    """Return the middle of every letter, None for what has no place."""
    middles: list[tuple[float, float] | None] = []
    for offset in range(len(found.text)):
        box = char_box(text_page, found.unit(offset))
        middles.append(None if box is None else ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
    return middles


def _areas(annotation: Any) -> list[Corners]:
    """Return the boxes that a mark covers, in the page's own points."""
    points = raw.FS_QUADPOINTSF()
    areas = []
    for number in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), 1_000)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, number, points):
            across = (points.x1, points.x2, points.x3, points.x4)
            up = (points.y1, points.y2, points.y3, points.y4)
            areas.append((min(across), min(up), max(across), max(up)))
    return areas


def _span(middles: list[tuple[float, float] | None], areas: list[Corners]) -> Span | None:
    """Return the range of letters whose middles lie in the areas."""
    covered = [
        offset
        for offset, middle in enumerate(middles)
        if middle is not None
        and any(
            left <= middle[0] <= right and bottom <= middle[1] <= top
            for left, bottom, right, top in areas
        )
    ]
    return Span(covered[0], covered[-1] + 1) if covered else None


def _mark(
    annotation: Any, span: Span, index: int, areas: list[Corners], on: Sheet
) -> FoundHighlight:
    rects = tuple(_rect(area, on) for area in areas)
    color = [ctypes.c_uint() for _ in range(4)]
    shown = "#ffd400"
    if raw.FPDFAnnot_GetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *color):
        shown = "#" + "".join(f"{part.value & 255:02x}" for part in color[:3])
    return FoundHighlight(
        span=span,
        page=index,
        rects=rects,
        comment=_string(annotation, b"Contents"),
        author=_string(annotation, b"T"),
        color=shown,
        created=_date(_string(annotation, b"CreationDate") or _string(annotation, b"M")),
    )


def _rect(area: Corners, on: Sheet) -> Rect:
    return on.rect(*area)


def _string(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size <= 1 << 18:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    text = bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
    return "\n".join(line.strip() for line in replace_controls(text).split("\n")).strip()


def _date(value: str) -> str:
    """Return a PDF date as ISO 8601, empty when it is none."""
    match = _DATE.match(value)
    if match is None:
        return ""
    year, month, day, hour, minute, second = (part or "" for part in match.groups())
    day_part = "-".join(part for part in (year, month, day) if part)
    return f"{day_part}T{hour}:{minute}:{second or '00'}" if hour and minute else day_part
