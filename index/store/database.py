"""One SQLite file, opened once a thread, written by one thread at a time."""

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from index.errors import (
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveTooNew,
    ArchiveUnavailable,
    DiskFull,
    MunimentError,
)
from index.store.driver import PLAIN, Driver, errors, integrity_errors
from index.store.locking import FileLock
from index.store.schema import MIGRATIONS

RECORD = "archive.sqlite"
"""What the record of an archive is called."""

KEY_FILE = "archive.key"
"""What the key file of an encrypted archive is called."""

FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
SMALLEST_SPACE = 1 << 17  # bytes; SQLite cannot even open a log in less


NO_SPACE = "No space is left on the disk. Everything finished before is kept."
RESTORE = "Restore the newest backup with “muniment restore FILE DIR”, or {}."
IMPORT = "import the files that lie in originals/ into a new archive"
RESCUE = "write the originals out with “muniment rescue DIR” and import them into a new archive"


def advice(folder: Path) -> str:
    """Return what to do about a damaged record; sealed originals are opened first."""
    return RESTORE.format(RESCUE if (folder / KEY_FILE).is_file() else IMPORT)


def translate(error: Exception, path: Path) -> MunimentError | None:
    """Return what the user met when SQLite raised `error` on `path`, or None for a bug of ours."""
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    full = extended in FULL_CODES or code == sqlite3.SQLITE_FULL
    if full or (code == sqlite3.SQLITE_IOERR and not _has_space(path.parent)):
        return DiskFull(NO_SPACE)
    if code in BUSY_CODES:
        return ArchiveLocked("Another program is changing this archive. Try again when it is done.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return ArchiveDamaged(f"The record {path.name} is damaged. {advice(path.parent)}")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return ArchiveUnavailable(f"The archive folder {path.parent} cannot be written to.")
    if code == sqlite3.SQLITE_IOERR:
        told = f"The disk does not give or take {path.name}: {error}."
        return ArchiveDamaged(f"{told} {advice(path.parent)}")
    return None


def _has_space(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free > SMALLEST_SPACE
    except OSError:
        return True


def on_read_only_disk(path: Path) -> bool:
    """Tell whether a record lies whole where nobody can write: a disc, a locked card."""
    if not hasattr(os, "statvfs"):
        return False
    try:
        locked = bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
        return locked and not _holds_something(path.with_name(path.name + "-wal"))
    except OSError:
        return False


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


class Database:
    """The record of one archive.

    `read()` gives the calling thread its own connection; `write()` is a
    transaction that no other thread or process can be inside of.
    """

    def __init__(self, path: Path, lock: FileLock, driver: Driver = PLAIN) -> None:
        self.path = path
        self._driver = driver
        self._local = threading.local()
        self._all: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._guard = threading.Lock()
        self._writing = threading.RLock()
        self._lock = lock
        self._depth = 0
        self._migrate()

    def _connect(self) -> sqlite3.Connection:
        fixed = on_read_only_disk(self.path)
        connection = self._driver.connect(self.path, immutable=fixed)
        try:
            for pragma in (
                *(() if fixed else ("journal_mode=WAL",)),
                "synchronous=FULL",  # NORMAL loses the last seconds in a power cut
                "foreign_keys=ON",
                "secure_delete=ON",
                "temp_store=MEMORY",
                "trusted_schema=OFF",
                "cache_size=-16000",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except errors():
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except integrity_errors():
            raise
        except errors() as error:
            unknown = ArchiveDamaged(f"The record {self.path.name} could not be used: {error}.")
            raise translate(error, self.path) or unknown from error

    def read(self) -> sqlite3.Connection:
        """Return this thread's connection, for reading."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with self._translating():
                connection = self._connect()
            self._local.connection = connection
            with self._guard:
                self._close_abandoned()
                self._all.append((threading.current_thread(), connection))
        return connection

    def _close_abandoned(self) -> None:
        """Close the connections of threads that have ended."""
        for thread, connection in self._all:
            if not thread.is_alive():
                connection.close()
        self._all = [pair for pair in self._all if pair[0].is_alive()]

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give one consistent view of the record for several statements."""
        connection = self.read()
        with self._translating():
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction, or join the one this thread is in; roll back on any exception."""
        with self._writing:
            connection = self.read()
            if self._depth:
                yield connection
                return
            with self._lock.held(), self._translating():
                connection.execute("BEGIN IMMEDIATE")
                self._depth = 1
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    with contextlib.suppress(*errors()):
                        connection.execute("ROLLBACK")
                    raise
                finally:
                    self._depth = 0

    def data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        return int(self.read().execute("PRAGMA data_version").fetchone()[0])

    def _migrate(self) -> None:
        with self._translating():
            connection = self.read()
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise ArchiveTooNew(
                    "A newer version of Muniment made this archive. "
                    "Install that version to open it."
                )
            if version == len(MIGRATIONS):
                return
            if version == 0 and self._is_emptied():
                todo = advice(self.path.parent)
                raise ArchiveDamaged(f"The record {self.path.name} is empty. {todo}")
            with self._lock.held():
                # Another process may have migrated while this one waited.
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if 0 < version < len(MIGRATIONS):
                    self._copy_before(version, connection)
                for number in range(version, len(MIGRATIONS)):
                    self._apply(connection, number)

    def _is_emptied(self) -> bool:
        """Tell whether originals were kept before this record was begun."""
        originals = self.path.with_name("originals")
        return originals.is_dir() and any(len(path.name) == 2 for path in originals.iterdir())

    def _copy_before(self, version: int, connection: sqlite3.Connection) -> None:
        copy = self.path.with_name(f"{self.path.stem}-before-{version + 1}.sqlite")
        partial = copy.with_suffix(".part")
        partial.unlink(missing_ok=True)
        self._copy_to(partial, connection)
        shutil.move(partial, copy)

    def copy_to(self, path: Path) -> None:
        """Write the record as it is now into a new file, encrypted if this one is."""
        with self._translating():
            self._copy_to(path, self.read())

    def _copy_to(self, path: Path, connection: sqlite3.Connection) -> None:
        target = self._driver.connect(path)
        try:
            connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        finally:
            target.close()

    def _apply(self, connection: sqlite3.Connection, number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in split_statements(MIGRATIONS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            for _, connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()


def split_statements(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script; a statement ends where its line does."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            if pending.strip():
                yield pending
            pending = ""
    if pending.strip() and not all(
        not line.strip() or line.strip().startswith("--") for line in pending.splitlines()
    ):
        yield pending
