"""The record of an encrypted archive: what its SQLite says means the same as what Python's does."""

import json
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from index.crypto.keys import Keys
from index.errors import ArchiveDamaged, ArchiveLocked, ArchiveUnavailable
from index.explaining import explained
from index.library import Library
from index.store import database as module
from index.store import driver
from index.store.database import Database
from index.store.locking import FileLock
from tests import sealing
from tests.sealing import PASSPHRASE, holds

KEYS = Keys(b"k" * 32)


def opened(folder: Path, keys: Keys | None = KEYS) -> Database:
    lock = FileLock(folder / "archive.lock")
    return Database(folder / "archive.sqlite", lock, driver.of(keys))


def test_it_is_a_record_like_another(tmp_path: Path) -> None:
    database = opened(tmp_path)
    with database.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('a secret', 'Atyrau')")
    row = database.read().execute("SELECT * FROM meta WHERE key = 'a secret'").fetchone()
    assert (row["value"], row[1], tuple(row.keys())) == ("Atyrau", "Atyrau", ("key", "value"))
    assert holds(tmp_path, "Atyrau", "a secret", "SQLite format") == []
    before = database.data_version()
    with opened(tmp_path).write() as connection:
        connection.execute("DELETE FROM meta")
    assert database.data_version() != before


def test_a_broken_rule_is_an_integrity_error(tmp_path: Path) -> None:
    database = opened(tmp_path)
    for _ in range(2):
        try:
            with database.write() as connection:
                connection.execute("INSERT INTO meta VALUES ('a', 'b')")
        except driver.integrity_errors() as error:
            assert not isinstance(error, sqlite3.Error)
            break
    else:
        pytest.fail("the second row was taken in")
    with pytest.raises(driver.errors()):
        database.read().execute("SELECT nothing FROM nowhere")


def test_another_writer_and_damage_are_told_in_the_same_words(tmp_path: Path) -> None:
    database = opened(tmp_path)
    other = driver.of(KEYS).connect(tmp_path / "archive.sqlite")
    other.execute("PRAGMA busy_timeout = 1")
    with database.write(), pytest.raises(driver.errors()) as caught:
        other.execute("BEGIN IMMEDIATE")
    other.close()
    assert isinstance(explained(caught.value, tmp_path), ArchiveLocked)
    database.close()
    for keys in (None, Keys(b"x" * 32)):
        with pytest.raises(ArchiveDamaged, match="is damaged"):
            opened(tmp_path, keys)
    other = driver.of(Keys(b"x" * 32)).connect(tmp_path / "archive.sqlite")
    with pytest.raises(driver.errors()) as caught:
        other.execute("SELECT * FROM meta")
    other.close()
    assert isinstance(explained(caught.value, tmp_path), ArchiveDamaged)


def test_damage_says_nothing_on_standard_error(tmp_path: Path) -> None:
    sealing.make(tmp_path / "archive").close()
    record = tmp_path / "archive" / "archive.sqlite"
    data = bytearray(record.read_bytes())
    data[5000] ^= 1
    record.write_bytes(data)
    words = tmp_path / "words"
    words.write_text(PASSPHRASE, encoding="utf-8")
    command = ["--archive", str(tmp_path / "archive"), "--passphrase-file", str(words), "documents"]
    done = subprocess.run(
        [sys.executable, "-m", "app", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert done.stderr.startswith("muniment: The record") and done.stderr.count("\n") == 1


def test_a_read_only_disk_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(tmp_path)
    with first.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('uuid', 'abc')")
    first.close()
    monkeypatch.setattr(module, "on_read_only_disk", lambda _: True)
    second = opened(tmp_path)
    assert second.read().execute("SELECT value FROM meta").fetchone()[0] == "abc"
    with pytest.raises(ArchiveUnavailable), second.write() as connection:
        connection.execute("DELETE FROM meta")


def test_a_full_disk_keeps_what_was_finished(tmp_path: Path) -> None:
    source, archive, words = (tmp_path / name for name in ("source", "archive", "words"))
    sealing.make(archive).close()
    words.write_text(PASSPHRASE, encoding="utf-8")
    source.mkdir()
    for number in range(20):
        (source / f"{number:02}.txt").write_text(f"word{number} and more.\n\n" * 500)
    (source / "99.txt").write_text("A long report.\n\n" * 600_000)

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (6 << 20, 6 << 20))

    command = ["--archive", archive, "--passphrase-file", words, "--json", "import", "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "app", *map(str, command), str(source)],
        capture_output=True,
        text=True,
        preexec_fn=small_disk,
        check=False,
    )
    assert done.returncode == 5, done.stderr
    assert "No space is left" in done.stderr and "Traceback" not in done.stderr
    added = {json.loads(line)["document"] for line in done.stdout.splitlines()}
    with Library.open(archive, passphrase=PASSPHRASE) as library:
        assert added and added <= {document.id for document in library.documents()}
        library.follow()
        assert library.check().ok, library.check().problems


def test_a_record_is_copied_row_by_row(tmp_path: Path) -> None:
    database = opened(tmp_path, None)
    with database.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('a', 'b')")
        connection.execute(
            "INSERT INTO custody (at, what, subject, detail) VALUES ('', '', '', '')"
        )
        connection.execute("DELETE FROM custody")
    target = driver.of(KEYS).connect(tmp_path / "copy.sqlite")
    driver.copy(database.read(), target)
    names = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
    ours, theirs = ([tuple(row) for row in one.execute(names)] for one in (database.read(), target))
    assert theirs == ours
    sequence = "SELECT name, seq FROM sqlite_sequence ORDER BY name"
    assert [tuple(row) for row in target.execute(sequence)] == [
        tuple(row) for row in database.read().execute(sequence)
    ]
    assert target.execute("PRAGMA user_version").fetchone()[0] == len(module.MIGRATIONS)
    target.close()
