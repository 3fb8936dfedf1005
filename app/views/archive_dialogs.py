"""Choosing an archive: a new one, an existing one, one of those opened last."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from app.session import Session
from app.settings import Settings


def new_archive(session: Session, parent: QWidget) -> None:
    """Ask for the name of a new archive and open it."""
    start = str(session.library.folder.parent / "New archive")
    name, _ = QFileDialog.getSaveFileName(
        parent, "New archive", start, "", options=QFileDialog.Option.DontConfirmOverwrite
    )
    if name:
        session.archive_requested.emit(Path(name), True)


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
    known = settings.recent_archives
    start = str(known[0].parent if known else Path.home())
    folder = QFileDialog.getExistingDirectory(None, "Open an archive", start)
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
