"""Asks of which document another one is a newer version."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.documents_model import DocumentsModel
from app.operations import versions
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, words
from app.widgets.face_list import FaceList
from index.model import Document
from index.versions import Carried, alike


class VersionChooser(ActionDialog):
    """The documents of the archive, those that look alike first; `told` gets what became of it."""

    def __init__(
        self,
        session: Session,
        document: Document,
        told: Callable[[Carried], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("A newer version", "Attach", parent)
        self._session, self._document, self._told = session, document, told
        self._alike: dict[str, int] = {}
        self.field = QLineEdit(clearButtonEnabled=True)
        self.field.setPlaceholderText("Find the earlier version by title, author or file name")
        self.field.setAccessibleName("Find the earlier version")
        self.field.textChanged.connect(self._show)
        self.model = DocumentsModel()
        self.list = FaceList(session.theme, "Earlier versions to choose from")
        self.list.setSelectionMode(FaceList.SelectionMode.SingleSelection)
        self.list.setModel(self.model)
        self.list.opened.connect(lambda chosen: self.act())
        self.list.went.connect(lambda chosen: self.verb.setEnabled(True))
        title = words(f"“{document.title}” is a newer version of")
        title.setProperty("strong", True)
        self.body.addWidget(title)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(
            words(
                "Its passages are looked for in the newer version. What is not found for sure"
                " waits for you, and one undo takes everything back.",
                dim=True,
            )
        )
        self.resize(520, 480)
        self._show()
        session.jobs.run(
            lambda progress: alike(session.library, document), done=self._take_alike, owner=self
        )

    def choose(self, identity: str) -> None:
        """Make a document the current one of the list."""
        number = self.model.place(identity)
        if number is not None:
            self.list.go(number)

    def act(self) -> None:
        """Attach the document to the chosen one."""
        older = self.list.current()
        if not isinstance(older, Document):
            self.say("Choose the earlier version first.")
            return
        self.wait()
        versions.attach(
            session=self._session,
            newer=self._document.id,
            older=older.id,
            done=self._finish,
            failed=self.explain,
        )

    def _finish(self, carried: Carried) -> None:
        self.accept()
        self._told(carried)

    def _take_alike(self, found: Sequence[Document]) -> None:
        self._alike = {document.id: number for number, document in enumerate(found)}
        self._show()
        if found and not self.field.text():
            self.choose(found[0].id)

    def _show(self) -> None:
        typed = self.field.text().casefold().split()
        every = self._session.catalog.documents.values()
        fitting = [
            document
            for document in every
            if document.id != self._document.id and _has(document, typed)
        ]
        # Sorted by hand, so that those that look alike stay on top.
        fitting.sort(key=lambda d: (self._alike.get(d.id, len(self._alike)), d.title.casefold()))
        self.model.show(fitting)
        self.list.setCurrentIndex(self.list.currentIndex())
        self.verb.setEnabled(self.list.currentIndex().isValid())
        if fitting and typed:
            self.list.go(0)


def _has(document: Document, typed: Sequence[str]) -> bool:
    about = " ".join((document.title, *document.authors, document.file_name)).casefold()
    return all(word in about for word in typed)


class CarriedReport(ActionDialog):
    """Says what became of the passages of a document that has a new text."""

    def __init__(
        self,
        session: Session,
        carried: Carried,
        repair: Callable[[Sequence[str]], object],
        parent: QWidget | None = None,
    ) -> None:
        self.waiting = (*carried.uncertain, *carried.lost)
        super().__init__("What became of the passages", "Find places…", parent)
        self._repair = repair
        headline, rows = summary(carried)
        title = words(headline)
        title.setProperty("strong", True)
        self.body.addWidget(title)
        for row in rows:
            self.body.addWidget(words(row, dim=True))
        self.verb.setVisible(bool(self.waiting))
        self.cancel.setText("Later" if self.waiting else "Close")
        if not self.waiting:
            self.cancel.setDefault(True)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.resize(460, 200)

    def act(self) -> None:
        """Go through those that wait for a place."""
        self.accept()
        self._repair(self.waiting)


def summary(carried: Carried) -> tuple[str, list[str]]:
    """Return in a sentence, and in a line for each kind, what became of passages."""
    found = (
        (carried.exact, "stands", "stand", "where it stood", "where they stood"),
        (carried.moved, "was", "were", "found again at another place", "found again elsewhere"),
        (carried.uncertain, "has", "have", "an uncertain place", "uncertain places"),
        (carried.lost, "was", "were", "not found", "not found"),
    )
    rows = []
    for ids, one, many, thing, things in found:
        if len(ids) == 1:
            rows.append(f"1 passage {one} {thing}.")
        elif ids:
            rows.append(f"{len(ids):,} passages {many} {things}.")
    waiting = len(carried.uncertain) + len(carried.lost)
    if not rows:
        return "There were no passages to bring over.", []
    if not waiting:
        return "Every passage has its place.", rows
    noun = "passage needs" if waiting == 1 else "passages need"
    return f"{waiting} {noun} a place.", rows
