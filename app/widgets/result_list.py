"""The list of search results: skips headings, and asks for more before its end is seen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from app.models.hits import HitModel, Step


class ResultList(QListView):
    """The list of results; asks for more when its end comes into sight."""

    near_end = Signal()
    AHEAD = 1200  # pixels before the end

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Results")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def relayout(self) -> None:
        """Measure every row again."""
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the snippets to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Skip headings with the arrow keys."""
        steps = {Qt.Key.Key_Down: Step.ON, Qt.Key.Key_Up: Step.BACK}
        model = self.model()
        if event.key() in steps and isinstance(model, HitModel) and not event.modifiers():
            number = model.neighbour(self.currentIndex().row(), steps[Qt.Key(event.key())])
            if number is not None:
                self.setCurrentIndex(model.index(number))
            return
        super().keyPressEvent(event)

    def _look(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - self.AHEAD:
            self.near_end.emit()
