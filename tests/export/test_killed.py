"""An export that is killed leaves no half bundle, and the next one tidies up."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.export import placing
from index.library import Library
from index.model import ExportRequest

EXPORT = """
import sys
from pathlib import Path
from index.library import Library
from index.model import ExportRequest

class Waiting:
    def report(self, done, total, text=""):
        if text == sys.argv[3]:
            print("here", flush=True)
            sys.stdin.readline()

with Library.open(Path(sys.argv[1])) as library:
    library.export(Path(sys.argv[2]), ExportRequest(title="killed", replace=True), Waiting())
"""


def killed(archive: Path, out: Path, step: str) -> None:
    """Start an export in a process of its own, and kill it at a step."""
    command = [sys.executable, "-c", EXPORT, str(archive), str(out), step]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed so there")
@pytest.mark.parametrize("step", ["Writing citations", "Writing the report", "Moving into place"])
def test_a_killed_export_leaves_what_was_there(
    made_archive: Path, tmp_path: Path, step: str
) -> None:
    shutil.copytree(made_archive, tmp_path / "archive")
    out = tmp_path / "out" / "bundle"
    with Library.open(tmp_path / "archive") as library:
        library.export(out, ExportRequest(title="first", pictures=False))
        before = (out / "tagmanifest-sha512.txt").read_bytes()
    killed(tmp_path / "archive", out, step)
    assert (out / "tagmanifest-sha512.txt").read_bytes() == before
    assert len(list(out.parent.iterdir())) == 2
    with Library.open(tmp_path / "archive") as library:
        assert library.verify(out).ok
        library.export(out, ExportRequest(title="second", pictures=False, replace=True))
        assert library.verify(out).ok
    assert [path.name for path in out.parent.iterdir()] == ["bundle"]


def test_what_was_put_aside_is_put_back(tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    aside = tmp_path / ".bundle.0123456789ab.old"
    aside.mkdir()
    (aside / "report.html").write_text("the report")
    (tmp_path / ".bundle.of-somebody-else.part").mkdir()
    with placing.workplace(out):
        assert (out / "report.html").read_text() == "the report"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".bundle.of-somebody-else.part",
        "bundle",
    ]


def test_a_workplace_in_use_is_left_alone(tmp_path: Path) -> None:
    with placing.workplace(tmp_path / "bundle") as first:
        with placing.workplace(tmp_path / "bundle") as second:
            assert first.is_dir() and second.is_dir() and first != second
        assert first.is_dir() and not second.exists()
    assert list(tmp_path.iterdir()) == []
