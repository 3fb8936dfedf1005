"""The canonical text of a PDF page: one code point a PDFium character.

A stored offset then is PDFium's own character index, and rectangles, hit tests
and quotes agree without a table. Identity fails in two cases: a sign beyond the
basic plane is two PDFium characters and one code point, and what PDFium has wrong
is mended: letters that were drawn after their line, words run together. Such a
page carries `units`, the PDFium index of every code point.
"""

import ctypes
import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from index.model import Rect
from index.reading import line_order, word_gaps
from index.reading.pdf_file import Sheet

LINE_HYPHEN = "\u00ad"
"""What stands for the hyphen at a line's end that PDFium marks with U+FFFE or U+0002."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in the page's own points."""

SLANT = 0.05
"""How far a line may lean (sine of its angle) and still be marked by one rectangle."""

NO_SIGN = "\ufffd"
_REPLACED = (
    {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)}
    | {0x02: LINE_HYPHEN, 0xFFFE: LINE_HYPHEN, 0x00: NO_SIGN, 0xFFFF: NO_SIGN}
    | dict.fromkeys(range(55296, 57344), NO_SIGN)
    | dict.fromkeys(range(64976, 65008), NO_SIGN)
)


_CONTROLS = re.compile(f"[{re.escape(''.join(map(chr, _REPLACED)))}]")


@dataclass(frozen=True, slots=True)
class Letters:
    """A page's canonical text; `units` holds the PDFium index of every code point, or None."""

    text: str
    units: Sequence[int] | None = None

    def unit(self, offset: int) -> int:
        """Return the PDFium index of a code point (the page's length is allowed)."""
        if self.units is None:
            return offset
        if offset < len(self.units):
            return self.units[offset]
        return self.units[-1] + 2 if self.units else 0


_OFTEN = (("\r", " "), ("\ufffe", LINE_HYPHEN), ("\x02", LINE_HYPHEN))
_AS_PRINTED = ("\u00a0", LINE_HYPHEN)
"""What stands in good text, as line feeds do, and Python counts as not printable."""


def replace_controls(text: str) -> str:
    """Replace what is no printable sign, one for one; line feeds and tabs stay."""
    for sign, instead in _OFTEN:
        if sign in text:
            text = text.replace(sign, instead)
    shown = "".join(text.split("\n"))
    for sign in _AS_PRINTED:
        if sign in shown:
            shown = shown.replace(sign, "")
    if shown.isprintable():
        return text  # as most pages are, and translating is slow
    return text.translate(_REPLACED) if _CONTROLS.search(text) else text


@functools.lru_cache(maxsize=2)
def _buffer(bits: int) -> Any:
    """Return room for the text of a page, kept for the next page of about the same length."""
    return (ctypes.c_ushort * (1 << bits))()


def letters(text_page: Any) -> Letters:
    """Return the canonical text of an open text page."""
    count = raw.FPDFText_CountChars(text_page)
    if count <= 0:
        return Letters("")
    buffer = _buffer((2 * count + 2).bit_length())
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    data = ctypes.string_at(buffer, 2 * max(0, written - 1))
    if len(data) == 2 * count:
        text = data.decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            found = line_order.mended(text_page, text) if line_order.has_tails(text) else None
            found = found or word_gaps.mended(text_page, text)
            return Letters(replace_controls(text)) if found is None else _reordered(*found)
    return _one_by_one(text_page, count)


def _reordered(text: str, units: Sequence[int]) -> Letters:
    return Letters(replace_controls(text), units)


def _one_by_one(text_page: Any, count: int) -> Letters:
    """Ask for every character: PDFium's whole text leaves out what it takes for controls."""
    codes = [raw.FPDFText_GetUnicode(text_page, unit) for unit in range(count)]
    signs: list[str] = []
    units: list[int] = []
    unit = 0
    while unit < count:
        code, step = codes[unit], 1
        if 0xD800 <= code < 0xDC00 and unit + 1 < count and 0xDC00 <= codes[unit + 1] < 0xE000:
            code, step = 0x10000 + ((code - 0xD800) << 10) + (codes[unit + 1] - 0xDC00), 2
        signs.append(chr(code) if code < 0x110000 else NO_SIGN)
        units.append(unit)
        unit += step
    text = replace_controls("".join(signs))
    return Letters(text, units if len(units) < count else None)


