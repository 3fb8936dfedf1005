"""Tagged passages in the record."""

import json
import sqlite3
from collections.abc import Sequence

from index.errors import NotFound
from index.model import Anchor, AnchorStatus, Passage, Rect
from index.store import custody
from index.store.database import Database
from index.store.documents import resolve_id
from index.store.history import now

COLUMNS = (
    "id, document, start, end, page, label, exact, prefix, suffix, rects, source_sha256,"
    " text_sha256, extractor, status, score, note, created, modified, creator, origin"
)


class PassageStore:
    """The passages of one archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, passage: Passage) -> None:
        """Write a new passage down."""
        anchor = passage.anchor
        with self._database.write() as connection:
            connection.execute(
                f"INSERT INTO passage ({COLUMNS}) VALUES ({', '.join('?' * 20)})",
                (
                    passage.id,
                    passage.document,
                    *_anchor_values(anchor),
                    passage.note,
                    passage.created,
                    passage.modified,
                    passage.creator,
                    passage.origin,
                ),
            )
            self._set_entities(connection, passage.id, passage.entities)
            custody.record(
                connection,
                "tag",
                passage.id,
                document=passage.document,
                start=anchor.start,
                end=anchor.end,
                entities=list(passage.entities),
            )

    def update(
        self,
        identity: str,
        *,
        anchor: Anchor | None = None,
        entities: Sequence[str] | None = None,
        note: str | None = None,
    ) -> None:
        """Change what is given of a passage; None leaves a thing as it is."""
        with self._database.write() as connection:
            if anchor is not None:
                names = COLUMNS.split(", ")[2:15]
                connection.execute(
                    f"UPDATE passage SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
                    (*_anchor_values(anchor), identity),
                )
            if note is not None:
                connection.execute("UPDATE passage SET note = ? WHERE id = ?", (note, identity))
            if entities is not None:
                self._set_entities(connection, identity, entities)
            connection.execute("UPDATE passage SET modified = ? WHERE id = ?", (now(), identity))
            custody.record(connection, "change", identity)

    def set_label(self, identity: str, label: str) -> None:
        """Change what the page of a passage is called."""
        with self._database.write() as connection:
            connection.execute("UPDATE passage SET label = ? WHERE id = ?", (label, identity))

    def move(self, identity: str, document: str, anchor: Anchor) -> None:
        """Put a passage into another document, at a new anchor."""
        with self._database.write() as connection:
            connection.execute("UPDATE passage SET document = ? WHERE id = ?", (document, identity))
            self.update(identity, anchor=anchor)

    @staticmethod
    def _set_entities(
        connection: sqlite3.Connection, identity: str, entities: Sequence[str]
    ) -> None:
        have = {
            row[0]
            for row in connection.execute(
                "SELECT entity FROM passage_entity WHERE passage = ?", (identity,)
            )
        }
        for gone in have - set(entities):
            connection.execute(
                "DELETE FROM passage_entity WHERE passage = ? AND entity = ?", (identity, gone)
            )
        for entity in dict.fromkeys(entities):
            if entity not in have:
                connection.execute("INSERT INTO passage_entity VALUES (?, ?)", (identity, entity))

    def remove(self, identity: str) -> None:
        """Delete a passage."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM passage WHERE id = ?", (identity,))
            custody.record(connection, "untag", identity)

    def resolve(self, reference: str) -> str:
        """Return the one id that `reference` is or begins; raise `NotFound` or `Ambiguous`."""
        return resolve_id(self._database.read(), "passage", reference)

    def get(self, identity: str) -> Passage:
        """Return one passage by its id; raise `NotFound`."""
        found = self._select("WHERE p.id = ?", (identity,))
        if not found:
            raise NotFound(f"There is no passage “{identity}” in this archive.")
        return found[0]

    def select(self, entity: str | None = None, document: str | None = None) -> list[Passage]:
        """Return passages in the order of documents and text, all or those of one."""
        clauses, values = [], []
        if entity is not None:
            clauses.append(
                "EXISTS (SELECT 1 FROM passage_entity pe WHERE pe.passage = p.id AND pe.entity = ?)"
            )
            values.append(entity)
        if document is not None:
            clauses.append("p.document = ?")
            values.append(document)
        where = "WHERE " + " AND ".join(clauses) if clauses else ""
        return self._select(where, values)

    def doubtful(self) -> list[Passage]:
        """Return the passages whose place is uncertain or lost."""
        return self._select(
            "WHERE p.status IN (?, ?)", (AnchorStatus.UNCERTAIN.value, AnchorStatus.LOST.value)
        )

    def _select(self, clause: str, values: Sequence[object]) -> list[Passage]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT p.* FROM passage p JOIN document d ON d.id = p.document {clause}"
                " ORDER BY d.number, p.start, p.end, p.id",
                values,
            ).fetchall()
            if len(rows) == 1:
                links = connection.execute(
                    "SELECT passage, entity FROM passage_entity WHERE passage = ? ORDER BY rowid",
                    (rows[0]["id"],),
                ).fetchall()
            else:
                links = connection.execute(
                    "SELECT passage, entity FROM passage_entity ORDER BY rowid"
                ).fetchall()
        entities: dict[str, list[str]] = {}
        for passage, entity in links:
            entities.setdefault(passage, []).append(entity)
        return [_passage(row, tuple(entities.get(row["id"], ()))) for row in rows]


def _anchor_values(anchor: Anchor) -> tuple[object, ...]:
    rects = {
        str(page): [[rect.left, rect.top, rect.right, rect.bottom] for rect in rects]
        for page, rects in sorted(anchor.rects.items())
    }
    return (
        anchor.start,
        anchor.end,
        anchor.page,
        anchor.label,
        anchor.exact,
        anchor.prefix,
        anchor.suffix,
        json.dumps(rects),
        anchor.source_sha256,
        anchor.text_sha256,
        anchor.extractor,
        anchor.status.value,
        anchor.score,
    )


def _passage(row: sqlite3.Row, entities: tuple[str, ...]) -> Passage:
    rects = {
        int(page): tuple(Rect(*values) for values in rects)
        for page, rects in json.loads(row["rects"]).items()
    }
    anchor = Anchor(
        source_sha256=row["source_sha256"],
        text_sha256=row["text_sha256"],
        extractor=row["extractor"],
        start=row["start"],
        end=row["end"],
        page=row["page"],
        label=row["label"],
        exact=row["exact"],
        prefix=row["prefix"],
        suffix=row["suffix"],
        rects=rects,
        status=AnchorStatus(row["status"]),
        score=row["score"],
    )
    return Passage(
        id=row["id"],
        document=row["document"],
        anchor=anchor,
        entities=entities,
        note=row["note"],
        created=row["created"],
        modified=row["modified"],
        creator=row["creator"],
        origin=row["origin"],
    )
