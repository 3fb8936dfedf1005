"""What the page view scrolls: one sheet a page or section, asked in view pixels.

Offsets are code points of the whole document's canonical text; a sheet answers
for those between its `start` and `end`. Points and rectangles are relative to
the sheet's own top left corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.theme import Colors
from app.widgets.reader.lines import PageBoxes
from index.model import Page, Rect


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet: a range of the document and where it lies."""

    start: int
    end: int
    rect: QRectF


class Sheet(Protocol):
    """One page or section as the page view needs it."""

    page: Page
    start: int
    end: int

    @property
    def width(self) -> float:
        """Pixels at the present scale."""

    @property
    def height(self) -> float:
        """Pixels at the present scale; an estimate until the sheet is `ready`."""

    @property
    def ready(self) -> bool:
        """Whether ranges and points can be asked for."""

    @property
    def dark(self) -> bool:
        """Whether light text stands on a dark ground, so that colours must not multiply."""

    def lines(self) -> Sequence[SheetLine]:
        """Return the lines in the order of the text."""

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return one rectangle a line for a range, cut to the sheet."""

    def offset_at(self, point: QPointF) -> int:
        """Return the offset nearest to a point."""

    def edge(self, offset: int) -> QRectF | None:
        """Return where a caret stands."""

    def paint(self, painter: QPainter, exposed: QRectF, colors: Colors) -> None:
        """Paint the sheet without any marks."""


class PictureSheet:
    """A page that is drawn elsewhere: the picture and the boxes are brought when they are there."""

    dark = False

    def __init__(self, page: Page, text: str) -> None:
        self.page = page
        self.start, self.end = page.start, page.end
        self.scale = 1.0  # pixels a point
        self.picture: QImage | None = None
        self.drawn_at = 0.0  # the scale of the picture
        self.failure = ""  # a sentence, when the page could not be drawn
        self._text = text
        self._boxes: PageBoxes | None = None

    @property
    def width(self) -> float:
        """Pixels at the present scale."""
        return (self.page.width or 595.0) * self.scale

    @property
    def height(self) -> float:
        """Pixels at the present scale."""
        return (self.page.height or 842.0) * self.scale

    @property
    def ready(self) -> bool:
        """Whether the boxes of the characters are there."""
        return self._boxes is not None

    def set_boxes(self, boxes: PageBoxes | None) -> None:
        """Take the boxes of the page's characters, or forget them."""
        self._boxes = boxes

    def lines(self) -> Sequence[SheetLine]:
        """Return the lines in the order of the text."""
        if self._boxes is None:
            return ()
        return [
            SheetLine(self.start + line.start, self.start + line.end, self._pixels(line.box))
            for line in self._boxes.lines
        ]

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return one rectangle a line for a range, cut to the sheet."""
        if self._boxes is None or end <= self.start or start >= self.end:
            return []
        local = self._boxes.rects(max(start - self.start, 0), min(end, self.end) - self.start)
        return [self._pixels(rect) for rect in local]

    def offset_at(self, point: QPointF) -> int:
        """Return the offset nearest to a point."""
        if self._boxes is None:
            return self.start
        return self.start + self._boxes.offset_at(point.x() / self.scale, point.y() / self.scale)

    def edge(self, offset: int) -> QRectF | None:
        """Return where a caret stands."""
        edge = self._boxes.edge(offset - self.start) if self._boxes is not None else None
        return None if edge is None else self._pixels(edge)

    def paint(self, painter: QPainter, exposed: QRectF, colors: Colors) -> None:
        """Paint the paper and on it the picture, stretched while a better one is on its way."""
        sheet = QRectF(0, 0, self.width, self.height)
        painter.fillRect(sheet, QColor(colors.page))
        if self.picture is not None:
            painter.save()
            if QColor(colors.page) != QColor("white"):
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            if self.drawn_at == self.scale:
                painter.drawImage(QPointF(0, 0), self.picture)  # pixel by pixel
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(sheet, self.picture)
            painter.restore()
        elif self.failure:
            painter.setPen(QColor(colors.warning))
            painter.drawText(sheet.adjusted(24, 24, -24, -24), _CENTERED, self.failure)

    def _pixels(self, rect: Rect) -> QRectF:
        k = self.scale
        return QRectF(
            rect.left * k, rect.top * k, (rect.right - rect.left) * k, (rect.bottom - rect.top) * k
        )


_CENTERED = 0x84 | 0x1000  # Qt.AlignCenter | Qt.TextWordWrap, as drawText wants a plain number
