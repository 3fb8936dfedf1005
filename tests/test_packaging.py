"""The commands in `packaging/`, run for real against a Python that only notes what it is asked."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = [ROOT / "packaging" / name for name in ("setup", "run", "test", "lock")]
TOOLS = "sh dirname readlink cat cksum flock id uname cp mkdir chmod rm sleep env".split()

STUB = """#!/bin/sh
printf '%s\\n' "$*" >>"$STUB_LOG"
case $1 in
-c) exit "${STUB_SUITS:-0}" ;;
-P) shift 2; printf '[%s]' "$PWD" "$QT_QPA_PLATFORM" "$@" ;;
-m)
    if [ "$2" = venv ]; then mkdir -p "$4/bin" && cp "$0" "$4/bin/python"; exit; fi
    case "$*" in *install*) sleep 0.2; exit "${STUB_PIP:-0}" ;; esac ;;
esac
"""


@dataclass
class Checkout:
    """A copy of the packaging in a folder with a space, and the bare system it meets."""

    root: Path
    bin: Path
    log: Path

    def call(self, name: str, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """Start one of the commands from somewhere else."""
        path = Path(name) if "/" in name else self.root / "packaging" / name
        environment = {"PATH": str(self.bin), "STUB_LOG": str(self.log), **more}
        return subprocess.Popen(
            [str(path), *arguments],
            cwd=self.bin,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, name: str, *arguments: str, **more: str) -> tuple[int, str, str]:
        """Run one of the commands to its end: exit status, output, errors."""
        process = self.call(name, *arguments, **more)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def asked(self, what: str) -> int:
        """How often the Python was asked for something."""
        return self.log.read_text().count(what) if self.log.exists() else 0

    def stub(self, name: str, script: str) -> None:
        """Put a program into the bare system."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root, tools = tmp_path / "my projects" / "muniment", tmp_path / "bin"
    shutil.copytree(ROOT / "packaging", root / "packaging")
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        if found:
            (tools / name).symlink_to(found)
    made = Checkout(root, tools, tmp_path / "log")
    made.stub("python3", STUB.partition("\n")[2])
    return made


def test_the_scripts_are_plain_sh() -> None:
    for script in [*SCRIPTS, ROOT / ".ci" / "run"]:
        assert os.access(script, os.X_OK)
        assert script.read_text("utf-8").startswith("#!/bin/sh\n")
        subprocess.run(["sh", "-n", script], check=True)


def test_arguments_arrive_as_given(checkout: Checkout) -> None:
    code, out, _ = checkout.run("run", "search", "two words", "", "*", "--limit", "3")
    assert code == 0
    assert out == f"[{checkout.bin}][][app][search][two words][][*][--limit][3]"


def test_a_link_to_the_command_works(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "muniment").symlink_to(checkout.root / "packaging" / "run")
    code, out, _ = checkout.run(str(tmp_path / "muniment"), "documents")
    assert (code, out[-16:]) == (0, "[app][documents]")


def test_a_later_run_installs_nothing(checkout: Checkout) -> None:
    checkout.run("run")
    assert checkout.asked("--require-hashes") == 1
    code, out, err = checkout.run("run", "check")
    assert (code, err) == (0, "")
    assert out.endswith("[app][check]")
    assert checkout.asked("--require-hashes") == 1


def test_what_the_tests_need_serves_the_program_too(checkout: Checkout) -> None:
    code, out, _ = checkout.run("test")
    assert (code, out) == (0, f"[{checkout.root}][offscreen][pytest][-n][2]")
    assert checkout.asked("test.lock") == 1
    before = checkout.asked("install")
    checkout.run("run")
    assert checkout.asked("install") == before
    _, out, _ = checkout.run("test", "tests/store", "-k", "a b")
    assert out.endswith("[pytest][tests/store][-k][a b]")


