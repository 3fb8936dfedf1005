"""An encrypted archive: nothing of it is readable on the disk, and nothing changed goes unseen."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fpdf import FPDF

from index import backup, demo, private, rescuing, resealing
from index.errors import (
    ArchiveDamaged,
    BadInput,
    MunimentError,
    NotFound,
    PassphraseNeeded,
    WrongPassphrase,
)
from index.export import encrypting
from index.files import InMemory
from index.library import Library
from index.model import ExportRequest, ImportOptions, SearchRequest
from index.progress import Cancelled
from index.store import database as record
from tests import sealing
from tests.sealing import PASSPHRASE, holds

WORDS = ("Atyrau", "Бокаев", "prosecutor", "Sarsenova", "Hilltop", "whispered", "trial-notes")
TEXT = """The trial in Atyrau

By Dana Sarsenova, 28 November 2016

A court in Atyrau sentenced Maks Bokayev to five years in prison. Макс Бокаев was also fined,
and the prosecutor whispered something in the corridor.
"""


def write_sources(folder: Path) -> Path:
    """Write a PDF and a text whose words and names are looked for afterwards."""
    folder.mkdir()
    (folder / "trial-notes.txt").write_text(TEXT, encoding="utf-8")
    pdf = FPDF(format="A4")
    pdf.set_title("Hilltop minutes")
    pdf.set_font("helvetica", size=12)
    for line in ("The prosecutor met Dana Sarsenova at Hilltop.", "Nothing was whispered there."):
        pdf.add_page()
        pdf.multi_cell(0, 8, line)
    pdf.output(str(folder / "trial-notes.pdf"))
    return folder


def secrets_of(sources: Path) -> tuple[str, ...]:
    """What a thief must not find: words, file names, and the hash of every original."""
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sources.iterdir()]
    return (*WORDS, *hashes, *(text[:12] for text in hashes))


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write_sources(tmp_path / "sources")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which is looked through too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def archive(tmp_path: Path, sources: Path) -> Path:
    """An encrypted archive with two documents, an entity and a passage."""
    folder = tmp_path / "archive"
    with sealing.make(folder) as library:
        fill(library, sources)
    return folder


def fill(library: Library, sources: Path) -> None:
    results = library.import_files([sources], ImportOptions(ocr="never"))
    assert [result.status.value for result in results] == ["added", "added"]
    person = library.add_entity("Person", "Maks Bokayev", ["Бокаев"])
    text = next(one for one in library.documents() if one.file_name == "trial-notes.txt")
    library.tag_quote(text.id, "five years in prison", [person.id], "Sarsenova says so")


@pytest.fixture
def library(archive: Path) -> Iterator[Library]:
    with Library.open(archive, passphrase=PASSPHRASE) as opened:
        yield opened


def answers(library: Library) -> list[int]:
    queries = ("prosecutor", "Бокаев", '"five years"', "whisp*", "Atyrau OR Hilltop")
    return [library.search(SearchRequest(query)).pages for query in queries]


ANSWERS = [2, 1, 1, 2, 2]


def test_the_whole_job_leaves_nothing_to_read(
    archive: Path, sources: Path, temporary: Path, tmp_path: Path
) -> None:
    secrets = secrets_of(sources)
    with Library.open(archive, passphrase=PASSPHRASE) as library:
        assert answers(library) == ANSWERS
        pdf = next(one for one in library.documents() if one.paged)
        view = library.view(pdf.id)
        assert view.page_count == 2 and view.draw(0, 0.2).width
        assert holds(archive, *secrets) == []  # while it is open, with its log
        assert library.export(tmp_path / "bundle", ExportRequest(originals=True)).passages == 1
        assert library.verify(tmp_path / "bundle").ok
        library.undo()
        library.redo()
        library.reindex()
        (tmp_path / "sealed").mkdir()
        backup.backup(library, tmp_path / "sealed" / "one.muniment")
        assert library.check().ok
    assert holds(archive, *secrets) == []
    assert holds(tmp_path / "sealed", *secrets) == []
    assert holds(temporary, *secrets) == []
    assert holds(tmp_path / "bundle", *WORDS), "the words are looked for in a way that finds them"


def test_what_another_program_brings_lies_nowhere(library: Library, temporary: Path) -> None:
    seen: list[str] = []

    class Looking:
        def report(self, done: int, total: int, text: str = "") -> None:
            seen.extend(holds(library.folder, "smuggled") + holds(temporary, "smuggled"))

    data = ("A smuggled letter.\n\n" * 4000).encode()
    (result,) = library.import_files([InMemory("smuggled.txt", data)], None, Looking())
    assert result.status.value == "added" and result.path.name == "smuggled.txt"
    assert "smuggled" in library.text(result.document or "")
    assert seen == []


PROGRAM = """
    import os, sys
    from pathlib import Path
    from index.library import Library
    from index.model import ImportOptions

    with Library.open(Path(sys.argv[1]), passphrase=sys.argv[2]) as library:
        def tell(result):
            print(result.status.value, flush=True)
        while True:
            library.import_files([Path(sys.argv[3])], ImportOptions(jobs=2), on_result=tell)
            for document in library.documents():
                library.remove_document(document.id)
