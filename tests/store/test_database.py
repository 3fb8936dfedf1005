"""The record is migrated with a copy first, refused when newer, and shared between processes."""

import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from index.errors import ArchiveDamaged, ArchiveLocked, ArchiveTooNew, ArchiveUnavailable
from index.store import database as module
from index.store.database import Database, split_statements
from index.store.locking import FileLock
from index.store.schema import MIGRATIONS


def opened(folder: Path, patience: float = 10.0) -> Database:
    return Database(folder / "archive.sqlite", FileLock(folder / "archive.lock", patience))


def test_a_newer_archive_is_refused(tmp_path: Path) -> None:
    opened(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "archive.sqlite")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(ArchiveTooNew, match="newer version"):
        opened(tmp_path)


def test_a_migration_keeps_a_copy_of_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(tmp_path)
    with first.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('uuid', 'abc')")
    first.close()
    extra = "CREATE TABLE later (x TEXT);\nINSERT INTO later VALUES ('new');"
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, extra))
    second = opened(tmp_path)
    assert second.read().execute("SELECT x FROM later").fetchone()[0] == "new"
    copy = sqlite3.connect(tmp_path / f"archive-before-{len(MIGRATIONS) + 1}.sqlite")
    assert copy.execute("SELECT value FROM meta").fetchone()[0] == "abc"
    assert copy.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    copy.close()


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path).close()
    broken = "CREATE TABLE later (x TEXT);\nINSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(ArchiveDamaged):
        opened(tmp_path)
    monkeypatch.setattr(module, "MIGRATIONS", MIGRATIONS)
    names = opened(tmp_path).read().execute("SELECT name FROM sqlite_master").fetchall()
    assert "later" not in {row[0] for row in names}


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(ArchiveDamaged, match="damaged"):
        opened(tmp_path)


def test_a_write_waits_for_another_process_and_then_says_so(tmp_path: Path) -> None:
    database = opened(tmp_path, patience=0.2)
    program = """
        import sys
        from pathlib import Path
        from index.store.database import Database
        from index.store.locking import FileLock

        folder = Path(sys.argv[1])
        database = Database(folder / "archive.sqlite", FileLock(folder / "archive.lock"))
        with database.write():
            print("held", flush=True)
            sys.stdin.readline()
    """
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    with holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ArchiveLocked, match="Another program"), database.write():
            pass
        holder.stdin.write("\n")
        holder.stdin.flush()
        holder.wait(20)
    with database.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('a', 'b')")


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    opened(tmp_path).close()
    program = """
        import os, signal, sys
        from pathlib import Path
        from index.store.locking import FileLock

        with FileLock(Path(sys.argv[1]) / "archive.lock").held():
            os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program), str(tmp_path)])
    assert done.returncode != 0
    with opened(tmp_path, patience=0.1).write():
        pass


def test_statements_are_parted_as_sqlite_parts_them() -> None:
    script = "CREATE TABLE a (x); -- one; two\nINSERT INTO a VALUES ('x;y');\n-- the end\n"
    statements = list(split_statements(script))
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    assert connection.execute("SELECT x FROM a").fetchone()[0] == "x;y"
    connection.close()


def test_connections_of_ended_threads_are_closed(tmp_path: Path) -> None:
    database = opened(tmp_path)
    left: list[sqlite3.Connection] = []
    for _ in range(3):
        thread = threading.Thread(target=lambda: left.append(database.read()))
        thread.start()
        thread.join()
    for connection in left[:-1]:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    database.close()


def test_a_read_only_disk_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(tmp_path)
    with first.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('uuid', 'abc')")
    first.close()
    before = sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.setattr(module, "on_read_only_disk", lambda _: True)
    second = opened(tmp_path)
    assert second.read().execute("SELECT value FROM meta").fetchone()[0] == "abc"
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    with pytest.raises(ArchiveUnavailable), second.write() as connection:
        connection.execute("DELETE FROM meta")
