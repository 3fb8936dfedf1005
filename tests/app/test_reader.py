"""Reading: what is seen is what is selected, in PDFs and texts, with mouse and keyboard."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.session import Target
from app.views.reader_view import plain
from index.library import Library
from index.model import Span
from tests.app.conftest import Driver


def open_document(driver: Driver, library: Library, files: Path, name: str) -> str:
    library.import_files([files])
    driver.window.session.catalog.load()
    found = next(d.id for d in library.documents() if d.file_name == name)
    driver.window.session.open(Target(found))
    driver.settle()
    driver.wait(lambda: driver.view.stack.sheets[0].ready)
    return found


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("report.pdf", "Maks Bokayev and Talgat Ayan"),
        ("report.pdf", "where thousands had spoken against the land reform"),
        ("notice.txt", "Макса Бокаева виновным 😀 в организации"),
        ("notice.txt", "closed"),
    ],
)
def test_words_dragged_over_are_selected(
    driver: Driver, library: Library, files: Path, name: str, words: str
) -> None:
    open_document(driver, library, files, name)
    # The reader may have broken the lines where it liked.
    text = driver.view.text
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    assert found is not None
    words = found[0]
    driver.drag(words)
    span = driver.view.selected()
    assert span is not None
    assert text[span.start : span.end] == words


def test_selection_goes_on_overleaf(driver: Driver, library: Library, files: Path) -> None:
    open_document(driver, library, files, "report.pdf")
    driver.wait(lambda: driver.view.stack.sheets[1].ready)
    start, _ = driver.find("closed doors")
    _, end = driver.find("On the second page")
    driver.view.select(start, end)
    span = driver.view.selected()
    assert span == Span(start, end)
    assert plain(driver.view.text[start:end]) == "closed doors. On the second page"
    assert len({rect.top() for rect in driver.view.range_rects(start, end)}) >= 2


def test_double_click_takes_the_word(driver: Driver, library: Library, files: Path) -> None:
    open_document(driver, library, files, "notice.txt")
    start, _ = driver.find("Бокаева")
    place = driver.view.range_rects(start + 2, start + 3)[0].center()
    port = driver.view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=place)
    span = driver.view.selected()
    assert span is not None and driver.view.text[span.start : span.end] == "Бокаева"


def test_keyboard_selects(driver: Driver, library: Library, files: Path) -> None:
    open_document(driver, library, files, "notice.txt")
    start, _ = driver.find("😀 в организации")
    view = driver.view
    view.setFocus()
    view.selection.move(start, extend=False)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_Right, shift)
    assert view.selected() == Span(start, start + 1)
    QTest.keyClick(view, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    span = view.selected()
    assert span is not None and view.text[span.start : span.end].startswith("😀 в организации")
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.selected() is None
    assert view.selection.caret == len(view.text)


def test_copy_joins_lines(driver: Driver, library: Library, files: Path) -> None:
    open_document(driver, library, files, "report.pdf")
    start, _ = driver.find("In May")
    _, end = driver.find("land reform")
    driver.view.select(start, end)
    driver.window.reader.copy()
    from PySide6.QtGui import QGuiApplication

    copied = QGuiApplication.clipboard().text()
    assert "\n" not in copied and copied.startswith("In May the police detained Maks")


def test_f3_goes_round_the_matches(driver: Driver, library: Library, files: Path) -> None:
    found = open_document(driver, library, files, "report.pdf")
    driver.window.session.open(Target(found, page=1, query="Bokayev"))
    driver.settle()
    document = driver.window.reader.current
    assert document is not None and len(document.matches) == 2
    first = document.match
    driver.window.reader.step_match(1)
    assert document.match != first
    driver.settle()
    assert driver.view.page == document.view.stack.of(document.matches[document.match].start)
    driver.window.reader.step_match(1)
    assert document.match == first


def test_page_box_takes_labels_and_numbers(driver: Driver, library: Library, files: Path) -> None:
    open_document(driver, library, files, "report.pdf")
    bar = driver.window.reader.bar
    bar.page.setText("2")
    bar.page_entered.emit("2")
    assert driver.view.page == 1
    bar.page_entered.emit("99")
    assert "99" in driver.window.status.notice.text()
    assert driver.view.page == 1


def test_zoom_stays_at_the_same_words(driver: Driver, library: Library, files: Path) -> None:
    open_document(driver, library, files, "report.pdf")
    driver.view.show_page(1)
    before = driver.view.actual_zoom()
    for _ in range(3):
        driver.window.reader.step_zoom(1)
    assert driver.view.actual_zoom() > before * 1.4
    assert driver.view.page == 1
    driver.window.reader.fit_width()
    assert driver.view.actual_zoom() == pytest.approx(before)


def test_hitting_far_from_words_takes_the_nearest_line(
    driver: Driver, library: Library, files: Path
) -> None:
    open_document(driver, library, files, "report.pdf")
    start, end = driver.find("closed doors.")
    rect = driver.view.range_rects(start, end)[-1]
    place = QPoint(driver.view.viewport().width() - 30, rect.center().y())
    QTest.mouseClick(driver.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert abs(driver.view.selection.caret - end) <= 3
