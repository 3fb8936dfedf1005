"""Starting: archives opened in the window, one in the place of another, and the look."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.application import Program
from app.settings import Settings
from app.theme import DARK, LIGHT, Colors
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


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_text_can_be_read_in_both_themes() -> None:
    for colors in (LIGHT, DARK):
        check(colors)


def check(colors: Colors) -> None:
    for ground in (colors.background, colors.pane, colors.selection, colors.chip):
        assert contrast(colors.text, ground) >= 4.5
    for ground in (colors.background, colors.pane):
        assert contrast(colors.dim, ground) >= 4.5
        assert contrast(colors.warning, ground) >= 4.5
        assert contrast(colors.accent, ground) >= 4.5
    assert contrast(colors.on_accent, colors.accent) >= 4.5
