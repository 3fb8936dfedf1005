"""A page that is one list, or words where the list is empty."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList


class ListPage(QWidget):
    """Shows the rows of a model, and `empty` while there are none."""

    def __init__(
        self, theme: Theme, model: QAbstractItemModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.list = FaceList(theme, name)
        self.list.setModel(model)
        self.empty = EmptyState()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def show_rows(self, *, any_rows: bool, otherwise: str) -> None:
        """Show the list, or words when it has no rows."""
        self.pages.setCurrentWidget(self.list if any_rows else self.empty)
        self.empty.say(otherwise)
