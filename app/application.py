"""The one place where the window's parts are built and joined."""

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

import resources
from app.session import Session
from app.settings import Settings
from app.theme import Theme
from app.views.main_window import MainWindow
from index.errors import MunimentError
from index.library import Library


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the application object, made at the first call."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(arguments or sys.argv[:1])
    application.setApplicationName("Muniment")
    application.setDesktopFileName("muniment")
    application.setWindowIcon(QIcon(str(resources.path("icons/muniment.svg"))))
    return application


def make_window(library: Library, settings: Settings, theme: Theme) -> MainWindow:
    """Return the window over an open archive, not yet shown."""
    return MainWindow(Session(library, settings, theme))


def run_window(archive: Path, *, create: bool = True) -> int:
    """Open the archive in a window and return the exit status when it is closed."""
    application = make_application()
    settings, theme = Settings(), Theme()
    theme.apply(application, settings.theme, settings.text_size)
    try:
        library = Library.open(archive, create=create)
    except MunimentError as error:
        QMessageBox.warning(None, "Muniment", str(error))
        return 3
    settings.remember_archive(archive)
    window = make_window(library, settings, theme)
    _show_bugs_in(window)
    window.show()
    status = application.exec()
    library.close()
    return status


def _show_bugs_in(window: MainWindow) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if isinstance(error, Exception):
            window.session.jobs.crashed.emit(error, details)

    sys.excepthook = hook
