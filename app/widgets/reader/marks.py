"""What is painted over a sheet: passages, mentions, matches, selection.

Colours multiply with the paper, so that overlaps stay readable; on dark paper
they are laid over it thinly instead. A passage has a two-pixel underline for
each of its colours, and overlapping passages stack theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.theme import MATCH_COLOR, Colors
from app.widgets.reader.sheet import Sheet
from index.model import Span

UNDERLINE = 2.0
STACKED = 2.6  # from one underline to the next
FILL_ON_LIGHT = 0.36  # how much of the full colour is in a fill
FILL_ON_DARK = 0.30
DEEPEST = 3  # underlines under each other
Multiply = QPainter.CompositionMode.CompositionMode_Multiply
Over = QPainter.CompositionMode.CompositionMode_SourceOver


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A passage as the page view shows it; `level` is how many underlines lie above its own."""

    id: str
    start: int
    end: int
    colors: tuple[str, ...]
    tooltip: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class MentionMark:
    """A place where a name of the list stands and nobody has decided yet."""

    start: int
    end: int
    tooltip: str


def leveled(marks: Sequence[PassageMark]) -> list[PassageMark]:
    """Return the marks in order of place, each with the lowest level free beneath it."""
    placed: list[PassageMark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        taken: set[int] = set()
        for other in placed:
            if other.end > mark.start:
                taken.update(range(other.level, other.level + max(len(other.colors), 1)))
        level = next(n for n in range(len(taken) + 1) if n not in taken)
        placed.append(PassageMark(mark.id, mark.start, mark.end, mark.colors, mark.tooltip, level))
    return placed


def tinted(color: str, share: float) -> QColor:
    """Return white with a share of a colour in it, to multiply with."""
    full = QColor(color)
    return QColor.fromRgbF(
        1 - share * (1 - full.redF()),
        1 - share * (1 - full.greenF()),
        1 - share * (1 - full.blueF()),
    )


def fill(
    painter: QPainter, sheet: Sheet, rects: Iterable[QRectF], color: str, share: float
) -> None:
    """Lay a translucent colour over rectangles."""
    if sheet.dark:
        thin = QColor(color)
        thin.setAlphaF(min(share * FILL_ON_DARK / FILL_ON_LIGHT, 1.0))
        painter.setCompositionMode(Over)
        for rect in rects:
            painter.fillRect(rect, thin)
        return
    painter.setCompositionMode(Multiply)
    tint = tinted(color, share)
    for rect in rects:
        painter.fillRect(rect, tint)
    painter.setCompositionMode(Over)


def paint_passage(painter: QPainter, sheet: Sheet, mark: PassageMark) -> None:
    """Paint one passage: its fill in the first colour, an underline for every colour."""
    rects = sheet.rects(mark.start, mark.end)
    fill(painter, sheet, rects, mark.colors[0], FILL_ON_LIGHT)
    for number, color in enumerate(mark.colors):
        depth = (mark.level + number) % DEEPEST * STACKED
        for rect in rects:
            painter.fillRect(
                QRectF(rect.left(), rect.bottom() - 2 + depth, rect.width(), UNDERLINE),
                QColor(color),
            )


def paint_mention(painter: QPainter, sheet: Sheet, mark: MentionMark, colors: Colors) -> None:
    """Paint a dotted line under a name that waits for review."""
    ink = colors.dim if sheet.dark else "#6a6f76"
    pen = QPen(QColor(ink), 1.4, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.1, 2.2])
    painter.setPen(pen)
    for rect in sheet.rects(mark.start, mark.end):
        y = rect.bottom() + 1
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def paint_match(painter: QPainter, sheet: Sheet, mark: Span, current: bool) -> None:
    """Paint a search match, the current one stronger."""
    share = 1.0 if current else 0.55
    rects = sheet.rects(mark.start, mark.end)
    fill(painter, sheet, [rect.adjusted(-1, 0, 1, 0) for rect in rects], MATCH_COLOR, share)


def paint_selection(painter: QPainter, sheet: Sheet, mark: Span, colors: Colors) -> None:
    """Paint the selected words."""
    fill(painter, sheet, sheet.rects(mark.start, mark.end), "#5b93f5", 0.5)


def paint_outline(painter: QPainter, sheet: Sheet, mark: PassageMark, colors: Colors) -> None:
    """Paint the line around the current passage."""
    rects = sheet.rects(mark.start, mark.end)
    if not rects:
        return
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for rect in _closed(rects):
        path.addRect(rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colors.accent if sheet.dark else "#2457c5"), 1.5))
    painter.drawPath(path.simplified())


def _closed(rects: list[QRectF]) -> list[QRectF]:
    """Return the rectangles grown so that lines below each other touch."""
    grown = [QRectF(rect).adjusted(-2, -1, 2, 2) for rect in rects]
    for above, below in pairwise(grown):
        gap = below.top() - above.bottom()
        overlap = min(above.right(), below.right()) - max(above.left(), below.left())
        if overlap > 0 and -above.height() < gap < above.height():
            above.setBottom(below.top())
    return grown
