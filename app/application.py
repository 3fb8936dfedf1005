"""The one place where the window's parts are built and joined."""

import gc
import sys
import traceback
import weakref
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QPixmapCache
from PySide6.QtWidgets import QApplication, QMessageBox

import resources
from app.garbage import Garbage
from app.idle import IdleWatch
from app.jobs import Jobs
from app.operations import sealing
from app.session import Session
from app.settings import Settings
from app.theme import Theme
from app.views import archive_dialogs
from app.views.locked_window import LockedWindow
from app.views.main_window import MainWindow
from index import archives
from index.errors import MunimentError, WrongPassphrase
from index.library import Library

if TYPE_CHECKING:
    from index.crypto.keys import Keys

SWITCH = 0.0005  # seconds


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the application object, made at the first call."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    # Every call into Qt gives the interpreter away; a busy worker then keeps it for this long.
    sys.setswitchinterval(SWITCH)
    application = QApplication(arguments or sys.argv[:1])
    application.setApplicationName("Muniment")
    application.setDesktopFileName("muniment")
    application.setWindowIcon(QIcon(str(resources.path("icons/muniment.svg"))))
    return application


def make_window(library: Library, settings: Settings, theme: Theme) -> MainWindow:
    """Return the window over an open archive, not yet shown."""
    return MainWindow(Session(library, settings, theme))


class Program:
    """The running window; opens another archive in its place when asked to.

    While an encrypted archive is locked there is neither a window nor a library, only
    `locked`, which asks for the passphrase.
    """

    def __init__(self, application: QApplication, settings: Settings) -> None:
        self.application = application
        self.settings = settings
        self.theme = Theme()
        self.window: MainWindow | None = None
        self.library: Library | None = None
        self.locked: LockedWindow | None = None
        self.jobs = Jobs(application)  # what is done while no archive is open
        self.jobs.crashed.connect(lambda error, details: sys.stderr.write(details))
        self._garbage = Garbage(application)
        self._idle = IdleWatch(application)
        self._idle.idle.connect(self.lock)
        self.restyle()

    def open(self, archive: Path, *, create: bool, keys: "Keys | None" = None) -> bool:
        """Open an archive in the window; say with a sentence why it cannot be."""
        try:
            self.show(archive, create=create, keys=keys)
        except MunimentError as error:
            QMessageBox.warning(self.window or self.locked, "Muniment", str(error))
            return False
        return True

    def start(self, archive: Path, *, create: bool, passphrase: str = "") -> None:
        """Open an archive, or another one instead; raise what is wrong when there is none."""
        while True:
            try:
                if not archives.is_encrypted(archive):
                    self.show(archive, create=create)
                elif passphrase:
                    self.show(archive, create=False, keys=archives.keys_of(archive, passphrase))
                else:
                    self.show_locked(archive)
                return
            except WrongPassphrase as error:
                self.show_locked(archive, str(error))
                return
            except MunimentError as error:
                another = archive_dialogs.choose_another(str(error), self.settings)
                if another is None:
                    raise
                archive, create, passphrase = another, False, ""

    def show(self, archive: Path, *, create: bool, keys: "Keys | None" = None) -> None:
        """Open an archive in a new window, in the place of the one that is open."""
        library = Library(archive, keys) if keys else Library.open(archive, create=create)
        self.settings.remember_archive(archive)
        old, old_library, old_locked = self.window, self.library, self.locked
        self.library, self.locked = library, None
        self.window = make_window(library, self.settings, self.theme)
        session = self.window.session
        queued = Qt.ConnectionType.QueuedConnection
        session.restyle_requested.connect(self.restyle)
        session.archive_requested.connect(self._swap, queued)
        session.archive_unlocked.connect(self._swap_unlocked, queued)
        session.lock_requested.connect(self.lock, queued)
        session.idle_changed.connect(self._watch)
        self._watch()
        _show_bugs_in(self.window)
        self.window.show()
        if old_locked is not None:
            old_locked.close()
            old_locked.deleteLater()
        _let_go(old, old_library)

    def show_locked(self, archive: Path, sentence: str = "") -> None:
        """Ask for the passphrase of an archive, in the place of the window that is open."""
        locked = LockedWindow(archive, self.settings, self.theme)
        locked.tried.connect(partial(self._unlock, locked))
        locked.another.connect(self._choose_another)
        old, old_library, old_locked = self.window, self.library, self.locked
        self.window, self.library, self.locked = None, None, locked
        locked.show()
        if sentence:
            locked.explain(sentence)
        if old_locked is not None:
            old_locked.close()
            old_locked.deleteLater()
        _let_go(old, old_library)
        self._idle.watch(0)

    def lock(self) -> None:
        """Close an encrypted archive, forget its keys, and ask for its passphrase."""
        if self.window is None or self.library is None or not self.library.encrypted:
            return
        if self._refused("lock the archive"):
            return
        keep_what_is_typed(self.application)
        self.show_locked(self.library.folder)
        # What the window leaves behind may hold pictures of pages.
        QPixmapCache.clear()
        QTimer.singleShot(0, gc.collect)

    def restyle(self) -> None:
        """Dress the window as the settings say."""
        self.theme.apply(self.application, self.settings.theme, self.settings.text_size)
        if self.window is not None:
            self.window.session.look_changed.emit()
        if self.locked is not None:
            self.locked.restyle()

    def close(self) -> None:
        """Close the archive after the window."""
        self._idle.watch(0)
        self.jobs.close()
        if self.library is not None:
            self.library.close()

    def _unlock(self, locked: LockedWindow, passphrase: str) -> None:
        def opened(keys: "Keys | None") -> None:
            if self.locked is not locked:
                return  # another archive was opened meanwhile
            try:
                self.show(locked.folder, create=False, keys=keys)
            except MunimentError as error:
                locked.explain(str(error))

        sealing.unlock(
            jobs=self.jobs,
            folder=locked.folder,
            passphrase=passphrase,
            done=opened,
            failed=lambda error: locked.explain(sentence_of(error)),
            owner=locked,
        )

    def _choose_another(self) -> None:
        another = archive_dialogs.ask_for_folder(self.settings, self.locked)
        if another is None:
            return
        if archives.is_encrypted(another):
            self.show_locked(another)
        else:
            self.open(another, create=False)

    def _swap(self, archive: Path, create: bool) -> None:
        if self.library is not None and archive == self.library.folder:
            return
        if self._refused("open the archive"):
            return
        if self.window is not None and archives.is_encrypted(archive):
            archive_dialogs.ask_for_passphrase(self.window.session, archive, self.window)
        else:
            self.open(archive, create=create)

    def _swap_unlocked(self, archive: Path, keys: "Keys") -> None:
        if not self._refused("open the archive"):
            self.open(archive, create=False, keys=keys)

    def _refused(self, purpose: str) -> bool:
        """Say that work is under way which would be cut short, if some is."""
        job = self.window.session.jobs.at_stake() if self.window is not None else None
        if self.window is None or job is None:
            return False
        self.window.session.problem.emit(
            f"{job.label} is not finished. Wait for it or cancel it, then {purpose}."
        )
        return True

    def _watch(self) -> None:
        """Wait for nobody to touch an encrypted archive, if the settings say so."""
        encrypted = self.library is not None and self.library.encrypted
        self._idle.watch(self.settings.lock_minutes if encrypted else 0)


