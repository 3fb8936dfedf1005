"""Nothing leaves the machine: the whole job, watched for every socket that is not local.

Three watchers, as far as the system has them: strace sees each system call of each process; a
network namespace leaves nothing to talk to; Python's audit hook sees what Python itself opens,
which is less, since Qt's sockets pass it by.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import resources

STORY = """
import sys
from pathlib import Path
from app.cli.main import main

demo, place = Path(sys.argv[1]), Path(sys.argv[2])

def muniment(*arguments):
    status = main(["--archive", str(place / "archive"), *arguments])
    assert status == 0, (arguments, status)

muniment("new", str(place / "archive"))
muniment("import", str(demo / "reports"), "--jobs", "2", "--ocr", "never")
muniment("entities", "import", str(demo / "entities.csv"))
muniment("search", "water AND detention", "--count")
muniment("search", '"Ерлан Садвакасов"')
muniment("mentions", "--entity", "Gulnara Tolegenova")

words = place / "words"
words.write_text("four random words here")
sealed = ("--archive", str(place / "sealed"), "--passphrase-file", str(words))
muniment("encrypt", str(place / "sealed"), "--new-passphrase-file", str(words))
muniment(*sealed, "search", "water AND detention")
muniment(*sealed, "check")

from index.library import Library
with Library.open(place / "archive") as library:
    documents = {d.file_name: d.id for d in library.documents()}
letter = documents["05_correspondence_file.pdf"]
quote = "The duty book has no entry because there was nothing to enter."
muniment("tag", letter, "--quote", quote, "--entity", "Kokmuran Police Department")
muniment("cite", letter, "--page", "3")
muniment("export", str(place / "bundle"), "--originals")
muniment("verify", str(place / "bundle"))

from PySide6.QtCore import QTimer
from app.application import make_application, run_window
QTimer.singleShot(2500, make_application().quit)
run_window(place / "archive")
print("the whole job is done")
"""

PLANTED = """
import socket, subprocess, sys
child = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
if sys.argv[1:] == ["here"]:
    exec(child)
else:
    subprocess.run([sys.executable, "-c", child], check=True)
print("the whole job is done")
"""

HOOK = """
import sys
def hook(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple) or event in (
        "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto"
    ):
        print("leaked:", event, arguments[1:], flush=True)
sys.addaudithook(hook)
"""

CALL = re.compile(r"\b(socket|socketpair|connect|sendto|sendmsg|bind)\((.*)")
FAMILY = re.compile(r"\b[AP]F_[A-Z0-9]+")
LOCAL = {"AF_UNIX", "AF_LOCAL", "PF_UNIX", "PF_LOCAL", "AF_UNSPEC"}

Watched = tuple[subprocess.CompletedProcess[str], list[str]]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    environment.pop("MUNIMENT_ARCHIVE", None)
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def by_strace(code: str, arguments: list[str], place: Path) -> Watched:
    """Run the code and return every system call that names a family other than AF_UNIX."""
    trace = place / "trace"
    watch = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace)]
    done = _run([*watch, sys.executable, "-c", code, *arguments])
    lines = trace.read_text("utf-8", "replace").splitlines()
    found = []
    for line in lines:
        call = CALL.search(line)
        if call and not set(FAMILY.findall(call[2])) <= LOCAL:
            found.append(line)
    # A trace without the readers' own pipes would be a trace of nothing.
    assert any("AF_UNIX" in line for line in lines) or found
    return done, found


def by_namespace(code: str, arguments: list[str], place: Path) -> Watched:
    """Run the code where there is no network; whoever wants one fails."""
    done = _run(["unshare", "-rn", sys.executable, "-c", code, *arguments])
    return done, re.findall(r"Network is unreachable", done.stderr)


def by_audit_hook(code: str, arguments: list[str], place: Path) -> Watched:
    """Run the code and return what Python's audit hook saw of sockets in its first process."""
    done = _run([sys.executable, "-c", HOOK + code, *arguments])
    return done, [line for line in done.stdout.splitlines() if line.startswith("leaked:")]


def _usable() -> list[Callable[[str, list[str], Path], Watched]]:
    watchers: list[Callable[[str, list[str], Path], Watched]] = [by_audit_hook]
    for command, watcher in (
        (["strace", "-f", "-o", os.devnull, "true"], by_strace),
        (["unshare", "-rn", "true"], by_namespace),
    ):
        if (
            shutil.which(command[0])
            and not subprocess.run(command, capture_output=True, check=False).returncode
        ):
            watchers.append(watcher)
    return watchers


@pytest.fixture(params=_usable(), ids=lambda watcher: watcher.__name__)
def watch(request: pytest.FixtureRequest) -> Callable[[str, list[str], Path], Watched]:
    """One of the ways of watching that this system has."""
    watcher: Callable[[str, list[str], Path], Watched] = request.param
    return watcher


def test_the_whole_job_opens_no_connection(
    watch: Callable[[str, list[str], Path], Watched], tmp_path: Path
) -> None:
    done, found = watch(STORY, [str(resources.path("demo")), str(tmp_path)], tmp_path)
    assert found == []
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("the whole job is done\n")


def test_a_planted_connection_is_seen(
    watch: Callable[[str, list[str], Path], Watched], tmp_path: Path
) -> None:
    _, found = watch(PLANTED, ["here"], tmp_path)
    assert found


def test_a_connection_of_a_child_is_seen(tmp_path: Path) -> None:
    for watch in _usable():
        if watch is not by_audit_hook:
            assert watch(PLANTED, ["in a child"], tmp_path)[1]
