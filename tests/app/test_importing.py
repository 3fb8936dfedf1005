"""Importing through the window: dialog, drop, progress, what failed and why, cancelling."""

import threading
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.operations import importing
from app.views.dialogs.import_dialog import ImportDialog
from app.views.dialogs.import_report import ImportReport
from app.views.library_view import LibraryView
from index.library import Library
from index.model import Changes, ImportOptions, ImportResult, ImportStatus
from index.progress import Progress
from tests.app.conftest import Driver


def shown(kind: type) -> list[object]:
    """Return the windows of a kind that can be seen."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def drop(driver: Driver, paths: list[Path]) -> ImportDialog:
    """Drop files on the window as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    # Qt hands a drop to the widget that took the drag, so the drag comes first.
    enter = QDragEnterEvent(
        QPoint(600, 400),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(driver.window, enter)
    assert enter.isAccepted()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(600, 400), copy, data, left, none)
    QApplication.sendEvent(driver.window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(600, 400), copy, data, left, none)
    QApplication.sendEvent(driver.window, event)
    assert event.isAccepted()
    (dialog,) = shown(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    return dialog


def test_dropped_files_are_imported_and_failures_named(
    driver: Driver, library: Library, files: Path
) -> None:
    (files / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    dialog = drop(driver, [files])
    dialog.collection.setCurrentText("Trial")
    dialog.act()
    driver.wait(lambda: bool(shown(ImportReport)))
    driver.settle()
    (report,) = shown(ImportReport)
    assert isinstance(report, ImportReport)
    failed = [row for row in report.model.rows() if row.status is ImportStatus.FAILED]
    assert [row.path.name for row in failed] == ["broken.pdf"] and failed[0].reason
    assert "2 documents imported" in report.summary.text()
    assert {document.collection for document in library.documents()} == {"Trial"}

    driver.window.show_activity("library")
    driver.settle()
    view = driver.window.view("library")
    assert isinstance(view, LibraryView)
    assert view.model.rowCount() == 2

    report.again.click()
    (second,) = shown(ImportDialog)
    assert isinstance(second, ImportDialog)
    assert [path.name for path in second.paths] == ["broken.pdf"]
    second.reject()


def test_the_same_files_again_are_known(driver: Driver, library: Library, files: Path) -> None:
    library.import_files([files])
    told: list[ImportResult] = []
    importing.import_files(
        session=driver.window.session, paths=[files], options=ImportOptions(), told=told.extend
    )
    driver.settle()
    assert {result.status for result in told} == {ImportStatus.KNOWN}
    assert all("in the archive as" in result.reason for result in told)


def test_a_stopped_import_keeps_what_is_finished(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        text = f"Report {number}. The square was closed that day.\n"
        (folder / f"{number:02}.txt").write_text(text)
    told: list[ImportResult] = []
    ended = threading.Event()
    session = driver.window.session

    def take(results: list[ImportResult]) -> None:
        told.extend(results)
        ended.set()

    job = importing.import_files(
        session=session, paths=[folder], options=ImportOptions(), told=take
    )
    driver.wait(lambda: job.state[0] >= 3)
    job.cancel()
    driver.wait(ended.is_set)
    driver.settle()
    added = [result for result in told if result.status is ImportStatus.ADDED]
    assert 3 <= len(added) <= len(library.documents()) < 60
    assert {result.document for result in added} <= {d.id for d in library.documents()}
    assert "stopped" in driver.window.status.notice.text()


def test_options_say_how_files_are_read(driver: Driver, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ImportDialog(driver.window.session, [tmp_path], lambda results: None, driver.window)
    dialog.password.setText("secret")
    dialog.ocr.setCurrentIndex(dialog.ocr.findData("never"))
    dialog.encoding.setCurrentIndex(dialog.encoding.findData("cp1251"))
    options = dialog.options()
    assert options.passwords == ("secret",)
    assert (options.ocr, options.encoding, options.collection) == ("never", "cp1251", None)
    dialog.paths.clear()
    dialog.act()
    assert dialog.error.text() == "Choose files or a folder first."
    dialog.reject()


def test_closing_in_the_midst_of_an_import_asks_first(
    driver: Driver, library: Library, files: Path
) -> None:
    started, go_on = threading.Event(), threading.Event()
    session = driver.window.session

    def work(progress: Progress) -> Changes:
        while not go_on.wait(0.02):
            started.set()
            progress.report(1, 2)
        return Changes()

    job = session.write("Importing", work)
    driver.wait(lambda: started.is_set() and session.jobs.at_stake() is job)
    driver.window.close()
    assert driver.window.isVisible()
    (box,) = shown(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.text() == "Importing is not finished. Stop it and close?"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert driver.window.isVisible()
    assert not job.stopped
    driver.window.close()
    (box,) = shown(QMessageBox)
    assert isinstance(box, QMessageBox)
    next(b for b in box.buttons() if b.text() == "Stop and close").click()
    driver.wait(lambda: not driver.window.isVisible())
    assert job.stopped


def test_reading_alone_does_not_hold_the_window_open(driver: Driver) -> None:
    started = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            started.set()
            progress.report(0, 0)

    job = driver.window.session.jobs.run(work, done=lambda nothing: None, label="Searching")
    driver.wait(started.is_set)
    assert driver.window.session.jobs.at_stake() is None
    driver.window.close()
    assert job.stopped
    assert not driver.window.isVisible()
