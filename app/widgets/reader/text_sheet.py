"""A section of a text report, laid out when it is first looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from app.direction import option_for
from app.offsets import Utf16
from app.theme import LINE_HEIGHT, Colors
from app.widgets.reader.sheet import SheetLine
from index.model import Page

MARGIN = 64  # pixels beside the text, where the paper is wide enough
LEAST_MARGIN = 20


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How every section of a report is set; made once for all of them."""

    font: QFont
    width: float  # of the paper, in pixels
    step: float  # from line to line
    letter: float  # the average width of one
    dark: bool

    @classmethod
    def of(cls, font: QFont, width: float, colors: Colors) -> "TextStyle":
        """Measure a font for paper of a width."""
        metrics = QFontMetricsF(font)
        step = metrics.height() * LINE_HEIGHT / 1.2
        return cls(font, width, step, max(metrics.averageCharWidth(), 1.0), colors.dark)

    @property
    def margin(self) -> float:
        """The pixels beside the text; few on narrow paper, which is for the words."""
        return min(max(self.width / 10, LEAST_MARGIN), MARGIN)

    @property
    def room(self) -> float:
        """The length of a line in pixels."""
        return self.width - 2 * self.margin


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its first offset in the document, its layout, its place on the sheet."""

    start: int
    text: str
    layout: QTextLayout
    units: Utf16
    top: float

    def position(self, offset: int) -> int:
        """Return an offset of the document as a position in the layout."""
        return self.units.units(min(max(offset - self.start, 0), len(self.text)))


class TextSheet:
    """A section of text on paper of the window's own colours."""

    def __init__(
        self,
        page: Page,
        text: str,
        style: TextStyle,
        height: float,
        above: float = 0.0,
        below: float = 0.0,
    ) -> None:
        """`height` is what it was when it was laid out before, or an estimate.

        `above` and `below` are pixels that stay white; sections follow each other
        without a gap, so that only the first and the last one have them.
        """
        self.page = page
        self.start, self.end = page.start, page.end
        self._text = text
        self._style = style
        self._paragraphs: list[Paragraph] | None = None
        self._lines: list[SheetLine] = []
        self._height = height
        self._above, self._below = above, below

    @property
    def width(self) -> float:
        """The width of the paper in pixels."""
        return self._style.width

    @property
    def dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return self._style.dark

    @property
    def height(self) -> float:
        """Pixels; an estimate until the sheet is laid out."""
        return self._height

    @property
    def ready(self) -> bool:
        """Whether the text is laid out."""
        return self._paragraphs is not None

    def lay_out(self) -> None:
        """Break the text into lines, once."""
        if self._paragraphs is not None:
            return
        top = self._above
        self._paragraphs = []
        for start, text in _paragraphs(self._text):
            paragraph = self._paragraph(self.start + start, text, top)
            top = self._break_lines(paragraph)
            self._paragraphs.append(paragraph)
        self._height = top + self._below

    def lines(self) -> Sequence[SheetLine]:
        """Return the lines in the order of the text."""
        return self._lines

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return one rectangle a line for a range, cut to the sheet."""
        found = []
        for paragraph in self._paragraphs or ():
            if paragraph.start >= end:
                break
            if paragraph.start + len(paragraph.text) <= start:
                continue
            found += _paragraph_rects(paragraph, start, end, self._style.margin)
        return found

    def offset_at(self, point: QPointF) -> int:
        """Return the offset nearest to a point."""
        paragraphs = self._paragraphs
        if not paragraphs:
            return self.start
        nearest = paragraphs[0]
        for paragraph in paragraphs:
            if paragraph.top <= point.y():
                nearest = paragraph
        layout = nearest.layout
        y = point.y() - nearest.top
        number = 0
        while number + 1 < layout.lineCount() and layout.lineAt(number + 1).y() <= y:
            number += 1
        if not layout.lineCount():
            return nearest.start
        position = layout.lineAt(number).xToCursor(point.x() - self._style.margin)
        return nearest.start + nearest.units.offset(int(position))

    def edge(self, offset: int) -> QRectF | None:
        """Return where a caret stands."""
        for paragraph in reversed(self._paragraphs or ()):
            if paragraph.start <= offset:
                position = paragraph.position(offset)
                line = paragraph.layout.lineForTextPosition(position)
                if not line.isValid():
                    return None
                x = self._style.margin + _x(line.cursorToX(position))
                return QRectF(x, paragraph.top + line.y(), 0, line.height())
        return None

    def paint(self, painter: QPainter, exposed: QRectF, colors: Colors) -> None:
        """Paint paper, text and the section's label in the margin."""
        painter.fillRect(QRectF(0, 0, self.width, self.height).adjusted(0, 0, 0, 1), colors.pane)
        painter.setPen(QColor(colors.text))
        for paragraph in self._paragraphs or ():
            below = paragraph.top + paragraph.layout.boundingRect().bottom()
            if below >= exposed.top() and paragraph.top <= exposed.bottom():
                paragraph.layout.draw(painter, QPointF(self._style.margin, paragraph.top))

    def _paragraph(self, start: int, text: str, top: float) -> Paragraph:
        # Controls would be drawn as boxes; one space each keeps every offset.
        shown = "".join(" " if character < " " else character for character in text)
        layout = QTextLayout(shown, self._style.font)
        option = option_for(shown)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        return Paragraph(start, text, layout, Utf16(text), top)

    def _break_lines(self, paragraph: Paragraph) -> float:
        """Lay one paragraph out and return where it ends."""
        layout = paragraph.layout
        y = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._style.room)
            line.setPosition(QPointF(0, y))
            first = paragraph.units.offset(line.textStart())
            last = paragraph.units.offset(line.textStart() + line.textLength())
            text_rect = line.naturalTextRect().translated(self._style.margin, paragraph.top)
            self._lines.append(
                SheetLine(paragraph.start + first, paragraph.start + last, text_rect)
            )
            y += self._style.step
        layout.endLayout()
        return paragraph.top + max(y, self._style.step * 0.5)


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Return the paragraphs of a text with their offsets, without the line breaks."""
    found = []
    start = 0
    for line in text.splitlines(keepends=True):
        found.append((start, line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
        start += len(line)
    return found


def _paragraph_rects(paragraph: Paragraph, start: int, end: int, margin: float) -> list[QRectF]:
    first, last = paragraph.position(start), paragraph.position(end)
    found = []
    layout = paragraph.layout
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        begin, stop = line.textStart(), line.textStart() + line.textLength()
        if stop <= first or begin >= last:
            continue
        edges = (_x(line.cursorToX(max(first, begin))), _x(line.cursorToX(min(last, stop))))
        found.append(
            QRectF(
                margin + min(edges),
                paragraph.top + line.y(),
                abs(edges[1] - edges[0]),
                line.height(),
            )
        )
    return found


def _x(answer: Any) -> float:
    # PySide returns (x, position) where C++ has an in-out argument; its stubs say float.
    return float(answer[0] if isinstance(answer, tuple) else answer)
