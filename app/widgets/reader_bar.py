"""The row above the page: outline, printed page, zoom, matches."""

from enum import IntEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.icons import icon, put_before_text
from app.theme import HALF, SPACE, Theme
from index.model import Page


class Word(IntEnum):
    """What is left out where room is short, in this order."""

    MATCHES = 1
    OUTLINE = 2
    PAGE = 3
    STEPS = 4  # the buttons beside the zoom, which the keyboard has too
    PLACE = 5
    ZOOM = 6  # the menu and the keyboard have it


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
        self._has_word = True
        self._match = (0, 0)
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
        self._has_word = not section
        self.page.setText(page.label or str(page.number))
        self.page.setCursorPosition(0)
        metrics = self.page.fontMetrics()
        self.page.setFixedWidth(max(metrics.horizontalAdvance(self.page.text()) + 26, 52))
        self.place.setText(f"({page.number} of {count})")
        self.previous.setEnabled(page.index > 0)
        self.next.setEnabled(page.index < count - 1)
        self._fit()

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom as a percentage."""
        self.fit.setText(f"{round(zoom * 100)} %")
        self._fit()

    def show_matches(self, current: int, count: int) -> None:
        """Show which of how many matches is current; nothing when there are none."""
        for widget in (self.match_back, self.match_on):
            widget.setVisible(count > 0)
        self.matches.setVisible(count > 0)
        self._match = (current + 1, count)
        self._fit()

    def restyle(self) -> None:
        """Take the theme's colours."""
        colors = self._theme.colors
        size = self._theme.scaled(16)
        for button, name in self._icons.items():
            button.setIcon(icon(name, colors.dim, colors.accent))
            button.setIconSize(QSize(size, size))
        put_before_text(self.outline, icon("outline", colors.dim, colors.accent), size)
        self.setStyleSheet(
            f"#reader_bar {{ background: {colors.pane}; border-bottom: 1px solid {colors.line}; }}"
            "QLineEdit { padding: 2px 4px; }"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave words out, the least needed first, until the rest has room."""
        for left_out in range(len(Word) + 1):
            self._show_words(left_out)
            row = self.layout()
            if row is None:
                return
            row.invalidate()
            if row.minimumSize().width() <= self.width():
                return

    def _show_words(self, left_out: int) -> None:
        current, count = self._match
        place = f"{current} of {count}"
        words = f"{place} {'match' if count == 1 else 'matches'}"
        self.matches.setText(place if left_out >= Word.MATCHES else words)
        self.matches.setToolTip(words)
        icon_only = left_out >= Word.OUTLINE
        self.outline.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if icon_only
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        self.page_word.setVisible(self._has_word and left_out < Word.PAGE)
        for button in (self.smaller, self.larger):
            button.setVisible(left_out < Word.STEPS)
        self.place.setVisible(left_out < Word.PLACE)
        self.fit.setVisible(left_out < Word.ZOOM)

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
