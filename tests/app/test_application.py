"""Starting: archives opened in the window, one in the place of another, and the look."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.application import Program
from app.settings import Settings
from app.views import archive_dialogs
from app.widgets.crash_dialog import CrashDialog
from index.errors import NotFound
from index.library import Library


def idle(qtbot: QtBot, program: Program) -> None:
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: not window.session.jobs.busy(), timeout=60_000)


def test_another_archive_takes_the_place(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    program = Program(qapp, settings)
    assert program.open(tmp_path / "first", create=True)
    first = program.window
    assert first is not None
    idle(qtbot, program)
    first.session.archive_requested.emit(tmp_path / "second", True)
    qtbot.waitUntil(lambda: program.window is not first, timeout=60_000)
    assert program.window is not None and program.window.isVisible()
    assert program.library is not None and program.library.folder == tmp_path / "second"
    assert settings.recent_archives == (tmp_path / "second", tmp_path / "first")
    idle(qtbot, program)
    with Library.open(tmp_path / "first") as reopened:
        assert reopened.info().documents == 0
    program.window.close()
    program.close()


def test_what_is_no_archive_is_refused_with_a_sentence(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Not an archive.", encoding="utf-8")
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda parent, title, text: said.append(text))
    program = Program(qapp, Settings(tmp_path / "window.ini"))
    assert not program.open(tmp_path / "letters", create=True)
    assert len(said) == 1 and said[0].endswith(".") and "letters" in said[0]
    assert program.window is None


def test_an_archive_that_does_not_open_at_the_start_leads_to_another(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Not an archive.", encoding="utf-8")
    Library.create(tmp_path / "good").close()
    answers: list[Path | None] = [tmp_path / "letters", tmp_path / "good"]
    said: list[str] = []

    def choose(sentence: str, settings: Settings) -> Path | None:
        said.append(sentence)
        return answers.pop(0)

    monkeypatch.setattr(archive_dialogs, "choose_another", choose)
    program = Program(qapp, Settings(tmp_path / "window.ini"))
    program.start(tmp_path / "letters", create=True)
    assert len(said) == 2 and all("letters" in sentence for sentence in said)
    assert program.library is not None and program.library.folder == tmp_path / "good"
    idle(qtbot, program)
    assert program.window is not None
    program.window.close()
    program.close()
    answers.append(None)
    with pytest.raises(NotFound):
        Program(qapp, Settings(tmp_path / "window.ini")).start(tmp_path / "letters", create=True)


def test_a_fault_that_comes_again_and_again_opens_one_dialog(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    program = Program(qapp, Settings(tmp_path / "window.ini"))
    assert program.open(tmp_path / "archive", create=True)
    window = program.window
    assert window is not None
    idle(qtbot, program)
    for _ in range(3):
        window.session.jobs.crashed.emit(ValueError("again"), "Traceback")
    dialogs = [each for each in window.findChildren(CrashDialog) if each.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].close()
    window.close()
    program.close()


def test_files_are_looked_for_where_they_were_chosen_last(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    first = settings.folder("import")
    assert first.is_dir() and first != Path.cwd()
    chosen = tmp_path / "reports"
    chosen.mkdir()
    settings.remember_folder("import", chosen)
    assert Settings(tmp_path / "window.ini").folder("import") == chosen
    assert settings.folder("export") == first
    chosen.rmdir()
    assert settings.folder("import") == first
