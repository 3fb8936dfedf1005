"""Who did what when: the record that the custody file of a bundle is written from."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from index.store.history import now


def record(connection: sqlite3.Connection, what: str, subject: str, **detail: Any) -> None:
    """Add one line to the custody record, inside the caller's transaction."""
    connection.execute(
        "INSERT INTO custody (at, what, subject, detail) VALUES (?, ?, ?, ?)",
        (now(), what, subject, json.dumps(detail, ensure_ascii=False, sort_keys=True)),
    )


def entries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield the custody record from its beginning."""
    for row in connection.execute("SELECT * FROM custody ORDER BY number"):
        yield {
            "number": row["number"],
            "at": row["at"],
            "what": row["what"],
            "subject": row["subject"],
            **json.loads(row["detail"]),
        }
