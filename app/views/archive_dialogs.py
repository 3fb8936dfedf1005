"""Choosing an archive: a new one, an existing one, one of those opened last."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from app.operations import sealing
from app.session import Session
from app.settings import Settings


def new_archive(session: Session, parent: QWidget) -> None:
    """Ask for the name of a new archive, and whether it is encrypted, and open it."""
    from app.views.dialogs.new_archive import NewArchiveDialog

    def make(folder: Path, passphrase: str | None, dialog: NewArchiveDialog) -> None:
        if passphrase is None:
            dialog.accept()
            session.archive_requested.emit(folder, True)
            return

        sealing.make(
            jobs=session.jobs,
            folder=folder,
            passphrase=passphrase,
            done=_then_open(session, folder, dialog),
            failed=dialog.explain,
        )

    start = session.library.folder.parent / "New archive"
    NewArchiveDialog("New archive", start, make, parent).open()


def ask_for_passphrase(session: Session, archive: Path, parent: QWidget) -> None:
    """Ask for the passphrase of another archive, and open it in the place of this one."""
    from app.views.dialogs.password_dialog import PasswordDialog

    def attempt(passphrase: str, dialog: PasswordDialog) -> None:
        sealing.unlock(
            jobs=session.jobs,
            folder=archive,
            passphrase=passphrase,
            done=_then_open(session, archive, dialog),
            failed=dialog.explain,
            owner=dialog,
        )

    sentence = f"“{archive.name}” is encrypted. Type its passphrase to open it."
    PasswordDialog(sentence, attempt, parent, kind="passphrase").open()


def _then_open(session: Session, archive: Path, dialog: QDialog) -> Callable[[object], None]:
    """Return what opens an archive once there are keys to it."""

    def done(keys: object) -> None:
        dialog.accept()
        session.archive_unlocked.emit(archive, keys)

    return done


def open_archive(session: Session, parent: QWidget) -> None:
    """Ask for the folder of an archive and open it."""
    folder = QFileDialog.getExistingDirectory(
        parent, "Open an archive", str(session.library.folder.parent)
    )
    if folder:
        session.archive_requested.emit(Path(folder), False)


def choose_another(sentence: str, settings: Settings) -> Path | None:
    """Say why an archive cannot be opened, and ask for another one; None means to leave it."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Muniment", sentence)
    another = box.addButton("Open another archive…", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not another:
        return None
    return ask_for_folder(settings, None)


def ask_for_folder(settings: Settings, parent: QWidget | None) -> Path | None:
    """Ask for the folder of an archive; None means that none was chosen."""
    known = settings.recent_archives
    start = str(known[0].parent if known else Path.home())
    folder = QFileDialog.getExistingDirectory(parent, "Open an archive", start)
    return Path(folder) if folder else None


def fill_recent(session: Session, menu: QMenu) -> None:
    """Offer the archives opened last, without the one that is open."""
    menu.clear()
    for folder in session.settings.recent_archives:
        if folder != session.library.folder:
            action = menu.addAction(str(folder))
            action.triggered.connect(
                partial(lambda path, *_: session.archive_requested.emit(path, False), folder)
            )
    if not menu.actions():
        menu.addAction("None yet").setEnabled(False)
