"""Choosing an archive: a new one, an existing one, one of those opened last."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.session import Session


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
