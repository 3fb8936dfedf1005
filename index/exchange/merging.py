"""Two archives made one: documents by hash, entities by id and name, both histories kept.

A backup is made first. Where both archives say something about the same thing,
ours stays, theirs is added to it where that is possible, and the conflict is
listed for a person to look at.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import backup
from index.entities.words import folded_name
from index.errors import BadInput
from index.model import Alias, Changes, Document, Entity, Passage
from index.progress import Progress
from index.store import custody
from index.store.entity_rows import insert
from index.store.history import now

if TYPE_CHECKING:
    from index.library import Library

DOCUMENT_TABLES = ("page", "note")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that the two archives say differently; ours was kept."""

    subject: str  # an id of this archive
    sentence: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What came in, what was there already, and what is to be looked at."""

    documents: int
    entities: int
    passages: int
    history: int
    known: int
    backup: Path
    conflicts: tuple[Conflict, ...] = ()
    changes: Changes = field(default_factory=Changes)


def merge(library: Library, other: Library, progress: Progress) -> Merged:
    """Take another archive in; raise `BadInput` when it is this one."""
    if other.folder.resolve() == library.folder.resolve():
        raise BadInput("An archive cannot be merged with itself.")
    return _Merge(library, other, progress).run()


class _Merge:
    """One merge under way."""

    def __init__(self, library: Library, other: Library, progress: Progress) -> None:
        self._ours = library
        self._theirs = other
        self._progress = progress
        self._conflicts: list[Conflict] = []
        self._known = 0

    def run(self) -> Merged:
        """Back up, then take in documents, entities, passages and history."""
        copy = self._back_up()
        originals = self._copy_originals()
        with self._ours.history.action(f"Merge {self._theirs.folder.name}") as recording:
            connection = recording.connection
            documents = self._documents(connection, originals)
            entities, added = self._entities(connection)
            passages = self._passages(documents, entities)
            self._decisions(connection, documents, entities)
            history = self._history(connection)
            custody.record(connection, "merge", self._theirs.identity(), passages=passages)
        self._ours.follow(self._progress)
        return Merged(
            documents=len(originals),
            entities=added,
            passages=passages,
            history=history,
            known=self._known,
            backup=copy,
            conflicts=tuple(self._conflicts),
            changes=replace(recording.changes, everything=True),
        )

    def _back_up(self) -> Path:
        stamp = now().replace(":", "").replace("-", "")
        folder = self._ours.folder / "backups"
        folder.mkdir(exist_ok=True)
        target = folder / f"before merge {stamp} {uuid.uuid4().hex[:6]}.muniment"
        backup.backup(self._ours, target, self._progress)
        return target

    def _copy_originals(self) -> list[Document]:
        """Copy the originals that are not here; return their documents."""
        fresh = []
        theirs = self._theirs.documents()
        for number, document in enumerate(theirs):
            self._progress.report(number, len(theirs), "Copying originals")
            if self._ours.documents_store.by_sha256(document.sha256) is not None:
                self._known += 1
                continue
            staged = self._ours.blobs.stage(self._theirs.original(document.id))
            if staged.sha256 != document.sha256:
                self._ours.blobs.discard(staged)
                raise BadInput(f"The other archive's original of “{document.title}” is damaged.")
            self._ours.blobs.keep(staged)
            fresh.append(document)
        return fresh

    def _documents(
        self, connection: sqlite3.Connection, fresh: Sequence[Document]
    ) -> dict[str, str]:
        """Copy the rows of new documents; return our ids by theirs."""
        for document in fresh:
            self._copy_document(connection, document.id)
        found = {}
        for document in self._theirs.documents():
            ours = self._ours.documents_store.by_sha256(document.sha256) or ""
            found[document.id] = ours
            mine = self._ours.document(ours)
            if mine.text_sha256 != document.text_sha256:
                self._note(ours, f"“{mine.title}” was read differently in the other archive.")
            if _described(mine) != _described(document):
                self._note(ours, f"“{mine.title}” is described differently in the other archive.")
        return found

    def _copy_document(self, connection: sqlite3.Connection, identity: str) -> None:
        theirs = self._theirs.database.read()
        row = theirs.execute("SELECT * FROM document WHERE id = ?", (identity,)).fetchone()
        values = {name: row[name] for name in row.keys() if name != "number"}  # noqa: SIM118
        number = _insert(connection, "document", values)
        for table in DOCUMENT_TABLES:
            for part in theirs.execute(
                f"SELECT * FROM {table} WHERE document = ?", (row["number"],)
            ):
                values = {name: part[name] for name in part.keys() if name != "id"}  # noqa: SIM118
                _insert(connection, table, {**values, "document": number})
        connection.execute("INSERT INTO index_change (document) VALUES (?)", (number,))

    def _entities(self, connection: sqlite3.Connection) -> tuple[dict[str, str], int]:
        ours = self._ours.entities()
        by_id = {entity.id: entity for entity in ours}
        by_name: dict[str, list[Entity]] = {}
        for entity in ours:
            by_name.setdefault(folded_name(entity.name), []).append(entity)
        found: dict[str, str] = {}
        fresh = []
        for entity in self._theirs.entities():
            namesakes = by_name.get(folded_name(entity.name), [])
            same = by_id.get(entity.id) or next(
                (one for one in namesakes if one.kind == entity.kind), None
            )
            if same is None:
                fresh.append(entity)
                found[entity.id] = entity.id
                for one in namesakes:
                    self._note(
                        one.id,
                        f"“{one.name}” is listed here as {one.kind}, there as {entity.kind}; "
                        "both are in the list now.",
                    )
            else:
                found[entity.id] = same.id
                self._known += 1
                self._join_entity(same, entity)
        insert(connection, [replace(one, parent=None) for one in fresh])
        for entity in fresh:
            if entity.parent in found:
                self._ours.entities_store.update(entity.id, parent=found[entity.parent or ""])
        return found, len(fresh)

    def _join_entity(self, ours: Entity, theirs: Entity) -> None:
        names = set(ours.names)
        gained = [Alias(theirs.name)] if theirs.name not in names else []
        gained += [alias for alias in theirs.aliases if alias.name not in names]
        if gained:
            self._ours.entities_store.update(ours.id, aliases=(*ours.aliases, *gained))
        if (ours.kind, ours.name) != (theirs.kind, theirs.name):
            self._note(ours.id, f"“{ours.name}” is “{theirs.name}” ({theirs.kind}) there.")
        if theirs.description and ours.description != theirs.description:
            if ours.description:
                self._note(ours.id, f"“{ours.name}” is described otherwise: {theirs.description}")
            else:
                self._ours.entities_store.update(ours.id, description=theirs.description)

    def _passages(self, documents: dict[str, str], entities: dict[str, str]) -> int:
        ours = self._ours.passages()
        by_id = {one.id: one for one in ours}
        by_place = {(one.document, one.anchor.start, one.anchor.end): one for one in ours}
        added = 0
        theirs = self._theirs.passages()
        for number, one in enumerate(theirs):
            self._progress.report(number, len(theirs), "Taking in passages")
            moved = replace(
                one,
                document=documents[one.document],
                entities=tuple(entities[entity] for entity in one.entities),
            )
            place = (moved.document, one.anchor.start, one.anchor.end)
            same = by_id.get(one.id) or by_place.get(place)
            if same is None:
                self._ours.passages_store.add(moved)
                by_place[place] = moved
                added += 1
            else:
                self._known += 1
                self._join_passage(same, moved)
        return added

    def _join_passage(self, ours: Passage, theirs: Passage) -> None:
        """Give our passage the entities and the memo that it has there."""
        entities = tuple(dict.fromkeys((*ours.entities, *theirs.entities)))
        note = ours.note
        short = " ".join(ours.quote.split())[:40]
        if theirs.note and theirs.note not in ours.note:
            note = f"{ours.note}\n\n{theirs.note}".strip()
            if ours.note:
                self._note(ours.id, f"Both archives have a memo on “{short}”; both were kept.")
        if (ours.anchor.start, ours.anchor.end) != (theirs.anchor.start, theirs.anchor.end):
            self._note(ours.id, f"The passage “{short}” has other bounds there.")
        if entities != ours.entities or note != ours.note:
            self._ours.passages_store.update(ours.id, entities=entities, note=note)

    def _decisions(
        self, connection: sqlite3.Connection, documents: dict[str, str], entities: dict[str, str]
    ) -> None:
        for row in self._theirs.database.read().execute("SELECT * FROM decision"):
            values = {name: row[name] for name in row.keys()}  # noqa: SIM118
            values["document"] = documents.get(row["document"], row["document"])
            values["entity"] = entities.get(row["entity"], row["entity"])
            _insert(connection, "decision", values, "OR IGNORE")

    def _history(self, connection: sqlite3.Connection) -> int:
        """Add their custody record to ours, each line marked with the archive it is from."""
        origin = self._theirs.identity()
        have = {_line(row) for row in connection.execute("SELECT * FROM custody")}
        added = 0
        for row in self._theirs.database.read().execute("SELECT * FROM custody ORDER BY number"):
            detail = json.loads(row["detail"])
            detail.setdefault("archive", origin)
            text = json.dumps(detail, ensure_ascii=False, sort_keys=True)
            if _line(row) in have or (row["at"], row["what"], row["subject"], text) in have:
                continue
            connection.execute(
                "INSERT INTO custody (at, what, subject, detail) VALUES (?, ?, ?, ?)",
                (row["at"], row["what"], row["subject"], text),
            )
            added += 1
        return added

    def _note(self, subject: str, sentence: str) -> None:
        self._conflicts.append(Conflict(subject, sentence))


def _line(row: sqlite3.Row) -> tuple[str, str, str, str]:
    return (row["at"], row["what"], row["subject"], row["detail"])


def _described(document: Document) -> dict[str, Any]:
    return {key: value for key, value in document.csl.items() if key != "id"}


def _insert(
    connection: sqlite3.Connection, table: str, values: dict[str, Any], how: str = ""
) -> int:
    """Insert the values that our table has columns for; return the row's number."""
    have: Iterable[sqlite3.Row] = connection.execute(f"PRAGMA table_info({table})").fetchall()
    names = [row["name"] for row in have if row["name"] in values]
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    cursor = connection.execute(
        f"INSERT {how} INTO {table} ({columns}) VALUES ({marks})", [values[name] for name in names]
    )
    return cursor.lastrowid or 0
