"""Only the passphrase opens an encrypted archive, and nothing changed in it goes unseen."""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import (
    ArchiveDamaged,
    BadInput,
    PassphraseNeeded,
    WrongPassphrase,
)
from index.library import Library
from index.model import ExportRequest, SearchRequest
from index.store import database as record
from tests import sealing
from tests.encryption.conftest import ANSWERS, WORDS, answers
from tests.sealing import PASSPHRASE, holds


def test_only_the_passphrase_opens_it(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(PassphraseNeeded):
        Library.open(archive)
    with pytest.raises(WrongPassphrase):
        Library.open(archive, passphrase=PASSPHRASE + " ")
    with pytest.raises(BadInput):
        Library.create(tmp_path / "another", passphrase="")
    with pytest.raises(BadInput):
        Library.create(archive, passphrase="x")


def test_a_new_archive_costs_what_it_should(tmp_path: Path) -> None:
    begin = time.process_time()
    Library.create(tmp_path / "new", passphrase="a b c").close()
    assert time.process_time() - begin > 0.2  # a thief pays this for every guess
    with Library.open(tmp_path / "new", passphrase="a b c") as library:
        assert library.encrypted


def changes_of(data: bytes) -> Iterator[bytes]:
    """Give a file with a bit changed here and there, cut, lengthened, and empty."""
    size = len(data)
    for at in sorted({0, 20, size // 2, size - 1, random.Random(size).randrange(size)}):
        yield data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :]
    yield from (data[: size // 2], data[:-1], data + b"\0", b"")


def test_every_change_to_every_file_is_noticed(archive: Path) -> None:
    kept = [archive / record.KEY_FILE, archive / record.RECORD]
    kept += [path for path in sorted((archive / "originals").rglob("*")) if path.is_file()]
    assert len(kept) == 4
    for path in kept:
        before = path.read_bytes()
        path.chmod(0o600)
        for changed in changes_of(before):
            path.write_bytes(changed)
            assert_told(archive, path)
            path.write_bytes(before)
            assert outcome(archive) == []


def test_every_change_to_the_index_is_noticed(archive: Path) -> None:
    endings = sorted({path.name.partition(".")[2] for path in (archive / "search").iterdir()})
    assert len(endings) == 9
    for ending in endings:
        for number in range(9):
            # It is built anew whenever damage is met.
            (path,) = (archive / "search").glob(f"*.{ending}")
            path.write_bytes(list(changes_of(path.read_bytes()))[number])
            assert_told(archive, path)
    assert outcome(archive) == []


def assert_told(archive: Path, path: Path) -> None:
    told = outcome(archive)
    assert told, f"{path.name} was changed and nobody said so"
    assert all("\n" not in one and one.endswith((".", "”.")) for one in told), told


def outcome(archive: Path) -> list[str]:
    """Return what is said of an archive; its answers are right, or there are none."""
    try:
        with Library.open(archive, passphrase=PASSPHRASE) as library:
            problems = list(library.check().problems)
            assert answers(library) == ANSWERS
            return problems
    except (ArchiveDamaged, WrongPassphrase) as error:
        return [str(error)]


def test_originals_cannot_be_exchanged(library: Library, tmp_path: Path) -> None:
    second, first = sorted(library.documents(), key=lambda document: document.passage_count)
    one, two = library.blobs.path(first.sha256), library.blobs.path(second.sha256)
    one.chmod(0o600)
    data = one.read_bytes()
    one.write_bytes(two.read_bytes())
    with pytest.raises(ArchiveDamaged, match="is not the file that was imported"):
        library.original(first.id).read_bytes()
    with pytest.raises(ArchiveDamaged):
        library.export(tmp_path / "bundle", ExportRequest(originals=True))
    assert not (tmp_path / "bundle").exists()
    assert [first.title in problem for problem in library.check().problems] == [True]
    one.write_bytes(data)
    assert library.check().ok
    one.unlink()
    assert "missing" in library.check().problems[0]


def test_files_of_the_index_cannot_be_exchanged(archive: Path) -> None:
    folder = archive / "search"
    keys = next(folder.glob("*.keys"))
    keys.write_bytes(next(folder.glob("*.trm")).read_bytes())
    assert any("as it was written" in problem for problem in outcome(archive))


def test_an_old_index_put_back_whole_is_known_as_old(
    archive: Path, sources: Path, tmp_path: Path
) -> None:
    shutil.copytree(archive / "search", tmp_path / "old")
    with Library.open(archive, passphrase=PASSPHRASE) as library:
        library.reindex()
        assert library.search_service.is_current()
    shutil.rmtree(archive / "search")
    shutil.copytree(tmp_path / "old", archive / "search")
    with Library.open(archive, passphrase=PASSPHRASE) as library:
        assert not library.search_service.is_current()
        assert "another state" in library.check().problems[0]
        assert answers(library) == ANSWERS
        assert library.check().ok
        (sources / "third.txt").write_text("A prosecutor again.")
        library.import_files([sources])
        assert library.search(SearchRequest("prosecutor")).pages == 3
    with Library.open(archive, passphrase=PASSPHRASE) as library:
        assert library.search_service.is_current()


def test_an_index_that_is_lost_is_built_again(archive: Path) -> None:
    shutil.rmtree(archive / "search")
    with Library.open(archive, passphrase=PASSPHRASE) as library:
        assert not library.check().ok
        assert library.check(repair=True).ok
        assert answers(library) == ANSWERS
    assert holds(archive, *WORDS) == []


def test_a_lost_key_file_and_a_lost_record_are_told(archive: Path) -> None:
    key = archive / record.KEY_FILE
    data = key.read_bytes()
    key.unlink()
    with pytest.raises(ArchiveDamaged, match=r"key file archive\.key is missing"):
        Library.open(archive)
    key.write_bytes(data)
    (archive / record.RECORD).unlink()
    for create in (False, True):
        with pytest.raises(ArchiveDamaged, match="is missing"):
            Library.open(archive, create=create, passphrase=PASSPHRASE)


def test_an_archive_and_the_key_file_of_another(archive: Path, tmp_path: Path) -> None:
    sealing.make(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / record.KEY_FILE, archive / record.KEY_FILE)
    with pytest.raises(ArchiveDamaged):
        Library.open(archive, passphrase=PASSPHRASE)


def test_a_copy_before_a_migration_is_encrypted(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "archive"
    with monkeypatch.context() as older:
        older.setattr(record, "MIGRATIONS", record.MIGRATIONS[:-1])
        with sealing.make(folder) as library, library.database.write() as connection:
            connection.execute("INSERT INTO meta VALUES ('Atyrau', 'Hilltop')")
    with Library.open(folder, passphrase=PASSPHRASE) as library:
        assert library.info().documents == 0
    (copy,) = folder.glob("archive-before-*")
    assert copy.stat().st_size and holds(folder, *WORDS) == []
    shutil.copy(copy, folder / record.RECORD)
    with Library.open(folder, passphrase=PASSPHRASE) as library:
        rows = library.database.read().execute("SELECT value FROM meta WHERE key = 'Atyrau'")
        assert rows.fetchone()[0] == "Hilltop"
