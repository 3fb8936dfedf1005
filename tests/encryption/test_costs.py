"""What encryption costs, and what it leaves alone."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from index import demo, private
from index.errors import (
    NotFound,
    PassphraseNeeded,
)
from index.export import encrypting
from index.library import Library
from index.model import ExportRequest
from tests import sealing
from tests.encryption.conftest import WORDS
from tests.sealing import PASSPHRASE, holds


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
