"""Document care through the real window: versions, places, scans, labels, passwords, removal."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton

from app.session import Target
from app.views.dialogs.encoding_dialog import EncodingDialog
from app.views.dialogs.import_dialog import ImportDialog
from app.views.dialogs.import_report import ImportReport
from app.views.dialogs.labels_dialog import LabelsDialog
from app.views.dialogs.locked_files import PasswordButton
from app.views.dialogs.password_dialog import PasswordDialog
from app.views.dialogs.recognise_dialog import RecogniseDialog
from app.views.dialogs.repair_dialog import RepairDialog
from app.views.dialogs.version_chooser import CarriedReport, VersionChooser
from app.views.dialogs.version_offers import VersionOffers
from app.views.document_care import DocumentCare
from app.views.library_view import LibraryView
from app.views.passage_care import PassageCare
from app.views.passages_view import PassagesView
from app.views.repair_bar import RepairBar
from app.widgets.file_drop import FileDrop
from index import versions
from index.library import Library
from index.model import AnchorStatus, Changes, ImportOptions
from index.reading import ocr
from tests.app.conftest import Driver
from tests.test_labelling import write_numbered
from tests.test_ocr_run import write_scan
from tests.test_passwords import PASSWORD, write_encrypted
from tests.test_versions import FIRST, SECOND

D = TypeVar("D")
KEY = QTest.keyClick


def shown(kind: type[D]) -> D:
    """Return the dialog of a kind that is open."""
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


def is_shown(kind: type[QDialog]) -> bool:
    return any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets())


def run(driver: Driver, key: str) -> None:
    action = driver.window.session.commands.get(key)
    assert action is not None
    action.trigger()
    driver.settle()


def bring_in(driver: Driver, *paths: Path) -> None:
    """Drop files on the window and import them."""
    drop = driver.window.findChild(FileDrop)
    assert drop is not None
    drop.dropped.emit(list(paths))
    driver.settle()
    shown(ImportDialog).act()
    driver.settle()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def two_versions(driver: Driver, library: Library, folder: Path) -> list[str]:
    """Import a report and tag it in four places; return the passages' ids."""
    (result,) = library.import_files([write(folder / "first.txt", FIRST)])
    quotes = (
        "sentenced Maks Bokayev to five years in prison",
        "Observers were not admitted. The prosecutor gave no reasons for the decision at all.",
        "the price of wheat in the northern regions",
    )
    ids = [library.tag_quote(result.document or "", quote).id for quote in quotes]
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    return ids


