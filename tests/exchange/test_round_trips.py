"""Out of one archive and into another: passages, entities and notes are the same."""

import csv
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.errors import UnreadableFile
from index.exchange import read
from index.exchange.taking import moment_of
from index.export import export, gather
from index.library import Library
from index.model import ExportRequest, ImportOptions, Rect
from index.reading import DocumentView


def content(library: Library, *, ids: bool) -> list[Any]:
    """Return what counts of an archive: its passages with their names, notes and footnotes."""
    names = {entity.id: (entity.kind, entity.name) for entity in library.entities()}
    files = {document.id: document.file_name for document in library.documents()}
    found = [
        (
            files[one.document] if ids else "",
            " ".join(one.quote.split()),
            sorted(names[entity][1] for entity in one.entities),
            one.note,
            [note.text for note in library.notes_of(one)] if ids else [],
            (one.id, one.created, one.creator, one.origin, one.anchor.start) if ids else (),
        )
        for one in library.passages()
    ]
    return sorted(found, key=str)


def entities(library: Library) -> list[Any]:
    """Return the entities with their names."""
    return sorted(
        (one.id, one.kind, one.name, sorted(alias.name for alias in one.aliases))
        for one in library.entities()
    )


def test_bundle_into_an_empty_archive(library: Library, empty: Library, tmp_path: Path) -> None:
    bundle = library.export(tmp_path / "bundle", ExportRequest(originals=True, zip=True)).bundle
    taken = empty.take_in(bundle)
    assert taken.problems == ()
    assert (taken.documents, taken.passages) == (2, 4)
    assert content(empty, ids=True) == content(library, ids=True)
    assert entities(empty) == entities(library)
    again = empty.export(tmp_path / "again", ExportRequest(originals=True)).bundle
    third = read(again)
    first = read(bundle)
    assert [one.quote for one in third.passages] == [one.quote for one in first.passages]
    assert {one.identity for one in third.passages} == {one.identity for one in first.passages}
    assert empty.take_in(bundle).known == 4
    empty.undo()
    assert empty.passages() == []


def test_bundle_without_originals(library: Library, empty: Library, tmp_path: Path) -> None:
    bundle = library.export(tmp_path / "bundle", ExportRequest(pictures=False)).bundle
    taken = empty.take_in(bundle)
    assert (taken.problems, taken.passages) == ((), 4)
    assert content(empty, ids=False) == content(library, ids=False)


def test_refi_project(library: Library, empty: Library, tmp_path: Path) -> None:
    bundle = library.export(tmp_path / "bundle", ExportRequest(pictures=False)).bundle
    taken = empty.take_in(bundle / "data/project.qdpx")
    assert taken.problems == ()
    ours = {row[1]: row for row in content(library, ids=False)}
    theirs = {row[1]: row for row in content(empty, ids=False)}
    assert theirs.keys() == ours.keys()
    for quote, row in ours.items():
        assert theirs[quote][2:4] == row[2:4]
    kinds = {one.name: one.kind for one in empty.entities()}
    assert kinds == {one.name: one.kind for one in library.entities()}


def test_a_text_and_a_pdf_of_one_title_stay_two_documents(
    library: Library, empty: Library, tmp_path: Path
) -> None:
    for document in library.documents():
        library.describe(document.id, {"title": "The hearing"})
    bundle = library.export(tmp_path / "bundle", ExportRequest(pictures=False)).bundle
    project = bundle / "data/project.qdpx"
    assert empty.take_in(project).documents == 2
    by_kind = {one.media_type: one.id for one in empty.documents()}
    assert len(by_kind) == 2
    ours = {one.quote: library.document(one.document).media_type for one in library.passages()}
    for passage in empty.passages():
        quote = next(one for one in ours if one.split() == passage.quote.split())
        assert passage.document == by_kind[ours[quote]]
    for archive in (empty, library):
        again = archive.take_in(project)
        assert (again.documents, again.passages, again.known) == (0, 0, 4)


def test_a_mark_measured_a_letter_off_is_the_same_passage(
    library: Library, empty: Library, tmp_path: Path
) -> None:
    content = gather(library, ExportRequest(pictures=False))
    narrow = [
        replace(one, anchor=replace(one.anchor, rects=narrower(one.anchor.rects)))
        for one in content.passages
    ]
    bundle = export(replace(content, passages=narrow), library.readers, tmp_path / "b").bundle
    taken = empty.take_in(bundle / "data/project.qdpx")
    assert (taken.passages, taken.problems) == (4, ())
    assert len(empty.passages()) == 4


