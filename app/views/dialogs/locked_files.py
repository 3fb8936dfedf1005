"""Encrypted files of an import: asks for their password and takes them in with it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from app.models.faces import plural
from app.operations import importing
from app.session import Session
from app.views.dialogs.password_dialog import PasswordDialog
from index.errors import PasswordNeeded
from index.model import ImportOptions, ImportResult

Told = Callable[[list[ImportResult]], object]


class PasswordButton(QPushButton):
    """Asks for one password for all encrypted files; `told` gets what became of them."""

    def __init__(
        self,
        session: Session,
        results: Sequence[ImportResult],
        told: Told,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Give password…", parent)
        self._session, self._told = session, told
        self.locked = [result.path for result in results if result.password_needed]
        self._collection = _collection_of(session, results)
        self.setAutoDefault(False)
        if not self.locked:
            self.hide()
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        what = (
            f"{self.locked[0].name} is encrypted."
            if len(self.locked) == 1
            else f"{plural(len(self.locked), 'file')} are encrypted."
        )
        PasswordDialog(f"{what} Type the password to import it.", self._try, self.window()).open()

    def _try(self, password: str, dialog: PasswordDialog) -> None:
        def finished(results: list[ImportResult]) -> None:
            still = [result for result in results if result.password_needed]
            if still and len(still) == len(self.locked):
                dialog.explain(PasswordNeeded("This password does not open it. Type another one."))
                return
            dialog.accept()
            self._told(results)

        importing.import_files(
            session=self._session,
            paths=self.locked,
            options=ImportOptions(collection=self._collection, passwords=(password,)),
            told=finished,
        )


def _collection_of(session: Session, results: Sequence[ImportResult]) -> str | None:
    """Return the collection that everything else of the import went into."""
    known = [session.catalog.documents.get(result.document or "") for result in results]
    names = {document.collection for document in known if document is not None}
    return names.pop() if len(names) == 1 else None
