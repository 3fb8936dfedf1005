"""Note markers of a PDF page by what they look like: smaller digits, raised above the line."""

import ctypes
import itertools
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from index.reading.notes import BARE, RAISED, Marker
from index.reading.notes_text import is_power_of_a_unit
from index.reading.notes_text import markers as text_markers
from index.reading.pdf_file import Sheet
from index.reading.pdf_text import Letters

SMALLER = 0.93
"""How high a raised digit is at most, against the letters beside it."""

RAISE = (0.1, 0.9)
"""How far above the line a raised digit stands, in heights of the letters beside it."""

WIDE = 1.3
"""How much farther apart than usual two lines are at a paragraph's end."""

_DIGITS = re.compile(r"\d(?<![\d$€£№#/\[({=-].)\d{0,6}(?![\d%/])")
"""Digits that may be raised; asking what stands before them only where there are some is fast."""

_MOST = 3
"""How many digits the number of a note has at most."""

_NOTE_BEGINS = re.compile(r"[.)]?(?:\s+[^\s\d]|(?=[«“‘„\"]|http|www)|(?P<letter>[^\W\d_]))")
"""What follows the number of a note; a letter right behind it has to be a capital one."""

_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where a sign stands as seen: left, baseline (downward), height."""

    x: float
    y: float
    height: float


class PageNotes:
    """Finds the markers and paragraph ends of one page, asking PDFium for as little as it can."""

    def __init__(self, text_page: Any, found: Letters, on: Sheet) -> None:
        self._page, self._letters, self._sheet = text_page, found, on
        self._text = found.text
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def markers(self) -> list[Marker]:
        """Return every marker of the page, offsets from the page's beginning."""
        found = [
            marker
            for marker in text_markers(self._text, bare=False)
            if self._text[marker.start] != "^"
        ]
        previous: Marker | None = None
        for match in _DIGITS.finditer(self._text):
            start = self._split(*match.span())
            marker = self._looked_at(start, match.end()) if start >= 0 else None
            if marker is not None:
                found.append(marker)
                previous = marker
                if marker.refers:
                    found += self._rest_of_list(previous)
        return found

    def breaks(self) -> list[int]:
        """Return where paragraphs end: where lines part, jump, or change their height."""
        starts = [0] + [match.end() for match in _LINE_END.finditer(self._text)]
        lines: list[tuple[int, Glyph]] = []
        for position, start in enumerate(starts):
            end = starts[position + 1] if position + 1 < len(starts) else len(self._text)
            glyph = self._line_glyph(start, end)
            if glyph is not None:
                lines.append((start, glyph))
        steps = [
            after.y - before.y
            for (_, before), (_, after) in itertools.pairwise(lines)
            if after.y - before.y > 0.5 * after.height
        ]
        usual = sorted(steps)[len(steps) // 4] if steps else 0.0
        found = [
            start
            for (_, before), (start, after) in itertools.pairwise(lines)
            if _parts(before, after, usual)
        ]
        return [*found, len(self._text)]

    def _line_glyph(self, start: int, end: int) -> Glyph | None:
        """Return the first full-sized letter of a line."""
        for at in range(start, min(end, start + 12)):
            if self._text[at].isalpha() and (glyph := self._glyph(at)):
                return glyph
        return None

    def _glyph(self, at: int) -> Glyph | None:
        unit = self._letters.unit(at)
        if not raw.FPDFText_GetLooseCharBox(self._page, unit, self._box):
            return None
        turned = self._sheet.turns % 2
        height = self._box.right - self._box.left if turned else self._box.top - self._box.bottom
        if height <= 0 or not raw.FPDFText_GetCharOrigin(self._page, unit, self._x, self._y):
            return None
        x, y = self._sheet.seen(self._x.value, self._y.value)
        return Glyph(x, y, height)

    def _split(self, start: int, end: int) -> int:
        """Return where a number that may be a note's begins in a run of digits, -1 for nowhere.

        A raised number right behind a year or an amount is one run of digits with it.
        """
        if end - start == 1:
            return start
        first, last = self._glyph(start), self._glyph(end - 1)
        if first is not None and last is not None and _is_raised(last, first):
            for at in range(max(start + 1, end - _MOST), end):
                digit = self._glyph(at)
                if digit is not None and _is_raised(digit, first):
                    return at
        return start if end - start <= _MOST else -1

    def _looked_at(self, start: int, end: int) -> Marker | None:
        """Decide what a group of digits is, by its neighbours."""
        number = int(self._text[start:end])
        if not number:
            return None
        begins_line = self._begins_line(start)
        glyph = self._glyph(start)
        if glyph is None:
            return None
        before = self._neighbour(range(start - 1, max(-1, start - 8), -1))
        if before is not None and _is_raised(glyph, before) and _follows(glyph, before):
            if is_power_of_a_unit(self._text, start, number):
                return None
            return Marker(number, start, end, RAISED, False, True)
        if not begins_line:
            return None
        after = self._neighbour(range(end, min(len(self._text), end + 6)))
        if after is None:
            return None
        if _is_raised(glyph, after):
            return Marker(number, start, end, RAISED, True, False)
        begins = _NOTE_BEGINS.match(self._text, end)
        if begins and not (begins["letter"] or "X").islower():
            return Marker(number, start, end, BARE, True, False, weak=True)
        return None

    def _rest_of_list(self, first: Marker) -> list[Marker]:
        """Return the further numbers of a raised list such as 48, 49."""
        found = []
        at = first.end
        while match := re.compile(r"\s?[,;]\s?(\d{1,3})(?!\d)").match(self._text, at):
            glyph, begin = self._glyph(match.start(1)), self._glyph(first.start)
            if glyph is None or begin is None or abs(glyph.y - begin.y) > 0.2 * begin.height:
                break
            found.append(Marker(int(match[1]), match.start(1), match.end(1), RAISED, False, True))
            at = match.end()
        return found

    def _begins_line(self, at: int) -> bool:
        begin = self._text.rfind("\n", 0, at) + 1
        return not self._text[begin:at].strip()

    def _neighbour(self, places: range) -> Glyph | None:
        """Return the first sign among some places that has a box."""
        for at in places:
            if not self._text[at].isspace() and (glyph := self._glyph(at)):
                return glyph
        return None


def _is_raised(digit: Glyph, letter: Glyph) -> bool:
    if digit.height > SMALLER * letter.height:
        return False
    raised = (letter.y - digit.y) / letter.height
    return RAISE[0] < raised < RAISE[1]


def _follows(digit: Glyph, letter: Glyph) -> bool:
    """Say whether a digit stands close behind a letter."""
    return 0 <= digit.x - letter.x < 3 * letter.height


def _parts(before: Glyph, after: Glyph, usual: float) -> bool:
    step = after.y - before.y
    if step < -0.5 * after.height:
        return True  # the next column
    if abs(after.height - before.height) > 0.08 * max(after.height, before.height):
        return True
    return usual > 0 and step > WIDE * usual