def test_a_changed_lock_or_place_is_noticed(checkout: Checkout, tmp_path: Path) -> None:
    checkout.run("run")
    with (checkout.root / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    checkout.run("run")
    assert checkout.asked("--require-hashes") == 2
    moved = Checkout(checkout.root.rename(tmp_path / "elsewhere"), checkout.bin, checkout.log)
    assert moved.run("run")[0] == 0
    assert checkout.asked("--require-hashes") == 3


def test_two_that_start_at_once_install_once(checkout: Checkout) -> None:
    running = [checkout.call("run", str(number)) for number in range(4)]
    outputs = [process.communicate(timeout=60)[0] for process in running]
    assert [output[-8:] for output in outputs] == [f"[app][{number}]" for number in range(4)]
    assert checkout.asked("--require-hashes") == 1


def test_a_failed_installation_says_so_and_is_tried_again(checkout: Checkout) -> None:
    code, out, err = checkout.run("run", STUB_PIP="1")
    assert (code, out) == (74, "")
    assert "did not finish" in err
    assert checkout.run("run")[0] == 0


def test_a_place_that_cannot_be_written_is_named(checkout: Checkout) -> None:
    code, _, err = checkout.run("run", MUNIMENT_VENV="/nowhere/at/all")
    assert code == 73
    assert "cannot write to /nowhere/at" in err


def test_the_environment_may_lie_elsewhere(checkout: Checkout, tmp_path: Path) -> None:
    code, out, _ = checkout.run("test", MUNIMENT_VENV="its own venv")
    assert code == 0
    assert out.endswith("[pytest][-n][2]")
    assert (checkout.bin / "its own venv" / "bin" / "python").exists()


def test_without_rights_the_packages_are_named(checkout: Checkout) -> None:
    (checkout.bin / "python3").unlink()
    checkout.stub("apt-get", "exit 9")
    checkout.stub("id", "echo 1000")
    code, _, err = checkout.run("run")
    assert code == 69
    assert "apt-get install" in err
    assert "python3-venv" in err
    assert err.count("\n") == 1


def test_with_rights_the_packages_are_installed(checkout: Checkout) -> None:
    python = (checkout.bin / "python3").rename(checkout.bin / "later")
    checkout.stub("id", "echo 0")
    checkout.stub("apt-get", f'echo "apt $*" >>"$STUB_LOG"; cp {python} "{checkout.bin}/python3"')
    code, out, _ = checkout.run("run")
    assert (code, out[-5:]) == (0, "[app]")
    assert checkout.asked("apt update") == 1
    assert re.search("apt install .*python3-venv", checkout.log.read_text())


def test_an_unsuitable_python_is_refused(checkout: Checkout) -> None:
    code, _, err = checkout.run("run", STUB_SUITS="1")
    assert code == 69
    assert "3.11, 3.12 or 3.13" in err


# The locks and what is built


def locked(path: Path) -> dict[str, set[str]]:
    """Name to versions of everything in a lock file; every one of them has a hash."""
    found: dict[str, set[str]] = {}
    for block in re.split(r"\n(?=\S)", path.read_text("utf-8")):
        match = re.match(r"([a-z0-9-]+)==([^ ;]+)", block)
        if match:
            assert "--hash=sha256:" in block, match[0]
            found.setdefault(match[1], set()).add(match[2])
    return found


def test_everything_asked_for_is_locked() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = pyproject["project"]
    run, test = locked(ROOT / "requirements.lock"), locked(ROOT / "packaging" / "test.lock")
    extras = project["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split("[<>=;]", line)[0].strip() for line in requirements}

    assert names(project["dependencies"] + extras["setup"]) <= set(run)
    assert names(extras["test"]) <= set(test)
    assert {name: test.get(name) for name in run} == run
    schemas = locked(ROOT / "packaging" / "schemas.lock")
    assert names(pyproject["dependency-groups"]["schemas"]) == set(schemas)


def test_the_wheel_holds_the_program_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("muniment-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {
        "app",
        "index",
        "resources",
    }
    shipped = {p.relative_to(ROOT) for p in (ROOT / "resources").rglob("*.*") if p.is_file()}
    shipped = {path for path in shipped if "__pycache__" not in path.parts}
    assert {path.as_posix() for path in shipped} <= set(names)
    entry = next(name for name in names if name.endswith("entry_points.txt"))
    assert "muniment = app.__main__:main" in zipfile.ZipFile(wheel).read(entry).decode()


def test_the_manual_page_names_every_command() -> None:
    from app.cli.parser import build

    (commands,) = (list(a.choices) for a in build()._actions if a.dest == "command" and a.choices)
    page = (ROOT / "packaging" / "muniment.1").read_text("utf-8")
    part = page.partition(".SH COMMANDS")[2].partition(".SH QUERIES")[0]
    named = re.findall(r'^\.TP\n\.BI? "?([a-z-]+)', part.replace("\\-", "-"), re.MULTILINE)
    assert sorted(named) == sorted(commands)


def test_the_desktop_files_agree() -> None:
    desktop = configparser.ConfigParser(interpolation=None, strict=True)
    desktop.optionxform = str  # type: ignore[assignment,method-assign]
    desktop.read(ROOT / "packaging" / "muniment.desktop", encoding="utf-8")
    entry = desktop["Desktop Entry"]
    assert (entry["Type"], entry["Exec"], entry["Icon"]) == ("Application", "muniment", "muniment")
    component = ElementTree.parse(ROOT / "packaging" / "muniment.metainfo.xml").getroot()
    assert component.findtext("launchable") == "muniment.desktop"
    assert component.findtext("provides/binary") == entry["Exec"]
    icon = ElementTree.parse(ROOT / "resources" / "icons" / f"{entry['Icon']}.svg").getroot()
    assert icon.attrib["viewBox"] == "0 0 128 128"
