"""Which SQLite a record is opened with: the one of Python, or one that encrypts."""

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from index.crypto.keys import Keys

TIMEOUT = 10.0  # seconds to wait for another writer


class Driver(Protocol):
    """Opens connections to records of one kind."""

    def connect(self, path: Path, *, immutable: bool = False) -> sqlite3.Connection:
        """Open a record; `immutable` is for one that lies where nobody can write."""


class PlainDriver:
    """Opens records with the SQLite of Python."""

    def connect(self, path: Path, *, immutable: bool = False) -> sqlite3.Connection:
        """Open a record."""
        connection: sqlite3.Connection
        connection = sqlite3.connect(*_address(path, immutable), **_options(immutable))
        connection.row_factory = sqlite3.Row
        return connection


class SealedDriver:
    """Opens records that SQLCipher encrypts, page by page, with their logs.

    Its connections are those of Python's SQLite, taken up by another library: they have
    the same methods and errors of their own, which `errors` names.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key.hex()

    def connect(self, path: Path, *, immutable: bool = False) -> sqlite3.Connection:
        """Open a record."""
        from sqlcipher3 import dbapi2

        connection: sqlite3.Connection
        connection = dbapi2.connect(*_address(path, immutable), **_options(immutable))
        try:
            # It writes what it thinks of damage to standard error by itself.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{self._key}'\"")
            connection.execute("PRAGMA cipher_compatibility = 4")
        except BaseException:
            connection.close()
            raise
        connection.row_factory = dbapi2.Row
        return connection


PLAIN: Driver = PlainDriver()


def of(keys: "Keys | None") -> Driver:
    """Return what opens the record of an archive with these keys, or of a plain one."""
    return PLAIN if keys is None else SealedDriver(keys.key_for("record"))


def _address(path: Path, immutable: bool) -> tuple[str]:
    return (f"{path.absolute().as_uri()}?immutable=1" if immutable else str(path),)


def _options(immutable: bool) -> dict[str, Any]:
    return {
        "uri": immutable,
        "timeout": TIMEOUT,
        "isolation_level": None,
        "check_same_thread": False,
    }


def errors() -> tuple[type[Exception], ...]:
    """Return what the loaded SQLites raise: `except driver.errors()` asks when something did."""
    return _both("Error")


def integrity_errors() -> tuple[type[Exception], ...]:
    """Return what the loaded SQLites raise when a row would break a rule of the schema."""
    return _both("IntegrityError")


def _both(name: str) -> tuple[type[Exception], ...]:
    modules = (sqlite3, sys.modules.get("sqlcipher3.dbapi2"))
    return tuple(getattr(module, name) for module in modules if module is not None)


def copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole record into an empty one, row by row: neither side sees the other's file."""
    target.execute("PRAGMA foreign_keys=OFF")
    version = source.execute("PRAGMA user_version").fetchone()[0]
    with _one_view(source), _transaction(target):
        made = source.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
        tables = [row["name"] for row in made if row["type"] == "table"]
        for row in made:
            if row["type"] == "table":
                target.execute(row["sql"])
        for table in [*tables, *_numbering(source)]:
            _copy_rows(source, target, table)
        for row in made:
            if row["type"] != "table":  # triggers would write a second history
                target.execute(row["sql"])
        target.execute(f"PRAGMA user_version = {int(version)}")


def _numbering(source: sqlite3.Connection) -> list[str]:
    """Return SQLite's own table of the numbers given so far, if it has one."""
    found = source.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone()
    return ["sqlite_sequence"] if found else []


def _copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    rows = source.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in rows.description]
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    target.execute(f'DELETE FROM "{table}"')
    target.executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})', (tuple(row) for row in rows)
    )


@contextlib.contextmanager
def _one_view(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
