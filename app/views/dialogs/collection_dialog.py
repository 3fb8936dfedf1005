"""Asks into which collection documents go."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from app.models.faces import plural
from app.operations import documents
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, form, words
from index.model import Document


class CollectionDialog(ActionDialog):
    """Offers the collections there are, and takes the name of a new one."""

    def __init__(
        self, session: Session, chosen: Sequence[Document], parent: QWidget | None = None
    ) -> None:
        super().__init__("Move to a collection", "Move", parent)
        self._session = session
        self._chosen = tuple(chosen)
        self.collection = QComboBox(editable=True)
        every = session.catalog.documents.values()
        known = sorted({d.collection for d in every if d.collection})
        self.collection.addItems(["", *known])
        now = {document.collection or "" for document in chosen}
        self.collection.setCurrentText(now.pop() if len(now) == 1 else "")
        count = len(self._chosen)
        what = f"“{self._chosen[0].title}”" if count == 1 else plural(count, "document")
        self.body.addWidget(words(what))
        rows = form()
        rows.addRow("Collection", self.collection)
        self.body.addLayout(rows)
        self.body.addWidget(words("A new name or a known one; none takes them out.", dim=True))
        self.setMinimumWidth(440)

    def act(self) -> None:
        """Move the documents."""
        documents.move(
            session=self._session,
            documents=[document.id for document in self._chosen],
            collection=self.collection.currentText().strip(),
        )
        self.accept()
