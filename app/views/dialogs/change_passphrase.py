"""Asks for the present passphrase of the archive and for a new one."""

from PySide6.QtWidgets import QWidget

from app.operations import sealing
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, words
from app.views.dialogs.passphrase_fields import NewPassphrase, secret_field

OLD_STAYS = (
    "Backups made before still open with the old passphrase, and so does a copy of the key file"
    " that somebody may have made."
)


class ChangePassphrase(ActionDialog):
    """Changes the passphrase; nothing else of the archive is written."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Change the passphrase", "Change", parent)
        self._session = session
        self.present = secret_field("Present passphrase")
        self.new = NewPassphrase("New passphrase", self.present)
        self.body.addWidget(self.new)
        self.body.addWidget(words(OLD_STAYS, dim=True))
        self.body.addStretch(1)
        self.resize(520, 200)

    def act(self) -> None:
        """Change it, unless something is still missing."""
        problem = "" if self.present.text() else "Type the present passphrase first."
        problem = problem or self.new.problem()
        self.say(problem)
        if problem:
            return
        self.wait()
        sealing.change_passphrase(
            session=self._session,
            old=self.present.text(),
            new=self.new.text,
            done=self._done,
            failed=self.explain,
        )

    def explain(self, error: Exception) -> None:
        """Show why it was not changed, and let the user type again."""
        super().explain(error)
        self.present.selectAll()
        self.present.setFocus()

    def _done(self, nothing: None) -> None:
        self._session.notice.emit("The passphrase is changed.")
        self.accept()
