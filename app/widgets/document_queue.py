"""The list of documents in which proposals wait, to review one document at a time."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.models.waiting_documents import (
    WaitingDocument,
    WaitingDocumentsModel,
    waiting_documents,
)
from app.theme import Theme
from app.widgets.face_list import FaceList
from index.model import Document


class DocumentQueue(FaceList):
    """Holds the documents that wait, those with most to review first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Documents to review", parent)
        self.rows = WaitingDocumentsModel()
        self.setModel(self.rows)

    def refresh(
        self, counts: Mapping[str, int], documents: Mapping[str, Document], typed: str
    ) -> int:
        """Show the documents that wait and match; return how many there are."""
        found = waiting_documents(counts, documents, typed)
        self.rows.show(found)
        if found and not self.currentIndex().isValid():
            self.go(0)
        return len(found)

    def document(self) -> Document | None:
        """Return the current document."""
        row = self.current()
        return row.document if isinstance(row, WaitingDocument) else None
