"""Row models keep Qt's rules, sort by native values and keep their place."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from app.models.documents_model import DocumentColumn, DocumentsModel, unsearchable
from app.models.entities_model import EntitiesModel, EntityColumn, matching
from app.models.faces import page_ranges
from app.models.history_model import HistoryModel
from app.models.import_results import ImportResultsModel, summary, worth_telling
from app.models.passages_model import UNTAGGED, PassagesModel, chosen, on_one_line
from app.models.rows import FACE, GROUP, ROW
from app.models.waiting_documents import WaitingDocumentsModel, waiting_documents
from index.model import (
    Alias,
    Anchor,
    AnchorStatus,
    Document,
    Entity,
    ImportResult,
    ImportStatus,
    Passage,
    PastChange,
)


def document(name: str, **facts: object) -> Document:
    values: dict[str, object] = {
        "id": name,
        "title": name.title(),
        "authors": (),
        "issued": None,
        "publisher": None,
        "language": "en",
        "media_type": "application/pdf",
        "file_name": f"{name}.pdf",
        "size": 1,
        "sha256": name,
        "text_sha256": name,
        "extractor": "test",
        "page_count": 10,
        "characters": 100,
        "paged": True,
        "collection": None,
        "imported": "2026-01-01T00:00:00Z",
        "passage_count": 0,
        "note_count": 0,
        "unsearchable_pages": (),
        "csl": {},
    }
    return Document(**{**values, **facts})  # type: ignore[arg-type]


def passage(name: str, start: int, *entities: str, note: str = "") -> Passage:
    anchor = Anchor("a", "b", "c", start, start + 5, 0, "7", f"quote {name}", "", "")
    return Passage(name, "report", anchor, entities, note, f"2026-01-0{start}", "", "me")


def test_documents_follow_qt(qtmodeltester: Any, qtbot: object) -> None:
    model = DocumentsModel()
    model.show([document("b", collection="x"), document("a", collection="y")])
    qtmodeltester.check(model)
    model.append(document("c"))
    model.remove(0)
    assert model.rowCount() == 2
    assert model.row_at(model.index(5, 0)) is None


def test_documents_sort_by_native_values(qtbot: object) -> None:
    model = DocumentsModel()
    model.show([document("a", page_count=9), document("b", page_count=100), document("c")])
    model.sort(DocumentColumn.PAGES)
    assert [row.id for row in model.rows()] == ["a", "c", "b"]
    model.show([document("a", issued="2020"), document("b"), document("c", issued="2016-05")])
    model.sort(DocumentColumn.ISSUED, Qt.SortOrder.DescendingOrder)
    assert [row.id for row in model.rows()] == ["a", "c", "b"]


def test_documents_name_the_pages_that_cannot_be_searched() -> None:
    assert page_ranges((1, 3, 4, 5, 9)) == "1, 3–5, 9"
    assert page_ranges(tuple(range(1, 40, 2)), 2) == "1, 3 …"
    some = document("a", unsearchable_pages=(3, 7, 8))
    assert unsearchable(some) == "Pages 3, 7–8 cannot be searched"
    assert "None of its 10 pages" in unsearchable(
        document("a", unsearchable_pages=tuple(range(1, 11)))
    )
    assert unsearchable(document("a")) == ""


def test_documents_stand_under_collections_when_there_are_several(qtbot: object) -> None:
    model = DocumentsModel()
    model.show([document("a"), document("b")])
    assert model.index(0, 0).data(GROUP) is None
    model.show([document("a"), document("b", collection="Trial")])
    model.sort(DocumentColumn.TITLE)
    assert [model.index(n, 0).data(GROUP).title for n in range(2)] == ["In no collection", "Trial"]


def test_same_rows_again_do_not_reset(qtbot: object) -> None:
    model = DocumentsModel()
    model.show([document("a"), document("b")])
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show([document("a", passage_count=4), document("b")])
    assert not resets
    assert model.index(0, 0).data(FACE).side_detail == "4 passages"


def test_entities(qtmodeltester: Any, qtbot: object) -> None:
    model = EntitiesModel()
    maks = Entity("1", "Person", "Maks Bokayev", (Alias("Макс Бокаев"),), passage_count=2)
    law = Entity("2", "Law", "Article 174")
    model.show([maks, law])
    qtmodeltester.check(model)
    model.show_waiting({"2": 7})
    model.sort(EntityColumn.TO_REVIEW, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data(ROW) is law
    assert model.index(0, 0).data(FACE).side == "7"
    assert "7 to review" in model.index(0, 0).data()
    assert matching([maks, law], "бокаев") == [maks]
    assert matching([maks, law], "") == [maks, law]


def test_changes(qtmodeltester: Any, qtbot: object) -> None:
    model = HistoryModel()
    change = PastChange("2026-11-27T03:05:48Z", "Add “Maks Bokayev”")
    model.show_changes([change, change])
    qtmodeltester.check(model)
    assert [number for number, _ in model.rows()] == [1, 0]


def test_documents_that_wait(qtmodeltester: Any, qtbot: object) -> None:
    documents = {"report": document("report"), "other": document("other")}
    rows = waiting_documents({"report": 2, "other": 5, "gone": 1}, documents, "")
    model = WaitingDocumentsModel()
    model.show(rows)
    qtmodeltester.check(model)
    assert [row.document.id for row in model.rows()] == ["other", "report"]
    assert model.index(0, 0).data(FACE).side == "5"
    assert "2 to review" in model.index(1, 0).data()
    assert not waiting_documents({"report": 2}, documents, "no such title")


def test_passages(qtmodeltester: Any, qtbot: object) -> None:
    model = PassagesModel()
    rows = [passage("one", 9, "1"), passage("two", 2, note="see FPC")]
    model.describe({"report": document("report")}, {"1": Entity("1", "Person", "Maks")})
    model.show(rows)
    qtmodeltester.check(model)
    model.sort(0)
    assert [row.id for row in model.rows()] == ["two", "one"]
    face = model.index(1, 0).data(FACE)
    assert (face.place, face.detail) == ("p. 7", "Maks")
    assert model.index(0, 0).data(GROUP).title == "Report"
    assert chosen(rows, entity="1") == [rows[0]]
    assert chosen(rows, entity=UNTAGGED) == [rows[1]]
    assert chosen(rows, typed="fpc two") == [rows[1]]


def test_doubtful_passages_say_so(qtbot: object) -> None:
    model = PassagesModel()
    lost = passage("one", 1)
    object.__setattr__(lost.anchor, "status", AnchorStatus.LOST)
    model.show([lost])
    assert "no longer" in model.index(0, 0).data(FACE).notice


def test_quotes_on_one_line() -> None:
    assert on_one_line("dis\ufffe\r\nperse  the\nprotest") == "disperse the protest"


def test_import_results(qtmodeltester: Any, qtbot: object) -> None:
    results = [
        ImportResult(Path("a.pdf"), ImportStatus.ADDED, "1", 4, 10, (2,)),
        ImportResult(Path("b.pdf"), ImportStatus.FAILED, reason="It is broken."),
        ImportResult(Path("c.pdf"), ImportStatus.ADDED, "2", 4, 10),
    ]
    model = ImportResultsModel()
    model.show(worth_telling(results))
    qtmodeltester.check(model)
    assert [row.path.name for row in model.rows()] == ["b.pdf", "a.pdf"]
    assert model.index(1, 2).data() == "Page 2 of 4 cannot be searched."
    assert summary(results) == (
        "2 documents imported, 1 file could not be imported, 1 page cannot be searched."
    )
