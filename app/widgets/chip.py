"""Chips: rounded words with a dot of colour, a tick or a cross."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import HALF, SPACE, Theme

DOT = 10


class Chip(QWidget):
    """One word that can be clicked, and if `closable` be taken away by its cross."""

    clicked = Signal()
    closed = Signal()

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        dot: str = "",
        closable: bool = False,
        faint: bool = False,
        tick: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`dot` is a colour; `faint` is for what follows from something else."""
        super().__init__(parent)
        self._text = text
        self._theme = theme
        self._dot = dot
        self._closable = closable
        self._faint = faint
        self._tick = tick
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def text(self) -> str:
        """Return the word."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the size of word, dot and cross."""
        width = self.fontMetrics().horizontalAdvance(self._shown()) + SPACE * 2
        if self._dot:
            width += DOT + HALF
        return QSize(width, self.fontMetrics().height() + HALF)

    def minimumSizeHint(self) -> QSize:
        """Let long words be cut."""
        return QSize(min(self.sizeHint().width(), 60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colors.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.chip))
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        inner = self.rect().adjusted(SPACE, 0, -SPACE, 0)
        if self._dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._dot))
            painter.drawEllipse(inner.left(), (self.height() - DOT) // 2, DOT, DOT)
            inner.setLeft(inner.left() + DOT + HALF)
        painter.setPen(QColor(colors.dim if self._faint else colors.text))
        shown = self.fontMetrics().elidedText(
            self._shown(), Qt.TextElideMode.ElideMiddle, inner.width() + 2
        )
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell a click on the cross from one on the word."""
        if event.button() == Qt.MouseButton.LeftButton:
            cross = self.width() - SPACE * 3
            if self._closable and event.position().x() >= cross:
                self.closed.emit()
            else:
                self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter be a click and Delete the cross."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        elif self._closable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _shown(self) -> str:
        return self._text + (" ×" if self._closable else " ✓" if self._tick else "")