"""


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_a_kill_leaves_nothing_to_read(tmp_path: Path, delay: float) -> None:
    folder, source, temporary = (tmp_path / name for name in ("archive", "source", "temporary"))
    sealing.make(folder).close()
    source.mkdir()
    temporary.mkdir()
    for number in range(40):
        lines = f"Paragraph of the whispered trial-notes {number}.\n\n" * 900
        (source / f"trial-notes-{number}.txt").write_text(lines)
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(folder), PASSPHRASE, str(source)],
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(temporary)},
        text=True,
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "added\n"
        time.sleep(delay)
        assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
    assert holds(folder, *WORDS) == holds(temporary, *WORDS) == []
    with Library.open(folder, passphrase=PASSPHRASE) as library:
        there = len(library.documents())
        library.follow()
        assert library.search(SearchRequest("whispered", limit=0)).documents == there
        assert library.check().ok


def test_a_cancelled_import_leaves_nothing_to_read(tmp_path: Path, sources: Path) -> None:
    class Impatient:
        def report(self, done: int, total: int, text: str = "") -> None:
            if done:
                raise Cancelled

    with sealing.make(tmp_path / "archive") as library, pytest.raises(Cancelled):
        library.import_files([sources], ImportOptions(jobs=1), Impatient())
    assert holds(tmp_path / "archive", *secrets_of(sources)) == []


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


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    program = """
        import resource, sys
        from pathlib import Path
        from index.crypto.keys import Keys
        from index.store.sealed_blobs import SealedBlobs

        blobs = SealedBlobs(Path(sys.argv[1]), Keys(b"k" * 32))
        with open(sys.argv[1] + ".big", "wb") as big:
            for number in range(300):
                big.write(bytes([number % 251]) * (1 << 20))
        warm = blobs.stage(Path(__file__ if "__file__" in globals() else sys.argv[2]))
        blobs.keep(warm)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        staged = blobs.stage(Path(sys.argv[1] + ".big"))
        blobs.keep(staged)
        assert blobs.problem(staged.sha256, 300 << 20) is None
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """
    small = tmp_path / "small"
    small.write_bytes(b"x" * 3_000_000)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / "originals"), str(small)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 30_000  # kilobytes, for a file of 300 MB


def test_a_plain_archive_loads_nothing_of_this(tmp_path: Path, sources: Path) -> None:
    program = """
        import sys
        from pathlib import Path
        from app.cli.main import main

        where = ["--archive", sys.argv[1]]
        assert main([*where, "import", sys.argv[2]]) == 0
        assert main([*where, "search", "prosecutor"]) == 0
        assert main([*where, "check"]) == 0
        unwanted = ("sqlcipher3", "cryptography", "index.crypto", "index.search.sealed_shelf")
        loaded = [name for name in sys.modules if name.startswith(unwanted)]
        assert not loaded, loaded
    """
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / "plain"), str(sources)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def test_the_sample_archive_can_be_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Library, "create", classmethod(lambda cls, folder, word=None: sealing.make(folder, word))
    )
    made = demo.make(tmp_path, passphrase=PASSPHRASE)
    assert demo.make(tmp_path, passphrase=PASSPHRASE) == made
    with pytest.raises(PassphraseNeeded):
        demo.make(tmp_path)
    assert holds(made.archive, "Kokmuran", "Садвакасов") == []


def test_there_is_no_archive_where_only_a_key_file_was_meant(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Library.open(tmp_path / "nowhere", passphrase=PASSPHRASE)


def test_an_encrypted_bundle_is_never_open_on_the_disk(
    library: Library, temporary: Path, tmp_path: Path
) -> None:
    if not private.MEMORY.is_dir():
        pytest.skip("this system has no folder in memory")
    out, seen = tmp_path / "out", []
    out.mkdir()

    class Looking:
        def report(self, done: int, total: int, text: str = "") -> None:
            seen.append(text)
            assert holds(out, *WORDS) == holds(temporary, *WORDS) == [], text

    request = ExportRequest(passphrase="for the lawyer", originals=True)
    summary = library.export(out / "bundle", request, Looking())
    assert "Packing" in seen
    with encrypting.opened(summary.bundle, passphrase="for the lawyer") as opened:
        assert holds(out, *WORDS) == holds(temporary, *WORDS) == []
        assert library.verify(opened).ok
    assert [path.name for path in out.iterdir()] == ["bundle.zip.age"]
    assert not list(private.MEMORY.glob("bundle-*"))


def test_a_private_folder_is_where_there_is_room(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "MEMORY", tmp_path / "none")
    with private.folder("x-", 5) as folder:
        assert folder.parent == temporary and folder.stat().st_mode & 0o077 == 0
    with private.folder("x-", 5, tmp_path) as folder:
        assert folder.parent == tmp_path
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(private, "MEMORY", memory)
    with private.folder("x-", 5) as folder:
        assert folder.parent == memory
    with private.folder("x-", 1 << 60) as folder:
        assert folder.parent == temporary
    assert not list(memory.iterdir())
