"""Documents, their pages and their notes in the record."""

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import Ambiguous, BadInput, NotFound
from index.model import PAGE_BREAK, Document, Note, Page, PageState, Section, Span
from index.reading.result import Reading
from index.store import custody
from index.store.database import Database
from index.store.history import now
from index.store.readings import Kept

UNSEARCHABLE = tuple(state.value for state in PageState if not state.searchable)
LABELS_BY_HAND = "labels_by_hand"  # in details: somebody has said what the pages are called
_UNSEARCHABLE_SQL = ", ".join(f"'{state}'" for state in UNSEARCHABLE)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an original came from: its name, its hash, its size in bytes, its collection."""

    file_name: str
    sha256: str
    size: int
    collection: str | None = None


class DocumentStore:
    """The documents of one archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, reading: Reading, source: Source) -> str:
        """Write a read file down in one transaction and return the document's id."""
        identity = uuid.uuid4().hex
        csl = {**reading.csl, "id": identity}
        csl.setdefault("type", "document")
        csl.setdefault("title", source.file_name)
        text = canonical(reading)
        with self._database.write() as connection:
            number = connection.execute(
                "INSERT INTO document (id, sha256, text_sha256, extractor, file_name, media_type,"
                " size, characters, page_count, paged, collection, imported, title, issued,"
                " publisher, language, csl, origins, details)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    identity,
                    source.sha256,
                    text_hash(text),
                    reading.extractor,
                    source.file_name,
                    reading.media_type,
                    source.size,
                    len(text),
                    len(reading.pages),
                    int(reading.paged),
                    source.collection,
                    now(),
                    *_columns_of(csl),
                    json.dumps(csl, ensure_ascii=False),
                    json.dumps(dict(reading.origins), ensure_ascii=False),
                    json.dumps(_details(reading), ensure_ascii=False),
                ),
            ).lastrowid
            self._add_pages(connection, number or 0, reading)
            self._add_notes(connection, number or 0, reading.notes)
            connection.execute("INSERT INTO index_change (document) VALUES (?)", (number,))
            custody.record(
                connection,
                "import",
                identity,
                file_name=source.file_name,
                sha256=source.sha256,
                size=source.size,
                extractor=reading.extractor,
            )
        return identity

    def replace_text(self, identity: str, reading: Reading) -> None:
        """Put a new reading of the same original in the place of the old one.

        Within an action the old text is kept, and comes back when the action is undone.
        """
        text = canonical(reading)
        with self._database.write() as connection:
            (number,) = connection.execute(
                "SELECT number FROM document WHERE id = ?", (identity,)
            ).fetchone()
            kept = Kept(connection, number)
            connection.execute("DELETE FROM page WHERE document = ?", (number,))
            connection.execute("DELETE FROM note WHERE document = ?", (number,))
            connection.execute(
                "UPDATE document SET text_sha256 = ?, extractor = ?, characters = ?,"
                " page_count = ?, paged = ?, details = ? WHERE number = ?",
                (
                    text_hash(text),
                    reading.extractor,
                    len(text),
                    len(reading.pages),
                    int(reading.paged),
                    json.dumps(_details(reading), ensure_ascii=False),
                    number,
                ),
            )
            self._add_pages(connection, number, reading)
            self._add_notes(connection, number, reading.notes)
            connection.execute("INSERT INTO index_change (document) VALUES (?)", (number,))
            kept.replaced()
            custody.record(connection, "read again", identity, extractor=reading.extractor)

    @staticmethod
    def _add_pages(connection: sqlite3.Connection, number: int, reading: Reading) -> None:
        start = 0
        rows = []
        for index, page in enumerate(reading.pages):
            end = start + len(page.text)
            rows.append(
                (
                    number,
                    index,
                    page.label,
                    start,
                    end,
                    page.state.value,
                    page.width,
                    page.height,
                    page.text,
                )
            )
            start = end + (1 if reading.paged else 0)
        connection.executemany(
            "INSERT INTO page (document, idx, label, start, end, state, width, height, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    @staticmethod
    def _add_notes(connection: sqlite3.Connection, number: int, notes: Iterable[Note]) -> None:
        connection.executemany(
            "INSERT INTO note (document, seq, marker, start, end, text, urls, refs)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number,
                    seq,
                    note.marker,
                    note.start,
                    note.end,
                    note.text,
                    json.dumps(note.urls, ensure_ascii=False),
                    json.dumps([[span.start, span.end] for span in note.references]),
                )
                for seq, note in enumerate(notes)
            ],
        )

    def remove(self, identity: str) -> None:
        """Delete a document that has no passages; what was done before cannot be undone then."""
        with self._database.write() as connection:
            row = connection.execute(
                "SELECT number, sha256, title FROM document WHERE id = ?", (identity,)
            ).fetchone()
            connection.execute("DELETE FROM action")
            connection.execute("DELETE FROM decision WHERE document = ?", (identity,))
            connection.execute("DELETE FROM document WHERE id = ?", (identity,))
            connection.execute(
                "UPDATE document SET replaces = NULL WHERE replaces = ?", (identity,)
            )
            connection.execute(
                "INSERT INTO index_change (document, removed) VALUES (?, 1)", (row["number"],)
            )
            custody.record(connection, "remove", identity, title=row["title"], sha256=row["sha256"])

    def set_labels(self, identity: str, labels: Sequence[str]) -> None:
        """Give the pages of a document, in their order, the labels that are printed on them."""
        with self._database.write() as connection:
            (number,) = connection.execute(
                "SELECT number FROM document WHERE id = ?", (identity,)
            ).fetchone()
            connection.executemany(
                "UPDATE page SET label = ? WHERE document = ? AND idx = ?",
                [(label, number, index) for index, label in enumerate(labels)],
            )
            # The title stays what it is: an undo thereby knows which document it is about.
            connection.execute(
                f"UPDATE document SET title = title,"
                f" details = json_set(details, '$.{LABELS_BY_HAND}', json('true')) WHERE id = ?",
                (identity,),
            )
            custody.record(connection, "label pages", identity)

    def by_sha256(self, sha256: str) -> str | None:
        """Return the id of the document with these bytes, or None."""
        row = (
            self._database.read()
            .execute("SELECT id FROM document WHERE sha256 = ?", (sha256,))
            .fetchone()
        )
        return None if row is None else str(row[0])

    def resolve(self, reference: str) -> str:
        """Return the one id that `reference` is or begins; raise `NotFound` or `Ambiguous`."""
        return resolve_id(self._database.read(), "document", reference)

    def all(self) -> list[Document]:
        """Return every document, in the order of import."""
        return self._select("ORDER BY d.number", ())

    def get(self, identity: str) -> Document:
        """Return one document by its id; raise `NotFound`."""
        found = self._select("WHERE d.id = ?", (identity,))
        if not found:
            raise NotFound(f"There is no document “{identity}” in this archive.")
        return found[0]

    def _select(self, clause: str, values: Sequence[object]) -> list[Document]:
        with self._database.reading() as connection:
            numbers = f"SELECT d.number FROM document d {clause}"
            unsearchable: dict[int, list[int]] = {}
            for number, index in connection.execute(
                f"SELECT document, idx FROM page WHERE state IN ({_UNSEARCHABLE_SQL})"
                f" AND document IN ({numbers}) ORDER BY document, idx",
                values,
            ):
                unsearchable.setdefault(number, []).append(index + 1)
            rows = connection.execute(
                "SELECT d.*,"
                " (SELECT count(*) FROM passage p WHERE p.document = d.id) AS passages,"
                " (SELECT count(*) FROM note n WHERE n.document = d.number) AS notes"
                f" FROM document d {clause}",
                values,
            ).fetchall()
        return [_document(row, tuple(unsearchable.get(row["number"], ()))) for row in rows]

    def pages(self, identity: str) -> list[Page]:
        """Return the pages of a document without their text."""
        rows = self._database.read().execute(
            "SELECT idx, label, start, end, state, width, height FROM page"
            " WHERE document = (SELECT number FROM document WHERE id = ?) ORDER BY idx",
            (identity,),
        )
        return [
            Page(identity, index, label, start, end, PageState(state), width, height)
            for index, label, start, end, state, width, height in rows
        ]

    def text(self, identity: str) -> str:
        """Return the whole canonical text."""
        connection = self._database.read()
        row = connection.execute(
            "SELECT number, paged FROM document WHERE id = ?", (identity,)
        ).fetchone()
        if row is None:
            raise NotFound(f"There is no document “{identity}” in this archive.")
        texts = connection.execute(
            "SELECT text FROM page WHERE document = ? ORDER BY idx", (row["number"],)
        )
        return (PAGE_BREAK if row["paged"] else "").join(text for (text,) in texts)

    def page_text(self, identity: str, index: int) -> str:
        """Return the text of one page, counted from 0; raise `BadInput` when there is none."""
        row = (
            self._database.read()
            .execute(
                "SELECT text FROM page WHERE idx = ?"
                " AND document = (SELECT number FROM document WHERE id = ?)",
                (index, identity),
            )
            .fetchone()
        )
        if row is None:
            raise BadInput(f"The document has no page {index + 1}.")
        return str(row[0])

    def notes(self, identity: str) -> list[Note]:
        """Return the footnotes and endnotes of a document in the order of the text."""
        rows = self._database.read().execute(
            "SELECT marker, start, end, text, urls, refs FROM note"
            " WHERE document = (SELECT number FROM document WHERE id = ?) ORDER BY seq",
            (identity,),
        )
        return [
            Note(
                row["marker"],
                row["start"],
                row["end"],
                row["text"],
                tuple(json.loads(row["urls"])),
                tuple(Span(*pair) for pair in json.loads(row["refs"])),
            )
            for row in rows
        ]

    def details(self, identity: str) -> dict[str, Any]:
        """Return what the reader found out besides the text."""
        row = (
            self._database.read()
            .execute("SELECT details FROM document WHERE id = ?", (identity,))
            .fetchone()
        )
        found: dict[str, Any] = json.loads(row[0]) if row else {}
        return found

    def origins(self, identity: str) -> dict[str, tuple[str, float]]:
        """Return where each field of the citation data came from, and how sure that is."""
        row = (
            self._database.read()
            .execute("SELECT origins FROM document WHERE id = ?", (identity,))
            .fetchone()
        )
        return {
            key: (pair[0], pair[1]) for key, pair in json.loads(row[0] if row else "{}").items()
        }

    def outline(self, identity: str) -> list[Section]:
        """Return the outline of a document."""
        return [Section(*entry) for entry in self.details(identity).get("outline", [])]

    def set_csl(self, identity: str, csl: Mapping[str, Any], collection: str | None) -> None:
        """Replace the citation data of a document."""
        item = {**csl, "id": identity}
        with self._database.write() as connection:
            connection.execute(
                "UPDATE document SET csl = ?, title = ?, issued = ?, publisher = ?, language = ?,"
                " collection = ? WHERE id = ?",
                (json.dumps(item, ensure_ascii=False), *_columns_of(item), collection, identity),
            )
            custody.record(connection, "describe", identity, title=item.get("title", ""))


