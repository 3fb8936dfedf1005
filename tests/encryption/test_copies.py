"""Encrypted archives at work: two processes, backups, merging, copies of either kind."""

import hashlib
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from index import backup, rescuing, resealing
from index.errors import (
    ArchiveDamaged,
    BadInput,
    MunimentError,
    PassphraseNeeded,
    WrongPassphrase,
)
from index.library import Library
from index.model import ImportOptions, SearchRequest
from index.progress import Cancelled
from index.store import database as record
from tests import sealing
from tests.encryption.conftest import ANSWERS, PROGRAM, answers, fill, secrets_of
from tests.sealing import PASSPHRASE, holds


def test_two_processes_work_on_it(archive: Path, library: Library, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    for number in range(12):
        (more / f"{number}.txt").write_text(f"Report {number} of the other prosecutor.\n" * 40)
    program = PROGRAM.replace("while True:", "if True:").partition("            for document")[0]
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(archive), PASSPHRASE, str(more)],
        stdout=subprocess.DEVNULL,
    )
    ours = tmp_path / "ours.txt"
    ours.write_text("Our own prosecutor.")
    library.import_files([ours])
    assert process.wait(120) == 0
    library.follow()
    assert library.search(SearchRequest("prosecutor", limit=0)).documents == 15
    assert library.check().ok


def test_a_backup_is_encrypted_and_comes_back(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "one.muniment"
    counts = backup.backup(library, file)
    assert counts.documents == 2 and backup.is_encrypted(file)
    assert file.read_bytes().count(b"originals/") == 3 * 2  # each by a name that says nothing
    for wrong, kind in (("", PassphraseNeeded), ("wrong", WrongPassphrase)):
        with pytest.raises(kind):
            backup.restore(file, tmp_path / "again", passphrase=wrong)
        assert not (tmp_path / "again").exists()
    assert backup.restore(file, tmp_path / "again", passphrase=PASSPHRASE) == counts
    with Library.open(tmp_path / "again", passphrase=PASSPHRASE) as again:
        assert answers(again) == ANSWERS and again.check().ok
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(MunimentError, match="damaged"):
        backup.restore(file, tmp_path / "third", passphrase=PASSPHRASE)
    assert not (tmp_path / "third").exists()


def test_archives_of_either_kind_are_merged(
    library: Library, archive: Path, tmp_path: Path, sources: Path
) -> None:
    with Library.create(tmp_path / "plain") as plain:
        with pytest.raises(PassphraseNeeded):
            plain.merge(archive)
        with pytest.raises(WrongPassphrase):
            plain.merge(archive, passphrase="wrong")
        assert plain.merge(archive, passphrase=PASSPHRASE).documents == 2
        assert answers(plain) == ANSWERS and plain.check().ok
    with sealing.make(tmp_path / "second", "another") as second:
        merged = second.merge(archive, passphrase=PASSPHRASE)
        assert (merged.documents, merged.passages, merged.entities) == (2, 1, 1)
        assert answers(second) == ANSWERS and second.check().ok
        assert second.merge(tmp_path / "plain").documents == 0
        assert backup.is_encrypted(merged.backup)
    assert holds(tmp_path / "second", *secrets_of(sources)) == []


def test_a_plain_archive_becomes_an_encrypted_one_and_back(tmp_path: Path, sources: Path) -> None:
    secrets = secrets_of(sources)
    with Library.create(tmp_path / "plain") as plain:
        fill(plain, sources)
        passage = plain.passages()[0]
        resealing.copy_encrypted(plain, tmp_path / "sealed", PASSPHRASE)
        assert answers(plain) == ANSWERS and plain.check().ok  # it stays as it was
        with pytest.raises(BadInput):
            resealing.copy_encrypted(plain, tmp_path / "sealed", PASSPHRASE)
        with pytest.raises(BadInput):
            resealing.copy_encrypted(plain, plain.folder / "inside", PASSPHRASE)
    assert holds(tmp_path / "sealed", *secrets) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plain", "sealed", "sources"]
    with Library.open(tmp_path / "sealed", passphrase=PASSPHRASE) as sealed:
        assert sealed.passages() == [passage]
        assert sealed.undo_label() is not None  # the history came along
        assert answers(sealed) == ANSWERS and sealed.check().ok
        resealing.copy_plain(sealed, tmp_path / "back")
    with Library.open(tmp_path / "back") as back:
        assert back.passages() == [passage]
        assert answers(back) == ANSWERS and back.check().ok
        back.undo()
        assert back.passages() == []
        added = back.add_entity("Place", "Atyrau")
        assert back.entity(added.id).name == "Atyrau"


@pytest.mark.parametrize("encrypted", [True, False])
def test_originals_outlive_the_record(tmp_path: Path, sources: Path, encrypted: bool) -> None:
    archive, out = tmp_path / "broken", tmp_path / "rescued"
    with sealing.make(archive) if encrypted else Library.create(archive) as library:
        fill(library, sources)
    (archive / record.RECORD).write_bytes(b"x" * 8192)
    with pytest.raises(ArchiveDamaged, match="rescue" if encrypted else "import the files"):
        Library.open(archive, passphrase=PASSPHRASE)
    if encrypted:
        with pytest.raises(WrongPassphrase):
            rescuing.rescue(archive, out, "wrong")
        assert not out.exists()
    assert rescuing.rescue(archive, out, PASSPHRASE).files == 2
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in sources.iterdir()}
    assert {path.name for path in out.iterdir()} == hashes
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()} == hashes
    with Library.create(tmp_path / "new") as library:
        library.import_files([out], ImportOptions(ocr="never"))
        assert answers(library)[0] == 2
    with pytest.raises(BadInput):
        rescuing.rescue(archive, out, PASSPHRASE)
    victims = [path for path in (archive / "originals").rglob("*") if path.is_file()]
    for path in victims:
        path.chmod(0o600)
    victims[0].write_bytes(b"no original")
    with victims[1].open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\0\0")
    done = rescuing.rescue(archive, tmp_path / "again", PASSPHRASE)
    assert (done.files, len(done.problems)) == (0, 2)
    assert not list((tmp_path / "again").iterdir())


