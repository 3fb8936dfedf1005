"""Runs the command line inside the test's own process and reads what it printed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON Lines it printed."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def record(self) -> dict[str, Any]:
        """The only JSON line it printed."""
        (record,) = self.records
        return record


Run = Callable[..., Ran]


@pytest.fixture
def run(archive_folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `muniment --archive … --json` with the given arguments."""

    def call(*arguments: object, json: bool = True) -> Ran:
        capsys.readouterr()
        words = ["--archive", str(archive_folder), *(["--json"] if json else [])]
        try:
            code = main([*words, *map(str, arguments)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return call


REPORT = """The trial in Atyrau

By Dana Sarsenova, 28 November 2016

A court in Atyrau sentenced Maks Bokayev and Talgat Ayan to five years in prison.[1] The
hearing was closed to the press. Макс Бокаев was also fined.

The prosecutor asked for six years.[2]

[1] Adil Soz, Chronicle of the trial, https://example.org/chronicle

[2] Court record, page 14.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A short text report with two endnotes."""
    path = tmp_path / "trial.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def document(run: Run, report: Path) -> str:
    identity = run("import", report).record["document"]
    assert isinstance(identity, str)
    return identity