def boxes(text_page: Any, found: Letters, on: Sheet) -> list[Rect]:
    """Return the box of every code point as seen; a sign without a place gets an empty box."""
    box = raw.FS_RECTF()
    nowhere = Rect(0.0, 0.0, 0.0, 0.0)
    result = []
    last = -1
    for offset in range(len(found.text)):
        unit = found.unit(offset)
        if unit == last:  # a separator that was put in
            result.append(nowhere)
            continue
        last = unit
        known = raw.FPDFText_GetLooseCharBox(text_page, unit, box)
        if known and box.right > box.left and box.top > box.bottom:
            result.append(on.rect(box.left, box.bottom, box.right, box.top))
        else:
            room = char_box(text_page, unit)
            result.append(nowhere if room is None else on.rect(*room))
    return result


def rects(text_page: Any, found: Letters, on: Sheet, start: int, end: int) -> list[Rect]:
    """Return the line rectangles of a range of code points of the page, as seen."""
    lines: list[Box] = []
    for offset in range(max(0, start), min(end, len(found.text))):
        unit = found.unit(offset)
        box = char_box(text_page, unit)
        if box is None or found.text[offset].isspace():
            continue
        angle = float(raw.FPDFText_GetCharAngle(text_page, unit))
        if _slant(angle) > SLANT:
            box = _middle(box)
        if lines and _continues(lines[-1], box, angle):
            lines[-1] = _around(lines[-1], box)
        else:
            lines.append(box)
    return [on.rect(*line) for line in lines]


def char_box(text_page: Any, unit: int) -> Box | None:
    """Return the box of a character in the page's own points, None when it has no place.

    A glyph whose font is missing has no outline; then the room it takes is its box, or, where
    even its width is not known, what lies between it and the next character.
    """
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text_page, unit, left, right, bottom, top):
        return None
    if right.value > left.value and top.value > bottom.value:
        return left.value, bottom.value, right.value, top.value
    room = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text_page, unit, room):
        return None
    if room.right > room.left and room.top > room.bottom:
        return room.left, room.bottom, room.right, room.top
    return _between(text_page, unit)


def _between(text_page: Any, unit: int) -> Box | None:
    """Return the room from a character's origin to the next one's, for upright lines."""
    code = raw.FPDFText_GetUnicode(text_page, unit)
    if raw.FPDFText_IsGenerated(text_page, unit) or code in (0, 9, 10, 13, 32, 160):
        return None
    x, y, next_x, next_y = (ctypes.c_double() for _ in range(4))
    high = float(raw.FPDFText_GetFontSize(text_page, unit))
    if high <= 0 or not raw.FPDFText_GetCharOrigin(text_page, unit, x, y):
        return None
    width = 0.5 * high
    if raw.FPDFText_GetCharOrigin(text_page, unit + 1, next_x, next_y):
        step = next_x.value - x.value
        if abs(next_y.value - y.value) < 0.1 * high and 0 < step < 2 * high:
            width = step
    return x.value, y.value - 0.2 * high, x.value + width, y.value + 0.8 * high


def _slant(angle: float) -> float:
    """Return how far a line leans from the nearer axis, as the sine of the angle."""
    return min(abs(math.sin(angle)), abs(math.cos(angle)))


def _middle(box: Box) -> Box:
    """Return the middle of the box of a leaning letter, which is clear of its neighbours."""
    across, up = 0.3 * (box[2] - box[0]), 0.3 * (box[3] - box[1])
    return box[0] + across, box[1] + up, box[2] - across, box[3] - up


def _continues(line: Box, box: Box, angle: float) -> bool:
    """Say whether a box stands on the line before it, and near its end."""
    if _slant(angle) > SLANT:
        return False  # an upright rectangle around a slanted line would cover its neighbours
    across, along = (1, 0) if abs(math.cos(angle)) > 0.5 else (0, 1)
    shared = min(line[across + 2], box[across + 2]) - max(line[across], box[across])
    high = max(line[across + 2] - line[across], box[across + 2] - box[across])
    low = min(line[across + 2] - line[across], box[across + 2] - box[across])
    gap = max(box[along] - line[along + 2], line[along] - box[along + 2])
    return shared > 0.4 * low and gap < 2.0 * high


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
