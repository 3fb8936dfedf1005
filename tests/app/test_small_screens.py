"""On a small screen and with large text the window stays on the screen, and nothing is cut."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.session import Target
from app.views.activities import ACTIVITIES
from app.views.bundle_settling import Settling
from app.views.dialogs.action_dialog import ActionDialog
from app.views.dialogs.new_archive import NewArchiveDialog
from app.views.entities_view import EntitiesView
from app.views.search_view import SearchView
from app.widgets.reader_tabs import LEAST
from index.library import Library
from index.model import Changes, ExportRequest
from tests.app.conftest import Driver

NAME = "Somebody with a name that is much longer than any header has room for"


def show(driver: Driver, key: str) -> None:
    driver.window.show_activity(key)
    driver.settle()


def test_no_activity_makes_the_window_wider_than_a_small_screen(
    large: Driver, library: Library, files: Path
) -> None:
    library.import_files([files])
    somebody = library.add_entity("Person", NAME)
    found = library.tag(library.documents()[0].id, 0, 8, [somebody.id])
    library.add_bundle(ExportRequest(title=NAME, passages=(found.id,)))
    large.window.session.announce(Changes(everything=True))
    for activity in ACTIVITIES:
        show(large, activity.key)
        assert large.window.minimumSizeHint().width() <= 1024, activity.key
        assert large.window.width() == 1024, activity.key
    view = large.window.view("entities")
    assert isinstance(view, EntitiesView)
    show(large, "entities")
    view.show_entity(somebody.id)
    large.settle()
    large.wait(lambda: bool(view.work.title.text()))
    assert view.work.title.text() == NAME
    large.wait(lambda: view.work.title.shown().endswith("…"))  # it is laid out a little later
    (settling,) = large.window.findChildren(Settling)
    body = settling.widget()
    assert body is not None
    assert body.width() <= settling.viewport().width()


def test_buttons_are_not_cut_at_the_largest_text(large: Driver) -> None:
    for activity in ACTIVITIES:
        show(large, activity.key)
        QApplication.processEvents()
        cut = [
            button.text()
            for button in large.window.findChildren(QPushButton)
            if button.isVisible() and button.width() < button.sizeHint().width()
        ]
        assert not cut, activity.key


@pytest.mark.parametrize("library", ["encrypted"], indirect=True)
@pytest.mark.parametrize("key", ["archive.new", "archive.passphrase", "archive.encrypt"])
def test_dialogs_about_passphrases_are_not_cut(large: Driver, key: str) -> None:
    command = large.window.session.commands.get(key)
    assert command is not None
    command.trigger()
    (dialog,) = large.window.findChildren(ActionDialog)
    if isinstance(dialog, NewArchiveDialog):
        dialog.encrypt.setChecked(True)
    dialog.act()  # with a sentence that something is missing
    QApplication.processEvents()
    column = dialog.layout()
    assert column is not None
    needed = column.totalHeightForWidth(dialog.width())
    assert dialog.width() >= column.minimumSize().width() and dialog.height() >= needed
    assert dialog.width() <= 1024 and dialog.height() <= 700
    dialog.reject()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_filters_open_on_the_screen(large: Driver) -> None:
    view = large.window.view("search")
    assert isinstance(view, SearchView)
    view.filters.open_below(view.filters_button)
    screen = large.window.screen().availableGeometry()
    assert view.filters.frameGeometry().right() <= screen.right() + 1
    assert view.filters.frameGeometry().bottom() <= screen.bottom() + 1
    view.filters.hide()


def test_many_tabs_keep_enough_of_their_titles(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    for number in range(6):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Report number {number} about the square\n\nWords.\n", encoding="utf-8")
        library.import_files([path])
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    for document in library.documents():
        driver.window.session.open(Target(document.id))
        driver.settle()
    tabs = driver.window.reader.tabs
    assert tabs.count() == 6
    assert all(tabs.tabRect(number).width() >= LEAST for number in range(6))
    assert all(tabs.tabToolTip(number).startswith("Report number") for number in range(6))
    first = tabs.currentIndex()
    for key, step in (("reader.next", 1), ("reader.previous", 0)):
        command = driver.window.session.commands.get(key)
        assert command is not None
        command.trigger()
        assert tabs.currentIndex() == (first + step) % 6
    shown = driver.window.reader.current
    place = QPoint(20, 20)
    QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(first).topLeft() + place)
    assert tabs.count() == 5
    assert driver.window.reader.current is not shown
