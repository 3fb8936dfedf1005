"""The selection: an anchor, a caret, and how mouse and keyboard move them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

from app.widgets.reader import words
from app.widgets.reader.sheet import Sheet, SheetLine
from app.widgets.reader.stack import SheetStack
from index import graphemes
from index.model import Span


@dataclass
class Selection:
    """What is selected in a document; offsets never fall inside a grapheme."""

    text: str
    anchor: int = 0
    caret: int = 0
    unit: str = "character"  # what a drag grows by: character, word, line
    origin: tuple[int, int] = (0, 0)  # the word or line a drag began with

    @property
    def span(self) -> Span | None:
        """The selected range without white space at its ends, or None."""
        first, last = sorted((self.anchor, self.caret))
        first = graphemes.snap_back(self.text, first)
        last = graphemes.snap_forward(self.text, last)
        first, last = words.trimmed(self.text, first, last)
        return Span(first, last) if first < last else None

    def clear(self) -> None:
        """Select nothing and leave the caret where it is."""
        self.anchor = self.caret

    def select(self, start: int, end: int) -> None:
        """Select a range, with the caret at its end."""
        self.anchor, self.caret = start, end

    def press(self, offset: int, *, extend: bool) -> None:
        """Begin a selection at an offset, or move its end there."""
        self.unit = "character"
        self.caret = offset
        if not extend:
            self.anchor = offset

    def press_range(self, start: int, end: int, unit: str) -> None:
        """Begin a selection with a whole word or line."""
        self.unit, self.origin = unit, (start, end)
        self.select(start, end)

    def drag(self, offset: int, around: tuple[int, int]) -> None:
        """Move the end to an offset; `around` is the word or line there."""
        if self.unit == "character":
            self.caret = offset
        elif around[0] < self.origin[0]:
            self.anchor, self.caret = self.origin[1], around[0]
        else:
            self.anchor, self.caret = self.origin[0], max(around[1], self.origin[1])

    def move(self, offset: int, *, extend: bool) -> None:
        """Put the caret at an offset, taking the anchor along unless `extend` is set."""
        self.caret = min(max(offset, 0), len(self.text))
        if not extend:
            self.anchor = self.caret


def line_around(sheet: Sheet, offset: int) -> SheetLine | None:
    """Return the line an offset is on."""
    found = None
    for line in sheet.lines():
        if line.start <= offset:
            found = line
    return found


def moved(selection: Selection, stack: SheetStack[Sheet], key: int, *, by_word: bool) -> int | None:
    """Return where a key takes the caret, or None when the key does not move it."""
    text, caret = selection.text, selection.caret
    if key == Qt.Key.Key_Left:
        return words.previous_word(text, caret) if by_word else _back(text, caret)
    if key == Qt.Key.Key_Right:
        return words.next_word(text, caret) if by_word else _forward(text, caret)
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        if by_word:
            return 0 if key == Qt.Key.Key_Home else len(text)
        line = line_around(stack.sheets[stack.of(caret)], caret)
        if line is None:
            return caret
        start, end = words.trimmed(text, line.start, line.end)
        return start if key == Qt.Key.Key_Home else end
    if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return _other_line(stack, caret, -1 if key == Qt.Key.Key_Up else 1)
    return None


def _back(text: str, caret: int) -> int:
    return graphemes.snap_back(text, max(caret - 1, 0))


def _forward(text: str, caret: int) -> int:
    return graphemes.snap_forward(text, min(caret + 1, len(text)))


def _other_line(stack: SheetStack[Sheet], caret: int, step: int) -> int:
    """Return the offset above or below the caret, on the next sheet if need be."""
    index = stack.of(caret)
    sheet = stack.sheets[index]
    edge = sheet.edge(caret)
    lines = sheet.lines()
    if edge is None or not lines:
        return caret
    number = sum(line.start <= caret for line in lines) - 1 + step
    if not 0 <= number < len(lines):
        index += step
        if not 0 <= index < len(stack.sheets) or not stack.sheets[index].lines():
            return caret
        edge = edge.translated((sheet.width - stack.sheets[index].width) / -2, 0)
        sheet = stack.sheets[index]
        lines = sheet.lines()
        number = 0 if step > 0 else len(lines) - 1
    return sheet.offset_at(QPointF(edge.x(), lines[number].rect.center().y()))
