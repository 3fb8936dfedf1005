"""One sentence across the window that stays until it is dismissed; it stops nobody's work."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.icons import icon
from app.theme import SPACE, Theme


class MessageBar(QWidget):
    """Shows the last problem; empty, it takes no room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("message_bar")
        self._label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._label.setMinimumWidth(1)  # a long path in it would make the window wider
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setToolTip("Dismiss")
        self._close.setAccessibleName("Dismiss")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._label, 1)
        row.addWidget(self._close)
        self.restyle()
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a sentence."""
        self._label.setText(text)
        self.show()

    def text(self) -> str:
        """Return the sentence shown last."""
        return self._label.text()

    def restyle(self) -> None:
        """Take the colours of the theme."""
        colors = self._theme.colors
        self._close.setIcon(icon("close", colors.dim))
        self.setStyleSheet(
            f"#message_bar {{ background: {colors.pane}; border-bottom: 1px solid {colors.line};"
            f" border-left: 3px solid {colors.warning}; }}"
        )
