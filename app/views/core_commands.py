"""The commands that are there before any activity is: archive, reader, passages, look, help."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMessageBox

from app.operations import archives, history
from app.session import Session
from app.views import archive_dialogs, sealing_commands
from index.model import Verdict

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


def add(session: Session, window: "MainWindow") -> None:
    """Add every command of the frame to the session."""
    _archive(session, window)
    _edit(session, window)
    _reader(session, window)
    _passages(session, window)
    _window(session, window)


def _archive(session: Session, window: "MainWindow") -> None:
    add = session.commands.add
    add("archive.new", "New archive…", partial(archive_dialogs.new_archive, session, window))
    add(
        "archive.open",
        "Open archive…",
        partial(archive_dialogs.open_archive, session, window),
        shortcuts=["Ctrl+Shift+O"],
    )
    add(
        "archive.check",
        "Check the archive",
        lambda: archives.check(session=session, done=partial(_tell, window)),
    )
    sealing_commands.add(session, window)
    add("archive.reindex", "Build the search index again", partial(_reindex, session))
    # QKeySequence.Quit is empty on some platforms.
    add("quit", "Quit", window.close, shortcuts=["Ctrl+Q"])


def _edit(session: Session, window: "MainWindow") -> None:
    add = session.commands.add
    undo, redo = partial(history.undo, session=session), partial(history.redo, session=session)
    add("undo", "Undo", undo, shortcuts=["Ctrl+Z"], enabled=False)
    add("redo", "Redo", redo, shortcuts=["Ctrl+Shift+Z", "Ctrl+Y"], enabled=False)
    add("reader.copy", "Copy the selected words", window.reader.copy, shortcuts=["Ctrl+C"])
    add(
        "reader.select_all",
        "Select the whole document",
        window.reader.select_all,
        shortcuts=["Ctrl+A"],
    )
    add(
        "citation.copy",
        "Copy the citation",
        window.inspector.copy_citation,
        shortcuts=["Ctrl+Shift+C"],
    )
    add("settings", "Settings…", window.show_settings, shortcuts=["Ctrl+,"])


def _reader(session: Session, window: "MainWindow") -> None:
    add, reader = session.commands.add, window.reader
    add("match.next", "Next match", partial(reader.step_match, 1), shortcuts=["F3"])
    add("match.previous", "Previous match", partial(reader.step_match, -1), shortcuts=["Shift+F3"])
    add("page.next", "Next page", partial(reader.step_page, 1), shortcuts=["Ctrl+PgDown"])
    add("page.previous", "Previous page", partial(reader.step_page, -1), shortcuts=["Ctrl+PgUp"])
    add("page.go", "Go to page…", reader.ask_page, shortcuts=["Ctrl+G"])
    add("reader.zoom_in", "Zoom in", partial(reader.step_zoom, 1), shortcuts=["Ctrl++", "Ctrl+="])
    add("reader.zoom_out", "Zoom out", partial(reader.step_zoom, -1), shortcuts=["Ctrl+-"])
    add("reader.fit_width", "Fit the width", reader.fit_width, shortcuts=["Ctrl+0"])
    add("reader.actual_size", "Printed size", reader.actual_size, shortcuts=["Ctrl+Alt+0"])
    add("reader.outline", "Show or hide the outline", reader.toggle_outline, shortcuts=["F12"])
    add("reader.next", "Next document", partial(reader.step_document, 1), shortcuts=["Ctrl+Tab"])
    add(
        "reader.previous",
        "Previous document",
        partial(reader.step_document, -1),
        shortcuts=["Ctrl+Shift+Tab"],
    )
    add("reader.close", "Close the document", reader.close_current, shortcuts=["Ctrl+W"])


def _passages(session: Session, window: "MainWindow") -> None:
    add, reader = session.commands.add, window.reader
    add("passage.tag", "Tag the selected words", window.tagging.open, shortcuts=["T"])
    add("passage.note", "Write a note", window.write_note, shortcuts=["N"])
    add("passage.next", "Next passage", partial(reader.step_passage, 1), shortcuts=["J"])
    add("passage.previous", "Previous passage", partial(reader.step_passage, -1), shortcuts=["K"])
    add(
        "passage.delete",
        "Remove the passage",
        window.inspector.remove_passage,
        shortcuts=["Ctrl+Backspace"],
    )


def _window(session: Session, window: "MainWindow") -> None:
    add = session.commands.add
    add("search.focus", "Search", window.focus_field, shortcuts=["Ctrl+F"])
    add("palette", "Commands…", window.show_palette, shortcuts=["Ctrl+Shift+P"])
    add("pane.list", "Show or hide the list", window.toggle_list, shortcuts=["Ctrl+B"])
    add("pane.inspector", "Show or hide the inspector", window.toggle_inspector, shortcuts=["F9"])
    add("full_screen", "Full screen", window.toggle_full_screen, shortcuts=["F11"])
    add("help", "Help", window.show_help, shortcuts=["F1"])
    add("about", "About Muniment", partial(_about, window))
    add("about.qt", "About Qt", QApplication.aboutQt)


def _reindex(session: Session) -> None:
    archives.reindex(session=session)


def _tell(window: "MainWindow", verdict: Verdict) -> None:
    if verdict.ok:
        window.session.notice.emit("The archive is as it should be.")
        return
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Check the archive")
    count = len(verdict.problems)
    box.setText("One thing is not as it should be." if count == 1 else f"{count} problems found.")
    box.setInformativeText("\n".join(verdict.problems[:10]))
    box.setDetailedText("\n".join(verdict.problems))
    box.open()


def _about(window: "MainWindow") -> None:
    from importlib import metadata

    QMessageBox.about(
        window,
        "About Muniment",
        f"<b>Muniment {metadata.version('muniment')}</b><p>An archive browser for field "
        "researchers: import reports, find and tag passages, export citation bundles. "
        "Nothing leaves this computer.</p><p>Apache License 2.0</p>",
    )
