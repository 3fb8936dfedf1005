"""The tabs above the reader: one a document, each with its cross."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from app.icons import icon
from app.theme import SPACE, Theme

TITLE = 32  # characters of a title in a tab
LEAST = 104  # pixels a tab keeps, at the normal text size; the rest is scrolled to
CLOSER = 20


class ReaderTabs(QTabBar):
    """Keeps a widget a tab; `close_wanted` carries the widget whose cross was clicked."""

    close_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("Open documents")
        self.setContentsMargins(SPACE, SPACE, SPACE, 0)

    def add(self, content: QWidget, title: str) -> None:
        """Add a tab without making it current."""
        # Adding the first tab makes it current, before it could have its data.
        blocked = self.blockSignals(True)
        number = self.addTab("")
        self.setTabData(number, content)
        self.setTabButton(number, QTabBar.ButtonPosition.RightSide, self._closer(content))
        self.blockSignals(blocked)
        self.name(content, title)
        self.restyle()

    def name(self, content: QWidget, title: str) -> None:
        """Write the title of a tab, short; all of it is in the tooltip."""
        number = self.place(content)
        short = title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + "…"
        self.setTabText(number, short.replace("&", "&&"))
        self.setTabToolTip(number, title)

    def contents(self) -> list[QWidget]:
        """Return the widgets in the order of their tabs."""
        return [self.tabData(number) for number in range(self.count())]

    def place(self, content: QWidget) -> int:
        """Return the number of a widget's tab, or -1."""
        found = (n for n in range(self.count()) if self.tabData(n) is content)
        return next(found, -1)

    def step(self, step: int) -> None:
        """Go to the next tab, after the last one to the first; with -1 back."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + step) % self.count())

    def restyle(self) -> None:
        """Take the theme's colours and text size."""
        for number in range(self.count()):
            button = self.tabButton(number, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                button.setIcon(icon("close", self._theme.colors.dim))
                button.setIconSize(QSize(12, 12))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Leave enough of a title to know it by."""
        wanted = self.tabSizeHint(index)
        return QSize(min(wanted.width(), self._theme.scaled(LEAST)), wanted.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close with the middle button, too."""
        number = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and number >= 0:
            self.close_wanted.emit(self.tabData(number))
        else:
            super().mouseReleaseEvent(event)

    def _closer(self, content: QWidget) -> QToolButton:
        button = QToolButton()
        button.setToolTip("Close (Ctrl+W)")
        button.setAccessibleName("Close")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedSize(CLOSER, CLOSER)
        button.clicked.connect(lambda: self.close_wanted.emit(content))
        return button
