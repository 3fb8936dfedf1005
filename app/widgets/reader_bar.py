"""The row above the page: outline, printed page, zoom, matches."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.icons import icon
from app.theme import HALF, SPACE, Theme
from index.model import Page


class ReaderBar(QWidget):
    """Shows where the reader is, and says where the user wants to go."""

    outline_toggled = Signal(bool)
    page_step = Signal(int)
    page_entered = Signal(str)  # a printed label, or a number
    zoom_step = Signal(int)
    fit_clicked = Signal()
    match_step = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: dict[QToolButton, str] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("reader_bar")
        self.outline = self._button("outline", "Outline")
        self.outline.setCheckable(True)
        self.outline.setText("Outline")
        self.outline.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.outline.toggled.connect(self.outline_toggled)
        self.previous = self._button("previous", "Previous page")
        self.next = self._button("next", "Next page")
        self.page_word = QLabel("page")
        self.page = QLineEdit()
        self.page.setAccessibleName("Page")
        self.page.setToolTip("The number printed on the page; type another to go there (Ctrl+G)")
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.returnPressed.connect(lambda: self.page_entered.emit(self.page.text()))
        self.place = QLabel()
        self.place.setProperty("dim", True)
        self.smaller = self._button("minus", "Zoom out (Ctrl+-)")
        self.larger = self._button("plus", "Zoom in (Ctrl++)")
        self.fit = QToolButton()
        self.fit.setToolTip("Fit the width (Ctrl+0)")
        self.matches = QLabel()
        self.matches.setProperty("dim", True)
        self.match_back = self._button("previous", "Previous match (Shift+F3)")
        self.match_on = self._button("next", "Next match (F3)")
        self.previous.clicked.connect(lambda: self.page_step.emit(-1))
        self.next.clicked.connect(lambda: self.page_step.emit(1))
        self.smaller.clicked.connect(lambda: self.zoom_step.emit(-1))
        self.larger.clicked.connect(lambda: self.zoom_step.emit(1))
        self.fit.clicked.connect(self.fit_clicked)
        self.match_back.clicked.connect(lambda: self.match_step.emit(-1))
        self.match_on.clicked.connect(lambda: self.match_step.emit(1))
        self._lay_out()
        self.show_matches(-1, 0)
        self.restyle()

    def show_page(self, page: Page, count: int) -> None:
        """Show the printed label of a page and its number among `count`."""
        section = page.label.startswith("¶")
        self.page_word.setVisible(not section)
        self.page.setText(page.label or str(page.number))
        self.page.setCursorPosition(0)
        metrics = self.page.fontMetrics()
        self.page.setFixedWidth(max(metrics.horizontalAdvance(self.page.text()) + 26, 52))
        self.place.setText(f"({page.number} of {count})")
        self.previous.setEnabled(page.index > 0)
        self.next.setEnabled(page.index < count - 1)

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom as a percentage."""
        self.fit.setText(f"{round(zoom * 100)} %")

    def show_matches(self, current: int, count: int) -> None:
        """Show which of how many matches is current; nothing when there are none."""
        for widget in (self.match_back, self.match_on):
            widget.setVisible(count > 0)
        self.matches.setVisible(count > 0)
        words = "match" if count == 1 else "matches"
        self.matches.setText(f"{current + 1} of {count} {words}")

    def restyle(self) -> None:
        """Take the theme's colours."""
        colors = self._theme.colors
        for button, name in self._icons.items():
            button.setIcon(icon(name, colors.dim, colors.accent))
            button.setIconSize(QSize(16, 16))
        self.setStyleSheet(
            f"#reader_bar {{ background: {colors.pane}; border-bottom: 1px solid {colors.line}; }}"
            "QLineEdit { padding: 2px 4px; }"
        )

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[button] = name
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, HALF, SPACE, HALF)
        row.setSpacing(HALF)
        row.addWidget(self.outline)
        row.addStretch(1)
        for widget in (self.previous, self.page_word, self.page, self.place, self.next):
            row.addWidget(widget)
        row.addSpacing(SPACE)
        for widget in (self.smaller, self.fit, self.larger):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.matches, self.match_back, self.match_on):
            row.addWidget(widget)
