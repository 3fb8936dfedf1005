"""Lines of a page from the boxes of its characters: for painting ranges and for the mouse.

A box is in points, top left of the page as seen; a character with no place
(a line break, a control) has an empty one.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Rect

SAME_LINE = 0.4  # share of the lower character that must overlap the line's height
WIDEST_GAP = 3.0  # in line heights; a wider one is the gap between two columns
ROW_WEIGHT = 20.0  # a line at the pointer's height wins over a nearer one above or below


@dataclass(frozen=True, slots=True)
class Line:
    """A run of characters, `start` inclusive and `end` exclusive, that lie side by side."""

    start: int
    end: int
    box: Rect


def is_empty(box: Rect) -> bool:
    """Say whether a character has no place on the page."""
    return box.right <= box.left or box.bottom <= box.top


def joined(first: Rect, second: Rect) -> Rect:
    """Return the smallest rectangle around two."""
    return Rect(
        min(first.left, second.left),
        min(first.top, second.top),
        max(first.right, second.right),
        max(first.bottom, second.bottom),
    )


def _goes_on(line: Rect, box: Rect) -> bool:
    overlap = min(line.bottom, box.bottom) - max(line.top, box.top)
    height = line.bottom - line.top
    if overlap < SAME_LINE * min(height, box.bottom - box.top):
        return False
    # Either way, so that right-to-left text is one line too.
    return max(box.left - line.right, line.left - box.right) <= WIDEST_GAP * height


def lines_of(boxes: Sequence[Rect]) -> tuple[Line, ...]:
    """Return the lines of a page in the order of its text."""
    lines: list[Line] = []
    start, around = 0, None
    for place, box in enumerate(boxes):
        if is_empty(box):
            continue
        if around is None:
            around = box
        elif _goes_on(around, box):
            around = joined(around, box)
        else:
            lines.append(Line(start, place, around))
            start, around = place, box
    if around is not None:
        lines.append(Line(start, len(boxes), around))
    return tuple(lines)


class PageBoxes:
    """The boxes of one page, asked for ranges and for points; offsets are page-local."""

    def __init__(self, boxes: Sequence[Rect], text: str) -> None:
        self.boxes = boxes
        self.lines = lines_of(boxes)
        self._text = text
        self._starts = [line.start for line in self.lines]

    def line_of(self, offset: int) -> int:
        """Return the index of the line an offset is on; -1 when the page has no lines."""
        return max(bisect_right(self._starts, offset) - 1, 0) if self.lines else -1

    def rects(self, start: int, end: int) -> list[Rect]:
        """Return one rectangle a line for the characters of `start:end`."""
        found = []
        for line in self.lines[max(self.line_of(start), 0) :]:
            if line.start >= end:
                break
            inside = [
                box
                for box in self.boxes[max(start, line.start) : min(end, line.end)]
                if not is_empty(box)
            ]
            if inside:
                left, right = min(b.left for b in inside), max(b.right for b in inside)
                found.append(Rect(left, line.box.top, right, line.box.bottom))
        return found

    def offset_at(self, x: float, y: float) -> int:
        """Return the offset between characters that is nearest to a point."""
        if not self.lines:
            return 0
        nearest = min(range(len(self.lines)), key=lambda n: _distance(self.lines[n].box, x, y))
        return self.offset_in_line(nearest, x)

    def offset_in_line(self, number: int, x: float) -> int:
        """Return the offset of line `number` that is nearest to `x`."""
        line = self.lines[number]
        best, distance = line.start, float("inf")
        for place in range(line.start, line.end):
            box = self.boxes[place]
            if is_empty(box):
                continue
            middle = (box.left + box.right) / 2
            if abs(x - middle) < distance:
                distance = abs(x - middle)
                best = place + ((x > middle) != self._right_to_left(place))
        return best

    def edge(self, offset: int) -> Rect | None:
        """Return where a caret at `offset` stands, as a rectangle without width."""
        if not self.lines:
            return None
        line = self.lines[self.line_of(offset)]
        place = min(offset, line.end - 1)
        while place > line.start and is_empty(self.boxes[place]):
            place -= 1
        box = self.boxes[place]
        after = (offset > place) != self._right_to_left(place)
        x = box.right if after else box.left
        return Rect(x, line.box.top, x, line.box.bottom)

    def _right_to_left(self, place: int) -> bool:
        if place >= len(self._text):
            return False
        return unicodedata.bidirectional(self._text[place]) in ("R", "AL")


def _distance(box: Rect, x: float, y: float) -> float:
    across = max(box.left - x, x - box.right, 0.0)
    down = max(box.top - y, y - box.bottom, 0.0)
    return across + ROW_WEIGHT * down
