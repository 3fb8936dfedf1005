"""The passphrase of an encrypted archive: read from a file or asked for, never an argument."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from index import archives
from index.errors import BadInput, PassphraseNeeded

VARIABLE = "MUNIMENT_PASSPHRASE_FILE"
NOT_ENCRYPTED = (
    "The archive {} is not encrypted, so --passphrase-file has no use here."
    " The passphrase of a bundle is given with --bundle-passphrase-file."
)
NEEDED = (
    f"{{}} is encrypted. Name a file with its passphrase: --passphrase-file F, or in ${VARIABLE}."
)
TO_CHOOSE = "There is no terminal here to ask for a passphrase. Name a file with it: {} F."


def of_archive(arguments: argparse.Namespace, archive: Path) -> str:
    """Return the passphrase of an encrypted archive; raise `PassphraseNeeded`."""
    path = _named(arguments)
    if path is not None:
        return read(path)
    if not _has_terminal():
        raise PassphraseNeeded(NEEDED.format(archive))
    return _ask(f"Passphrase of {archive}: ")


def given(arguments: argparse.Namespace, archive: Path) -> str:
    """Return the passphrase that a file gives for an archive; the window asks for it otherwise."""
    path = _named(arguments)
    return read(path) if path is not None and archives.is_encrypted(archive) else ""


def require_none(arguments: argparse.Namespace, archive: Path) -> None:
    """Refuse a passphrase that was given for an archive that has none."""
    if arguments.passphrase_file is not None:
        raise BadInput(NOT_ENCRYPTED.format(archive))


def can_be_had(arguments: argparse.Namespace) -> bool:
    """Tell whether there is a file to read a passphrase from, or somebody to ask."""
    return _named(arguments) is not None or _has_terminal()


def of_other(path: Path | None, archive: Path, option: str) -> str:
    """Return the passphrase of another archive, named by an option of its own."""
    if path is not None:
        return read(path)
    if not _has_terminal():
        raise PassphraseNeeded(
            f"{archive} is encrypted. Name a file with its passphrase: {option} F."
        )
    return _ask(f"Passphrase of {archive}: ")


def new(path: Path | None, option: str) -> str:
    """Return a passphrase that is being chosen, typed twice where no file has it."""
    if path is not None:
        return read(path)
    if not _has_terminal():
        raise PassphraseNeeded(TO_CHOOSE.format(option))
    chosen = _ask("New passphrase: ")
    if not chosen:
        raise BadInput("The passphrase is empty. Choose one of several words.")
    if _ask("The same again: ") != chosen:
        raise BadInput("The two passphrases differ. Nothing was changed.")
    return chosen


def new_or_named(arguments: argparse.Namespace) -> str:
    """Return the passphrase for an archive that is being made."""
    return new(_named(arguments), "--passphrase-file")


def read(path: Path) -> str:
    """Return what a passphrase file holds, without the end of its line."""
    try:
        text = path.expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"The passphrase file {path} cannot be read.") from None
    text = text.removesuffix("\n").removesuffix("\r")
    if not text:
        raise BadInput(f"The passphrase file {path} is empty.")
    if "\n" in text or "\r" in text:
        raise BadInput(f"The passphrase file {path} has more than one line.")
    return text


def _named(arguments: argparse.Namespace) -> Path | None:
    named: Path | None = arguments.passphrase_file
    variable = os.environ.get(VARIABLE)
    return named or (Path(variable) if variable else None)


def _has_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(prompt: str) -> str:
    try:
        return getpass.getpass(prompt, sys.stderr)
    except EOFError:
        raise PassphraseNeeded("No passphrase was given.") from None
