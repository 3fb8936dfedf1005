"""What in an import looks like a newer version of something, with a button for each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.operations import versions
from app.session import Session
from app.theme import SPACE
from app.views.dialogs.action_dialog import words
from app.views.dialogs.version_chooser import CarriedReport, summary
from app.widgets.prose import Prose
from index.model import Document, ImportResult, ImportStatus
from index.versions import Carried, alike_among

MOST = 20  # offers shown at once
LOWEST = 130  # pixels; what does not fit is scrolled to
Pair = tuple[Document, Document]


class VersionOffers(QScrollArea):
    """Takes no room until something is found."""

    def __init__(
        self, session: Session, results: Sequence[ImportResult], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(LOWEST)
        inner = QWidget()
        inner.setProperty("pane", True)
        self.setWidget(inner)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self._column.setSpacing(SPACE)
        self.hide()
        added = [r.document for r in results if r.status is ImportStatus.ADDED and r.document]
        session.jobs.run(
            lambda progress: alike_among(session.library, added), done=self._take, owner=self
        )

    def _take(self, pairs: list[Pair]) -> None:
        for newer, older in pairs[:MOST]:
            self._offer(newer, older)
        if len(pairs) > MOST:
            self._column.addWidget(words(f"{len(pairs) - MOST} more look alike.", dim=True))
        self._column.addStretch(1)
        self.setVisible(bool(pairs))

    def _offer(self, newer: Document, older: Document) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        year = f", {older.issued[:4]}" if older.issued else ""
        about = Prose.plain(
            f"“{newer.title}” ({newer.file_name}) may be a newer version of"
            f" “{older.title}” ({older.file_name}{year})."
        )
        button = QPushButton("Attach")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._attach(button, newer, older))
        self.buttons.append(button)
        row.addWidget(about, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _attach(self, button: QPushButton, newer: Document, older: Document) -> None:
        button.setEnabled(False)

        def told(carried: Carried) -> None:
            button.setText("Attached")
            if carried.moved or carried.uncertain or carried.lost:
                CarriedReport(self._session, carried, self._repair, self.window()).open()
            else:
                headline, rows = summary(carried)
                self._session.notice.emit(rows[0] if rows else headline)

        versions.attach(
            session=self._session,
            newer=newer.id,
            older=older.id,
            done=told,
            failed=lambda error: self._failed(button, error),
        )

    def _failed(self, button: QPushButton, error: Exception) -> None:
        button.setEnabled(True)
        self._session.problem.emit(str(error))

    def _repair(self, waiting: Sequence[str]) -> None:
        action = self._session.commands.get("passages.repair")
        if action is not None:
            self.window().close()
            action.trigger()


def look(session: Session, results: Sequence[ImportResult], found: Callable[[], object]) -> None:
    """Call `found` when an import brought what looks like a newer version of something."""
    added = [r.document for r in results if r.status is ImportStatus.ADDED and r.document]

    def told(pairs: list[Pair]) -> None:
        if pairs:
            found()

    session.jobs.run(lambda progress: alike_among(session.library, added), done=told, owner=session)
