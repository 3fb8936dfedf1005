"""Nothing of an encrypted archive is readable on the disk, whatever happens to it."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from index import backup
from index.files import InMemory
from index.library import Library
from index.model import ExportRequest, ImportOptions, SearchRequest
from index.progress import Cancelled
from tests import sealing
from tests.encryption.conftest import ANSWERS, PROGRAM, WORDS, answers, secrets_of
from tests.sealing import PASSPHRASE, holds


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