def narrower(pages: Mapping[int, Sequence[Rect]]) -> dict[int, tuple[Rect, ...]]:
    """Return rectangles that lack a letter at either side."""
    return {
        page: tuple(Rect(one.left + 8, one.top, one.right - 8, one.bottom) for one in rects)
        for page, rects in pages.items()
    }


def test_a_passage_that_cannot_be_measured_is_taken_in(
    library: Library, empty: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> tuple[Rect, ...]:
        raise UnreadableFile("The reader of this file broke off.")

    monkeypatch.setattr(DocumentView, "rects", broken)
    bundle = library.export(tmp_path / "b", ExportRequest(pictures=False)).bundle
    taken = empty.take_in(bundle / "data/project.qdpx")
    assert (taken.passages, taken.problems) == (4, ())


def test_taguette_highlights(library: Library, tmp_path: Path) -> None:
    before = content(library, ids=False)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "document", "tag", "content"])
    files = {document.id: document.file_name for document in library.documents()}
    for number, passage in enumerate(library.passages()):
        for entity in passage.entities:
            writer.writerow(
                [number, files[passage.document], library.entity(entity).name, passage.quote]
            )
    path = tmp_path / "highlights.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    for passage in library.passages():
        library.untag(passage.id)
    taken = library.take_in(path)
    assert (taken.passages, taken.entities, taken.problems) == (4, 0, ())
    assert [row[:3] for row in content(library, ids=False)] == [row[:3] for row in before]


def make_qualcoder(path: Path, text: str) -> None:
    """Write a small QualCoder project."""
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE source (id integer primary key, name text, fulltext text, memo text);"
        "CREATE TABLE code_cat (catid integer primary key, name text);"
        "CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer,"
        " owner text, date text, color text);"
        "CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,"
        " pos0 integer, pos1 integer, owner text, date text, memo text, avid integer,"
        " important integer);"
    )
    connection.execute("INSERT INTO source VALUES (1, 'interview.txt', ?, '')", (text,))
    connection.execute("INSERT INTO code_cat VALUES (1, 'Person')")
    connection.execute("INSERT INTO code_name VALUES (1, 'Айгерим', '', 1, 'me', '', '#2EA8E5')")
    connection.execute("INSERT INTO code_name VALUES (2, 'detention', '', NULL, 'me', '', '')")
    at = text.index("Айгерим")
    for code in (1, 2):
        connection.execute(
            "INSERT INTO code_text VALUES (?, ?, 1, ?, ?, ?, 'me', '2020-01-02 03:04:05', ?, 0, 0)",
            (code, code, text[at : at + 20], at, at + 20, "a memo" if code == 1 else ""),
        )
    connection.commit()
    connection.close()


def test_qualcoder_project(empty: Library, tmp_path: Path) -> None:
    text = "First paragraph 🎤 of the talk.\n\nАйгерим была задержана в Алматы.\n"
    make_qualcoder(tmp_path / "data.qda", text)
    before = (tmp_path / "data.qda").read_bytes()
    taken = empty.take_in(tmp_path / "data.qda")
    assert (taken.documents, taken.passages, taken.entities, taken.problems) == (1, 1, 2, ())
    (passage,) = empty.passages()
    at = text.index("Айгерим")
    assert passage.quote == text[at : at + 20]
    assert (passage.note, passage.creator) == ("a memo", "me")
    kinds = {empty.entity(one).name: empty.entity(one).kind for one in passage.entities}
    assert kinds == {"Айгерим": "Person", "detention": "Theme"}
    assert (tmp_path / "data.qda").read_bytes() == before


