"""Encrypted archives in the window: made, opened, locked, and nothing left of them in memory."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from app.application import Program
from app.idle import IdleWatch
from app.settings import Settings
from app.views.dialogs.change_passphrase import ChangePassphrase
from app.views.dialogs.exchange_result import ExchangeResult
from app.views.dialogs.new_archive import NewArchiveDialog
from app.views.dialogs.password_dialog import PasswordDialog
from app.views.locked_window import LockedWindow
from app.views.main_window import MainWindow
from app.widgets.file_drop import FileDrop
from index import archives
from index.crypto import keys
from index.crypto.keys import Keys
from index.library import Library
from index.store.driver import SealedDriver
from tests import sealing
from tests.app.conftest import FIRST, write_report
from tests.sealing import CHEAP, PASSPHRASE, holds

Dialog = TypeVar("Dialog", bound=QDialog)


class Hands:
    """The running program, with ways to wait for it."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=60_000)

    def settle(self) -> None:
        program = self.program
        for _ in range(3):
            self.wait(lambda: not program.jobs.busy())
            if program.window is not None:
                jobs = program.window.session.jobs
                self.wait(lambda jobs=jobs: not jobs.busy())
            QApplication.processEvents()

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    @property
    def locked(self) -> LockedWindow:
        assert self.program.locked is not None
        return self.program.locked

    def run(self, key: str) -> None:
        action = self.window.session.commands.get(key)
        assert action is not None and action.isEnabled(), key
        action.trigger()

    def dialog(self, kind: type[Dialog]) -> Dialog:
        self.wait(lambda: bool(self.window.findChildren(kind)))
        return self.window.findChildren(kind)[-1]

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.locked.field.setText(passphrase)
        QTest.keyClick(self.locked.field, Qt.Key.Key_Return)
        self.settle()

    def lock(self) -> None:
        self.run("archive.lock")
        self.wait(lambda: self.program.locked is not None)
        self.settle()


@pytest.fixture
def hands(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hands]:
    """The program with no archive open yet; new passphrases cost next to nothing."""
    monkeypatch.setattr(keys.make, "__defaults__", (CHEAP,))
    monkeypatch.setattr(keys.rewrap, "__defaults__", (CHEAP,))
    program = Program(qapp, Settings(tmp_path / "window.ini"))
    crashes: list[str] = []
    program.jobs.crashed.connect(lambda error, details: crashes.append(details))
    yield Hands(program, qtbot)
    for window in (program.window, program.locked):
        if window is not None:
            window.close()
    program.close()
    assert not crashes, crashes[0]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An encrypted archive with one report."""
    folder = tmp_path / "sealed"
    write_report(tmp_path / "report.pdf")
    with sealing.make(folder) as library:
        library.import_files([tmp_path / "report.pdf"])
    return folder


def test_an_archive_is_unlocked_and_locked(hands: Hands, archive: Path) -> None:
    program = hands.program
    program.start(archive, create=False)
    assert program.window is None and program.library is None
    locked = hands.locked
    assert "locked" in locked.windowTitle() and locked.focusWidget() is locked.field
    assert locked.field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(locked.field, Qt.Key.Key_Return)
    assert "Type the passphrase" in locked.error.text()
    hands.unlock("wrong")
    assert locked.error.text() == "Wrong passphrase."
    assert locked.field.isEnabled() and locked.field.selectedText()
    hands.unlock()
    assert program.locked is None and program.library is not None
    assert hands.window.status.encrypted.isVisibleTo(hands.window)
    document = hands.window.session.library.documents()[0]
    hands.window.session.open(target(document.id))
    hands.settle()
    QApplication.clipboard().setText("what the user copied")
    QTest.keyClick(hands.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.wait(lambda: program.locked is not None)
    assert program.window is None and program.library is None
    assert QApplication.clipboard().text() == "what the user copied"
    hands.unlock()
    assert hands.window.session.library.text(document.id).startswith("Protest in the square")


def target(document: str) -> object:
    from app.session import Target

    return Target(document, 1)


def test_nothing_is_left_of_a_locked_archive(hands: Hands, archive: Path) -> None:
    others = left()  # windows of other tests
    hands.program.start(archive, create=False)
    hands.unlock()
    library = hands.window.session.library
    library.with_passwords(_options("hunter2"))
    hands.window.session.open(target(library.documents()[0].id))
    hands.window.show_activity("library")
    hands.settle()
    del library
    assert len(left()) > len(others)
    hands.lock()
    hands.wait(lambda: len(left()) == len(others))


def _options(password: str) -> object:
    from index.model import ImportOptions

    return ImportOptions(passwords=(password,))


def left() -> list[object]:
    """Return what of an opened encrypted archive is still in memory."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # deferred deletions
    gc.collect()
    kinds = (Keys, SealedDriver, Library, MainWindow)
    found = [each for each in gc.get_objects() if isinstance(each, kinds)]
    texts = [each for each in gc.get_objects() if type(each) is dict and "hunter2" in each]
    return found + texts


