"""Keys and passphrases: read from files, never from the command line, which others can see."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from index.errors import BadInput
from index.export import encrypting


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the options that open an encrypted bundle."""
    way = command.add_mutually_exclusive_group()
    way.add_argument(
        "--bundle-passphrase-file", metavar="F", type=Path, help="decrypt with the words in a file"
    )
    way.add_argument(
        "--identity", metavar="KEY_FILE", type=Path, help="decrypt with the age keys in a file"
    )


def opened(path: Path, given: argparse.Namespace) -> AbstractContextManager[Path]:
    """Give a file as it is, or decrypted for as long as it is read."""
    passphrase = words(given.bundle_passphrase_file)
    return encrypting.opened(path.expanduser(), identities(given.identity), passphrase)


def words(path: Path | None) -> str:
    """Return the first line of a file with a passphrase in it, or nothing without a file."""
    if path is None:
        return ""
    lines = _lines(path, "passphrase")
    if not lines or not lines[0]:
        raise BadInput(f"The passphrase file {path} is empty.")
    return lines[0]


def identities(path: Path | None) -> tuple[str, ...]:
    """Return the secret keys in a file as age-keygen writes it."""
    if path is None:
        return ()
    lines = [line.strip() for line in _lines(path, "key")]
    keys = tuple(line for line in lines if line and not line.startswith("#"))
    if not keys:
        raise BadInput(f"The key file {path} is empty.")
    return keys


def _lines(path: Path, what: str) -> list[str]:
    try:
        return path.expanduser().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"The {what} file {path} cannot be read.") from None