def test_hypothesis_annotations(library: Library, tmp_path: Path) -> None:
    document = next(one for one in library.documents() if one.file_name == "hearing.txt")
    library.describe(document.id, {"url": "https://example.org/hearing"})
    annotation = {
        "uri": "https://example.org/hearing",
        "user": "acct:reader@hypothes.is",
        "text": "why closed?",
        "tags": ["secrecy", "Max Bokayev"],
        "created": "2020-01-02T03:04:05Z",
        "target": [
            {
                "source": "https://example.org/hearing",
                "selector": [
                    {"type": "TextQuoteSelector", "exact": "The hearing was closed.",
                     "prefix": "виновным.[2] ", "suffix": "\n\nNotes"},
                ],
            }
        ],
    }  # fmt: skip
    path = tmp_path / "annotations.json"
    path.write_text(json.dumps({"rows": [annotation, {"target": [{"source": "x"}]}]}))
    taken = library.take_in(path)
    assert (taken.passages, taken.entities) == (1, 1)
    passage = next(one for one in library.passages() if one.quote == "The hearing was closed.")
    names = {library.entity(one).name for one in passage.entities}
    assert names == {"secrecy", "Max Bokayev"}
    assert (passage.note, passage.creator) == ("why closed?", "reader@hypothes.is")
    assert taken.problems == ("1 annotation quotes no text.",)


def test_zotero_references_and_annotations(library: Library, tmp_path: Path) -> None:
    title = "Kazakhstan Country Profile"
    references = tmp_path / "library.json"
    references.write_text(
        json.dumps([{"id": 1, "type": "report", "title": title, "publisher": "NHC",
                     "issued": {"date-parts": [["2016", 5]]}, "unknown": "kept out"}])
    )  # fmt: skip
    assert library.take_in(references).described == 1
    document = next(one for one in library.documents() if one.title == title)
    assert (document.publisher, document.issued) == ("NHC", "2016-05")
    bib = tmp_path / "library.bib"
    bib.write_text("@report{x, title={Kazakhstan Country Profile}, institution={A {\\&} B}}")
    assert library.take_in(bib).described == 1
    assert library.document(document.id).publisher == "A & B"
    ris = tmp_path / "library.ris"
    ris.write_text("TY  - RPRT\nTI  - Kazakhstan Country Profile\nPB  - Third\nER  - \n")
    assert library.take_in(ris).described == 1
    assert library.document(document.id).publisher == "Third"
    quote = "The only sentence of its kind stands on sheet 3."
    annotations = tmp_path / "zotero.json"
    annotations.write_text(
        json.dumps([{"itemType": "annotation", "annotationText": quote, "annotationComment": "see",
                     "parentItem": "ABCD", "tags": [{"tag": "place"}]}])
    )  # fmt: skip
    assert library.take_in(annotations).passages == 1
    passage = next(one for one in library.passages() if one.quote == quote)
    assert (passage.document, passage.note) == (document.id, "see")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-04-30T09:00:00.123456+00:00", "2024-04-30T09:00:00Z"),
        ("2024-04-30T12:00:00+05:00", "2024-04-30T07:00:00Z"),
        ("2024-04-30T09:00:00Z", "2024-04-30T09:00:00Z"),
        ("0001-01-01T00:00:00+05:00", ""),
        ("yesterday <b>", ""),
        ("", ""),
    ],
)
def test_moments_of_others_are_written_as_ours(given: str, kept: str) -> None:
    assert moment_of(given) == kept


def test_a_quote_that_is_nowhere_is_named(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "highlights.csv"
    path.write_text(
        "id,document,tag,content\n1,hearing.txt,x,Nothing like this was ever said anywhere\n"
    )
    taken = library.take_in(path)
    assert (taken.passages, taken.entities) == (0, 0)
    assert "was found in no document" in taken.problems[0]


@pytest.mark.parametrize("kind", ["own", "theirs"])
def test_a_document_imported_twice_is_known(
    kind: str, library: Library, empty: Library, tmp_path: Path, archive_source: Path
) -> None:
    if kind == "theirs":
        empty.import_files([archive_source], ImportOptions(ocr="never", jobs=1))
    bundle = library.export(tmp_path / "b", ExportRequest(originals=True, pictures=False)).bundle
    assert empty.take_in(bundle).documents == (2 if kind == "own" else 0)
    assert len(empty.documents()) == 2


def test_codebooks_bring_the_entities(library: Library, empty: Library, tmp_path: Path) -> None:
    bundle = library.export(tmp_path / "b", ExportRequest(pictures=False)).bundle
    assert empty.take_in(bundle / "data/codebook.qdc").entities == 2
    found = {one.name: (one.kind, one.names) for one in empty.entities()}
    assert found == {one.name: (one.kind, one.names) for one in library.entities()}
    codebook = tmp_path / "codebook.csv"
    codebook.write_text("tag,description\ninterviews,what people said\n")
    assert empty.take_in(codebook).entities == 1
    assert empty.entity("interviews").description == "what people said"
