"""What was done to an entity: how it came, and every change that was not taken back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.history_model import HistoryModel
from app.session import Session
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from index.model import Entity, PastChange


class HistoryPage(QWidget):
    """The changes of one entity, the newest first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HistoryModel()
        self.list = FaceList(session.theme, "History")
        self.list.setModel(self.model)
        self.empty = EmptyState()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        session.look_changed.connect(self.list.relayout)

    def show_changes(self, entity: Entity, changes: Sequence[PastChange]) -> None:
        """Show what was done to an entity."""
        self.model.show_changes(changes)
        self.pages.setCurrentWidget(self.list if changes else self.empty)
        self.empty.say(f"Nothing that was done to {entity.name} is written down here.")