def test_running_work_is_not_cut_short(hands: Hands, archive: Path) -> None:
    import threading

    hands.program.start(archive, create=False)
    hands.unlock()
    go_on = threading.Event()
    session = hands.window.session
    session.jobs.run(
        lambda progress: go_on.wait(30), done=lambda done: None, label="Importing", write=True
    )
    hands.wait(lambda: session.jobs.at_stake() is not None)
    hands.run("archive.lock")
    hands.wait(hands.window.message.isVisible)
    assert hands.window.message.text().startswith("Importing is not finished.")
    assert hands.program.locked is None
    go_on.set()
    hands.settle()
    hands.lock()


def test_a_new_archive_is_encrypted_when_asked(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.program.start(tmp_path / "plain", create=True)
    hands.settle()
    assert not hands.window.status.encrypted.isVisibleTo(hands.window)
    lock = hands.window.session.commands.get("archive.lock")
    assert lock is not None and not lock.isEnabled()
    hands.run("archive.new")
    dialog = hands.dialog(NewArchiveDialog)
    dialog.place.setText(str(tmp_path / "plain"))
    dialog.act()
    assert "is there already" in dialog.error.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "n"), ""))
    dialog.browse.click()
    assert dialog.place.text() == str(tmp_path / "n")
    dialog.encrypt.click()
    for first, again, told in (
        ("", "", "Type a passphrase first."),
        ("one", "two", "The two passphrases differ."),
    ):
        dialog.passphrase.first.setText(first)
        dialog.passphrase.again.setText(again)
        dialog.act()
        assert dialog.error.text() == told and not (tmp_path / "n").exists()
    dialog.passphrase.first.setText(PASSPHRASE)
    dialog.passphrase.again.setText(PASSPHRASE)
    dialog.act()
    hands.wait(lambda: hands.window.session.library.folder == tmp_path / "n")
    assert hands.window.session.library.encrypted and archives.is_encrypted(tmp_path / "n")
    hands.settle()
    hands.run("archive.new")
    plain = hands.dialog(NewArchiveDialog)
    plain.place.setText(str(tmp_path / "third"))
    plain.act()
    hands.wait(lambda: hands.window.session.library.folder == tmp_path / "third")
    assert not hands.window.session.library.encrypted


def test_another_archive_asks_for_its_passphrase(
    hands: Hands, archive: Path, tmp_path: Path
) -> None:
    hands.program.start(tmp_path / "plain", create=True)
    hands.settle()
    session = hands.window.session
    session.archive_requested.emit(archive, False)
    dialog = hands.dialog(PasswordDialog)
    dialog.field.setText("wrong")
    dialog.act()
    hands.wait(dialog.error.isVisible)
    assert dialog.error.text() == "Wrong passphrase."
    dialog.reject()
    hands.settle()
    assert hands.window.session is session, "cancelled, and everything is as it was"
    drop(hands.window, archive)
    dialog = hands.dialog(PasswordDialog)
    dialog.field.setText(PASSPHRASE)
    dialog.act()
    hands.wait(lambda: hands.window.session.library.folder == archive)
    hands.settle()
    assert hands.window.session.library.documents()


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys_ = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys_)
    window.findChild(FileDrop).eventFilter(window, event)


def test_from_the_locked_page_another_archive_is_opened(
    hands: Hands, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library.create(tmp_path / "plain").close()
    sealing.make(tmp_path / "second", "second").close()
    hands.program.start(archive, create=False)
    chosen = ["", str(tmp_path / "second"), str(tmp_path / "plain")]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: chosen.pop(0))
    first = hands.locked
    first.other.click()
    assert hands.locked is first
    first.other.click()
    assert hands.locked.folder == tmp_path / "second"
    hands.locked.other.click()
    assert hands.window.session.library.folder == tmp_path / "plain"
    assert hands.program.locked is None
    hands.settle()


def test_a_passphrase_file_opens_at_the_start(hands: Hands, archive: Path) -> None:
    hands.program.start(archive, create=False, passphrase="wrong")
    assert hands.locked.error.text() == "Wrong passphrase."
    hands.program.start(archive, create=False, passphrase=PASSPHRASE)
    assert hands.program.locked is None
    hands.settle()


def test_an_archive_that_is_damaged_is_told_on_the_page(hands: Hands, archive: Path) -> None:
    hands.program.start(archive, create=False)
    (archive / "archive.sqlite").write_bytes(b"x" * 8192)
    hands.unlock()
    assert "damaged" in hands.locked.error.text()
    (archive / "archive.key").write_bytes(b"{}")
    hands.unlock()
    assert "key file" in hands.locked.error.text()


