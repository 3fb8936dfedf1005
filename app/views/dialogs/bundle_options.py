"""What a bundle contains and holds back: the same choices in the dialog and the editor."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.models.faces import plural
from app.session import Session
from app.theme import HALF, SPACE
from app.views.dialogs.action_dialog import words
from app.views.dialogs.pseudonyms import PseudonymsDialog
from app.views.dialogs.signing import SigningBox
from index.model import ExportRequest

ALWAYS = "Report, references, annotations, tables and highlighted copies are always in it."


class BundleOptions(QWidget):
    """Tick boxes for what is in the bundle; `changed` after every tick."""

    changed = Signal()

    def __init__(
        self, session: Session, request: ExportRequest, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pseudonyms = dict(request.pseudonyms)
        self.pictures = QCheckBox("Pictures of the pages cited")
        self.originals = QCheckBox("Original files")
        self.names = QPushButton()
        self.notes = QCheckBox("Leave out my notes")
        self.authors = QCheckBox("Leave out who tagged")
        self.file_names = QCheckBox("Leave out file names")
        self.zip = QCheckBox("One zip file")
        self.encrypt = QCheckBox("Encrypt (age)")
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText("passphrase, as long as you like")
        self.passphrase.setAccessibleName("Passphrase of the bundle")
        self.signing = SigningBox(session.settings)
        self._lay_out()
        self.show_request(request)
        for box in self._boxes():
            box.toggled.connect(lambda *_: self.changed.emit())
        self.encrypt.toggled.connect(self.passphrase.setVisible)
        self.names.clicked.connect(self.ask_names)

    def show_request(self, request: ExportRequest) -> None:
        """Tick what a request says."""
        self._pseudonyms = dict(request.pseudonyms)
        self.pictures.setChecked(request.pictures)
        self.originals.setChecked(request.originals)
        self.notes.setChecked(not request.memos)
        self.authors.setChecked(not request.authors)
        self.file_names.setChecked(not request.file_names)
        self.zip.setChecked(request.zip)
        self.encrypt.setChecked(bool(request.passphrase))
        self.passphrase.setVisible(self.encrypt.isChecked())
        self._name_names()

    def on(self, request: ExportRequest) -> ExportRequest:
        """Return a request with what is ticked."""
        return replace(
            self.signing.on(request),
            pictures=self.pictures.isChecked(),
            originals=self.originals.isChecked(),
            memos=not self.notes.isChecked(),
            authors=not self.authors.isChecked(),
            file_names=not self.file_names.isChecked(),
            zip=self.zip.isChecked(),
            pseudonyms=dict(self._pseudonyms),
            passphrase=self.passphrase.text() if self.encrypt.isChecked() else "",
        )

    def show_size(self, originals: int) -> None:
        """Say how large the original files are, in bytes."""
        self.originals.setText(f"Original files ({size_of(originals)})")

    def ask_names(self) -> None:
        """Ask which names are to be replaced."""
        dialog = PseudonymsDialog(self._session, self._pseudonyms, self.window())
        dialog.given.connect(self._take_names)
        dialog.open()

    def _take_names(self, pseudonyms: Mapping[str, str]) -> None:
        self._pseudonyms = dict(pseudonyms)
        self._name_names()
        self.changed.emit()

    def _name_names(self) -> None:
        count = len(self._pseudonyms)
        self.names.setText(
            f"Replace {plural(count, 'name')} by pseudonyms…" if count else "Replace names…"
        )

    def _boxes(self) -> tuple[QCheckBox, ...]:
        return (
            self.pictures,
            self.originals,
            self.notes,
            self.authors,
            self.file_names,
            self.zip,
            self.encrypt,
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addWidget(words("CONTAINS", heading=True))
        column.addWidget(words(ALWAYS, dim=True))
        column.addWidget(self.pictures)
        column.addWidget(self.originals)
        column.addSpacing(SPACE)
        column.addWidget(words("SAFE TO SHARE", heading=True))
        self.names.setProperty("link", True)
        self.names.setAutoDefault(False)
        self.names.setCursor(Qt.CursorShape.PointingHandCursor)
        column.addWidget(self.names, 0, Qt.AlignmentFlag.AlignLeft)
        for box in (self.notes, self.authors, self.file_names):
            column.addWidget(box)
        column.addSpacing(SPACE)
        column.addWidget(words("WRITTEN AS", heading=True))
        for widget in (self.zip, self.encrypt, self.passphrase, self.signing):
            column.addWidget(widget)


def size_of(number: int) -> str:
    """Return a number of bytes as people say it."""
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if number >= size:
            value = number / size
            return f"{value:.1f} {unit}" if value < 10 else f"{value:,.0f} {unit}"
    return f"{number} bytes"
