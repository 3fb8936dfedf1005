"""Ways to go on typing a query, under the field; the keyboard stays in the field."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.offsets import Utf16
from index.model import Completion

CHOICE = Qt.ItemDataRole.UserRole
ROWS = 8
WIDTH = 360


class CompletionList(QListWidget):
    """Shows completions under a field and puts the chosen one into it."""

    taken = Signal()

    def __init__(self, field: QLineEdit, window: QWidget) -> None:
        super().__init__(window)
        self._field = field
        self._window = window
        self.setProperty("roomy", True)
        self.setProperty("popup", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Ways to go on")
        self.itemClicked.connect(self._take)
        self.hide()

    def offer(self, completions: Sequence[Completion]) -> None:
        """Show completions, the first one chosen; none hides the list."""
        self.clear()
        for completion in completions[:ROWS]:
            pages = f"   {completion.count:,} pages" if completion.count else ""
            item = QListWidgetItem(f"{completion.text}{pages}")
            item.setData(CHOICE, completion)
            self.addItem(item)
        if not self.count():
            self.hide()
            return
        self.setCurrentRow(-1)
        height = sum(self.sizeHintForRow(n) for n in range(self.count())) + 4
        place = self._field.mapTo(self._window, QPoint(0, self._field.height() + 2))
        self.setGeometry(place.x(), place.y(), min(WIDTH, self._field.width()), height)
        self.show()
        self.raise_()

    def key(self, event: QKeyEvent) -> bool:
        """Act on a key that was pressed in the field; say whether it was meant for the list."""
        if not self.isVisible():
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % self.count())
        elif key == Qt.Key.Key_Tab:
            self._take(self.item(max(self.currentRow(), 0)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._take(self.item(self.currentRow()))
        else:
            return False
        return True

    def _take(self, item: QListWidgetItem) -> None:
        completion: Completion = item.data(CHOICE)
        text = self._field.text()
        rest = text[completion.end :]
        space = "" if completion.text.endswith(":") or rest.startswith(" ") else " "
        before = text[: completion.start] + completion.text + space
        self.hide()
        self._field.setText(before + rest)
        self._field.setCursorPosition(Utf16(before).units(len(before)))
        self.taken.emit()