def text_hash(text: str) -> str:
    """Return the SHA-256 of a canonical text as UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(reading: Reading) -> str:
    """Return the canonical text of a read file."""
    return (PAGE_BREAK if reading.paged else "").join(page.text for page in reading.pages)


def resolve_id(connection: sqlite3.Connection, table: str, reference: str) -> str:
    """Return the one id in `table` that `reference` is or begins."""
    noun = table
    wanted = reference.strip().lower()
    if not wanted or not all(sign in "0123456789abcdef-" for sign in wanted):
        raise NotFound(f"There is no {noun} “{reference}” in this archive.")
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
        (wanted, wanted + "g"),
    ).fetchall()
    if not rows:
        raise NotFound(f"There is no {noun} “{reference}” in this archive.")
    if len(rows) > 1 and rows[0][0] != wanted:
        raise Ambiguous(f"More than one {noun} begins with “{reference}”. Give more of its id.")
    return str(rows[0][0])


def date_of(csl: Mapping[str, Any]) -> str | None:
    """Return the issue date of a CSL item as YYYY, YYYY-MM or YYYY-MM-DD, or None."""
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    numbers = [int(part) for part in parts[0] if str(part).isdigit()]
    if not numbers:
        return None
    return "-".join(
        f"{number:04d}" if not n else f"{number:02d}" for n, number in enumerate(numbers)
    )


def author_names(csl: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the authors of a CSL item as people would say them."""
    names = []
    for author in csl.get("author") or ():
        name = author.get("literal") or " ".join(
            part for part in (author.get("given"), author.get("family")) if part
        )
        if name:
            names.append(name)
    return tuple(names)


def _columns_of(csl: Mapping[str, Any]) -> tuple[str, str | None, str | None, str | None]:
    return (csl["title"], date_of(csl), csl.get("publisher"), csl.get("language"))


def _details(reading: Reading) -> dict[str, Any]:
    return {
        **reading.details,
        "outline": [[entry.level, entry.title, entry.page] for entry in reading.outline],
        "warnings": list(reading.warnings),
    }


def _document(row: sqlite3.Row, unsearchable: tuple[int, ...]) -> Document:
    csl = json.loads(row["csl"])
    return Document(
        id=row["id"],
        title=row["title"],
        authors=author_names(csl),
        issued=row["issued"],
        publisher=row["publisher"],
        language=row["language"],
        media_type=row["media_type"],
        file_name=row["file_name"],
        size=row["size"],
        sha256=row["sha256"],
        text_sha256=row["text_sha256"],
        extractor=row["extractor"],
        page_count=row["page_count"],
        characters=row["characters"],
        paged=bool(row["paged"]),
        collection=row["collection"],
        imported=row["imported"],
        passage_count=row["passages"],
        note_count=row["notes"],
        unsearchable_pages=unsearchable,
        csl=csl,
        replaces=row["replaces"],
    )
