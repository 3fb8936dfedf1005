"""Documents, passages and bundles in the window, all by keyboard."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.models.passages_model import UNTAGGED
from app.views.bundles_view import BundlesView
from app.views.dialogs.action_dialog import ActionDialog
from app.views.dialogs.bundle_result import BundleResult
from app.views.dialogs.document_form import DocumentForm
from app.views.dialogs.export_dialog import ExportDialog, slug
from app.views.dialogs.style_box import STYLES
from app.views.library_view import UNSEARCHABLE, LibraryView
from app.views.passages_view import PassagesView
from index.citing import styles
from index.library import Library
from index.model import Changes, Entity, ExportRequest
from tests.app.conftest import Driver
from tests.app.test_importing import shown

KEY = QTest.keyClick
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def maks(driver: Driver, library: Library, files: Path) -> Entity:
    """The archive with both reports, an entity and three passages, two of them about it."""
    library.import_files([files])
    maks = library.add_entity("Person", "Maks Bokayev")
    report = next(d for d in library.documents() if d.paged)
    notice = next(d for d in library.documents() if not d.paged)
    library.tag_quote(report.id, "the sentence is read", [maks.id], "Compare FPC.")
    library.tag_quote(report.id, "The court met behind closed doors", [maks.id])
    library.tag_quote(notice.id, "The same day the square was closed")
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    return maks


def view_of(driver: Driver, key: str) -> QWidget:
    command = driver.window.session.commands.get(f"activity.{key}")
    assert command is not None
    command.trigger()
    driver.settle()
    return driver.window.view(key)


def test_documents_are_found_sorted_opened_and_described(
    driver: Driver, library: Library, maks: Entity
) -> None:
    view = view_of(driver, "library")
    assert isinstance(view, LibraryView)
    assert driver.window.focusWidget() is view.list
    assert view.kind.text().startswith("2 documents")
    view.find_text("protests")
    assert [row.title for row in view.model.rows()] == ["The land protests"]
    view.list.go(0)
    KEY(view.list, Qt.Key.Key_Return)
    driver.settle()
    assert driver.window.session.document == view.model.rows()[0].id
    KEY(view.list, Qt.Key.Key_F2)
    driver.settle()
    (form,) = shown(DocumentForm)
    assert isinstance(form, DocumentForm)
    form.fields["issued"].setText("21 May")
    form.act()
    driver.settle()
    assert "is not a date" in form.error.text() and form.isVisible()
    form.fields["issued"].setText("2016-05-21")
    form.fields["author"].setText("Lillis, Joanna; Freedom House")
    form.act()
    driver.settle()
    found = next(d for d in library.documents() if d.paged)
    assert found.issued == "2016-05-21"
    assert found.authors == ("Joanna Lillis", "Freedom House")
    view.kind.show_choice(UNSEARCHABLE)
    view.find_text("")
    assert "can be searched" in view.empty.label.text()


def test_passages_are_filtered_shown_and_removed_by_key(
    driver: Driver, library: Library, maks: Entity
) -> None:
    view = view_of(driver, "passages")
    assert isinstance(view, PassagesView)
    assert view.model.rowCount() == 3
    view.show_only(entity=maks.id)
    assert view.model.rowCount() == 2
    view.show_only(entity=UNTAGGED)
    assert [p.quote for p in view.model.rows()] == ["The same day the square was closed"]
    view.show_only()
    view.find_text("fpc")
    assert view.model.rowCount() == 1
    view.find_text("")
    view.focus_list()
    KEY(view.list, Qt.Key.Key_Down)
    driver.settle()
    driver.wait(lambda: driver.window.session.passage == view.list.current().id)
    gone = view.list.current().id
    KEY(view.list, Qt.Key.Key_Delete)
    driver.settle()
    assert gone not in {p.id for p in library.passages()}
    assert view.model.rowCount() == 2
    undo = driver.window.session.commands.get("undo")
    assert undo is not None
    undo.trigger()
    driver.settle()
    assert view.model.rowCount() == 3


def test_export_shows_the_result_and_verifies(
    driver: Driver, library: Library, maks: Entity, tmp_path: Path
) -> None:
    view = view_of(driver, "passages")
    assert isinstance(view, PassagesView)
    view.show_only(entity=maks.id)
    view.export()
    driver.settle()
    (asked,) = shown(ExportDialog)
    assert isinstance(asked, ExportDialog)
    assert asked.counts.text().startswith("2 passages from 1 document")
    asked.options.encrypt.setChecked(True)
    asked.act()
    assert "passphrase" in asked.error.text()
    asked.options.encrypt.setChecked(False)
    asked.place.setText(str(tmp_path / "bundle"))
    asked.act()
    driver.settle()
    driver.wait(lambda: bool(shown(BundleResult)))
    (result,) = shown(BundleResult)
    assert isinstance(result, BundleResult)
    assert (tmp_path / "bundle" / "bagit.txt").is_file()
    result.verify()
    driver.settle()
    assert "complete and unchanged" in result.verdict.text()
    (tmp_path / "bundle" / "data" / "report.html").write_text("changed")
    result.verify()
    driver.settle()
    assert result.problems.count() and "not as" in result.verdict.text()
    result.close()


def test_a_bundle_is_signed_and_cited_in_a_style_of_the_user_s_own(
    driver: Driver, library: Library, maks: Entity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "mine.csl"
    own.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>'
        "<title>Mine</title></info><citation><layout><text variable='title' prefix='@'/></layout>"
        "</citation></style>",
        "utf-8",
    )
    key = ed25519.Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.OpenSSH, BestAvailableEncryption(b"words")
    )
    (tmp_path / "key").write_bytes(key)
    view = view_of(driver, "passages")
    assert isinstance(view, PassagesView)
    view.show_only(entity=maks.id)
    view.export()
    driver.settle()
    (asked,) = shown(ExportDialog)
    assert isinstance(asked, ExportDialog)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    before = asked.style_box.style_name()
    asked.style_box.activated.emit(asked.style_box.count() - 1)
    assert asked.style_box.style_name() == before
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(own), ""))
    asked.style_box.activated.emit(asked.style_box.count() - 1)
    assert asked.asked().style == str(own)
    signing = asked.options.signing
    signing.sign.setChecked(True)
    signing.key.clear()
    asked.act()
    assert "SSH key" in asked.error.text()
    signing.key.setText(str(tmp_path / "key"))
    asked.place.setText(str(tmp_path / "bundle"))
    asked.act()
    driver.settle()
    assert "passphrase" in asked.error.text()
    assert not (tmp_path / "bundle").exists()
    signing.passphrase.setText("words")
    asked.act()
    driver.settle()
    driver.wait(lambda: bool(shown(BundleResult)))
    (notice,) = library.verify(tmp_path / "bundle").notices
    assert notice.startswith("Signed with the key SHA256:")
    assert "@" in (tmp_path / "bundle/data/report.md").read_text("utf-8")
    (result,) = shown(BundleResult)
    result.close()


def test_a_finished_bundle_is_replaced_only_when_the_user_says_so(
    driver: Driver, library: Library, maks: Entity, tmp_path: Path
) -> None:
    library.export(tmp_path / "bundle", ExportRequest(title="first", pictures=False))
    view = view_of(driver, "passages")
    assert isinstance(view, PassagesView)
    view.show_only(entity=maks.id)
    view.export()
    driver.settle()
    (asked,) = shown(ExportDialog)
    assert isinstance(asked, ExportDialog)
    asked.place.setText(str(tmp_path / "bundle"))
    asked.act()
    driver.wait(lambda: bool(shown(QMessageBox)))
    (question,) = shown(QMessageBox)
    assert isinstance(question, QMessageBox)
    KEY(question, Qt.Key.Key_Escape)
    driver.settle()
    assert not shown(QMessageBox) and asked.verb.isEnabled()
    assert "first" in (tmp_path / "bundle" / "bag-info.txt").read_text("utf-8")
    asked.act()
    driver.wait(lambda: bool(shown(QMessageBox)))
    (question,) = shown(QMessageBox)
    assert isinstance(question, QMessageBox)
    next(one for one in question.buttons() if one.text() == "Replace").click()
    driver.wait(lambda: bool(shown(BundleResult)))
    assert "first" not in (tmp_path / "bundle" / "bag-info.txt").read_text("utf-8")
    (result,) = shown(BundleResult)
    assert isinstance(result, BundleResult)
    result.close()


def test_a_bundle_is_put_together_by_keyboard(
    driver: Driver, library: Library, maks: Entity
) -> None:
    first = library.passages()[0].id
    draft = library.add_bundle(ExportRequest(title="Trial"))
    driver.window.session.announce(Changes(bundles=frozenset({draft.id})))
    passages = view_of(driver, "passages")
    assert isinstance(passages, PassagesView)
    passages.list.selectAll()
    command = driver.window.session.commands.get("bundle.add")
    assert command is not None
    command.trigger()
    driver.settle()
    (adding,) = shown(ActionDialog)
    assert isinstance(adding, ActionDialog)
    KEY(adding, Qt.Key.Key_Return)
    driver.settle()
    view = view_of(driver, "bundles")
    assert isinstance(view, BundlesView)
    KEY(view.list, Qt.Key.Key_Return)
    driver.wait(lambda: driver.window.focusWidget() is view.rows)
    view.rows.go(0)
    KEY(view.rows, Qt.Key.Key_Down, ALT)
    driver.settle()
    assert library.bundle(draft.id).request.sections[0].passages[1] == first
    KEY(view.rows, Qt.Key.Key_H)
    (heading,) = shown(ActionDialog)
    assert isinstance(heading, ActionDialog)
    QTest.keyClicks(heading.focusWidget(), "Arrests")
    KEY(heading.focusWidget(), Qt.Key.Key_Return)
    driver.settle()
    request = library.bundle(draft.id).request
    assert [(one.title, len(one.passages)) for one in request.sections] == [
        ("", 1),
        ("Arrests", 2),
    ]
    driver.wait(lambda: view.rows_model.rowCount() == 5)
    view.rows.go(4)
    KEY(view.rows, Qt.Key.Key_Delete)
    driver.settle()
    assert len(library.bundle(draft.id).request.sections[1].passages) == 1
    assert len(library.passages()) == 3
    driver.wait(lambda: "2 passages" in view.told.text())


def test_empty_views_say_what_to_do(driver: Driver) -> None:
    for key, words in (
        ("library", "archive is empty"),
        ("entities", "Nobody is on the list"),
        ("passages", "no passages yet"),
        ("bundles", "Put passages together"),
    ):
        view = view_of(driver, key)
        labels = [
            state.label.text()
            for name in ("empty", "nothing")
            if (state := getattr(view, name, None)) is not None and state.isVisible()
        ]
        assert any(words in label for label in labels), key


def test_styles_offered_exist() -> None:
    for name, _ in STYLES:
        assert styles.find(name).is_file()
    assert slug("Land protests, 2016!") == "land-protests-2016"
    assert slug("…") == "bundle"
