"""Who is tagged together with an entity, drawn: the entity in the middle, the others beside it."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.seeing import Companion
from app.theme import KIND_SYMBOLS, ROW, SPACE, Theme, entity_color
from index.model import Entity

MOST = 14  # entities around the middle
DOT = 7  # pixels of a dot's radius
NEAR = 9  # pixels from a line that count as on it


class TogetherGraph(QWidget):
    """Lines as thick as there are passages; `chosen` carries the id of the other end."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._middle: Entity | None = None
        self._others: list[Companion] = []
        self._current = ""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(220)
        self.setAccessibleName("Graph of entities tagged together")

    def show_companions(self, middle: Entity, others: Sequence[Companion]) -> None:
        """Draw the closest companions of an entity."""
        self._middle = middle
        self._others = list(others)[:MOST]
        self.update()

    def show_current(self, identity: str) -> None:
        """Draw one line as the current one."""
        self._current = identity
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(420, 320)

    def places(self) -> list[QPointF]:
        """Return where the companions are drawn, in their order."""
        shown = self._shown()
        sides = (math.ceil(len(shown) / 2), len(shown) // 2)
        found = []
        for number in range(len(shown)):
            side, row = number % 2, number // 2
            x = self.width() * (0.18 if side == 0 else 0.82)
            found.append(QPointF(x, self.height() * (row + 0.5) / max(sides[side], 1)))
        return found

    def _shown(self) -> list[Companion]:
        """Return as many companions as there is height for, two columns of them."""
        return self._others[: max(2 * (self.height() // ROW), 2)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lines first, then names."""
        if self._middle is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont()
        font.setPixelSize(self._theme.small())
        painter.setFont(font)
        middle = QPointF(self.width() / 2, self.height() / 2)
        for companion, place in zip(self._shown(), self.places(), strict=True):
            self._paint_line(painter, middle, place, companion)
        for companion, place in zip(self._shown(), self.places(), strict=True):
            self._paint_name(painter, place, companion.entity)
        self._paint_name(painter, middle, self._middle, strong=True)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a line stands for."""
        companion = self._at(event.position())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if companion else Qt.CursorShape.ArrowCursor
        )
        if companion is None:
            self.setToolTip("")
        else:
            count = len(companion.passages)
            words = "1 passage" if count == 1 else f"{count} passages"
            self.setToolTip(f"{companion.entity.name}: {words} tagged with both")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the line or the name that is clicked."""
        companion = self._at(event.position())
        if companion is not None:
            self.chosen.emit(companion.entity.id)

    def _paint_line(
        self, painter: QPainter, middle: QPointF, place: QPointF, companion: Companion
    ) -> None:
        colors = self._theme.colors
        current = companion.entity.id == self._current
        count = len(companion.passages)
        pen = QPen(QColor(colors.accent if current else colors.dim))
        pen.setWidthF(1 + min(count, 12) * 0.6)
        if not count:  # in the same documents only
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(middle, place)
        if count:
            half = (middle + place) / 2
            box = QRectF(half.x() - 12, half.y() - 9, 24, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.pane))
            painter.drawRoundedRect(box, 9, 9)
            painter.setPen(QColor(colors.accent if current else colors.dim))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(count))

    def _paint_name(
        self, painter: QPainter, place: QPointF, entity: Entity, *, strong: bool = False
    ) -> None:
        colors = self._theme.colors
        painter.setBrush(QColor(colors.pane))
        painter.setPen(Qt.PenStyle.NoPen)
        name = painter.fontMetrics().elidedText(
            entity.name, Qt.TextElideMode.ElideRight, max(self.width() // 3 - 40, 60)
        )
        width = painter.fontMetrics().horizontalAdvance(name) + DOT * 2 + SPACE * 2
        height = painter.fontMetrics().height() + SPACE
        box = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
        painter.setPen(QColor(colors.accent if strong else colors.line))
        painter.drawRoundedRect(box, height / 2, height / 2)
        sign = box.adjusted(SPACE, 0, 0, 0)
        painter.setPen(QColor(entity_color(entity)))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(sign, flags, KIND_SYMBOLS.get(entity.kind, "●"))
        painter.setPen(QColor(colors.text))
        painter.drawText(box.adjusted(SPACE + DOT * 2, 0, 0, 0), flags, name)

    def _at(self, point: QPointF) -> Companion | None:
        middle = QPointF(self.width() / 2, self.height() / 2)
        best: tuple[float, Companion] | None = None
        for companion, place in zip(self._shown(), self.places(), strict=True):
            if abs(point.x() - place.x()) < 80 and abs(point.y() - place.y()) < 14:
                return companion
            distance = _distance(point, middle, place)
            if distance < NEAR and (best is None or distance < best[0]):
                best = (distance, companion)
        return best[1] if best is not None else None


def _distance(point: QPointF, start: QPointF, end: QPointF) -> float:
    """Return how far a point is from a line between two others."""
    along = end - start
    length = along.x() ** 2 + along.y() ** 2
    if not length:
        return math.inf
    part = point - start
    share = max(0.0, min(1.0, (part.x() * along.x() + part.y() * along.y()) / length))
    rest = point - (start + along * share)
    return math.hypot(rest.x(), rest.y())
