"""The bar with the one search field, the shown activity's buttons, and Import… at its end."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.icons import icon, put_before_text
from app.theme import SPACE, Theme
from app.widgets.current_stack import CurrentStack


class TopBar(QWidget):
    """Says what is typed, and where the user goes from the field."""

    typed = Signal(str)
    submitted = Signal()
    left = Signal()  # Down or Escape: on to the list

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("top_bar")
        self.field = QLineEdit(clearButtonEnabled=True)
        self.field.setAccessibleName("Search")
        self.field.setMaximumWidth(640)
        self._glass = QAction(self.field)
        self.field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._say)
        self._quiet = False
        self.field.returnPressed.connect(self.submitted)
        self.field.installEventFilter(self)
        self.keys: Callable[[QKeyEvent], bool] = lambda event: False  # asked before the field
        self.tools = CurrentStack()
        self.end = QPushButton("Import…")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self.field, 3)
        row.addWidget(self.tools, 2)
        row.addWidget(self.end)
        self.restyle()

    def set_text(self, text: str) -> None:
        """Put a text into the field without saying that it was typed."""
        # Blocking the field's signals would leave its clear button as it was.
        self._quiet = True
        self.field.setText(text)
        self._quiet = False

    def _say(self, text: str) -> None:
        if not self._quiet:
            self.typed.emit(text)

    def restyle(self) -> None:
        """Take the theme's colours."""
        colors = self._theme.colors
        self._glass.setIcon(icon("search", colors.dim))
        put_before_text(self.end, icon("import", colors.text), self._theme.scaled(16))
        self.setStyleSheet(
            f"#top_bar {{ background: {colors.background};"
            f" border-bottom: 1px solid {colors.line}; }}"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down and Escape leave the field for the list."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self.keys(event)
        ):
            return True
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape)
        ):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)
