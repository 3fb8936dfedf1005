"""What was done to an entity: how it came, and every change that was not taken back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.models.history_model import HistoryModel
from app.session import Session
from app.widgets.list_page import ListPage
from index.model import Entity, PastChange


class HistoryPage(ListPage):
    """The changes of one entity, the newest first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        model = HistoryModel()
        super().__init__(session.theme, model, "History", parent)
        self.model = model
        session.look_changed.connect(self.list.relayout)

    def show_changes(self, entity: Entity, changes: Sequence[PastChange]) -> None:
        """Show what was done to an entity."""
        self.model.show_changes(changes)
        self.show_rows(
            any_rows=bool(changes),
            otherwise=f"Nothing that was done to {entity.name} is written down here.",
        )
