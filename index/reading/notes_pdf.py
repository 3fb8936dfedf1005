"""Note markers of a PDF page by what they look like: smaller digits, raised above the line."""

import ctypes
import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from index.reading.note_markers import BARE, RAISED, Marker
from index.reading.notes_text import is_power_of_a_unit, places
from index.reading.notes_text import markers as text_markers
from index.reading.pdf_file import Sheet
from index.reading.pdf_sizes import LARGER, size, usual_size
from index.reading.pdf_text import LINE_HYPHEN, Letters

SMALLER = 0.93
"""How high a raised digit is at most, against the letters beside it."""

RAISE = (0.1, 0.9)
"""How far above the line a raised digit stands, in heights of the letters beside it."""

WIDE = 1.3
"""How much farther apart than usual two lines are at a paragraph's end."""

_loose_box = raw.FPDFText_GetLooseCharBox
_DIGITS = "0123456789"
_ARABIC, _ARABIC_DIGITS = "اليم", "٠١٢٣٤٥٦٧٨٩"
ALIKE = 0.08
"""How much the letters of one paragraph differ in height at most."""

_NOT_BEFORE = frozenset("$€£№#/[({=-")
_NOT_AFTER = frozenset("%/")
"""Signs beside which digits are an amount, a date or a number of something, and no marker."""

_NEXT_OF_LIST = re.compile(r"\s?[,;]\s?(\d{1,3})(?!\d)")
_MOST, _LONGEST = 3, 7
"""How many digits the number of a note has at most, and with a year or an amount before it."""

_NOTE_BEGINS = re.compile(r"[.)]?(?:\s+[^\s\d]|(?=[«“‘„\"]|http|www)|(?P<letter>[^\W\d_]))")
"""What follows the number of a note; a letter right behind it has to be a capital one."""

_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where a sign stands as seen: left, baseline (downward), height."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text: where it and its first letter stand, and how far down it goes."""

    start: int
    at: int
    first: Glyph
    lowest: float


