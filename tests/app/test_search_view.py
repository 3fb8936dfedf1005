"""Searching in the window: rows, saved searches, completion, what is said when nothing is found."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.hits import Found, Heading, HitModel, Missing, Step
from app.views.search_view import SearchView
from index.library import Library
from index.model import Changes, Hit, Span
from tests.app.conftest import Driver


def hit(document: str, page: int, text: str = "some words found") -> Hit:
    return Hit(document, document.title(), page, str(page), 1.0, text, (Span(5, 10),), ())


def test_hits_follow_qt(qtmodeltester: Any, qtbot: object) -> None:
    model = HitModel()
    qtmodeltester.check(model)
    model.show([hit("b", 3), hit("a", 1), hit("b", 1)], [Missing("Gone.", "Show")], {})
    qtmodeltester.check(model)
    model.extend([hit("b", 2), hit("c", 9)])
    qtmodeltester.check(model)


def test_hits_are_grouped_in_order(qtbot: object) -> None:
    model = HitModel()
    model.show([hit("b", 3), hit("a", 1), hit("b", 1)], [Missing("Gone.")], {})
    model.extend([hit("b", 2), hit("c", 9)])
    rows = [model.row(model.index(n)) for n in range(model.rowCount())]
    shown = [
        r.document
        if isinstance(r, Heading)
        else f"{r.hit.document}{r.hit.page}"
        if isinstance(r, Found)
        else "missing"
        for r in rows
        if r is not None
    ]
    assert shown == ["b", "b1", "b2", "b3", "a", "a1", "c", "c9", "missing"]
    assert isinstance(rows[0], Heading) and rows[0].details == "3 pages"
    assert model.neighbour(-1, Step.ON) == 1
    assert model.neighbour(3, Step.ON) == 5
    assert model.neighbour(1, Step.BACK) is None
    assert model.place("c", 9) == 7
    assert model.neighbour(7, Step.ON) is None
    model.show([hit("a", 1)], [Missing("Gone.", "Show")], {})
    assert model.neighbour(1, Step.ON) == 2, "what can be pressed is reached by key"


def search_view(driver: Driver, library: Library, files: Path) -> SearchView:
    library.import_files([files])
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    view = driver.window.view("search")
    assert isinstance(view, SearchView)
    return view


def ask(driver: Driver, view: SearchView, query: str) -> None:
    driver.window.top.field.setText(query)
    QTest.keyClick(driver.window.top.field, Qt.Key.Key_Return)
    driver.settle()


def test_nothing_found_offers_another_spelling(
    driver: Driver, library: Library, files: Path
) -> None:
    view = search_view(driver, library, files)
    ask(driver, view, "Bokayeff")
    assert view.results is not None and not view.results.pages
    assert view.empty.label.text().startswith("No page matches.")
    if view.results.suggestion:
        view.empty.button.click()
        driver.settle()
        assert view.results.pages


def test_filters_narrow_and_are_counted(driver: Driver, library: Library, files: Path) -> None:
    view = search_view(driver, library, files)
    ask(driver, view, "the")
    assert view.results is not None
    every = view.results.pages
    box = view.filters.boxes["kind"]
    view.filters.show_facets({"kind": (("application/pdf", 2), ("text/plain", 1))})
    assert box.itemText(1) == "PDF  (2)"
    box.setCurrentIndex(1)
    box.activated.emit(1)
    driver.settle()
    assert view.filters_button.text() == "Filters · 1"
    assert view.results.pages == 2 < every
    view.filters.clear()
    driver.settle()
    assert view.results.pages == every


def test_a_search_is_kept_and_asked_again(driver: Driver, library: Library, files: Path) -> None:
    view = search_view(driver, library, files)
    ask(driver, view, "judge")
    view.saved.save_as("Judges")
    driver.settle()
    (files / "later.txt").write_text("Another judge was named.\n", encoding="utf-8")
    library.import_files([files])
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    driver.window.top.field.clear()
    driver.settle()
    assert [(kept.saved.name, kept.new) for kept in view.saved.kept] == [("Judges", 1)]
    assert view.saved.list.isVisible()
    driver.window.activateWindow()
    driver.window.focus_field()
    QTest.keyClick(driver.window.top.field, Qt.Key.Key_Down)
    kept = view.saved.list.list
    assert kept.hasFocus()
    QTest.keyClick(kept, Qt.Key.Key_Return)
    driver.settle()
    assert driver.window.top.field.text() == "judge"
    assert view.results is not None and view.results.pages == 2
    assert view.saved.kept[0].new == 0
    driver.window.top.field.clear()
    driver.settle()
    QTest.keyClick(kept, Qt.Key.Key_Delete)
    driver.settle()
    assert view.saved.kept == []


def test_fields_are_completed(driver: Driver, library: Library, files: Path) -> None:
    library.add_entity("Person", "Maks Bokayev")
    search_view(driver, library, files)
    driver.window.activateWindow()
    driver.window.focus_field()
    driver.wait(driver.window.top.field.hasFocus)
    QTest.keyClicks(driver.window.top.field, "entity:mak")
    choices = driver.window.completing.list
    driver.wait(choices.isVisible)
    QTest.keyClick(driver.window.top.field, Qt.Key.Key_Tab)
    assert driver.window.top.field.text() == 'entity:"Maks Bokayev" '
    assert not choices.isVisible()
