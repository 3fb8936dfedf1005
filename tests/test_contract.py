"""Who may import whom: the contract in pyproject.toml holds, and a breach of it is seen."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = "from importlinter.cli import lint_imports_command as run; run()"


def lint(project: Path) -> subprocess.CompletedProcess[str]:
    """Check the contract of the project in a folder."""
    environment = os.environ | {"PYTHONPATH": str(project)}
    command = [sys.executable, "-P", "-c", LINT]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's code in which a test may plant what it likes."""
    folder = tmp_path_factory.mktemp("project")
    for room in ("app", "index"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_contract_holds(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "2 kept, 0 broken" in result.stdout


@pytest.mark.parametrize(
    ("file", "line", "breach"),
    [
        ("index/planted.py", "from PySide6.QtCore import QObject", "PySide6"),
        ("index/planted.py", "import app.cli", "app"),
        ("app/planted.py", "import sqlite3", "sqlite3"),
        ("app/planted.py", "from whoosh import fields", "whoosh"),
        ("app/planted.py", "def late():\n    import pypdf", "pypdf"),
        ("app/planted.py", "import pypdfium2", "pypdfium2"),
    ],
)
def test_a_planted_breach_is_seen(copy: Path, file: str, line: str, breach: str) -> None:
    planted = copy / file
    planted.write_text(f'"""Planted."""\n\n{line}\n', "utf-8")
    try:
        result = lint(copy)
    finally:
        planted.unlink()
    assert result.returncode == 1
    assert "1 broken" in result.stdout
    assert f"{planted.parent.name}.planted -> {breach}" in result.stdout


def test_the_library_loads_without_a_screen_toolkit() -> None:
    """`index.library` pulls in no Qt, so that the command line needs none."""
    code = "import sys, index.library; print([m for m in sys.modules if m.startswith('PySide6')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
