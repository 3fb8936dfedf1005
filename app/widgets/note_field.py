"""A field for a memo that grows with its text and says when the writing has settled."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.theme import SPACE

FEWEST, MOST = 3, 12  # lines


class NoteField(QPlainTextEdit):
    """Emits `settled` with a changed text when it loses the keyboard or at Ctrl+Enter."""

    settled = Signal(str)
    left = Signal()  # by a key; the keyboard is free

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._kept = text
        self.setAccessibleName("Note")
        self.setPlaceholderText("What matters about this passage")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(
            lambda size: self.updateGeometry()
        )

    def settle(self) -> None:
        """Say the text if it has changed since it was said last."""
        text = self.toPlainText().strip()
        if text != self._kept:
            self._kept = text
            self.settled.emit(text)

    def sizeHint(self) -> QSize:
        """Return a height of a few lines, more when there is more text."""
        lines = min(max(self.document().size().toSize().height(), FEWEST), MOST)
        height = lines * self.fontMetrics().lineSpacing() + SPACE * 3
        return QSize(160, height)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Settle when the user goes elsewhere."""
        super().focusOutEvent(event)
        self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle at Ctrl+Enter, and give the keyboard back at Escape."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (enter and control) or event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
            self.left.emit()
            return
        super().keyPressEvent(event)
