"""Signs a bundle: a tick, the file of an SSH key, and the passphrase that may lock it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.settings import Settings
from app.theme import HALF, SPACE
from index.model import ExportRequest

KEPT = "export/signing key"
USUAL = "~/.ssh/id_ed25519"


class SigningBox(QWidget):
    """Asks for the key once it is ticked; the passphrase is kept nowhere."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.sign = QCheckBox("Sign with an SSH key")
        self.sign.setToolTip("Shows whoever has your public key that nobody changed the bundle")
        self.key = QLineEdit(next(iter(settings.texts(KEPT)), USUAL))
        self.key.setAccessibleName("File of the SSH key")
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText("the key's passphrase, if it has one")
        self.passphrase.setAccessibleName("Passphrase of the SSH key")
        self.browse = QPushButton("Choose…")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self.choose)
        self._asked = QWidget()
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.key, 1)
        row.addWidget(self.browse)
        below = QVBoxLayout(self._asked)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(HALF)
        below.addLayout(row)
        below.addWidget(self.passphrase)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addWidget(self.sign)
        column.addWidget(self._asked)
        self._asked.hide()
        self.sign.toggled.connect(self._asked.setVisible)

    def on(self, request: ExportRequest) -> ExportRequest:
        """Return a request with the key to sign with, if it is ticked."""
        named = self.key.text().strip()
        if not self.sign.isChecked() or not named:
            return replace(request, signing_key=None, signing_passphrase="")
        key = Path(named).expanduser()
        return replace(request, signing_key=key, signing_passphrase=self.passphrase.text())

    def keep(self) -> None:
        """Remember which key was used."""
        if self.sign.isChecked():
            self._settings.keep_texts(KEPT, [self.key.text().strip()])

    def choose(self) -> None:
        """Ask for the file of the key."""
        start = str(Path(self.key.text()).expanduser().parent)
        name, _ = QFileDialog.getOpenFileName(self, "Choose an SSH key", start)
        if name:
            self.key.setText(name)
