"""Fields for passphrases: one that is known, and one that is being chosen, typed twice."""

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.theme import SPACE
from app.views.dialogs.action_dialog import form, words

LOST = (
    "Nobody can open the archive without its passphrase, and a lost one cannot be got back."
    " Keep it where you will find it; several words are better than one."
)


def secret_field(name: str) -> QLineEdit:
    """Return a field that does not show what is typed."""
    field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


class ShowTyped(QCheckBox):
    """Lets somebody who is alone see what is typed into some fields."""

    def __init__(self, *fields: QLineEdit) -> None:
        super().__init__("Show what is typed")
        self._fields = fields
        self.toggled.connect(self._show)

    def _show(self, on: bool) -> None:
        for field in self._fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)


class NewPassphrase(QWidget):
    """Two fields for a new passphrase, and what losing it means.

    `before` is a field that stands above them: the passphrase that there is.
    """

    def __init__(self, title: str = "Passphrase", before: QLineEdit | None = None) -> None:
        super().__init__()
        self.first = secret_field("New passphrase")
        self.again = secret_field("The same again")
        self.label = QLabel(title)
        fields = form()
        if before is not None:
            fields.addRow(before.accessibleName(), before)
        fields.addRow(self.label, self.first)
        fields.addRow("Again", self.again)
        shown = [field for field in (before, self.first, self.again) if field is not None]
        fields.addRow("", ShowTyped(*shown))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(fields)
        column.addWidget(words(LOST, dim=True))

    @property
    def text(self) -> str:
        """The passphrase as it was typed first."""
        return self.first.text()

    def problem(self) -> str:
        """Return what is still wrong as a sentence, or nothing."""
        if not self.first.text():
            return "Type a passphrase first."
        if self.first.text() != self.again.text():
            return "The two passphrases differ."
        return ""
