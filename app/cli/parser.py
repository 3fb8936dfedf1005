"""The arguments of every command."""

import argparse
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

from app.cli import (
    archives,
    bundles,
    care,
    demo,
    documents,
    entities,
    exchange,
    passages,
    sealing,
    searching,
)
from app.cli.context import Context

Run = Callable[[Context], int]
ROOMS = (
    archives, sealing, documents, care, searching, entities, passages, bundles, exchange, demo,
)  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"muniment: {message}. Try “{self.prog} --help”.\n")


def build() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="muniment",
        description="An archive browser for field researchers. No command opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"muniment {_version()}")
    add_common(parser, default=True)
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def add(name: str, run: Run, **texts: Any) -> argparse.ArgumentParser:
        command = commands.add_parser(name, description=texts.get("help"), **texts)
        add_common(command, default=False)
        command.set_defaults(run=run)
        return command

    for room in ROOMS:
        room.register(add)
    return parser


def add_common(parser: argparse.ArgumentParser, *, default: bool) -> None:
    """Add the options that may stand before or after the command."""

    def fallback(value: object) -> Any:
        return value if default else argparse.SUPPRESS

    parser.add_argument(
        "--archive", metavar="DIR", default=fallback(None), help="the archive to work on"
    )
    parser.add_argument(
        "--passphrase-file",
        metavar="F",
        type=Path,
        default=fallback(None),
        help="a file with the passphrase of an encrypted archive",
    )
    parser.add_argument(
        "--json", action="store_true", default=fallback(False), help="print JSON Lines"
    )
    parser.add_argument(
        "--quiet", action="store_true", default=fallback(False), help="print only what failed"
    )


def _version() -> str:
    try:
        return metadata.version("muniment")
    except metadata.PackageNotFoundError:
        return "unknown"
