"""Asks for the password of an encrypted document, or the passphrase of an archive."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.views.dialogs.action_dialog import ActionDialog, words

HELD = "It is held in memory until this archive is closed, and never kept."
FORGOTTEN = "It is forgotten when the archive is open; its keys are, when it is closed or locked."

Try = Callable[[str, "PasswordDialog"], object]


class PasswordDialog(ActionDialog):
    """Hands what was typed to `attempt`, which closes the dialog or explains."""

    def __init__(
        self, what: str, attempt: Try, parent: QWidget | None = None, *, kind: str = "password"
    ) -> None:
        super().__init__(kind.capitalize(), "Open", parent)
        self._attempt, self._kind = attempt, kind
        self.field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(kind.capitalize())
        self.body.addWidget(words(what))
        self.body.addWidget(self.field)
        self.body.addWidget(words(HELD if kind == "password" else FORGOTTEN, dim=True))
        self.body.addStretch(1)
        self.resize(500, 200)
        self.field.setFocus()

    def act(self) -> None:
        """Try the password."""
        if not self.field.text():
            self.say(f"Type the {self._kind} first.")
            return
        self.wait()
        self._attempt(self.field.text(), self)

    def explain(self, error: Exception) -> None:
        """Show why it does not open, and let the user type again."""
        super().explain(error)
        self.field.selectAll()
        self.field.setFocus()
