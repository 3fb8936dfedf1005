"""What has changed in the record, by the numbers that the index follows."""

import sqlite3

Change = tuple[int, int, bool]  # number, document, whether it was removed


def archive_of(connection: sqlite3.Connection) -> str:
    """Return the identity of the archive."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'uuid'").fetchone()
    return "" if row is None else str(row[0])


def newest_change(connection: sqlite3.Connection) -> int:
    """Return the number of the last change of the record."""
    row = connection.execute("SELECT max(number) FROM index_change").fetchone()
    return int(row[0] or 0)


def changes_since(connection: sqlite3.Connection, number: int) -> list[Change]:
    """Return the last change of each document after a number, in order."""
    rows = connection.execute(
        "SELECT max(number), document, removed FROM index_change WHERE number > ?"
        " GROUP BY document ORDER BY 1",
        (number,),
    )
    return [(row[0], row[1], bool(row[2])) for row in rows]


def pages_of(connection: sqlite3.Connection, document: int) -> list[tuple[int, str]]:
    """Return id and text of the pages of a document."""
    return connection.execute(
        "SELECT id, text FROM page WHERE document = ? ORDER BY idx", (document,)
    ).fetchall()


def everything(connection: sqlite3.Connection) -> list[Change]:
    """Return every document as one change, all with the number of the newest."""
    newest = newest_change(connection)
    rows = connection.execute("SELECT number FROM document ORDER BY number")
    return [(newest, row[0], False) for row in rows]


def generation(connection: sqlite3.Connection) -> int:
    """Return the latest generation of the index that was noted, 0 when none was."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'index_generation'").fetchone()
    return int(row[0]) if row else 0


def note_generation(connection: sqlite3.Connection, number: int) -> None:
    """Note which generation of the index was written, so that an older one is known as old."""
    connection.execute(
        "INSERT INTO meta VALUES ('index_generation', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (str(number),),
    )
