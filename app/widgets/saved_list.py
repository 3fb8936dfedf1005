"""The searches that were kept, each with what is new for it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from app.theme import SPACE

KEPT = Qt.ItemDataRole.UserRole


class SavedList(QWidget):
    """A heading and one line a saved search; `chosen` and `removed` carry its place in the list."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel("SAVED SEARCHES")
        heading.setProperty("heading", True)
        heading.setContentsMargins(SPACE // 2, 0, 0, 0)
        self.list = QListWidget()
        self.list.setAccessibleName("Saved searches")
        self.list.setProperty("roomy", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self._forget)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.setFocusProxy(self.list)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE * 3 // 2, SPACE, 0)
        column.addWidget(heading)
        column.addWidget(self.list)

    def show_lines(self, lines: Sequence[tuple[str, int]]) -> None:
        """Show names with their numbers of new pages."""
        self.list.clear()
        for name, new in lines:
            item = QListWidgetItem(f"{name}  ·  {new:,} new" if new else name)
            item.setToolTip(name)
            self.list.addItem(item)
        if lines:
            self.list.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.list.row(item))

    def _forget(self) -> None:
        if self.list.currentRow() >= 0:
            self.removed.emit(self.list.currentRow())

    def _offer(self, place: QPoint) -> None:
        item = self.list.itemAt(place)
        if item is not None:
            menu = QMenu(self)
            row = self.list.row(item)
            menu.addAction("Forget this search").triggered.connect(
                lambda checked=False: self.removed.emit(row)
            )
            menu.popup(self.list.viewport().mapToGlobal(place))
