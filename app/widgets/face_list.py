"""A list of two-line rows that keeps its place when the rows are read again."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from app.models.rows import KEY, ROW
from app.theme import Theme
from app.widgets.face_delegate import FaceDelegate

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FaceList(QListView):
    """Says which row was gone to (`went`) and which was opened (`opened`), as the row's value."""

    went = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._keeping = False
        self._keys: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {}
        self.setAccessibleName(name)
        self.setItemDelegate(FaceDelegate(theme, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self._open)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Follow a model, by the keys of its rows."""
        super().setModel(model)
        if model is not None:
            model.modelAboutToBeReset.connect(self._remember)
            model.modelReset.connect(self._restore)
            self.selectionModel().currentChanged.connect(self._went)

    def take_keys(
        self,
        keys: Mapping[Qt.Key, Callable[[], object]],
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Let keys act on the list while it has the keyboard, before any menu hears them."""
        self._keys.update({(int(key), modifier): act for key, act in keys.items()})

    def current(self) -> Any:
        """Return the value of the current row."""
        return self.currentIndex().data(ROW) if self.currentIndex().isValid() else None

    def chosen(self) -> list[Any]:
        """Return the values of the selected rows from top to bottom."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [self.model().index(row, 0).data(ROW) for row in rows]

    def go(self, number: int) -> None:
        """Make a row the current one."""
        model = self.model()
        if model is not None and 0 <= number < model.rowCount():
            self.setCurrentIndex(model.index(number, 0))

    def relayout(self) -> None:
        """Measure every row again."""
        self.scheduleDelayedItemsLayout()

    def event(self, event: QEvent) -> bool:
        """Claim the keys that act on the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._acts(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on a key of the list; Enter opens the current row."""
        act = self._acts(event)
        if act is not None:
            act()
        elif event.key() in ENTER and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _acts(self, event: QKeyEvent) -> Callable[[], object] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._keys.get((event.key(), modifiers))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def _went(self, current: QModelIndex) -> None:
        if current.isValid() and not self._keeping:
            self.went.emit(current.data(ROW))

    def _remember(self) -> None:
        self._keeping = True
        index = self.currentIndex()
        self._key = str(index.data(KEY)) if index.isValid() else ""

    def _restore(self) -> None:
        model = self.model()
        place = getattr(model, "place", None)
        number = place(self._key) if self._key and place is not None else None
        if number is not None:
            self.selectionModel().setCurrentIndex(
                model.index(number, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self._keeping = False