def _let_go(window: MainWindow | None, library: Library | None) -> None:
    """Close a window and its archive; nothing that is kept refers to them any more."""
    if window is not None:
        window.close_now()
        window.deleteLater()
        window.session.deleteLater()  # its commands hold what they call, and that the archive
    if library is not None:
        library.close()


def keep_what_is_typed(application: QApplication) -> None:
    """Let the field that has the keyboard keep what was typed, and close what is open over it."""
    focused = application.focusWidget()
    if focused is not None:
        focused.clearFocus()
    while (dialog := application.activeModalWidget()) is not None and dialog.close():
        continue


def sentence_of(error: Exception) -> str:
    """Return what an error says to the user."""
    return str(error) if isinstance(error, MunimentError) else "The archive could not be opened."


def run_window(archive: Path, *, create: bool = True, passphrase: str = "") -> int:
    """Open the archive in a window and return the exit status when it is closed.

    Raises what the user was told, when it cannot be opened and no other one was chosen.
    """
    application = make_application()
    program = Program(application, Settings())
    program.start(archive, create=create, passphrase=passphrase)
    status = application.exec()
    program.close()
    return status


def _show_bugs_in(window: MainWindow) -> None:
    found = weakref.ref(window)  # what is kept for good must not keep a locked archive

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        shown = found()
        if isinstance(error, Exception) and shown is not None and shiboken6.isValid(shown):
            shown.session.jobs.crashed.emit(error, details)

    sys.excepthook = hook