def test_a_newer_version_is_offered_attached_and_repaired(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    _, doubtful, lost = two_versions(driver, library, tmp_path)
    bring_in(driver, write(tmp_path / "second.txt", SECOND))
    report = shown(ImportReport)
    offers = report.findChild(VersionOffers)
    assert offers is not None
    driver.wait(lambda: bool(offers.buttons))
    offers.buttons[0].click()
    driver.settle()
    carried = shown(CarriedReport)
    assert carried.waiting == (doubtful, lost)
    carried.act()
    driver.settle()

    repair = shown(RepairDialog)
    driver.wait(lambda: repair.model.rowCount() > 0)
    repair.list.setFocus()
    assert repair.passage is not None
    # A lost passage stays with the earlier document, which comes first.
    assert {passage.id for passage in repair.waiting} == {doubtful, lost}
    while repair.passage.id != doubtful:
        KEY(repair.list, Qt.Key.Key_Space)
        driver.settle()
    assert repair.model.rowCount() >= 2
    assert driver.window.reader.current is not None
    wanted = repair.model.rows()[1]
    KEY(repair.list, Qt.Key.Key_2)
    driver.settle()
    placed = library.passage(doubtful)
    assert (placed.anchor.status, placed.anchor.start) == (AnchorStatus.EXACT, wanted.start)
    driver.wait(lambda: repair.passage is not None and repair.passage.id == lost)
    driver.settle()
    repair.keep_as_lost()
    driver.settle()
    assert [p.id for p in versions.to_repair(library)] == [lost]
    run(driver, "undo")
    assert library.passage(doubtful).anchor.status is AnchorStatus.UNCERTAIN
    repair.close()


def test_the_chooser_attaches_by_hand(driver: Driver, library: Library, tmp_path: Path) -> None:
    two_versions(driver, library, tmp_path)
    (new,) = library.import_files([write(tmp_path / "other.txt", "Retitled\n\n" + SECOND)])
    library.describe(new.document or "", {"title": "Annual report, corrected"})
    driver.window.session.announce(Changes(everything=True))
    driver.window.session.open(Target(new.document or ""))
    driver.settle()
    run(driver, "document.newer")
    chooser = shown(VersionChooser)
    QTest.keyClicks(chooser.field, "first")
    driver.settle()
    assert chooser.model.rowCount() == 1
    chooser.act()
    driver.settle()
    assert library.document(new.document or "").replaces
    assert is_shown(CarriedReport)
    shown(CarriedReport).reject()
    care = driver.window.inspector.findChild(DocumentCare)
    assert care is not None
    run(driver, "undo")
    assert library.document(new.document or "").replaces is None


def test_words_are_chosen_for_a_lost_passage(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    ids = two_versions(driver, library, tmp_path)
    old = library.passage(ids[0]).document
    (new,) = library.import_files([write(tmp_path / "second.txt", SECOND)])
    versions.attach(library, new.document or "", old)
    session = driver.window.session
    session.announce(Changes(everything=True))
    driver.window.show_activity("passages")
    driver.settle()
    view = driver.window.view("passages")
    assert isinstance(view, PassagesView)
    bar = view.findChild(RepairBar)
    assert bar is not None and bar.link.text() == "2 passages need a place…"
    bar.link.click()
    driver.settle()
    repair = shown(RepairDialog)
    while repair.passage is not None and repair.passage.id != ids[2]:
        repair.go_on()
        driver.settle()
    session.open(Target(new.document or ""))
    driver.settle()
    start = SECOND.index("corrected edition")
    driver.view.select(start, start + 17)
    repair.put_on_selection()
    driver.settle()
    placed = library.passage(ids[2])
    assert (placed.document, placed.quote) == (new.document, "corrected edition")
    driver.wait(lambda: bar.link.text() == "1 passage needs a place…")
    session.open(Target(new.document or "", passage=ids[0]))
    driver.settle()
    care = driver.window.inspector.findChild(PassageCare)
    assert care is not None
    care.links[0].click()
    driver.settle()
    assert library.passage(ids[0]).anchor.status is AnchorStatus.EXACT
    repair.close()


def test_documents_with_passages_are_not_removed(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    ids = two_versions(driver, library, tmp_path)
    window = driver.window
    window.show_activity("library")
    driver.settle()
    view = window.view("library")
    assert isinstance(view, LibraryView)
    view.list.go(0)
    driver.settle()
    view.remove()
    box = shown(QMessageBox)
    assert "cannot be removed while it has 3 passages" in box.text()
    (button,) = [b for b in box.findChildren(QPushButton) if "Show" in b.text()]
    button.click()
    driver.settle()
    assert window.current == "passages"
    for identity in ids:
        library.untag(identity)
    window.session.announce(Changes(everything=True))
    driver.settle()
    window.show_activity("library")
    view.list.go(0)
    driver.settle()
    window.session.open(Target(library.documents()[0].id))
    driver.settle()
    view.remove()
    (button,) = [b for b in shown(QMessageBox).findChildren(QPushButton) if b.text() == "Remove"]
    button.click()
    driver.settle()
    assert library.documents() == [] and window.reader.current is None


def test_scanned_pages_are_read_and_shown(driver: Driver, library: Library, tmp_path: Path) -> None:
    library.import_files([write_scan(tmp_path / "scan.pdf")], ImportOptions(ocr="never"))
    session = driver.window.session
    session.announce(Changes(everything=True))
    (document,) = library.documents()
    session.open(Target(document.id))
    driver.settle()
    assert driver.window.reader.current is not None
    stale = driver.window.reader.current
    run(driver, "document.recognise")
    dialog = shown(RecogniseDialog)
    if not ocr.installed():
        assert "install" in dialog.error.text() and not dialog.verb.isEnabled()
        return
    dialog.act()
    driver.settle()
    assert library.document(document.id).unsearchable_pages == ()
    driver.wait(lambda: driver.window.reader.current is not stale)
    driver.settle()
    assert "Zhanaozen" in driver.view.text
    assert not driver.window.status.unsearchable.isVisible()


def test_an_encrypted_file_is_taken_in_and_drawn(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    bring_in(driver, write_encrypted(tmp_path / "locked.pdf"))
    report = shown(ImportReport)
    button = report.findChild(PasswordButton)
    assert button is not None and button.isVisible()
    button.click()
    dialog = shown(PasswordDialog)
    dialog.field.setText("wrong")
    dialog.act()
    driver.settle()
    assert "does not open it" in dialog.error.text()
    dialog.field.setText(PASSWORD)
    dialog.act()
    driver.settle()
    (document,) = library.documents()
    assert not is_shown(ImportReport)

    # As after the program was started again.
    library._passwords.clear()
    library.forget_view(document.id)
    driver.window.session.open(Target(document.id))
    driver.settle()
    driver.wait(lambda: is_shown(PasswordDialog))
    dialog = shown(PasswordDialog)
    dialog.field.setText(PASSWORD)
    dialog.act()
    driver.settle()
    driver.wait(lambda: driver.view.stack.sheets[0].ready)
    assert not is_shown(PasswordDialog)


def test_a_text_is_read_in_another_encoding(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    words = "Суд в Атырау признал его виновным в организации протестов. " * 3
    (tmp_path / "notice.txt").write_bytes(words.encode("koi8-r"))
    library.import_files([tmp_path / "notice.txt"], ImportOptions(encoding="cp1251"))
    (document,) = library.documents()
    assert "Суд" not in library.text(document.id)
    session = driver.window.session
    session.announce(Changes(everything=True))
    session.open(Target(document.id))
    driver.settle()
    run(driver, "document.encoding")
    dialog = shown(EncodingDialog)
    driver.wait(lambda: "1251" in dialog.now.text())
    dialog.choice.setCurrentIndex(dialog.choice.findData("koi8-r"))
    dialog.act()
    driver.settle()
    assert library.text(document.id) == words
    driver.wait(lambda: "Суд" in driver.view.text)


def test_printed_numbers_become_labels(driver: Driver, library: Library, tmp_path: Path) -> None:
    library.import_files([write_numbered(tmp_path / "numbered.pdf")])
    (document,) = library.documents()
    session = driver.window.session
    session.announce(Changes(everything=True))
    session.open(Target(document.id))
    driver.settle()
    care = driver.window.inspector.findChild(DocumentCare)
    assert care is not None
    driver.wait(lambda: "document.labels" in care.links)
    care.links["document.labels"].click()
    dialog = shown(LabelsDialog)
    driver.wait(lambda: dialog.table.rowCount() == 6)
    assert dialog.labels() == ["6", "7", "8", "9", "10", "11"]
    dialog.rules[0].number.setValue(5)
    cell = dialog.table.item(0, 2)
    assert cell is not None and cell.text() == "5"
    dialog.rules[0].number.setValue(6)
    dialog.act()
    driver.settle()
    assert library.pages(document.id)[0].label == "6"
    content = driver.window.reader.contents()[document.id]
    assert content[1][0] == "6"
    run(driver, "undo")
    assert library.pages(document.id)[0].label == "1"


def test_highlights_of_other_programs_are_passages(
    driver: Driver, library: Library, corpus: Path
) -> None:
    library.import_files([corpus / "reports" / "sample-files__024-annotations-annotated_pdf.pdf"])
    found = [p for p in library.passages() if p.origin == "annotation"]
    assert found
    person = library.add_entity("Person", "Maks Bokayev")
    session = driver.window.session
    session.announce(Changes(everything=True))
    driver.window.show_activity("passages")
    driver.settle()
    view = driver.window.view("passages")
    assert isinstance(view, PassagesView)
    faces = [view.model.face(passage) for passage in view.passages]
    assert all("found in the file" in face.side_detail for face in faces)
    library.set_passage(found[0].id, entities=[person.id])
    assert library.passages(entity=person.id)[0].origin == "annotation"


def test_what_an_older_reader_read_is_offered_read_again_and_taken_back(
    driver: Driver, library: Library, tmp_path: Path
) -> None:
    (result,) = library.import_files([write(tmp_path / "first.txt", FIRST)])
    document = result.document or ""
    with library.database.write() as connection:
        connection.execute("UPDATE document SET extractor = 'reader 0', text_sha256 = 'old'")
        connection.execute("UPDATE page SET text = 'Odd. ' || text, end = end + 5 WHERE idx = 0")
    driver.window.session.announce(Changes(everything=True))
    driver.window.session.open(Target(document))
    driver.settle()
    care = next(each for each in driver.window.findChildren(DocumentCare) if each.links)
    care.links["document.reread"].click()
    driver.wait(lambda: library.text(document) == FIRST)
    driver.settle()
    assert versions.outdated(library) == []
    run(driver, "documents.reread")
    driver.settle()
    assert library.text(document) == FIRST
    run(driver, "undo")
    driver.wait(lambda: library.text(document) == "Odd. " + FIRST)
    run(driver, "documents.reread")
    driver.wait(lambda: library.text(document) == FIRST)
    driver.settle()
