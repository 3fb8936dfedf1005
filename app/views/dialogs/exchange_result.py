"""What came in from elsewhere, and what of it is to be looked at."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.models.faces import plural
from app.session import Session
from app.theme import SPACE
from app.views.dialogs.action_dialog import ActionDialog, words
from index.exchange.merging import Conflict, Merged
from index.exchange.taking import Taken

SUBJECT = Qt.ItemDataRole.UserRole


class ExchangeResult(ActionDialog):
    """Numbers, and a sentence for each thing to look at; Enter opens what it is about."""

    def __init__(
        self,
        session: Session,
        title: str,
        facts: str,
        open_points: Sequence[Conflict],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, "Close", parent)
        self._session = session
        self.cancel.hide()
        self.facts = words(facts)
        self.points = QListWidget()
        self.points.setAccessibleName("To look at")
        self.points.setWordWrap(True)
        self.points.setSpacing(SPACE // 2)
        for point in open_points:
            item = QListWidgetItem(point.sentence)
            item.setData(SUBJECT, point.subject)
            self.points.addItem(item)
        self.points.itemActivated.connect(self.open_subject)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.points, 1)
        self.points.setVisible(bool(open_points))
        if open_points:
            self.points.setCurrentRow(0)
            self.points.setFocus()
        if any(point.subject for point in open_points):
            self.body.addWidget(words("Enter opens what a line is about.", dim=True))
        self.resize(520, 340 if open_points else 140)

    def open_subject(self, item: QListWidgetItem) -> None:
        """Open the document or the entity that a line is about."""
        from app.views.dialogs.document_form import DocumentForm
        from app.views.dialogs.entity_editor import EntityEditor

        catalog, subject = self._session.catalog, str(item.data(SUBJECT))
        if subject in catalog.documents:
            DocumentForm(self._session, catalog.documents[subject], self).open()
        elif subject in catalog.entities:
            EntityEditor(self._session, catalog.entities[subject], parent=self).open()


def of_taken(session: Session, taken: Taken, parent: QWidget | None) -> ExchangeResult:
    """Return the result of taking in a file."""
    facts = _came_in(taken.documents, taken.entities, taken.passages)
    if taken.described:
        facts += f" Citation data of {plural(taken.described, 'document')} were changed."
    if taken.known:
        facts += f" {plural(taken.known, 'passage')} had been there already."
    points = [Conflict("", sentence) for sentence in taken.problems]
    return ExchangeResult(session, "Taken in", facts, points, parent)


def of_merged(session: Session, merged: Merged, parent: QWidget | None) -> ExchangeResult:
    """Return the result of merging an archive."""
    facts = (
        f"{_came_in(merged.documents, merged.entities, merged.passages)}\n"
        f"The archive as it was before is in {merged.backup}."
    )
    if merged.conflicts:
        facts += (
            f"\n{plural(len(merged.conflicts), 'thing is', 'things are')} said differently in the"
            " two archives; what you had was kept."
        )
    return ExchangeResult(session, "Merged", facts, merged.conflicts, parent)


def _came_in(documents: int, entities: int, passages: int) -> str:
    """Return what came in as a sentence, without what did not."""
    parts = [
        plural(number, *word)
        for number, word in (
            (documents, ("document",)),
            (entities, ("entity", "entities")),
            (passages, ("passage",)),
        )
        if number
    ]
    if not parts:
        return "Nothing new came in."
    return f"{', '.join(parts[:-1])}{' and ' if parts[1:] else ''}{parts[-1]} came in."
