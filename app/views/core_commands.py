"""The commands that are there before any activity is: archive, import, undo, look, help."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.operations import history
from app.session import Session

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


def add(session: Session, window: "MainWindow") -> None:
    """Add every command of the frame to the session."""
    command = session.commands.add
    command(
        "undo", "Undo", partial(history.undo, session=session), shortcuts=["Ctrl+Z"], enabled=False
    )
    command(
        "redo",
        "Redo",
        partial(history.redo, session=session),
        shortcuts=["Ctrl+Shift+Z", "Ctrl+Y"],
        enabled=False,
    )
    command("search.focus", "Search", window.focus_field, shortcuts=["Ctrl+F"])
    command("pane.list", "Show or hide the list", window.toggle_list, shortcuts=["Ctrl+B"])
    command(
        "pane.inspector",
        "Show or hide the inspector",
        window.toggle_inspector,
        shortcuts=["Ctrl+I"],
    )
    command("full_screen", "Full screen", window.toggle_full_screen, shortcuts=["F11"])
    # QKeySequence.Quit is empty on some platforms.
    command("quit", "Quit", window.close, shortcuts=["Ctrl+Q"])
    command("about.qt", "About Qt", QApplication.aboutQt)
