"""What an empty list says: what to do, with the button to do it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.theme import SPACE


class EmptyState(QWidget):
    """A sentence or two, and at most one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[], object] | None = None
        self.label = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setProperty("dim", True)
        self.button = QPushButton()
        self.button.hide()
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 2)
        column.addStretch(1)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, text: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a text, and a button that calls `act`."""
        self.label.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._act = act

    def _press(self) -> None:
        if self._act is not None:
            self._act()
