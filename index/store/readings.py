"""Texts that were replaced by another reading of the same original, kept to be put back."""

import json
import sqlite3
import zlib
from typing import Any

PAGE = ("idx", "label", "start", "end", "state", "width", "height", "text")
NOTE = ("seq", "marker", "start", "end", "text", "urls", "refs")
DOCUMENT = ("text_sha256", "extractor", "characters", "page_count", "paged", "details")
KIND = "reading"
"""What a change of text is called among the rows of an action."""


class Kept:
    """The text of a document before it is replaced; `replaced` writes both into the open action."""

    def __init__(self, connection: sqlite3.Connection, document: int) -> None:
        self._connection, self._document = connection, document
        self._action = _open_action(connection)
        # New pages may get the numbers of old ones, whose labels an undo must not give them.
        forget(connection, document, but=self._action)
        self._before = 0 if self._action is None else self._keep()

    def replaced(self) -> None:
        """Note that the document has its new text, so that the action can be taken back."""
        if self._action is None:
            return
        (identity,) = self._connection.execute(
            "SELECT id FROM document WHERE number = ?", (self._document,)
        ).fetchone()
        rows = [json.dumps({"id": identity, "kept": kept}) for kept in (self._before, self._keep())]
        self._connection.execute(
            "INSERT INTO action_row (action, tbl, before, after) VALUES (?, ?, ?, ?)",
            (self._action, KIND, *rows),
        )

    def _keep(self) -> int:
        content = zlib.compress(json.dumps(_content(self._connection, self._document)).encode())
        return int(
            self._connection.execute(
                "INSERT INTO kept_reading (action, document, content) VALUES (?, ?, ?)",
                (self._action, self._document, content),
            ).lastrowid
            or 0
        )


def put_back(connection: sqlite3.Connection, row: str) -> None:
    """Give a document the kept text that a row of an action names."""
    kept = json.loads(row)["kept"]
    action, number, content = connection.execute(
        "SELECT action, document, content FROM kept_reading WHERE id = ?", (kept,)
    ).fetchone()
    found: dict[str, Any] = json.loads(zlib.decompress(content))
    forget(connection, number, but=action)
    for table, columns in (("page", PAGE), ("note", NOTE)):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        connection.executemany(
            f"INSERT INTO {table} (document, {names}) VALUES ({number:d}, {marks})", found[table]
        )
    connection.execute(
        f"UPDATE document SET {', '.join(f'{name} = ?' for name in DOCUMENT)} WHERE number = ?",
        (*found["document"], number),
    )
    connection.execute("INSERT INTO index_change (document) VALUES (?)", (number,))


def forget(connection: sqlite3.Connection, document: int, but: int | None) -> None:
    """Drop the actions that would no longer fit a document's pages once these are replaced.

    They are labels given to pages that go, and texts kept before a change that is no action.
    """
    connection.execute(
        "DELETE FROM action WHERE number IS NOT ? AND number IN (SELECT action FROM action_row"
        " WHERE tbl = 'page' AND json_extract(after, '$.id') IN"
        " (SELECT id FROM page WHERE document = ?))",
        (but, document),
    )
    if but is None:
        connection.execute(
            "DELETE FROM action WHERE number IN"
            " (SELECT action FROM kept_reading WHERE document = ?)",
            (document,),
        )


def _open_action(connection: sqlite3.Connection) -> int | None:
    """Return the number of the action that is being recorded, if one is."""
    if not connection.execute(
        "SELECT 1 FROM temp.sqlite_master WHERE name = 'recording'"
    ).fetchone():
        return None
    row = connection.execute("SELECT action FROM temp.recording").fetchone()
    return None if row is None else int(row[0])


def _content(connection: sqlite3.Connection, number: int) -> dict[str, Any]:
    def rows(table: str, columns: tuple[str, ...], key: str) -> list[list[Any]]:
        order = columns[0]
        found = connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ? ORDER BY {order}", (number,)
        )
        return [list(row) for row in found]

    return {
        "page": rows("page", PAGE, "document"),
        "note": rows("note", NOTE, "document"),
        "document": rows("document", DOCUMENT, "number")[0],
    }
