"""Tab goes through the window as it is read, and never ends where nothing can be pressed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from app.session import Target
from app.views.bundles_view import BundlesView
from index.library import Library
from index.model import Changes
from tests.app.conftest import Driver


def name(widget: QWidget | None) -> str:
    if isinstance(widget, QPushButton | QToolButton) and widget.text():
        return widget.text()
    return widget.accessibleName() if widget is not None else ""


def test_tab_goes_from_top_to_bottom_and_left_to_right(
    driver: Driver, library: Library, files: Path
) -> None:
    library.import_files([files])
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    driver.window.session.open(Target(library.documents()[0].id))
    command = driver.window.session.commands.get("activity.library")
    assert command is not None
    command.trigger()
    driver.settle()
    driver.window.activateWindow()
    driver.window.focus_field()
    seen = []
    for _ in range(24):
        seen.append(name(driver.window.focusWidget()))
        QTest.keyClick(driver.window.focusWidget() or driver.window, Qt.Key.Key_Tab)
    places = [seen.index(each) for each in ("Search", "Citation data…", "Import…", "Library")]
    assert places == [0, 1, 2, 3]
    after = ("Documents", "Open documents", "Page", "Document", "Inspector", "Copy citation")
    later = [seen.index(each) for each in after]
    assert later == sorted(later)
    back = driver.window.focusWidget()
    QTest.keyClick(back or driver.window, Qt.Key.Key_Tab)
    QTest.keyClick(
        driver.window.focusWidget() or driver.window,
        Qt.Key.Key_Backtab,
        Qt.KeyboardModifier.ShiftModifier,
    )
    assert driver.window.focusWidget() is back


def test_without_bundles_the_keyboard_is_on_the_button_that_begins_one(driver: Driver) -> None:
    command = driver.window.session.commands.get("activity.bundles")
    assert command is not None
    driver.window.activateWindow()
    command.trigger()
    driver.settle()
    QApplication.processEvents()
    view = driver.window.view("bundles")
    assert isinstance(view, BundlesView)
    assert driver.window.focusWidget() is view.nothing.button
