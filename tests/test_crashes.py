"""What was reported as added is there after a kill, a full disk or a cancel."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.library import Library
from index.model import ImportOptions, ImportResult, SearchRequest
from index.progress import Cancelled


def make_reports(folder: Path, count: int) -> Path:
    """Write many short text reports, each with a word of its own."""
    folder.mkdir()
    for number in range(count):
        paragraphs = "\n\n".join(f"Paragraph {n} of report {number}." * 20 for n in range(30))
        (folder / f"{number:04}.txt").write_text(f"word{number}\n\n{paragraphs}")
    return folder


def command(archive: Path, *arguments: object) -> list[str]:
    words = ["--archive", str(archive), "--json", *map(str, arguments)]
    return [sys.executable, "-m", "app", *words]


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2, 0.5])
def test_a_killed_import_keeps_what_it_reported(tmp_path: Path, delay: float) -> None:
    source = make_reports(tmp_path / "source", 120)
    archive = tmp_path / "archive"
    process = subprocess.Popen(
        command(archive, "import", source), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process:
        reported = [json.loads(process.stdout.readline())]
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        reported += [json.loads(line) for line in process.stdout if line.endswith("\n")]
    added = [record["document"] for record in reported if record["status"] == "added"]
    with Library.open(archive) as library:
        there = {document.id: document for document in library.documents()}
        assert set(added) <= set(there)
        library.follow()
        for record in reported:
            word = f"word{int(Path(record['path']).stem)}"
            hits = library.search(SearchRequest(word)).hits
            assert [hit.document for hit in hits] == [record["document"]]
        assert library.check().ok, library.check().problems
        results = library.import_files([source])
        assert {result.status.value for result in results} <= {"added", "known"}
        assert len(library.documents()) == 120


@pytest.mark.parametrize("delay", [0.3, 0.5, 0.7, 0.9])
def test_a_killed_indexing_leaves_an_index_that_answers(tmp_path: Path, delay: float) -> None:
    source = make_reports(tmp_path / "source", 60)
    archive = tmp_path / "archive"
    with Library.open(archive, create=True) as library:
        library.import_files([source])
    process = subprocess.Popen(command(archive, "reindex"), stdout=subprocess.DEVNULL)
    with process:
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
    with Library.open(archive) as library:
        assert library.search(SearchRequest("word7")).pages == 1
        assert library.search(SearchRequest("paragraph")).documents == 60
        assert library.check().ok, library.check().problems


def test_a_full_disk_keeps_what_was_finished(tmp_path: Path) -> None:
    source = make_reports(tmp_path / "source", 40)
    (source / "9999.txt").write_text("A long report.\n\n" * 600_000)
    archive = tmp_path / "archive"

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (6 << 20, 6 << 20))

    done = subprocess.run(
        command(archive, "import", "--jobs", 1, source),
        capture_output=True,
        text=True,
        preexec_fn=small_disk,
    )
    assert done.returncode == 5, done.stderr
    assert "No space is left" in done.stderr
    assert "Traceback" not in done.stderr
    reported = [json.loads(line) for line in done.stdout.splitlines()]
    added = {record["document"] for record in reported if record["status"] == "added"}
    assert added
    with Library.open(archive) as library:
        assert added <= {document.id for document in library.documents()}
        library.follow()
        assert library.check().ok, library.check().problems


def test_a_cancelled_import_keeps_what_was_finished(tmp_path: Path) -> None:
    source = make_reports(tmp_path / "source", 60)
    seen: list[ImportResult] = []

    class Impatient:
        def report(self, done: int, total: int, text: str = "") -> None:
            if done >= 10:
                raise Cancelled

    with Library.create(tmp_path / "archive") as library:
        with pytest.raises(Cancelled):
            library.import_files([source], ImportOptions(), Impatient(), seen.append)
        there = {document.id for document in library.documents()}
        assert {result.document for result in seen} <= there
        assert len(there) < 60
        number = int(seen[0].path.stem)
        assert library.search(SearchRequest(f"word{number}")).pages == 1


def test_two_processes_import_into_one_archive(tmp_path: Path) -> None:
    first = make_reports(tmp_path / "first", 40)
    archive = tmp_path / "archive"
    Library.create(archive).close()
    running = [
        subprocess.Popen(command(archive, "import", first), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in running:
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        assert {json.loads(line)["status"] for line in out.splitlines()} <= {"added", "known"}
    with Library.open(archive) as library:
        assert len(library.documents()) == 40
        library.follow()
        assert library.search(SearchRequest("report", limit=0)).documents == 40
        assert library.check().ok


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    source = make_reports(tmp_path / "source", 200)
    process = subprocess.Popen(
        command(tmp_path / "archive", "import", source),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("muniment: Cancelled")
