"""Asks before documents are removed for good; those with passages are shown instead."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from app.models.faces import plural
from app.operations import documents
from app.session import Session
from index.model import Document


def ask(session: Session, chosen: Sequence[Document], parent: QWidget) -> QMessageBox:
    """Ask the one question, and return its box."""
    tagged = [document for document in chosen if document.passage_count]
    box = _refusal(session, tagged, parent) if tagged else _question(session, chosen, parent)
    box.setWindowTitle("Remove documents")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def _question(session: Session, chosen: Sequence[Document], parent: QWidget) -> QMessageBox:
    box = QMessageBox(parent)
    box.setText(f"Remove {_named(chosen)} from the archive?")
    copy = "copy of the file is" if len(chosen) == 1 else "copies of the files are"
    box.setInformativeText(f"The archive’s {copy} deleted, which cannot be undone.")
    yes = box.addButton("Remove", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    yes.clicked.connect(lambda: documents.remove(session=session, documents=chosen))
    return box


def _refusal(session: Session, tagged: Sequence[Document], parent: QWidget) -> QMessageBox:
    count = sum(document.passage_count for document in tagged)
    box = QMessageBox(parent)
    box.setText(
        f"{_named(tagged)} cannot be removed while {'it has' if len(tagged) == 1 else 'they have'}"
        f" {plural(count, 'passage')}."
    )
    box.setInformativeText("Remove the passages first, or put them into a newer version.")
    show = box.addButton("Show the passages", QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(show if isinstance(show, QPushButton) else None)
    show.clicked.connect(lambda: show_passages(session, tagged))
    return box


def show_passages(session: Session, tagged: Sequence[Document]) -> None:
    """Show the passages of documents in the Passages activity."""
    library = session.library

    def work(progress: object) -> list[str]:
        return [p.id for document in tagged for p in library.passages(document=document.id)]

    def show(identities: list[str]) -> None:
        session.activity_requested.emit("passages")
        session.passages_requested.emit(identities)

    session.jobs.run(work, done=show, owner=session)


def _named(chosen: Sequence[Document]) -> str:
    return f"“{chosen[0].title}”" if len(chosen) == 1 else plural(len(chosen), "document")
