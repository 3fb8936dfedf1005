"""Dialogs have room for what they say, begin in a field, and do what Enter and Del promise."""

import gc
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.views.dialogs.action_dialog import ActionDialog, words
from app.views.dialogs.collection_dialog import CollectionDialog
from app.views.dialogs.export_dialog import ExportDialog
from app.views.dialogs.import_dialog import ImportDialog
from app.views.dialogs.password_dialog import PasswordDialog
from app.views.dialogs.repair_dialog import RepairDialog
from app.views.settings_dialog import SettingsDialog
from app.widgets.fitting_dialog import FittingDialog
from app.widgets.tables import Scrolled
from index.library import Library
from index.model import Changes
from tests.app.conftest import Driver
from tests.app.test_importing import shown

KEY = QTest.keyClick
LONG = "A very long title of a report about people who spoke in public squares " * 3


def open_and_wait(driver: Driver, dialog: FittingDialog) -> None:
    dialog.open()
    driver.settle()
    QApplication.processEvents()


def cut(dialog: FittingDialog) -> list[str]:
    """Return the words that have less room than they need."""
    return [
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.isVisible()
        and label.wordWrap()
        and label.height() < label.heightForWidth(label.width())
    ]


def test_a_long_notice_leaves_the_window_as_wide_as_it_was(driver: Driver) -> None:
    window = driver.window
    before = window.width()
    window.session.notice.emit(LONG)
    window.session.problem.emit("/" + "a" * 400 + " cannot be read.")
    QApplication.processEvents()
    assert window.width() == before
    assert window.minimumSizeHint().width() <= before
    notice = window.status.notice
    assert notice.text() == LONG
    assert notice.shown().endswith("…")


def test_words_have_room_at_the_largest_text(large: Driver) -> None:
    window = large.window
    dialog = PasswordDialog(LONG + "is encrypted.", lambda password, asked: None, window)
    open_and_wait(large, dialog)
    assert not cut(dialog)
    dialog.say(LONG)
    QApplication.processEvents()
    assert not cut(dialog)
    assert dialog.height() <= window.height()
    assert dialog.width() <= window.width()
    dialog.close()


def test_a_scrolled_form_is_not_cut_at_its_side(
    large: Driver, library: Library, files: Path
) -> None:
    library.import_files([files])
    document = library.documents()[0]
    library.tag(document.id, 0, 8)
    large.window.session.announce(Changes(everything=True))
    large.settle()
    dialog = ExportDialog(large.window.session, parent=large.window)
    open_and_wait(large, dialog)
    assert dialog.focusWidget() is dialog.title
    for form in dialog.findChildren(Scrolled):
        inside = form.widget()
        assert inside is not None
        assert inside.width() <= form.viewport().width()
    dialog.close()


def test_the_keyboard_begins_in_a_field_and_enter_presses_the_focused_button(
    driver: Driver,
) -> None:
    pressed = []
    dialog = ActionDialog("Ask", "Do it", driver.window)
    dialog.body.addWidget(words("What is to be done?"))
    other = QPushButton("Something else")
    other.setAutoDefault(False)
    other.clicked.connect(lambda: pressed.append("other"))
    dialog.verb.clicked.connect(lambda: pressed.append("verb"))
    dialog.body.addWidget(other)
    open_and_wait(driver, dialog)
    assert dialog.focusWidget() is dialog.verb
    other.setFocus()
    KEY(other, Qt.Key.Key_Return)
    assert pressed == ["other"]
    KEY(dialog, Qt.Key.Key_Escape)
    asking = PasswordDialog("Type it.", lambda password, asked: None, driver.window)
    open_and_wait(driver, asking)
    assert asking.focusWidget() is asking.field
    asking.close()


def test_files_are_taken_off_the_list_before_they_are_imported(driver: Driver, files: Path) -> None:
    dialog = ImportDialog(
        driver.window.session, sorted(files.iterdir()), lambda results: None, driver.window
    )
    open_and_wait(driver, dialog)
    assert dialog.focusWidget() is dialog.files
    assert dialog.files.item(0).toolTip() == str(files / "notice.txt")
    dialog.files.setCurrentRow(0)
    KEY(dialog.files, Qt.Key.Key_Delete)
    assert dialog.paths == [files / "report.pdf"]
    assert dialog.files.count() == 1
    dialog.away.click()
    assert not dialog.paths
    assert not dialog.verb.isEnabled()
    dialog.close()


def test_documents_move_to_a_collection_and_back(
    driver: Driver, library: Library, files: Path
) -> None:
    library.import_files([files])
    driver.settle()
    chosen = library.documents()
    dialog = CollectionDialog(driver.window.session, chosen, driver.window)
    open_and_wait(driver, dialog)
    KEY(dialog.collection, Qt.Key.Key_A)
    KEY(dialog.collection, Qt.Key.Key_Return)
    driver.settle()
    assert {document.collection for document in library.documents()} == {"a"}
    undo = driver.window.session.commands.get("undo")
    assert undo is not None
    driver.wait(undo.isEnabled)
    undo.trigger()
    driver.settle()
    assert {document.collection for document in library.documents()} == {None}


def test_settings_take_any_style_there_is(driver: Driver) -> None:
    session = driver.window.session
    dialog = SettingsDialog(session, driver.window)
    open_and_wait(driver, dialog)
    told: list[str] = []
    session.style_changed.connect(lambda: told.append(session.settings.style))
    dialog.style_box.setEditText("vancouver")
    KEY(dialog.style_box, Qt.Key.Key_Return)
    assert session.settings.style == "vancouver"
    assert told == ["vancouver"]
    KEY(dialog, Qt.Key.Key_Escape)


def test_nothing_to_repair_is_said_with_a_way_out(driver: Driver) -> None:
    command = driver.window.session.commands.get("passages.repair")
    assert command is not None
    command.trigger()
    driver.settle()
    (dialog,) = shown(RepairDialog)
    assert isinstance(dialog, RepairDialog)
    assert dialog.end.isVisible()
    assert not dialog.put.isVisible()
    KEY(dialog.end, Qt.Key.Key_Return)
    driver.wait(lambda: not shown(RepairDialog))


def test_a_dialog_outlives_the_garbage_of_what_made_it(driver: Driver) -> None:
    PasswordDialog("Type it.", lambda password, asked: None, driver.window).open()
    ActionDialog("Ask", "Do it", driver.window).open()
    driver.settle()
    for _ in range(3):
        gc.collect()
        QApplication.processEvents()
    kinds = {type(each) for each in shown(FittingDialog)}
    assert kinds == {PasswordDialog, ActionDialog}
    for dialog in shown(FittingDialog):
        assert isinstance(dialog, FittingDialog)
        dialog.close()