def test_a_copy_of_an_encrypted_archive_has_a_key_of_its_own(
    library: Library, archive: Path, tmp_path: Path
) -> None:
    resealing.copy_encrypted(library, tmp_path / "fresh", "another")
    with Library.open(tmp_path / "fresh", passphrase="another") as fresh:
        assert answers(fresh) == ANSWERS and fresh.check().ok
    shutil.copy(archive / record.KEY_FILE, tmp_path / "fresh" / record.KEY_FILE)
    with pytest.raises(ArchiveDamaged):  # the old key file, and whoever knows its passphrase
        Library.open(tmp_path / "fresh", passphrase=PASSPHRASE)
    ours, theirs = (
        {path.name for path in (folder / "originals").rglob("*") if path.is_file()}
        for folder in (archive, tmp_path / "fresh")
    )
    assert len(ours) == len(theirs) == 2 and not ours & theirs


def test_a_copy_in_the_making_is_not_hidden(library: Library, tmp_path: Path) -> None:
    seen: list[str] = []

    class Looking:
        def report(self, done: int, total: int, text: str = "") -> None:
            seen.extend(path.name for path in tmp_path.glob("plain unfinished *"))

    resealing.copy_plain(library, tmp_path / "plain", Looking())
    assert seen
    assert not list(tmp_path.glob("plain unfinished *"))


def test_a_copy_that_is_cancelled_leaves_nothing(library: Library, tmp_path: Path) -> None:
    class Impatient:
        def report(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        resealing.copy_plain(library, tmp_path / "plain", Impatient())
    assert sorted(tmp_path.iterdir()) == before