def test_an_original_that_was_changed_is_told(hands: Hands, archive: Path) -> None:
    original = next(path for path in (archive / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(original.read_bytes()[:-9])
    hands.program.start(archive, create=False)
    hands.unlock()
    session = hands.window.session
    session.open(target(session.library.documents()[0].id))
    told: list[str] = []

    def shown() -> bool:
        reader = hands.window.reader.current
        if reader is not None and reader.view is not None:
            told[:] = [sheet.failure for sheet in reader.view.stack.sheets if sheet.failure]
        return bool(told)

    hands.wait(shown)  # where the page would be
    assert "is not the file that was imported" in told[0]
    hands.settle()


def test_the_passphrase_is_changed(hands: Hands, archive: Path) -> None:
    hands.program.start(archive, create=False)
    hands.unlock()
    hands.run("archive.passphrase")
    dialog = hands.dialog(ChangePassphrase)
    dialog.act()
    assert dialog.error.text() == "Type the present passphrase first."
    dialog.present.setText("wrong")
    dialog.new.first.setText("quite another")
    dialog.new.again.setText("quite another")
    dialog.act()
    hands.wait(lambda: dialog.error.text() == "Wrong passphrase.")
    dialog.present.setText(PASSPHRASE)
    dialog.act()
    hands.wait(lambda: not hands.window.findChildren(ChangePassphrase))
    hands.settle()
    hands.lock()
    hands.unlock()
    assert hands.locked.error.text() == "Wrong passphrase."
    hands.unlock("quite another")
    assert hands.program.window is not None


def test_an_open_archive_is_copied_into_an_encrypted_one(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.create(tmp_path / "plain") as library:
        library.import_files([write_report(tmp_path / "report.pdf")])
    hands.program.start(tmp_path / "plain", create=False)
    hands.settle()
    hands.run("archive.encrypt")
    dialog = hands.dialog(NewArchiveDialog)
    assert dialog.place.text() == str(tmp_path / "plain encrypted")
    dialog.passphrase.first.setText(PASSPHRASE)
    dialog.passphrase.again.setText(PASSPHRASE)
    dialog.act()
    box = hands.dialog(QMessageBox)
    assert "1 document" in box.text() and "still there" in box.text()
    assert holds(tmp_path / "plain encrypted", FIRST.split()[-1], "report.pdf") == []
    next(each for each in box.buttons() if each.text() == "Open the copy").click()
    asked = hands.dialog(PasswordDialog)
    asked.field.setText(PASSPHRASE)
    asked.act()
    hands.wait(lambda: hands.window.session.library.encrypted)
    hands.settle()
    back = str(tmp_path / "back")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (back, ""))
    hands.run("archive.decrypt")
    warned = hands.dialog(QMessageBox)
    assert "not encrypted" in warned.text()
    next(each for each in warned.buttons() if each.text() == "Make the copy").click()
    hands.wait(lambda: archives.is_archive(tmp_path / "back"))
    hands.settle()
    with Library.open(tmp_path / "back") as again:
        assert len(again.documents()) == 1


def test_an_encrypted_archive_is_merged(
    hands: Hands, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.program.start(tmp_path / "plain", create=True)
    hands.settle()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: str(archive))
    hands.run("archive.merge")
    dialog = hands.dialog(PasswordDialog)
    dialog.field.setText("wrong")
    dialog.act()
    hands.wait(lambda: dialog.error.text() == "Wrong passphrase.")
    dialog.field.setText(PASSPHRASE)
    dialog.act()
    assert "1" in hands.dialog(ExchangeResult).facts.text()
    hands.settle()
    assert len(hands.window.session.library.documents()) == 1


def test_an_idle_archive_is_locked(hands: Hands, archive: Path) -> None:
    settings = hands.program.settings
    assert settings.lock_minutes == 0
    settings.lock_minutes = 5
    hands.program.start(archive, create=False)
    hands.unlock()
    watch = hands.program._idle
    assert watch._timer.isActive() and watch._timer.interval() == 5 * 60_000
    hands.run("archive.passphrase")  # a dialog that was left open does not keep it open
    hands.dialog(ChangePassphrase)
    watch.idle.emit()
    hands.wait(lambda: hands.program.locked is not None)
    assert not watch._timer.isActive()


def test_somebody_who_types_is_not_idle(qtbot: QtBot, qapp: QApplication) -> None:
    watch, field = IdleWatch(qapp), QLineEdit()
    qtbot.addWidget(field)
    watch.watch(1)
    watch._timer.setTimerType(Qt.TimerType.PreciseTimer)  # others end together with their like
    minute = watch._timer.interval()
    qtbot.waitUntil(lambda: watch._timer.remainingTime() < minute - 50)
    before = watch._timer.remainingTime()
    qtbot.keyClicks(field, "a")
    assert watch._timer.remainingTime() > before  # it waits from the beginning again
    with qtbot.waitSignal(watch.idle, timeout=5000):
        watch._timer.start(1)
    watch.watch(0)
    assert not watch._timer.isActive()
