"""Encrypted archives on the command line: passphrases from files and terminals, exit statuses."""

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests import sealing
from tests.cli.conftest import Run
from tests.sealing import PASSPHRASE, holds


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """A file with the passphrase, as an editor leaves it."""
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong"
    path.write_text("another\n", encoding="utf-8")
    return path


@pytest.fixture
def encrypted(archive_folder: Path) -> Path:
    """An encrypted archive with nothing in it."""
    sealing.make(archive_folder).close()
    return archive_folder


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUNIMENT_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


def test_a_new_archive_is_made_with_the_passphrase_of_a_file(
    run: Run, archive_folder: Path, passphrase: Path, wrong: Path
) -> None:
    made = run("new", archive_folder, "--encrypt", "--passphrase-file", passphrase)
    assert made.code == 0
    assert made.record == {"archive": str(archive_folder), "encrypted": True}
    assert "without the passphrase" in made.err
    sealing.make_cheap(archive_folder)
    assert run("documents", "--passphrase-file", passphrase).code == 0
    refused = run("documents", "--passphrase-file", wrong)
    assert (refused.code, refused.out, refused.err) == (3, "", "muniment: Wrong passphrase.\n")


def test_nothing_is_made_without_a_passphrase(
    run: Run, archive_folder: Path, passphrase: Path
) -> None:
    made = run("new", archive_folder, "--encrypt")
    assert made.code == 3
    assert "--passphrase-file" in made.err and made.err.count("\n") == 1
    made = run("new", archive_folder, "--passphrase-file", passphrase)
    assert made.code == 2 and "--encrypt" in made.err
    passphrase.write_text("\n", encoding="utf-8")
    made = run("new", archive_folder, "--encrypt", "--passphrase-file", passphrase)
    assert made.code == 2 and "empty" in made.err
    assert not archive_folder.exists()


def test_without_a_passphrase_a_command_says_what_to_give(run: Run, encrypted: Path) -> None:
    for command in (["documents"], ["search", "a"], ["check"], ["reindex"], ["undo"]):
        told = run(*command)
        assert (told.code, told.out) == (3, "")
        assert "is encrypted" in told.err and "--passphrase-file" in told.err
        assert told.err.count("\n") == 1


def test_the_file_may_be_named_before_or_after_or_by_the_environment(
    run: Run, encrypted: Path, passphrase: Path, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--passphrase-file", passphrase, "documents").code == 0
    assert run("documents", "--passphrase-file", passphrase).code == 0
    monkeypatch.setenv("MUNIMENT_PASSPHRASE_FILE", str(passphrase))
    assert run("documents").code == 0
    assert run("documents", "--passphrase-file", wrong).code == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PASSPHRASE.encode(), 0),
        (PASSPHRASE.encode() + b"\n", 0),
        (PASSPHRASE.encode() + b"\r\n", 0),
        (b"\xef\xbb\xbf" + PASSPHRASE.encode(), 0),
        (PASSPHRASE.encode() + b" ", 3),
        (PASSPHRASE.encode() + b"\n\n", 2),
        (b"", 2),
        (b"\xff\xfe", 2),
    ],
)
def test_only_the_end_of_its_line_is_left_out(
    run: Run, encrypted: Path, passphrase: Path, content: bytes, code: int
) -> None:
    passphrase.write_bytes(content)
    ran = run("documents", "--passphrase-file", passphrase)
    assert ran.code == code
    assert ran.err.count("\n") == bool(code)


