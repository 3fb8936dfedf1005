"""Commands about encryption: lock, change the passphrase, copy the archive to and fro."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.models.faces import plural
from app.operations import sealing
from app.session import Session
from index.errors import MunimentError

if TYPE_CHECKING:
    from app.views.dialogs.new_archive import NewArchiveDialog
    from index.backup import Counts

ABOUT_COPY = (
    "A copy of this archive is written into a new folder, encrypted with a passphrase. This"
    " archive stays as it is until you delete it."
)
ABOUT_PLAIN = (
    "The copy is not encrypted: whoever gets hold of it can read it. This archive stays as it is."
)
STAYS = {
    True: "{folder} holds {documents}. {old} is still there as it was: look whether everything is"
    " in the copy, then delete the old folder and its backups. What was deleted can be found on"
    " a disk for a while.",
    False: "{folder} holds {documents}. {old} is still there, encrypted as it was.",
}


def add(session: Session, window: QWidget) -> None:
    """Add the commands; those about a passphrase are for encrypted archives alone."""
    command, encrypted = session.commands.add, session.library.encrypted
    command(
        "archive.lock",
        "Lock the archive",
        session.lock_requested.emit,
        shortcuts=["Ctrl+L"],
        enabled=encrypted,
    )
    command(
        "archive.passphrase",
        "Change the passphrase…",
        partial(_change, session, window),
        enabled=encrypted,
    )
    command("archive.encrypt", "Make an encrypted copy…", partial(_encrypt, session, window))
    if encrypted:
        text = "Make a copy that is not encrypted…"
        command("archive.decrypt", text, partial(_decrypt, session, window))


def _change(session: Session, window: QWidget) -> None:
    from app.views.dialogs.change_passphrase import ChangePassphrase

    ChangePassphrase(session, window).open()


def _encrypt(session: Session, window: QWidget) -> None:
    from app.views.dialogs.new_archive import NewArchiveDialog

    def make(folder: Path, passphrase: str | None, dialog: "NewArchiveDialog") -> None:
        def done(counts: "Counts") -> None:
            dialog.accept()
            _tell(session, window, folder, True, counts)

        sealing.copy(
            session=session, folder=folder, passphrase=passphrase, done=done, failed=dialog.explain
        )

    old = session.library.folder
    start = old.with_name(f"{old.name} encrypted")
    title = "Make an encrypted copy"
    NewArchiveDialog(title, start, make, window, about=ABOUT_COPY, always=True).open()


def _decrypt(session: Session, window: QWidget) -> None:
    old = session.library.folder
    name, _ = QFileDialog.getSaveFileName(
        window, "Make a copy that is not encrypted", str(old.with_name(f"{old.name} open"))
    )
    if not name:
        return
    box = QMessageBox(QMessageBox.Icon.Warning, "Muniment", ABOUT_PLAIN, parent=window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    make = box.addButton("Make the copy", QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    make.clicked.connect(partial(_copy_plain, session, window, Path(name)))
    box.open()


def _copy_plain(session: Session, window: QWidget, folder: Path, checked: bool = False) -> None:
    sealing.copy(
        session=session,
        folder=folder,
        passphrase=None,
        done=partial(_tell, session, window, folder, False),
        failed=partial(_explain, window),
    )


def _tell(
    session: Session, window: QWidget, folder: Path, encrypted: bool, counts: "Counts"
) -> None:
    documents = plural(counts.documents, "document")
    old = session.library.folder
    sentence = STAYS[encrypted].format(folder=folder, documents=documents, old=old)
    box = QMessageBox(QMessageBox.Icon.Information, "Muniment", sentence, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    show = box.addButton("Open the copy", QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton("Stay here", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    show.clicked.connect(lambda: session.archive_requested.emit(folder, False))
    box.open()


def _explain(window: QWidget, error: Exception) -> None:
    if isinstance(error, MunimentError):
        QMessageBox.warning(window, "Muniment", str(error))
