"""Asks where a new archive goes, and with which passphrase: an empty one, or an encrypted copy."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from app.views.dialogs.action_dialog import ActionDialog, form, row_of, words
from app.views.dialogs.passphrase_fields import NewPassphrase
from index import archives
from index.errors import BadInput

Make = Callable[[Path, "str | None", "NewArchiveDialog"], object]


class NewArchiveDialog(ActionDialog):
    """Hands a folder, and a passphrase or None, to `make`, which closes the dialog or explains.

    With `always` the archive is encrypted in any case.
    """

    def __init__(
        self,
        title: str,
        folder: Path,
        make: Make,
        parent: QWidget | None = None,
        *,
        about: str = "",
        always: bool = False,
    ) -> None:
        super().__init__(title, "Make", parent)
        self._make = make
        self.place = QLineEdit(str(folder))
        self.place.setAccessibleName("Folder")
        self.browse = QPushButton("Choose…")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        self.encrypt = QCheckBox("Encrypt with a passphrase")
        self.passphrase = NewPassphrase()
        row = row_of((self.place, self.browse), stretch=False)
        row.setStretch(0, 1)
        fields = form()
        label = QLabel("Folder")
        label.setMinimumWidth(self.passphrase.label.sizeHint().width())  # the fields in line
        fields.addRow(label, row)
        if about:
            self.body.addWidget(words(about))
        self.body.addLayout(fields)
        self.body.addWidget(self.encrypt)
        self.body.addWidget(self.passphrase)
        self.body.addStretch(1)
        self.encrypt.setVisible(not always)
        self.encrypt.setChecked(always)
        self.passphrase.setVisible(always)
        self.encrypt.toggled.connect(self._show_passphrase)
        self.resize(560, 140)

    def act(self) -> None:
        """Make the archive, unless something is still missing."""
        wanted = self.place.text().strip()
        folder = Path(wanted).expanduser()
        problem = "" if wanted and folder.is_absolute() else "Name a folder first."
        if not problem:
            problem = self._taken(folder)
        if not problem and self.encrypt.isChecked():
            problem = self.passphrase.problem()
        self.say(problem)
        if problem:
            return
        self.wait()
        self._make(folder, self.passphrase.text if self.encrypt.isChecked() else None, self)

    @staticmethod
    def _taken(folder: Path) -> str:
        try:
            archives.require_free(folder)
        except (BadInput, OSError) as error:
            return str(error)
        return ""

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.windowTitle(),
            self.place.text(),
            "",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.place.setText(name)

    def _show_passphrase(self, on: bool) -> None:
        self.passphrase.setVisible(on)
        self.say("")
        if on:
            self.passphrase.first.setFocus()
