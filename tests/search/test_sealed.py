"""The index of an encrypted archive answers as a plain one does, and is opened in parts."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from index.crypto.keys import Keys
from index.errors import IndexDamaged
from index.model import SearchRequest
from index.search import changes
from index.search.checked import CheckedFile
from index.search.manifest import digest
from index.search.sealed_shelf import SealedShelf
from index.search.shelf import CHUNK
from index.store.locking import FileLock
from tests.search import corpus
from tests.search.conftest import Archive

KEYS = Keys(b"k" * 32)


def fill(archive: Archive, seed: int, documents: int, size: int) -> list[str]:
    pages = corpus.pages(seed, documents * size, 120)
    return [archive.add(*pages[at : at + size]) for at in range(0, len(pages), size)]


def test_the_same_is_found_as_in_a_plain_one(make_archive: Callable[..., Archive]) -> None:
    archives = make_archive(), make_archive(KEYS)
    rng = random.Random(11)
    for archive in archives:
        there: list[str] = []
        for round_ in range(10):  # enough parts for some to be joined
            there += fill(archive, round_, 6, 60)
            archive.search.follow()
        for identity in there[::7]:
            archive.remove(identity)
        archive.search.follow()
    large = [path for path in (archives[1].folder / "search").iterdir()
             if path.stat().st_size > 2 * CHUNK]  # fmt: skip
    assert large, "files of several chunks are what this is about"
    for _ in range(250):
        request = SearchRequest(corpus.query(rng), limit=0)
        for archive in archives:
            archive.search.close()  # nothing that another query has opened is there
        found, sealed = (archive.search.rank(request) for archive in archives)
        assert sealed == found, request.query
    for archive in archives:
        assert archive.search.check() == []


def test_only_what_is_asked_for_is_opened(tmp_path: Path) -> None:
    shelf = SealedShelf(tmp_path, KEYS)
    data = random.Random(3).randbytes(5 * CHUNK + 17)
    with shelf.create("file") as file:
        file.write(data)
    file_ = CheckedFile(shelf, "file", digest(shelf, "file"))
    file_.need(CHUNK, CHUNK + 1)
    assert bytes(file_.bytes[CHUNK : 2 * CHUNK]) == data[CHUNK : 2 * CHUNK]
    assert not any(file_.bytes[2 * CHUNK :])
    file_.need(0, len(data))
    assert bytes(file_.bytes) == data


def test_a_chunk_that_was_changed_is_never_read(tmp_path: Path) -> None:
    shelf = SealedShelf(tmp_path, KEYS)
    with shelf.create("file") as file:
        file.write(random.Random(3).randbytes(5 * CHUNK + 17))
    written = digest(shelf, "file")
    raw = bytearray((tmp_path / "file").read_bytes())
    raw[3 * CHUNK + 500] ^= 1
    (tmp_path / "file").write_bytes(raw)
    file_ = CheckedFile(shelf, "file", written)
    file_.need(0, 2 * CHUNK)
    file_.need(4 * CHUNK, written[0])
    with pytest.raises(IndexDamaged):
        file_.need(3 * CHUNK, 3 * CHUNK + 1)
    assert not any(file_.bytes[3 * CHUNK : 4 * CHUNK])


def test_another_writer_stops_no_search(make_archive: Callable[..., Archive]) -> None:
    archive = make_archive(KEYS)
    archive.add("the court in Atyrau")
    archive.database._lock.patience = 0.1
    with FileLock(archive.folder / "archive.lock").held():
        assert archive.search.search(SearchRequest("court")).pages == 1
    assert changes.generation(archive.database.read()) == 0
    archive.search.rebuild()
    assert changes.generation(archive.database.read()) == 2
