"""The entity list and the review queue in the window, all by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.bundle_plan import (
    Place,
    all_passages,
    grouped,
    moved,
    places,
    with_passages,
    with_section,
    without,
    without_section,
)
from app.models.mentions_model import around
from app.models.seeing import companions, years
from app.views.dialogs.entity_editor import EntityEditor, MergeDialog, parse_ids
from app.views.dialogs.entity_list_import import EntityListImport
from app.views.dialogs.entity_split import SplitDialog
from app.views.dialogs.export_dialog import ExportDialog
from app.views.entities_view import EntitiesView
from app.views.entity_facts import stands_on
from app.views.entity_pages import DOSSIER, HISTORY, TOGETHER
from index.entities.corroborating import Corroboration, Source
from index.errors import BadInput
from index.library import Library
from index.model import Anchor, BundleSection, Changes, Entity, Passage
from tests.app.conftest import Driver
from tests.app.test_importing import shown

KEY = QTest.keyClick


@pytest.fixture
def view(driver: Driver, library: Library, files: Path) -> EntitiesView:
    """The entity list over an archive with two people, and proposals for them."""
    library.import_files([files])
    library.add_entity("Person", "Maks Bokayev")
    library.add_entity("Person", "Talgat Ayan")
    library.add_entity("Place", "Atyrau")
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    command = driver.window.session.commands.get("activity.entities")
    assert command is not None
    command.trigger()
    driver.settle()
    made = driver.window.view("entities")
    assert isinstance(made, EntitiesView)
    driver.wait(lambda: made.review.model.rowCount() > 0)
    driver.settle()
    return made


def test_proposals_are_decided_by_one_key_each(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    maks = library.entity("Maks Bokayev")
    view.show_entity(maks.id)
    driver.wait(lambda: view.work.title.text() == "Maks Bokayev")
    driver.settle()
    KEY(view.list, Qt.Key.Key_Return)
    table, model = view.review.table, view.review.model
    waiting = model.rowCount()
    assert waiting == 3
    assert {row.words for row in model.rows()} == {"Maks Bokayev", "Макса Бокаева"}
    KEY(table, Qt.Key.Key_Return)
    driver.settle()
    (passage,) = library.passages(entity=maks.id)
    assert passage.origin == "review" and "Maks Bokayev" in passage.quote
    assert model.rowCount() == waiting - 1
    driver.wait(lambda: not view.review._recount.isActive())
    driver.settle()
    KEY(table, Qt.Key.Key_Backspace)
    driver.settle()
    assert model.rowCount() == waiting - 2
    assert model.rows()[0].words == "Макса Бокаева"
    KEY(table, Qt.Key.Key_A)
    driver.settle()
    assert [alias.name for alias in library.entity(maks.id).aliases] == ["Макса Бокаева"]
    assert len(library.passages(entity=maks.id)) == 2
    for _ in range(3):
        library.undo()
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    driver.wait(lambda: model.rowCount() == waiting)


def test_all_exact_are_accepted_at_once_and_somebody_else_is_remembered(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    maks = library.entity("Maks Bokayev")
    view.show_entity(maks.id)
    driver.wait(lambda: view.work.title.text() == "Maks Bokayev")
    driver.settle()
    assert view.review.accept_exact.isVisible()
    view.review.accept_exact.click()
    driver.settle()
    assert len(library.passages(entity=maks.id)) == 2
    driver.wait(lambda: view.review.model.rowCount() == 1)
    assert not view.review.accept_exact.isVisible()
    KEY(view.review.table, Qt.Key.Key_O)
    driver.settle()
    assert not list(library.mentions(entities=[maks.id]))
    assert "Nothing is waiting" in view.review.empty.label.text()


def test_the_page_opens_with_space(driver: Driver, library: Library, view: EntitiesView) -> None:
    KEY(view.review.table, Qt.Key.Key_Space)
    driver.settle()
    assert driver.window.current == "passages"
    assert driver.window.session.document


def test_dossier_and_companions(driver: Driver, library: Library, view: EntitiesView) -> None:
    maks, talgat = library.entity("Maks Bokayev"), library.entity("Talgat Ayan")
    report = next(d for d in library.documents() if d.paged)
    library.tag_quote(report.id, "Maks Bokayev and Talgat Ayan", [maks.id, talgat.id], "Both.")
    library.tag_quote(report.id, "jailed for five years", [maks.id])
    driver.window.session.announce(Changes(everything=True))
    view.show_entity(maks.id)
    driver.wait(lambda: view.work.dossier.model.rowCount() == 2)
    entry = view.work.dossier.model.rows()[0]
    assert "land protests" in entry.citation.casefold()
    (companion,) = view.work.together.model.rows()
    assert (companion.entity.id, len(companion.passages)) == (talgat.id, 1)
    view.work.tabs.setCurrentIndex(TOGETHER)
    view.work.together.list.go(0)
    KEY(view.work.together.list, Qt.Key.Key_Return)
    driver.settle()
    passages = driver.window.view("passages")
    assert driver.window.current == "passages"
    driver.wait(lambda: passages.model.rowCount() == 1)  # type: ignore[attr-defined]
    driver.window.show_activity("entities")
    view.work.tabs.setCurrentIndex(DOSSIER)
    view.work.dossier.list.go(1)
    KEY(view.work.dossier.list, Qt.Key.Key_Space)
    driver.settle()
    assert driver.window.session.passage == view.work.dossier.model.rows()[1].passage.id


def test_the_history_tells_what_was_done(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    maks = library.entity("Maks Bokayev")
    report = next(d for d in library.documents() if d.paged)
    library.tag_quote(report.id, "jailed for five years", [maks.id])
    library.update_entity(maks.id, description="An activist.")
    driver.window.session.announce(Changes(everything=True))
    view.show_entity(maks.id)
    model = view.work.history.model
    told = [change.label for change in library.entity_history(maks.id)]
    driver.wait(lambda: model.rowCount() == len(told))
    assert [change.label for _, change in model.rows()] == told[::-1]
    view.work.tabs.setCurrentIndex(HISTORY)
    assert view.work.pages.currentWidget() is view.work.history
    KEY(view.work.history.list, Qt.Key.Key_Escape)
    assert view.list.hasFocus()


def test_entities_are_added_changed_merged_and_removed(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    command = driver.window.session.commands.get("entity.new")
    assert command is not None
    command.trigger()
    (editor,) = shown(EntityEditor)
    assert isinstance(editor, EntityEditor)
    QTest.keyClicks(editor.name, "Atyrau")
    editor.kind.setCurrentIndex(editor.kind.findData("Place"))
    editor.act()
    driver.settle()
    assert "on the list already" in editor.error.text()
    editor.name.setText("Guryev")
    editor.aliases.setPlainText("Гурьев\n")
    editor.external.setText("wikidata=Q173493")
    editor.act()
    driver.settle()
    guryev = library.entity("Guryev")
    assert guryev.external == {"wikidata": "Q173493"} and guryev.names == ("Guryev", "Гурьев")
    view.show_entity(guryev.id)
    view.list.selectAll()
    driver.settle()
    chosen = [e for e in view.list.chosen() if e.kind == "Place"]
    merging = MergeDialog(driver.window.session, chosen, driver.window)
    merging.keep.setCurrentIndex(merging.keep.findData(library.entity("Atyrau").id))
    merging.act()
    driver.settle()
    assert "Guryev" in library.entity("Atyrau").names
    view.show_entity(library.entity("Talgat Ayan").id)
    KEY(view.list, Qt.Key.Key_Delete)
    driver.settle()
    assert [e.name for e in library.entities()] == ["Atyrau", "Maks Bokayev"]


def test_an_entity_is_split_with_the_passages_that_hold_its_name(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    maks = library.entity("Maks Bokayev")
    library.update_entity(maks.id, aliases=["Макс Бокаев", "Мақс Боқаев"])
    driver.window.session.announce(Changes(everything=True))
    driver.settle()
    view.show_entity(maks.id)
    driver.wait(lambda: view.work.title.text() == "Maks Bokayev" and view.review.exact() > 0)
    driver.settle()
    view.review.accept_all_exact()
    driver.settle()
    passages = library.passages(entity=maks.id)
    assert passages
    dialog = SplitDialog(driver.window.session, library.entity(maks.id), passages, driver.window)
    assert not dialog.verb.isEnabled()
    KEY(dialog.names, Qt.Key.Key_Space)
    assert dialog.names.chosen() == ["Макс Бокаев"] and dialog.verb.isEnabled()
    dialog.passages.item(0).setCheckState(Qt.CheckState.Checked)
    assert "with 1 passage" in dialog.told.text()
    dialog.act()
    driver.settle()
    new = library.entity("Макс Бокаев")
    assert new.id != maks.id and library.entity(maks.id).names == ("Maks Bokayev", "Мақс Боқаев")
    assert [p.id for p in library.passages(entity=new.id)] == [passages[0].id]
    library.undo()
    assert "Макс Бокаев" in library.entity(maks.id).names
    assert len(library.passages(entity=maks.id)) == len(passages)


def test_an_entity_with_one_name_is_not_split(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    view.show_entity(library.entity("Atyrau").id)
    driver.wait(lambda: view.work.title.text() == "Atyrau")
    with driver.qtbot.waitSignal(driver.window.session.notice) as told:
        view.actions_of_list.split()
    assert told.args is not None and "one name only" in told.args[0]


def test_the_queue_is_grouped_by_document(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    command = driver.window.session.commands.get("entities.by_document")
    assert command is not None
    command.trigger()
    driver.settle()
    driver.wait(lambda: view.documents.rows.rowCount() > 0)
    driver.settle()
    assert view.by_document and view.lists.currentWidget() is view.documents
    row = view.documents.rows.rows()[0]
    driver.wait(lambda: view.work.title.text() == row.document.title)
    driver.settle()
    proposals = view.review.model.rows()
    assert len(proposals) == row.count
    assert {p.mention.document for p in proposals} == {row.document.id}
    assert len({p.entity for p in proposals}) > 1 and all(p.entity for p in proposals)
    starts = [p.mention.start for p in proposals]
    assert starts == sorted(starts)
    KEY(view.documents, Qt.Key.Key_Return)
    KEY(view.review.table, Qt.Key.Key_Return)
    driver.settle()
    assert len(library.passages(document=row.document.id)) == 1
    KEY(view.review.table, Qt.Key.Key_Escape)
    KEY(view.documents, Qt.Key.Key_Escape)
    driver.settle()
    assert not view.by_document and view.lists.currentWidget() is view.list


def test_a_list_is_imported_with_its_columns_named(
    driver: Driver, library: Library, view: EntitiesView, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Who,Other\nJoanna Lillis,J. Lillis\n,nobody\n", encoding="utf-8")
    dialog = EntityListImport(driver.window.session, table, driver.window)
    dialog.show()
    driver.settle()
    dialog.act()
    assert "which the kind" in dialog.error.text()
    for name, header in (("name", "Who"), ("kind", "=Person"), ("aliases", "Other")):
        dialog.boxes[name].setCurrentIndex(dialog.boxes[name].findData(header))
    dialog.act()
    driver.settle()
    assert library.entity("J. Lillis").name == "Joanna Lillis"
    assert dialog.isVisible() and "Line 3" in dialog.problems.item(0).text()
    dialog.close()
    again = EntityListImport(driver.window.session, table, driver.window)
    again.show()
    driver.settle()
    assert again.mapping() == {"name": "Who", "kind": "=Person", "aliases": "Other"}
    again.close()


def test_ids_of_other_lists() -> None:
    assert parse_ids("wikidata=Q42; opensanctions = NK-1;") == {
        "wikidata": "Q42",
        "opensanctions": "NK-1",
    }
    with pytest.raises(BadInput):
        parse_ids("Q42")


def test_words_around_are_cut_at_words() -> None:
    text = "a" * 20 + " one two\nthree Maks four five " + "b" * 200
    start = text.index("Maks")
    assert around(text, start, start + 4) == (
        f"{'a' * 20} one two three ",
        "Maks",
        " four five…",
    )


def test_years_between_are_there() -> None:
    assert years([]) == []


def test_companions_share_passages_or_documents() -> None:
    anchor = Anchor("", "", "", 0, 1, 0, "", "x", "", "")
    made = [
        Passage("1", "d", anchor, ("a", "b"), "", "", "", ""),
        Passage("2", "d", anchor, ("c",), "", "", "", ""),
        Passage("3", "e", anchor, ("z",), "", "", "", ""),
    ]
    known = {name: Entity(name, "Person", name) for name in "abcz"}
    found = companions("a", made, known)
    assert [(c.entity.id, c.passages, c.documents) for c in found] == [
        ("b", ("1",), 1),
        ("c", (), 1),
    ]


def test_the_order_of_a_bundle() -> None:
    sections = (BundleSection("", ("a", "b", "c")),)
    assert [place.passage for place in places(sections)] == ["a", "b", "c"]
    cut = with_section(sections, "Trial", Place(0, "b"))
    assert cut == (BundleSection("", ("a",)), BundleSection("Trial", ("b", "c")))
    assert moved(cut, Place(1, "b"), -1)[0].passages == ("a", "b")
    assert moved(cut, Place(0, "a"), 1)[1].passages == ("a", "b", "c")
    assert moved(cut, Place(0, "a"), -1) == cut
    assert moved(cut, Place(1), -1)[0].title == "Trial"
    assert without_section(cut, 1) == sections
    assert all_passages(without(cut, ["b"])) == ("a", "c")
    assert with_passages((), ["a", "a"]) == (BundleSection("", ("a",)),)
    assert with_passages(cut, ["a", "d"])[1].passages == ("b", "c", "d")
    assert grouped([("a", "X"), ("b", "Y"), ("c", "X")]) == (
        BundleSection("X", ("a", "c")),
        BundleSection("Y", ("b",)),
    )


def test_the_list_begins_with_most_to_review_and_does_not_jump(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    driver.wait(lambda: bool(view.review.waiting))
    waiting = [view.model.waiting(row.id) for row in view.model.rows()]
    assert waiting == sorted(waiting, reverse=True)
    assert view.list.currentIndex().row() == 0
    before = [row.id for row in view.model.rows()]
    driver.wait(lambda: view.review.model.rowCount() > 0)
    while view.review.model.rowCount():
        view.review.table.selectAll()
        view.review.accept()
        driver.wait(lambda: not view.review.model.rowCount())
    assert view.model.waiting(before[0]) == 0
    assert [row.id for row in view.model.rows()] == before
    view.hide()
    view.show()
    after = [view.model.waiting(row.id) for row in view.model.rows()]
    assert after == sorted(after, reverse=True)
    assert view.model.rows()[0].id != before[0]


def test_exporting_here_means_the_passages_of_the_entity(
    driver: Driver, library: Library, view: EntitiesView
) -> None:
    maks = library.entity("Maks Bokayev")
    library.accept_mentions([next(one for one in library.mentions() if one.entity == maks.id)])
    driver.window.session.announce(Changes(everything=True))
    driver.wait(lambda: bool(driver.window.session.catalog.entities[maks.id].passage_count))
    view.show_entity(maks.id)
    command = driver.window.session.commands.get("export")
    assert command is not None
    command.trigger()
    dialogs: list[ExportDialog] = []
    driver.wait(lambda: bool(dialogs) or dialogs.extend(driver.window.findChildren(ExportDialog)))
    assert dialogs[0].request.entities == (maks.id,)
    dialogs[0].reject()


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ([("a", (), ""), ("b", (), "")], "2 documents; none cites another"),
        ([("a", (), ""), ("b", (), "a")], "2 documents of one and the same text"),
        ([("a", (), ""), ("b", ("a",), "")], "2 documents; 1 of them cites none of the others"),
        (
            [("a", (), ""), ("b", (), "a"), ("c", ("a",), ""), ("d", (), "")],
            "4 documents, 3 different texts; 2 of them cite none of the others",
        ),
        ([("a", ("b",), ""), ("b", ("a",), "")], "2 documents; each cites another"),
    ],
)
def test_what_an_entity_stands_on(
    sources: list[tuple[str, tuple[str, ...], str]], words: str
) -> None:
    made = [Source(document, (), cites, same) for document, cites, same in sources]
    assert stands_on(Corroboration(tuple(made))) == words
