"""One line of words that is cut with an ellipsis where room is short."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LEAST = 4  # letters that stay in sight


class ElidedLabel(QLabel):
    """A plain label that never makes its window wider; cut, it says all of it in its tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return room for some letters."""
        hint = super().sizeHint()
        least = self.fontMetrics().averageCharWidth() * LEAST if self.text() else 0
        return QSize(min(hint.width(), least), hint.height())

    def shown(self) -> str:
        """Return the words as they are painted."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        """Say the whole text in a tooltip only where it is cut."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self.shown() != self.text() else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            self.shown(),
            self.foregroundRole(),
        )
        painter.end()
