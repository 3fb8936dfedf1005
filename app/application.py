"""The one place where the window's parts are built and joined."""

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

import resources
from app.garbage import Garbage
from app.session import Session
from app.settings import Settings
from app.theme import Theme
from app.views import archive_dialogs
from app.views.main_window import MainWindow
from index.errors import MunimentError
from index.library import Library

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
    """The running window; opens another archive in its place when asked to."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        self.application = application
        self.settings = settings
        self.theme = Theme()
        self.window: MainWindow | None = None
        self.library: Library | None = None
        self._garbage = Garbage(application)
        self.restyle()

    def open(self, archive: Path, *, create: bool) -> bool:
        """Open an archive in the window; say with a sentence why it cannot be."""
        try:
            self.show(archive, create=create)
        except MunimentError as error:
            QMessageBox.warning(self.window, "Muniment", str(error))
            return False
        return True

    def start(self, archive: Path, *, create: bool) -> None:
        """Open an archive, or another one instead; raise what is wrong when there is none."""
        while True:
            try:
                self.show(archive, create=create)
                return
            except MunimentError as error:
                another = archive_dialogs.choose_another(str(error), self.settings)
                if another is None:
                    raise
                archive, create = another, False

    def show(self, archive: Path, *, create: bool) -> None:
        """Open an archive in a new window, in the place of the one that is open."""
        library = Library.open(archive, create=create)
        self.settings.remember_archive(archive)
        old, old_library = self.window, self.library
        self.library = library
        self.window = make_window(library, self.settings, self.theme)
        session = self.window.session
        session.restyle_requested.connect(self.restyle)
        session.archive_requested.connect(self._swap, Qt.ConnectionType.QueuedConnection)
        _show_bugs_in(self.window)
        self.window.show()
        if old is not None and old_library is not None:
            old.close_now()
            old.deleteLater()
            old_library.close()

    def restyle(self) -> None:
        """Dress the window as the settings say."""
        self.theme.apply(self.application, self.settings.theme, self.settings.text_size)
        if self.window is not None:
            self.window.session.look_changed.emit()

    def close(self) -> None:
        """Close the archive after the window."""
        if self.library is not None:
            self.library.close()

    def _swap(self, archive: Path, create: bool) -> None:
        if self.library is not None and archive == self.library.folder:
            return
        job = self.window.session.jobs.at_stake() if self.window is not None else None
        if self.window is not None and job is not None:
            self.window.session.problem.emit(
                f"{job.label} is not finished. Wait for it or cancel it, then open the archive."
            )
            return
        self.open(archive, create=create)


def run_window(archive: Path, *, create: bool = True) -> int:
    """Open the archive in a window and return the exit status when it is closed.

    Raises what the user was told, when it cannot be opened and no other one was chosen.
    """
    application = make_application()
    program = Program(application, Settings())
    program.start(archive, create=create)
    status = application.exec()
    program.close()
    return status


def _show_bugs_in(window: MainWindow) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if isinstance(error, Exception):
            window.session.jobs.crashed.emit(error, details)

    sys.excepthook = hook
