"""Asks for the password of an encrypted document or file."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.views.dialogs.action_dialog import ActionDialog, words

Try = Callable[[str, "PasswordDialog"], object]


class PasswordDialog(ActionDialog):
    """Hands what was typed to `attempt`, which closes the dialog or explains."""

    def __init__(self, what: str, attempt: Try, parent: QWidget | None = None) -> None:
        super().__init__("Password", "Open", parent)
        self._attempt = attempt
        self.field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Password")
        self.body.addWidget(words(what))
        self.body.addWidget(self.field)
        self.body.addWidget(
            words("It is held in memory until this archive is closed, and never kept.", dim=True)
        )
        self.body.addStretch(1)
        self.resize(500, 200)
        self.field.setFocus()

    def act(self) -> None:
        """Try the password."""
        if not self.field.text():
            self.say("Type the password first.")
            return
        self.wait()
        self._attempt(self.field.text(), self)

    def explain(self, error: Exception) -> None:
        """Show why it does not open, and let the user type again."""
        super().explain(error)
        self.field.selectAll()
        self.field.setFocus()
