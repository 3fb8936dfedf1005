"""Taking in, merging and handing over from the window's menu."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from app.views.dialogs.entity_editor import EntityEditor
from app.views.dialogs.exchange_result import ExchangeResult, of_taken
from index.exchange.taking import Taken
from index.library import Library
from index.model import ExportRequest, ImportOptions
from tests.app.conftest import Driver

QUOTE = "Maks Bokayev was jailed for five years"


def fill(library: Library, files: Path) -> None:
    """Import the reports and tag a passage."""
    library.import_files([files], ImportOptions(ocr="never"))
    person = library.add_entity("Person", "Maks Bokayev")
    report = next(one for one in library.documents() if one.paged)
    library.tag_quote(report.id, QUOTE, [person.id])


def result(driver: Driver) -> ExchangeResult:
    """Wait for the dialog that says what came in."""

    def found() -> list[ExchangeResult]:
        every = QApplication.topLevelWidgets()
        return [one for one in every if isinstance(one, ExchangeResult) and one.isVisible()]

    driver.wait(lambda: bool(found()))
    return found()[0]


def trigger(driver: Driver, key: str) -> None:
    """Choose a command and wait for what it does."""
    action = driver.window.session.commands.get(key)
    assert action is not None
    action.trigger()
    driver.settle()


def test_a_bundle_is_taken_in(
    driver: Driver, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "theirs", create=True) as theirs:
        fill(theirs, files)
        request = ExportRequest(zip=True, originals=True, pictures=False)
        bundle = theirs.export(tmp_path / "bundle", request).bundle
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bundle), ""))
    trigger(driver, "take_in")
    shown = result(driver)
    assert shown.facts.text() == "1 document, 1 entity and 1 passage came in."
    assert not shown.points.isVisible()
    shown.verb.click()
    assert [one.quote for one in driver.window.session.library.passages()] == [QUOTE]


def test_what_two_archives_say_differently_is_reviewed(
    driver: Driver, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = driver.window.session.library
    fill(library, files)
    driver.window.session.refresh_info()
    with Library.open(tmp_path / "theirs", create=True) as theirs:
        fill(theirs, files)
        theirs.update_entity(theirs.entity("Maks Bokayev").id, description="An activist")
        library.update_entity(library.entity("Maks Bokayev").id, description="A defendant")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "theirs"))
    trigger(driver, "archive.merge")
    shown = result(driver)
    assert "what you had was kept" in shown.facts.text()
    assert shown.points.count() == 1 and "Maks Bokayev" in shown.points.item(0).text()
    shown.points.setCurrentRow(0)
    driver.settle()
    QTest.keyClick(shown.points, Qt.Key.Key_Return)
    driver.wait(lambda: bool(shown.findChildren(EntityEditor)))
    (editor,) = shown.findChildren(EntityEditor)
    editor.reject()
    shown.verb.click()
    assert library.entity("Maks Bokayev").description == "A defendant"


def said(driver: Driver) -> str:
    """Wait for a message, read it and close it."""

    def found() -> list[QMessageBox]:
        every = driver.window.findChildren(QMessageBox)
        return [one for one in every if one.isVisible()]

    driver.wait(lambda: bool(found()))
    (box,) = found()
    text = box.text()
    assert box.textFormat() == Qt.TextFormat.PlainText
    box.close()
    driver.settle()
    return text


def test_an_archive_is_handed_over(
    driver: Driver, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(driver.window.session.library, files)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    trigger(driver, "hand_over")
    assert "README.txt" in said(driver)
    assert (tmp_path / "out/entities.ftm.jsonl").is_file()
    trigger(driver, "hand_over")
    assert "there already" in said(driver)


@pytest.mark.parametrize(
    ("key", "dialog", "sentence"),
    [
        ("take_in", "getOpenFileName", "<b>x.qdpx was not taken in.\n\n"),
        ("archive.merge", "getExistingDirectory", "<b>x.qdpx was not merged.\n\n"),
    ],
)
def test_what_cannot_be_taken_in_is_said_until_it_is_read(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, dialog: str,
    sentence: str,
) -> None:  # fmt: skip
    wrong = tmp_path / "<b>x.qdpx"
    if key == "take_in":
        wrong.write_text("no project", "utf-8")
    else:
        wrong.mkdir()
    chosen = (str(wrong), "") if key == "take_in" else str(wrong)
    monkeypatch.setattr(QFileDialog, dialog, lambda *_: chosen)
    trigger(driver, key)
    text = said(driver)
    assert text.startswith(sentence)
    assert len(text) > len(sentence)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0), "Nothing new came in."),
        ((0, 1, 0), "1 entity came in."),
        ((2, 0, 3), "2 documents and 3 passages came in."),
        ((1, 2, 3), "1 document, 2 entities and 3 passages came in."),
    ],
)
def test_only_what_came_in_is_named(
    driver: Driver, counts: tuple[int, int, int], sentence: str
) -> None:
    documents, entities, passages = counts
    taken = Taken(documents=documents, entities=entities, passages=passages)
    shown = of_taken(driver.window.session, taken, driver.window)
    assert shown.facts.text() == sentence
    shown.close()
