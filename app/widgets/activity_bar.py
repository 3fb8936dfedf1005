"""The narrow column at the left with one button an activity."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from app.icons import icon
from app.theme import HALF, Theme


class ActivityBar(QWidget):
    """Buttons of which exactly one is on; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(
        self,
        entries: Sequence[tuple[str, str, str]],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """`entries` are key, title and icon name from top to bottom."""
        super().__init__(parent)
        self._theme = theme
        self._icons = {key: name for key, _, name in entries}
        self._buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(HALF, HALF * 2, HALF, HALF)
        column.setSpacing(HALF)
        for number, (key, title, _) in enumerate(entries, start=1):
            button = QToolButton()
            button.setText(title)
            button.setCheckable(True)
            button.setToolTip(f"{title} (Ctrl+{number})")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda checked=False, key=key: self.chosen.emit(key))
            group.addButton(button)
            column.addWidget(button)
            self._buttons[key] = button
        column.addStretch(1)
        self.restyle()

    def select(self, key: str) -> None:
        """Switch the button of an activity on."""
        self._buttons[key].setChecked(True)
        for each, button in self._buttons.items():
            # Tab stops at the one that is on; the arrow keys go to the others.
            on = each == key
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)

    def restyle(self) -> None:
        """Take the theme's colours and text size."""
        colors = self._theme.colors
        size = self._theme.scaled(20)
        small = max(self._theme.text_size - 3, 9)
        for key, button in self._buttons.items():
            button.setIcon(icon(self._icons[key], colors.dim, colors.accent))
            button.setIconSize(QSize(size, size))
            button.setStyleSheet(f"QToolButton {{ font-size: {small}px; padding: 5px 0; }}")
            button.setFixedSize(self._theme.text_size * 4 + 4, self._theme.scaled(46))
