"""Commands about the care of documents: versions, reading again, scans, labels, passwords."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.operations import passwords, versions
from app.session import Session
from index.errors import MunimentError, PasswordNeeded
from index.model import Document, ImportOptions, Span
from index.versions import Carried

if TYPE_CHECKING:
    from app.views.dialogs.password_dialog import PasswordDialog
    from app.views.main_window import MainWindow

OF_A_DOCUMENT = (
    "document.newer",
    "document.reread",
    "document.encoding",
    "document.recognise",
    "document.labels",
)
PAGED, TEXT = "application/pdf", "text/plain"


class Care(QObject):
    """Opens the dialogs over the window, for what is selected in the Library or being read."""

    def __init__(self, session: Session, window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._asked: set[str] = set()
        add = session.commands.add
        add("document.newer", "This is a newer version of…", self.choose_version)
        add("document.reread", "Read the document again", self.reread)
        add("documents.reread", "Read again what an older reader read", self.reread_outdated)
        add("document.encoding", "Read with another encoding…", self.choose_encoding)
        add("document.recognise", "Read the pages without text…", self.recognise)
        add("documents.recognise", "Read every page without text…", self.recognise_all)
        add("document.labels", "Page labels…", self.label_pages)
        add("document.unlock", "Give the password of the document…", self.unlock)
        add("passages.repair", "Find places for passages…", self.repair)
        session.password_wanted.connect(self.ask_once)

    # Versions

    def choose_version(self) -> None:
        """Ask of which document this one is a newer version."""
        document = self._document()
        if document is not None:
            from app.views.dialogs.version_chooser import VersionChooser

            VersionChooser(self._session, document, self.tell, self._window).open()

    def reread(self) -> None:
        """Read the original again, as it was read before."""
        document = self._document()
        if document is not None:
            versions.reread(
                session=self._session,
                document=document.id,
                options=ImportOptions(),
                done=self.tell,
            )

    def reread_outdated(self) -> None:
        """Read every original again whose text another version of the reader made."""
        versions.reread_outdated(session=self._session, done=self._tell_outdated)

    def _tell_outdated(self, carried: Carried | None) -> None:
        if carried is None:
            self._session.notice.emit("Every document was read by the reader of this version.")
        else:
            self.tell(carried)

    def choose_encoding(self) -> None:
        """Ask for another encoding of a text."""
        document = self._document()
        if document is None:
            return
        if document.media_type != TEXT:
            self._session.notice.emit("Only plain texts have an encoding to choose.")
            return
        from app.views.dialogs.encoding_dialog import EncodingDialog

        EncodingDialog(self._session, document, self.tell, self._window).open()

    def tell(self, carried: Carried) -> None:
        """Say what became of the passages of a new text."""
        from app.views.dialogs.version_chooser import CarriedReport, summary

        if carried.moved or carried.uncertain or carried.lost:
            CarriedReport(self._session, carried, self.repair, self._window).open()
        else:
            headline, rows = summary(carried)
            self._session.notice.emit(rows[0] if rows else headline)

    def repair(self, only: Sequence[str] = ()) -> None:
        """Go through the passages that wait for a place."""
        from app.views.dialogs.repair_dialog import RepairDialog

        RepairDialog(self._session, self._selected, only, self._window).show()

    # Pages

    def recognise(self) -> None:
        """Read the pages without text of the chosen documents."""
        self._recognise(self._documents())

    def recognise_all(self) -> None:
        """Read the pages without text of every document."""
        self._recognise(list(self._session.catalog.documents.values()))

    def _recognise(self, documents: Sequence[Document]) -> None:
        some = [document for document in documents if document.unsearchable_pages]
        if not some:
            self._session.notice.emit("Every page can be searched already.")
            return
        from app.views.dialogs.recognise_dialog import RecogniseDialog

        RecogniseDialog(self._session, some, self._window).open()

    def label_pages(self) -> None:
        """Say what the pages of a document are called."""
        document = self._document()
        if document is None:
            return
        if not document.paged:
            self._session.notice.emit("Only documents with printed pages have page labels.")
            return
        from app.views.dialogs.labels_dialog import LabelsDialog

        LabelsDialog(self._session, document, self._window).open()

    # Passwords

    def ask_once(self, identity: str) -> None:
        """Ask for the password of a document that is to be drawn, once in a session."""
        if identity not in self._asked:
            self._asked.add(identity)
            self._ask(identity)

    def unlock(self) -> None:
        """Ask for the password of the document that is shown."""
        document = self._document()
        if document is None:
            return
        if document.media_type != PAGED:
            self._tell_open()
            return
        self._session.jobs.run(
            lambda progress: self._session.library.view(document.id),
            done=lambda view: self._tell_open(),
            failed=partial(self._ask_if_locked, document.id),
            owner=self,
        )

    def _tell_open(self) -> None:
        self._session.notice.emit("This document is open and needs no password.")

    def _ask_if_locked(self, identity: str, error: Exception) -> None:
        if isinstance(error, PasswordNeeded):
            self._ask(identity)
        else:
            self._session.problem.emit(str(error))

    def _ask(self, identity: str) -> None:
        from app.views.dialogs.password_dialog import PasswordDialog

        document = self._session.catalog.documents.get(identity)
        title = f"“{document.title}”" if document is not None else "This document"

        def attempt(password: str, dialog: "PasswordDialog") -> None:
            def opened(changes: object) -> None:
                dialog.accept()
                self._window.reader.reload(identity)

            passwords.unlock(
                session=self._session,
                document=identity,
                password=password,
                done=opened,
                failed=dialog.explain,
            )

        PasswordDialog(
            f"{title} is encrypted. Type its password to see its pages.", attempt, self._window
        ).open()

    # What is meant

    def _documents(self) -> list[Document]:
        """Return what is selected in the Library while it is shown, else what is being read."""
        if self._window.current == "library":
            chosen = getattr(self._window.view("library"), "list", None)
            if chosen is not None and chosen.chosen():
                return list(chosen.chosen())
        document = self._session.catalog.documents.get(self._session.document)
        return [document] if document is not None else []

    def _document(self) -> Document | None:
        documents = self._documents()
        if not documents:
            self._session.notice.emit("Choose or open a document first.")
        return documents[0] if documents else None

    def _selected(self) -> tuple[str, Span] | None:
        document = self._window.reader.current
        span = document.selected() if document is not None else None
        return (document.identity, span) if document is not None and span is not None else None


class ReaderCare(QObject):
    """Keeps the tabs of the reader on the text that the archive holds now."""

    def __init__(self, session: Session, window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._window = session, window
        session.changed.connect(self._follow)

    def _follow(self, changes: object) -> None:
        library = self._session.library
        shown = self._window.reader.contents()
        wanted = {
            identity: state
            for identity, state in shown.items()
            if getattr(changes, "everything", False)
            or identity in getattr(changes, "documents", ())
        }
        if not wanted:
            return

        def work(progress: object) -> tuple[list[str], list[str]]:
            stale, gone = [], []
            for identity, state in wanted.items():
                try:
                    document = library.document(identity)
                except MunimentError:
                    gone.append(identity)
                    continue
                labels = tuple(page.label for page in library.pages(identity))
                if state != (document.text_sha256, labels):
                    stale.append(identity)
            return stale, gone

        self._session.jobs.run(work, done=self._take, owner=self)

    def _take(self, found: tuple[list[str], list[str]]) -> None:
        stale, gone = found
        for identity in gone:
            self._window.reader.close_document(identity)
        for identity in stale:
            self._window.reader.reload(identity)


def add(session: Session, window: "MainWindow") -> None:
    """Add the commands, and keep the reader on the newest text."""
    Care(session, window)
    ReaderCare(session, window)