def test_a_passphrase_for_a_plain_archive_is_refused(
    run: Run, passphrase: Path, document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("export", tmp_path / "bundle", "--passphrase-file", passphrase)
    assert told.code == 2 and "--bundle-passphrase-file" in told.err
    assert not (tmp_path / "bundle").exists()
    monkeypatch.setenv("MUNIMENT_PASSPHRASE_FILE", str(passphrase))
    assert run("documents").code == 0  # it is for all archives of a user


def test_the_whole_job(
    run: Run, encrypted: Path, passphrase: Path, report: Path, tmp_path: Path
) -> None:
    def muniment(*arguments: object) -> list[dict[str, object]]:
        ran = run("--passphrase-file", passphrase, *arguments)
        assert ran.code == 0, ran.err
        return ran.records

    (added,) = muniment("import", report)
    document = added["document"]
    muniment("entities", "add", "Person", "Maks Bokayev", "--alias", "Макс Бокаев")
    assert muniment("search", "prosecutor")[0]["document"] == document
    assert muniment("mentions", "--entity", "Maks Bokayev")
    muniment("tag", document, "--quote", "six years", "--entity", "Maks Bokayev")
    assert len(muniment("passages")) == 1
    sealed, opened = tmp_path / "sealed", tmp_path / "bundle"
    sealed.mkdir()
    key = tmp_path / "bundle words"
    key.write_text("for the lawyer", encoding="utf-8")
    muniment("export", sealed / "b", "--zip", "--bundle-passphrase-file", key)
    assert holds(sealed, "prosecutor", "Bokayev", "Бокаев") == []
    muniment("verify", next(sealed.iterdir()), "--bundle-passphrase-file", key)
    muniment("export", opened, "--originals")
    muniment("verify", opened)
    alone = run("verify", opened)
    assert alone.code == 0 and "checked against itself alone" in alone.err
    assert muniment("undo")
    assert muniment("check") == [{"ok": True, "problems": []}]
    assert muniment("reindex") == [{"ok": True, "problems": []}]
    assert holds(encrypted, "prosecutor", "Bokayev", "Бокаев", "trial.txt") == []


def test_damage_is_status_4(run: Run, encrypted: Path, passphrase: Path, report: Path) -> None:
    with_words = ("--passphrase-file", passphrase)
    run("import", report, *with_words)
    record, key = encrypted / "archive.sqlite", encrypted / "archive.key"
    for path in (record, key):
        before = path.read_bytes()
        for changed in (before[: len(before) // 2], b"x" * len(before), b""):
            path.write_bytes(changed)
            told = run("documents", *with_words)
            assert (told.code, told.out) == (4, ""), path
            assert "damaged" in told.err or "empty" in told.err
            assert told.err.count("\n") == 1
        path.write_bytes(before)
    assert run("check", *with_words).code == 0
    original = next(path for path in (encrypted / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(original.read_bytes()[:-1])
    checked = run("check", *with_words)
    assert checked.code == 1
    assert "not the file that was imported" in checked.record["problems"][0]
    text = run("documents", *with_words).record["document"]
    told = run("reread", text, *with_words)
    assert told.code == 4 and told.err.count("\n") == 1


def test_originals_are_rescued(
    run: Run, encrypted: Path, passphrase: Path, report: Path, tmp_path: Path
) -> None:
    run("import", report, "--passphrase-file", passphrase)
    (encrypted / "archive.sqlite").write_bytes(b"")
    told = run("documents", "--passphrase-file", passphrase)
    assert told.code == 4 and "muniment rescue DIR" in told.err
    assert run("rescue", tmp_path / "out").code == 3
    done = run("rescue", tmp_path / "out", "--passphrase-file", passphrase)
    assert (done.code, done.record["files"]) == (0, 1)
    (rescued,) = (tmp_path / "out").iterdir()
    assert rescued.read_bytes() == report.read_bytes()
    assert run("rescue", tmp_path / "out", "--passphrase-file", passphrase).code == 2


def test_the_passphrase_is_changed(
    run: Run, encrypted: Path, passphrase: Path, wrong: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    new.write_text("quite another one")
    change = ("passphrase", "--new-passphrase-file", new)
    assert run(*change).code == 3
    assert run(*change, "--passphrase-file", wrong).code == 3
    assert run("documents", "--passphrase-file", passphrase).code == 0
    before = {path: path.read_bytes() for path in encrypted.iterdir() if path.is_file()}
    assert run(*change, "--passphrase-file", passphrase).code == 0
    after = {path for path in before if path.read_bytes() != before[path]}
    assert {path.name for path in after} == {"archive.key"}
    assert run("documents", "--passphrase-file", passphrase).code == 3
    assert run("documents", "--passphrase-file", new).code == 0


def test_the_passphrase_of_a_plain_archive_cannot_be_changed(
    run: Run, document: str, passphrase: Path
) -> None:
    told = run("passphrase", "--new-passphrase-file", passphrase)
    assert told.code == 2 and "muniment encrypt" in told.err


def test_a_plain_archive_is_copied_into_an_encrypted_one_and_back(
    run: Run, document: str, passphrase: Path, archive_folder: Path, tmp_path: Path
) -> None:
    sealed = tmp_path / "sealed"
    assert run("encrypt", sealed).code == 3
    assert not sealed.exists()
    done = run("encrypt", sealed, "--new-passphrase-file", passphrase)
    assert done.record == {"archive": str(sealed), "encrypted": True, "documents": 1}
    assert "is still there" in done.err
    assert run("encrypt", sealed, "--new-passphrase-file", passphrase).code == 2
    assert run("decrypt", tmp_path / "back").code == 2  # it is plain
    sealing.make_cheap(sealed)
    other = ("--archive", sealed, "--passphrase-file", passphrase)
    assert run(*other, "documents").record["document"] == document
    assert run(*other, "decrypt", tmp_path / "back").code == 0
    assert run("--archive", tmp_path / "back", "documents").record["document"] == document
    assert run("documents").record["document"] == document


def test_backups_and_merges_ask_for_the_right_passphrase(
    run: Run, encrypted: Path, passphrase: Path, wrong: Path, report: Path, tmp_path: Path
) -> None:
    ours = ("--passphrase-file", passphrase)
    assert run("import", report, *ours).code == 0
    backup, again, plain = tmp_path / "one.muniment", tmp_path / "again", tmp_path / "plain"
    assert run("backup", backup, *ours).code == 0
    assert run("restore", backup, again).code == 3
    assert run("restore", backup, again, "--passphrase-file", wrong).code == 3
    assert not again.exists()
    assert run("restore", backup, again, *ours).record["documents"] == 1
    assert run("--archive", again, "check", *ours).code == 0
    assert run("new", plain).code == 0
    merge = ("--archive", plain, "merge", encrypted)
    assert run(*merge).code == 3
    assert run(*merge, "--other-passphrase-file", wrong).code == 3
    assert run(*merge, "--other-passphrase-file", passphrase).record["documents"] == 1
    assert run("merge", plain, *ours).record["known"] == 1
    assert run("--archive", plain, "backup", tmp_path / "plain.muniment").code == 0
    refused = run("restore", tmp_path / "plain.muniment", tmp_path / "third", *ours)
    assert refused.code == 2 and "not encrypted" in refused.err


def test_the_sample_archive_is_encrypted_when_asked(
    run: Run, passphrase: Path, tmp_path: Path
) -> None:
    words = ("demo", tmp_path / "demo", "--no-window", "--passphrase-file", passphrase)
    assert run(*words).code == 2  # a passphrase, and no --encrypt
    assert run(*words, "--encrypt").code == 0
    sealing.make_cheap(tmp_path / "demo" / "archive")
    assert run(*words).code == 0
    assert run("demo", tmp_path / "demo", "--no-window").code == 3
    assert holds(tmp_path / "demo" / "archive", "Kokmuran", "Садвакасов") == []


def on_terminal(answers: list[str], *arguments: object) -> tuple[int, str]:
    """Run a command on a terminal of its own, and type an answer to each prompt."""
    child, terminal = pty.fork()
    if child == 0:
        command = [sys.executable, "-m", "app", *map(str, arguments)]
        os.execv(sys.executable, command)
    shown = ""
    while True:
        try:
            piece = os.read(terminal, 4096).decode()
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if answers and piece.rstrip(" ").endswith(":"):
            os.write(terminal, answers.pop(0).encode() + b"\n")
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown


@pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
def test_on_a_terminal_it_is_asked_for(archive_folder: Path, tmp_path: Path) -> None:
    new = ("new", archive_folder, "--encrypt")
    code, shown = on_terminal(["a", "b"], *new)
    assert code == 2 and "differ" in shown and not archive_folder.exists()
    code, shown = on_terminal([""], *new)
    assert code == 2 and "empty" in shown and not archive_folder.exists()
    code, shown = on_terminal([PASSPHRASE, PASSPHRASE], *new)
    assert code == 0
    assert PASSPHRASE not in shown, "what is typed is not shown"
    documents = ("--archive", archive_folder, "documents")
    assert on_terminal([PASSPHRASE], *documents)[0] == 0
    code, shown = on_terminal(["wrong"], *documents)
    assert code == 3 and "Wrong passphrase." in shown
    assert on_terminal([""], *documents)[0] == 3


def test_the_passphrase_is_in_no_argument_and_no_error(
    encrypted: Path, passphrase: Path, report: Path
) -> None:
    command = [sys.executable, "-m", "app", "--archive", str(encrypted), "--json"]
    command += ["--passphrase-file", str(passphrase), "search", "--queries", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("prosecutor\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["pages"] == 0
        seen = b"".join(
            Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ")
        )
        out, err = process.communicate("AND (\n", timeout=60)
    assert PASSPHRASE.encode() not in seen
    assert PASSPHRASE not in out + err
