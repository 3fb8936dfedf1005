"""The whole job through the real window: search, open, select, tag, note, undo, cite."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.operations import tagging
from app.session import Target
from app.views.copy_as import CopyAs
from app.views.dialogs.bundle_result import BundleResult
from app.views.dialogs.export_dialog import ExportDialog
from app.views.dialogs.import_report import ImportReport
from app.views.inspector import Inspector
from app.views.reader_view import plain
from app.views.search_view import SearchView
from index.library import Library
from index.model import Changes
from tests.app.conftest import ENCRYPTED, Driver
from tests.app.test_importing import drop, shown

KEYS = QTest.keyClicks


def take_in(driver: Driver, library: Library, files: Path) -> None:
    library.import_files([files])
    driver.window.session.announce(Changes(everything=True))
    driver.settle()


def search(driver: Driver, words: str) -> SearchView:
    window = driver.window
    window.focus_field()
    window.top.field.clear()
    KEYS(window.top.field, words)
    view = window.view("search")
    assert isinstance(view, SearchView)
    driver.wait(lambda: view.results is not None and view.results.query == words)
    return view


def wait_for_reader(driver: Driver) -> None:
    reader = driver.window.reader
    driver.wait(lambda: reader.current is not None and reader.current.view is not None)
    driver.settle()


@ENCRYPTED
def test_search_select_tag_undo(driver: Driver, library: Library, files: Path) -> None:
    library.add_entity("Person", "Maks Bokayev", ["Макс Бокаев"])
    library.add_entity("Person", "Talgat Ayan")
    take_in(driver, library, files)
    window = driver.window
    view = search(driver, "bokayev")
    assert view.results is not None and view.results.pages >= 2
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    wait_for_reader(driver)
    document = window.reader.current
    assert document is not None and document.matches

    report = next(d for d in library.documents() if d.paged)
    window.session.open(Target(report.id, page=1))
    driver.settle()
    driver.wait(lambda: driver.view.stack.sheets[0].ready)
    driver.drag("Talgat Ayan")
    box = window.tagging.box
    assert box.isVisible() and box.field.hasFocus()
    words = driver.view.range_rects(*driver.find("Talgat Ayan"))
    origin = driver.view.viewport().mapTo(box.parentWidget(), words[0].topLeft())
    assert not any(
        box.geometry().intersects(rect.translated(origin - words[0].topLeft())) for rect in words
    )
    KEYS(box.field, "tal")
    QTest.keyClick(box.field, Qt.Key.Key_Tab)
    assert box.note.hasFocus()
    KEYS(box.note, "Check the date.")
    QTest.keyClick(box.note, Qt.Key.Key_Return)
    driver.settle()

    (passage,) = library.passages()
    assert passage.quote == "Talgat Ayan" and passage.note == "Check the date."
    assert [library.entity(e).name for e in passage.entities] == ["Talgat Ayan"]
    assert [mark.id for mark in driver.view.marks.passages] == [passage.id]
    assert driver.view.marks.passage == passage.id
    undo = window.session.commands.get("undo")
    assert undo is not None and undo.isEnabled() and "Talgat Ayan" in undo.text()
    undo.trigger()
    driver.settle()
    assert not library.passages() and not driver.view.marks.passages
    redo = window.session.commands.get("redo")
    assert redo is not None and redo.isEnabled()
    redo.trigger()
    driver.settle()
    assert [p.id for p in library.passages()] == [passage.id]


def test_new_entity_from_the_tag_box_is_one_undo(
    driver: Driver, library: Library, files: Path
) -> None:
    take_in(driver, library, files)
    report = next(d for d in library.documents() if d.paged)
    driver.window.session.open(Target(report.id))
    driver.settle()
    driver.wait(lambda: driver.view.stack.sheets[0].ready)
    driver.drag("Atyrau")
    box = driver.window.tagging.box
    QTest.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box.field, Qt.Key.Key_4)
    driver.settle()
    (entity,) = library.entities()
    assert (entity.kind, entity.name) == ("Place", "Atyrau")
    assert len(library.passages(entity=entity.id)) == 1
    undo = driver.window.session.commands.get("undo")
    assert undo is not None
    undo.trigger()
    driver.settle()
    assert not library.entities() and not library.passages()


def test_inspector_changes_a_passage(driver: Driver, library: Library, files: Path) -> None:
    person = library.add_entity("Person", "Maks Bokayev")
    take_in(driver, library, files)
    report = next(d for d in library.documents() if d.paged)
    passage = library.tag_quote(report.id, "forbade him to speak", [person.id])
    session = driver.window.session
    session.announce(Changes(everything=True))
    session.open(Target(report.id, passage=passage.id))
    driver.settle()
    inspector: Inspector = driver.window.inspector
    driver.wait(lambda: driver.view.page == 1)  # it stands on the second page
    assert inspector.known is not None and inspector.known.passage is not None
    assert inspector.note is not None
    inspector.note.setFocus()
    KEYS(inspector.note, "Three years more.")
    QTest.keyClick(inspector.note, Qt.Key.Key_Escape)
    assert driver.view.hasFocus()
    driver.settle()
    assert library.passage(passage.id).note == "Three years more."
    inspector.copy_citation()
    copied = QGuiApplication.clipboard().text()
    assert report.title.casefold() in copied.casefold() and "2" in copied
    (other,) = inspector.findChildren(CopyAs)
    for action, begins in zip(other.menu().actions(), ("*", "<i>", "@", "TY  -", "["), strict=True):
        action.trigger()
        driver.settle()
        pasted = QGuiApplication.clipboard().text()
        assert begins in pasted and report.title.casefold() in pasted.casefold()
    tagging.set_entities(session=session, passage=passage.id, entities=[])
    driver.settle()
    assert library.passage(passage.id).entities == ()
    inspector.remove_passage()
    driver.settle()
    assert library.passages() == [] and session.passage == ""


def test_another_process_is_noticed(driver: Driver, library: Library, files: Path) -> None:
    with Library.open(library.folder) as other:
        other.import_files([files])
    driver.window.session._look_for_others()
    driver.settle()
    assert driver.window.status.counts.text().startswith("2 documents")
    assert len(driver.window.session.catalog.documents) == 2


def test_a_bad_query_says_why(driver: Driver, library: Library, files: Path) -> None:
    take_in(driver, library, files)
    view = search(driver, "bokayev")
    driver.window.top.field.setText("(bokayev")
    QTest.keyClick(driver.window.top.field, Qt.Key.Key_Return)
    driver.settle()
    driver.wait(view.empty.isVisible)
    assert view.empty.label.text().endswith(".")


def test_activities_and_panes_by_key(driver: Driver) -> None:
    window = driver.window
    for number, key in enumerate(("search", "library"), start=1):
        action = window.session.commands.get(f"activity.{key}")
        if action is not None:
            assert action.shortcut().toString() == f"Ctrl+{number}"
            action.trigger()
            assert window.current == key
    window.show_activity("search")
    assert window.lists.isVisible() and window.inspector.isVisible()
    window.toggle_list()
    window.toggle_inspector()
    assert not window.lists.isVisible() and not window.inspector.isVisible()
    window.toggle_list()
    assert window.lists.isVisible()


@ENCRYPTED
def test_the_whole_job(driver: Driver, library: Library, files: Path, tmp_path: Path) -> None:
    window, session = driver.window, driver.window.session
    drop(driver, [files]).act()
    driver.wait(lambda: session.info is not None and session.info.documents == 2)
    driver.settle()
    for report in shown(ImportReport):
        report.close()

    search(driver, "five years")
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    wait_for_reader(driver)
    driver.wait(lambda: driver.view.stack.sheets[driver.view.page].ready)
    driver.drag("jailed for five years")
    KEYS(window.tagging.box.field, "Maks Bokayev")
    QTest.keyClick(window.tagging.box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.tagging.box.field, Qt.Key.Key_1)
    driver.settle()
    (passage,) = library.passages()
    assert plain(passage.quote) == "jailed for five years"
    assert passage.anchor.label == "2" and passage.anchor.rects
    assert window.inspector.known is not None and window.inspector.known.passage is not None

    export = session.commands.get("export")
    assert export is not None
    export.trigger()
    driver.settle()
    (dialog,) = shown(ExportDialog)
    dialog.place.setText(str(tmp_path / "bundle"))
    dialog.act()
    driver.wait(lambda: bool(shown(BundleResult)))
    driver.settle()
    (result,) = shown(BundleResult)
    result.verify()
    driver.settle()
    assert "complete and unchanged" in result.verdict.text()
    assert library.verify(tmp_path / "bundle").ok
    result.close()
