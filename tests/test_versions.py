"""Passages follow a re-issued report, or say that they could not."""

from pathlib import Path

import pytest

from index import versions
from index.errors import BadInput
from index.library import Library
from index.model import AnchorStatus, SearchRequest

FIRST = """Annual report

The court in Atyrau sentenced Maks Bokayev to five years in prison after a closed hearing.

Observers were not admitted. The defence appealed on the same day, and the appeal was rejected.

Observers were not admitted. The prosecutor gave no reasons for the decision at all.

A paragraph that the second edition leaves out, about the price of wheat in the northern regions.
"""
SECOND = """Annual report

Second, corrected edition.

The court in Atyrau sentenced Max Bokayev to five years in jail after a closed hearing.

Observers were not admitted. The prosecutor gave no reasons for the decision at all.

Observers were not admitted. The prosecutor gave no reasons for the decision at all.
"""


@pytest.fixture
def two(tmp_path: Path) -> tuple[Library, str, str]:
    library = Library.create(tmp_path / "archive")
    ids = []
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (tmp_path / name).write_text(text)
        (result,) = library.import_files([tmp_path / name])
        assert result.document
        library.describe(result.document, {"title": "Annual report"})
        ids.append(result.document)
    return library, ids[0], ids[1]


def test_a_version_is_offered_attached_and_undone(two: tuple[Library, str, str]) -> None:
    library, old, new = two
    assert [each.id for each in versions.alike(library, library.document(new))] == [old]
    moved = library.tag_quote(old, "sentenced Maks Bokayev to five years in prison")
    doubtful = library.tag_quote(
        old, "Observers were not admitted. The prosecutor gave no reasons for the decision at all."
    )
    lost = library.tag_quote(old, "the price of wheat in the northern regions")
    before = library.passages()

    carried = versions.attach(library, new, old)
    assert carried.moved == (moved.id,)
    assert carried.uncertain == (doubtful.id,)
    assert carried.lost == (lost.id,)
    found = library.passage(moved.id)
    assert found.document == new
    assert found.quote == "sentenced Max Bokayev to five years in jail"
    assert library.passage(lost.id).document == old
    assert {each.id for each in versions.to_repair(library)} == {doubtful.id, lost.id}
    assert library.check().ok

    start = SECOND.rindex("Observers")
    library.set_passage(doubtful.id, start=start, end=start + 27)
    assert library.passage(doubtful.id).anchor.status is AnchorStatus.EXACT
    library.undo()
    library.undo()
    assert library.passages() == before
    assert library.document(new).replaces is None
    library.close()


def test_a_document_is_no_version_of_itself(two: tuple[Library, str, str]) -> None:
    library, old, new = two
    with pytest.raises(BadInput):
        versions.attach(library, old, old)
    versions.attach(library, new, old)
    with pytest.raises(BadInput):
        versions.attach(library, old, new)
    library.close()


def test_reading_again_keeps_passages_in_place(two: tuple[Library, str, str]) -> None:
    library, old, _ = two
    passage = library.tag_quote(old, "The defence appealed on the same day")
    # A reading by an earlier reader: its text began with a line that is no longer there.
    with library.database.write() as connection:
        connection.execute(
            "UPDATE page SET text = 'Earlier.' || text WHERE id = (SELECT min(id) FROM page)"
        )
        connection.execute(
            "UPDATE passage SET start = start + 8, end = end + 8, text_sha256 = 'old'"
        )
    carried = versions.reread(library, old)
    assert library.text(old) == FIRST
    assert carried.exact + carried.moved == (passage.id,)
    again = library.passage(passage.id)
    assert FIRST[again.anchor.start : again.anchor.end] == again.quote
    assert library.check().ok
    library.close()


def test_reading_again_is_taken_back_with_its_text(two: tuple[Library, str, str]) -> None:
    library, old, _ = two
    kept = library.tag_quote(old, "The defence appealed on the same day")
    with library.database.write() as connection:
        connection.execute(
            "UPDATE page SET text = 'Zeitungsente. ' || text, label = 'x',"
            " end = end + 14 WHERE id = (SELECT min(id) FROM page)"
        )
        connection.execute(
            "UPDATE document SET text_sha256 = 'old', characters = characters + 14 WHERE id = ?",
            (old,),
        )
        connection.execute("UPDATE passage SET start = start + 14, end = end + 14")
        connection.execute(
            "INSERT INTO index_change (document) SELECT number FROM document WHERE id = ?", (old,)
        )
    library.follow()
    before = (library.text(old), library.pages(old), library.passages(), library.notes(old))
    assert library.search(SearchRequest(query="Zeitungsente")).pages == 1
    versions.reread(library, old)
    after = (library.text(old), library.pages(old), library.passages(), library.notes(old))
    assert library.text(old) == FIRST
    assert library.search(SearchRequest(query="Zeitungsente")).pages == 0
    assert "again" in (library.undo_label() or "")
    changes = library.undo()
    assert changes.texts == {old}
    assert (library.text(old), library.pages(old), library.passages(), library.notes(old)) == before
    assert library.search(SearchRequest(query="Zeitungsente")).pages == 1
    assert library.redo().texts == {old}
    assert (library.text(old), library.pages(old), library.passages(), library.notes(old)) == after
    assert library.passage(kept.id).quote == kept.quote
    assert library.check().ok
    library.close()


def test_what_looks_alike_is_paired_with_what_came_before(tmp_path: Path) -> None:
    with Library.create(tmp_path / "archive") as library:
        ids = []
        for number, (title, url) in enumerate(
            (("Annual report", ""), ("Briefing", "https://a.example/b"), ("annual REPORT", ""))
        ):
            path = tmp_path / f"{number}.txt"
            path.write_text(f"Text number {number}.")
            (result,) = library.import_files([path])
            ids.append(result.document or "")
            library.describe(ids[-1], {"title": title, **({"URL": url} if url else {})})
        (tmp_path / "3.txt").write_text("Text number 3, under another title.")
        (result,) = library.import_files([tmp_path / "3.txt"])
        ids.append(result.document or "")
        library.describe(ids[-1], {"title": "Note", "URL": "https://a.example/b"})
        pairs = [(new.id, old.id) for new, old in versions.alike_among(library, ids)]
        assert pairs == [(ids[2], ids[0]), (ids[3], ids[1])]
        assert versions.alike_among(library, [ids[0]]) == []
        versions.attach(library, ids[2], ids[0])
        assert [new.id for new, _ in versions.alike_among(library, ids)] == [ids[3]]
