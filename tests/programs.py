"""Programs of others that tests check our files with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def program(name: str) -> str:
    """Return the path of a program; without it the test is skipped, or fails where it must run."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("MUNIMENT_VALIDATORS") == "required":
            pytest.fail(f"{name} is not installed: run packaging/setup validators")
        pytest.skip(f"{name} is not installed: packaging/setup validators installs it")
    return found


def run(*command: str | Path, seconds: float = 240) -> bytes:
    """Run a program to its end, and return what it printed; the test fails when it fails."""
    parts = [program(str(command[0])), *map(str, command[1:])]
    done = subprocess.run(parts, capture_output=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout
