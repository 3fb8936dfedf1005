"""The line above a list: how many there are, and at the right how they are chosen and sorted."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.theme import HALF, SPACE

Choice = tuple[str, str]  # key and words


class MenuButton(QToolButton):
    """A button that shows which of a few choices is on, and offers the others."""

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice],
        chosen: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = ""
        self._chosen = chosen
        self._actions: dict[str, QAction] = {}
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setProperty("dim", True)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._group = QActionGroup(self)
        self.offer(choices)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; the one that is on stays on if it is still there."""
        self._menu.clear()
        self._actions = {}
        for key, text in choices:
            action = QAction(text.replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.triggered.connect(partial(self._take, key))
            self._group.addAction(action)
            self._menu.addAction(action)
            self._actions[key] = action
        if choices:
            self.show_choice(self.key if self.key in self._actions else choices[0][0])

    def show_choice(self, key: str) -> None:
        """Show a choice as the one that is on."""
        self.key = key
        if key in self._actions:
            self._actions[key].setChecked(True)
            words = self._actions[key].text().replace("&&", "&")
            self.setText(f"{words if len(words) < 24 else words[:23].rstrip() + '…'} ▾")

    def show_words(self, words: str) -> None:
        """Show other words than those of the choice that is on."""
        self.setText(f"{words} ▾")

    def _take(self, key: str, checked: bool = False) -> None:
        self.show_choice(key)
        self._chosen(key)


class ListHead(QWidget):
    """A count at the left, or a button that shows one, and menu buttons at the right."""

    def __init__(
        self,
        buttons: Sequence[QWidget] = (),
        first: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setProperty("dim", True)
        self.count.setMinimumWidth(1)
        row = QHBoxLayout(self)
        # The words of a button stand as far from the edge as those of the rows below.
        padded = all(isinstance(button, QToolButton) for button in buttons)
        right = HALF if padded else SPACE * 3 // 2
        row.setContentsMargins(HALF if first else SPACE * 3 // 2, HALF, right, HALF)
        row.setSpacing(0)
        self.setMinimumHeight(36)
        if first is not None:
            row.addWidget(first)
            self.count.hide()
            row.addStretch(1)
        else:
            row.addWidget(self.count, 1)
        for button in buttons:
            row.addWidget(button)
