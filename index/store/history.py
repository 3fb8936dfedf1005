"""What was done and how to take it back: every row that an action touches, before and after.

Temporary triggers write the rows down while an action is open, so the code that
changes a table need not know that its changes can be undone.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from index.errors import NothingToUndo
from index.model import Changes, PastChange
from index.store import readings
from index.store.database import Database
from index.store.schema import TOUCHED, UNDOABLE

KEPT_ACTIONS = 1000


def now() -> str:
    """Return this moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Recording:
    """An open action: its connection, and after its end what it changed."""

    connection: sqlite3.Connection
    changes: Changes = field(default_factory=Changes)


class History:
    """The actions of one archive, newest last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextlib.contextmanager
    def action(self, label: str) -> Iterator[Recording]:
        """Open a transaction whose changes can be undone as one; joins an action already open.

        The recording it gives holds what was changed, once the block has ended.
        """
        with self._database.write() as connection:
            self._prepare(connection)
            recording = Recording(connection)
            if connection.execute("SELECT 1 FROM temp.recording").fetchone():
                yield recording
                return
            connection.execute("DELETE FROM action WHERE state = 'undone'")
            number = connection.execute(
                "INSERT INTO action (label, at) VALUES (?, ?)", (label, now())
            ).lastrowid
            connection.execute("INSERT INTO temp.recording VALUES (?)", (number,))
            try:
                yield recording
            finally:
                connection.execute("DELETE FROM temp.recording")
            recording.changes = self._changes_of(connection, number, label)
            self._forget(connection, number or 0)

    def _forget(self, connection: sqlite3.Connection, number: int) -> None:
        """Drop an action that changed nothing, and those too old to be wanted."""
        connection.execute(
            "DELETE FROM action WHERE number = ?"
            " AND NOT EXISTS (SELECT 1 FROM action_row WHERE action = number)",
            (number,),
        )
        connection.execute("DELETE FROM action WHERE number <= ?", (number - KEPT_ACTIONS,))

    def undo_label(self) -> str | None:
        """Return what `undo` would take back, or None."""
        row = self._next(self._database.read(), "done")
        return None if row is None else str(row["label"])

    def redo_label(self) -> str | None:
        """Return what `redo` would make again, or None."""
        row = self._next(self._database.read(), "undone")
        return None if row is None else str(row["label"])

    def of_entity(self, identity: str) -> list[PastChange]:
        """Return the changes that touched an entity or its passages, the oldest first."""
        touched = " OR ".join(
            f"(tbl = '{table}' AND json_extract(coalesce(after, before), '$.{column}') = :id)"
            for table, column in TOUCHED["entity"]
        )
        rows = self._database.read().execute(
            "SELECT at, label FROM action WHERE state = 'done' AND number IN"
            f" (SELECT action FROM action_row WHERE {touched}) ORDER BY number",
            {"id": identity},
        )
        return [PastChange(row["at"], row["label"]) for row in rows]

    def undo(self) -> Changes:
        """Take the last action back; raise `NothingToUndo` when there is none."""
        return self._step("done", "undone", "There is nothing to undo.")

    def redo(self) -> Changes:
        """Make the last undone action again; raise `NothingToUndo` when there is none."""
        return self._step("undone", "done", "There is nothing to redo.")

    def _step(self, state: str, turned: str, nothing: str) -> Changes:
        back = state == "done"
        with self._database.write() as connection:
            row = self._next(connection, state)
            if row is None:
                raise NothingToUndo(nothing)
            connection.execute("PRAGMA defer_foreign_keys = ON")
            order = "DESC" if back else "ASC"
            rows = connection.execute(
                f"SELECT tbl, before, after FROM action_row WHERE action = ? ORDER BY seq {order}",
                (row["number"],),
            ).fetchall()
            for table, before, after in rows:
                _turn(connection, table, *((after, before) if back else (before, after)))
            connection.execute(
                "UPDATE action SET state = ? WHERE number = ?", (turned, row["number"])
            )
            return self._changes_of(connection, row["number"], row["label"])

    @staticmethod
    def _next(connection: sqlite3.Connection, state: str) -> sqlite3.Row | None:
        order = "DESC" if state == "done" else "ASC"
        row: sqlite3.Row | None = connection.execute(
            f"SELECT number, label FROM action WHERE state = ? ORDER BY number {order} LIMIT 1",
            (state,),
        ).fetchone()
        return row

    @staticmethod
    def _changes_of(connection: sqlite3.Connection, number: int | None, label: str) -> Changes:
        # SQLite reads the rows: an imported list has hundreds of thousands of them.
        found: dict[str, set[str]] = {}
        for name, places in TOUCHED.items():
            found[name] = set()
            for table, column in places:
                rows = connection.execute(
                    "SELECT DISTINCT json_extract(coalesce(after, before), ?)"
                    " FROM action_row WHERE action = ? AND tbl = ?",
                    (f"$.{column}", number, table),
                )
                found[name].update(touched for (touched,) in rows)
        return Changes(
            documents=frozenset(found["document"]),
            entities=frozenset(found["entity"]),
            passages=frozenset(found["passage"]),
            bundles=frozenset(found["bundle"]),
            texts=frozenset(found["text"]),
            label=label,
        )

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if connection.execute(
            "SELECT 1 FROM temp.sqlite_master WHERE name = 'recording'"
        ).fetchone():
            return
        connection.execute("CREATE TEMP TABLE recording (action INTEGER)")
        for table, columns in UNDOABLE.items():
            for statement in _triggers(connection, table, columns):
                connection.execute(statement)


def _columns(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    """Return all columns of a table, and those of its primary key."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [row["name"] for row in rows], [row["name"] for row in rows if row["pk"]]


def _triggers(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...]
) -> Iterator[str]:
    names = columns or tuple(_columns(connection, table)[0])

    def row(side: str) -> str:
        return "json_object(" + ", ".join(f"'{name}', {side}.\"{name}\"" for name in names) + ")"

    events = [("UPDATE", row("OLD"), row("NEW"))]
    if not columns:
        events += [("INSERT", "NULL", row("NEW")), ("DELETE", row("OLD"), "NULL")]
    for event, before, after in events:
        yield (
            f"CREATE TEMP TRIGGER record_{table}_{event.lower()} AFTER {event} ON main.{table}"
            f" BEGIN INSERT INTO action_row (action, tbl, before, after)"
            f" SELECT action, '{table}', {before}, {after} FROM recording; END"
        )


def _turn(connection: sqlite3.Connection, table: str, old: str | None, new: str | None) -> None:
    """Make one row that looks like `old` look like `new`; None stands for no row."""
    if table == readings.KIND and new is not None:
        readings.put_back(connection, new)
    if table not in UNDOABLE:
        return
    every, keys = _columns(connection, table)

    def clean(text: str) -> dict[str, Any]:
        row: dict[str, Any] = json.loads(text)
        return {name: value for name, value in row.items() if name in every}

    if old is not None and new is None:
        row = clean(old)
        where = " AND ".join(f'"{key}" IS ?' for key in keys)
        connection.execute(f"DELETE FROM {table} WHERE {where}", [row[key] for key in keys])
    elif old is None and new is not None:
        row = clean(new)
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        connection.execute(
            f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", list(row.values())
        )
    elif old is not None and new is not None:
        was, row = clean(old), clean(new)
        sets = ", ".join(f'"{name}" = ?' for name in row)
        where = " AND ".join(f'"{key}" IS ?' for key in keys)
        connection.execute(
            f"UPDATE {table} SET {sets} WHERE {where}",
            [*row.values(), *(was[key] for key in keys)],
        )