class PageNotes:
    """Finds the markers and paragraph ends of one page, asking PDFium for as little as it can."""

    def __init__(self, text_page: Any, found: Letters, on: Sheet) -> None:
        self._page, self._letters, self._sheet = text_page, found, on
        self._text = found.text
        self._in_order = found.units is None
        self._is_across = on.turns % 2 == 1
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._usual: float | None = None

    def markers(self, referred: Collection[int]) -> list[Marker]:
        """Return every marker of the page, offsets from the page's beginning.

        `referred` holds the numbers that earlier pages refer to: a number that begins a line
        as in any list is taken only where something before it may refer to it.
        """
        found = [
            marker
            for marker in text_markers(self._text, bare=False)
            if self._text[marker.start] != "^"
        ]
        beginning = []
        for start, end in self._groups():
            if start == 0 or self._text[start - 1] == "\n":
                beginning.append((start, end))
            elif (marker := self._inside_line(start, end)) is not None:
                found.append(marker)
                found += self._rest_of_list(marker)
        referred = {marker.number for marker in found if marker.refers}.union(referred)
        for start, end in beginning:
            if (marker := self._at_line_start(start, end, referred)) is not None:
                found.append(marker)
                if marker.refers:
                    more = self._rest_of_list(marker)
                    found += more
                    referred.update(each.number for each in (marker, *more))
        return found

    def _groups(self) -> Iterator[tuple[int, int]]:
        """Yield the ranges of digits that the signs beside them let be markers."""
        text = self._text
        start = end = -1
        for at in (*places(text, self._digits()), -1):
            if at == end:
                end += 1
                continue
            if (
                0 < end - start <= _LONGEST
                and text[start - 1 : start] not in _NOT_BEFORE
                and text[end : end + 1] not in _NOT_AFTER
            ):
                yield start, end
            start, end = at, at + 1

    def _digits(self) -> str:
        """Return the digits that a page may have: Arabic ones stand among Arabic letters."""
        text = self._text
        if text.isascii() or not any(letter in text for letter in _ARABIC):
            return _DIGITS
        return _DIGITS + _ARABIC_DIGITS

    def _split(self, start: int, end: int) -> int:
        """Return where the number of a note begins behind a year or an amount, else the start."""
        first, last = self._glyph(start), self._glyph(end - 1)
        if first is not None and last is not None and _is_raised(last, first):
            for at in range(max(start + 1, end - _MOST), end):
                digit = self._glyph(at)
                if digit is not None and _is_raised(digit, first):
                    return at
        return start

    def breaks(self, first: int) -> list[int]:
        """Return where paragraphs end from a place on: where lines part, jump, or change size."""
        begin = self._text.rfind("\n", 0, first) + 1
        before = self._text.rfind("\n", 0, max(0, begin - 1)) + 1
        starts = [
            *sorted({before, begin}),
            *(match.end() for match in _LINE_END.finditer(self._text, first)),
        ]
        lines = [
            line
            for start, end in itertools.pairwise([*starts, len(self._text)])
            if (line := self._line(start, end)) is not None
        ]
        steps = [
            after.first.y - before.lowest
            for before, after in itertools.pairwise(lines)
            if after.first.y - before.lowest > 0.5 * after.first.height
        ]
        usual = sorted(steps)[len(steps) // 4] if steps else 0.0
        found = [
            after.start
            for before, after in itertools.pairwise(lines)
            if self._parts(before, after, usual)
        ]
        return [*found, len(self._text)]

    def _line(self, start: int, end: int) -> "_Line | None":
        """Return where a line of the text stands; a hyphen at its end joins it to the next one."""
        at = self._letter(range(start, min(end, start + 12)))
        glyph = None if at is None else self._glyph(at)
        if at is None or glyph is None:
            return None
        lowest = glyph.y
        if LINE_HYPHEN in self._text[start:end]:
            last = self._letter(range(end - 1, max(start, end - 12), -1))
            if last is not None and (seen := self._glyph(last)) is not None:
                lowest = max(lowest, seen.y)
        return _Line(start, at, glyph, lowest)

    def _letter(self, places: range) -> int | None:
        """Return the first of some places where a letter is seen."""
        return next((at for at in places if self._text[at].isalpha() and self._height(at)), None)

    def _parts(self, before: "_Line", after: "_Line", usual: float) -> bool:
        """Say whether a paragraph ends between two lines."""
        step = after.first.y - before.lowest
        one, other = before.first.height, after.first.height
        if step < -0.5 * other:
            return True  # the next column
        if abs(one - other) > ALIKE * max(one, other) and not self._is_alike(before.at, after.at):
            return True
        return usual > 0 and step > WIDE * usual

    def _is_alike(self, at: int, other: int) -> bool:
        """Say whether two letters are set in one size, though their fonts differ."""
        sizes = [size(self._page, self._letters.unit(each)) for each in (at, other)]
        return abs(sizes[0] - sizes[1]) <= ALIKE * max(sizes)

    def _glyph(self, at: int) -> Glyph | None:
        height = self._height(at)
        unit = self._letters.unit(at)
        if height <= 0 or not raw.FPDFText_GetCharOrigin(self._page, unit, self._x, self._y):
            return None
        x, y = self._sheet.seen(self._x.value, self._y.value)
        return Glyph(x, y, height)

    def _height(self, at: int) -> float:
        """Return how high a sign is, 0 when it has no place."""
        unit = at if self._in_order else self._letters.unit(at)
        box = self._box
        if not _loose_box(self._page, unit, box):
            return 0.0
        high: float = box.right - box.left if self._is_across else box.top - box.bottom
        return high

    def _is_smaller(self, at: int, places: range) -> int | None:
        """Return the first seen sign of some places if a digit is smaller than it, as few are."""
        text = self._text
        for place in places:
            if not text[place].isspace() and (height := self._height(place)) > 0:
                return place if 0 < self._height(at) <= SMALLER * height else None
        return None

    def _inside_line(self, start: int, end: int) -> Marker | None:
        """Return the reference that a group of digits ends with when it is raised behind a sign."""
        before = self._is_smaller(end - 1, range(start - 1, max(-1, start - 8), -1))
        if before is None:
            return None
        number_at = self._split(start, end) if end - start > 1 else start
        if number_at > start:
            before = number_at - 1
        glyph, sign = self._glyph(number_at), self._glyph(before)
        number = int(self._text[number_at:end]) if end - number_at <= _MOST else 0
        if not (glyph and sign and number):
            return None
        if not _is_raised(glyph, sign) or not _follows(glyph, sign):
            return None
        if is_power_of_a_unit(self._text, number_at, number):
            return None
        return Marker(number, number_at, end, RAISED, False, True)

    def _at_line_start(self, start: int, end: int, referred: Collection[int]) -> Marker | None:
        """Decide what digits are that begin a line: a reference, a note, or any number."""
        marker = self._inside_line(start, end)
        number = int(self._text[start:end]) if end - start <= _MOST else 0
        if marker is not None or not number:
            return marker
        after = self._is_smaller(start, range(end, min(len(self._text), end + 6)))
        if after is not None:
            glyph, letter = self._glyph(start), self._glyph(after)
            if glyph and letter and _is_raised(glyph, letter):
                # A note, or a reference that the line's end cut off its word.
                return Marker(number, start, end, RAISED, True, True)
        if number not in referred or self._is_page_number(end):
            return None
        begins = _NOTE_BEGINS.match(self._text, end)
        if begins and not (begins["letter"] or "X").islower() and not self._is_heading(end):
            return Marker(number, start, end, BARE, True, False, weak=True)
        return None

    def _is_heading(self, at: int) -> bool:
        """Say whether the first letter after a place is larger than those of the page."""
        letter = next(
            (n for n in range(at, min(at + 6, len(self._text))) if self._text[n].isalpha()), at
        )
        if self._usual is None:
            self._usual = usual_size(self._page, self._letters)
        return 0 < self._usual * LARGER < size(self._page, self._letters.unit(letter))

    def _is_page_number(self, end: int) -> bool:
        """Say whether a number is all of one of the first two lines, or of the last."""
        line_end = self._text.find("\n", end)
        if line_end < 0 or self._text[end:line_end].strip(" .)|-–"):
            return False
        return self._text.count("\n", 0, end) < 2 or not self._text[line_end:].strip()

    def _rest_of_list(self, first: Marker) -> list[Marker]:
        """Return the further numbers of a raised list such as 48, 49."""
        found = []
        at = first.end
        while match := _NEXT_OF_LIST.match(self._text, at):
            glyph, begin = self._glyph(match.start(1)), self._glyph(first.start)
            if glyph is None or begin is None or abs(glyph.y - begin.y) > 0.2 * begin.height:
                break
            found.append(Marker(int(match[1]), match.start(1), match.end(1), RAISED, False, True))
            at = match.end()
        return found


def _is_raised(digit: Glyph, letter: Glyph) -> bool:
    if digit.height > SMALLER * letter.height:
        return False
    raised = (letter.y - digit.y) / letter.height
    return RAISE[0] < raised < RAISE[1]


def _follows(digit: Glyph, letter: Glyph) -> bool:
    """Say whether a digit stands close behind a letter."""
    return 0 <= digit.x - letter.x < 3 * letter.height
