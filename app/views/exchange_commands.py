"""Commands about other programs and archives: take in, merge, hand over."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.models.faces import plural
from app.operations import exchange
from app.session import Session
from index import archives
from index.errors import MunimentError

if TYPE_CHECKING:
    from index.exchange.hand_over import HandedOver
    from index.exchange.merging import Merged

TAKEN = (
    "Bundles, projects and lists (*.zip *.qdpx *.qdc *.qda *.json *.jsonld *.csv *.bib *.ris)"
    ";;All files (*)"
)
HERE = "hand-over"


def add(session: Session, window: QWidget) -> None:
    """Add the commands."""
    command = session.commands.add
    command("take_in", "Take in another program's file…", partial(_take_in, session, window))
    command("archive.merge", "Merge a colleague's archive…", partial(_merge, session, window))
    command("hand_over", "Hand over to other programs…", partial(_hand_over, session, window))


def _take_in(session: Session, window: QWidget) -> None:
    from app.views.dialogs.exchange_result import of_taken

    name, _ = QFileDialog.getOpenFileName(
        window, "Choose a file to take in", str(session.settings.folder("take_in")), TAKEN
    )
    if name:
        session.settings.remember_folder("take_in", Path(name).parent)
        exchange.take_in(
            session=session,
            path=Path(name),
            done=lambda taken: of_taken(session, taken, window).open(),
            failed=partial(_explain, window, f"{Path(name).name} was not taken in."),
        )


def _merge(session: Session, window: QWidget) -> None:
    from app.views.dialogs.exchange_result import of_merged

    name = QFileDialog.getExistingDirectory(
        window, "Choose the archive to merge into this one", str(session.settings.folder("merge"))
    )
    if not name:
        return
    other = Path(name)
    session.settings.remember_folder("merge", other.parent)
    if archives.is_encrypted(other):
        _merge_encrypted(session, window, other)
        return
    exchange.merge(
        session=session,
        other=other,
        done=lambda merged: of_merged(session, merged, window).open(),
        failed=partial(_explain, window, f"{other.name} was not merged."),
    )


def _merge_encrypted(session: Session, window: QWidget, other: Path) -> None:
    """Ask for the passphrase of the other archive first."""
    from app.views.dialogs.exchange_result import of_merged
    from app.views.dialogs.password_dialog import PasswordDialog

    def attempt(passphrase: str, dialog: PasswordDialog) -> None:
        def done(merged: "Merged") -> None:
            dialog.accept()
            of_merged(session, merged, window).open()

        exchange.merge(
            session=session,
            other=other,
            passphrase=passphrase,
            done=done,
            failed=dialog.explain,
        )

    sentence = f"“{other.name}” is encrypted. Type its passphrase to merge it into this archive."
    PasswordDialog(sentence, attempt, window, kind="passphrase").open()


def _hand_over(session: Session, window: QWidget) -> None:
    start = str(session.settings.folder("hand_over") / HERE)
    name, _ = QFileDialog.getSaveFileName(window, "Name a new folder for the files", start)
    if name:
        session.settings.remember_folder("hand_over", Path(name).parent)
        exchange.hand_over(
            session=session,
            out=Path(name),
            done=partial(_tell, window),
            failed=partial(_explain, window, "The files were not written."),
        )


def _tell(window: QWidget, done: "HandedOver") -> None:
    pages, files = plural(done.pages, "page"), plural(done.files, "file")
    sentence = f"{pages} in {files}: {done.folder}\n\nREADME.txt there says what is what."
    _show(window, QMessageBox.Icon.Information, sentence)


def _explain(window: QWidget, what: str, error: Exception) -> None:
    if isinstance(error, MunimentError):
        _show(window, QMessageBox.Icon.Warning, f"{what}\n\n{error}")


def _show(window: QWidget, icon: QMessageBox.Icon, text: str) -> None:
    """Say something that stays until it is read."""
    box = QMessageBox(icon, "Muniment", text, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names of files may look like markup
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
