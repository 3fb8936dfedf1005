"""Encrypted archives for tests, whose passphrases cost next to nothing to try."""

from pathlib import Path

from index.crypto import header, keys
from index.crypto.header import Cost
from index.library import Library

CHEAP = Cost(memory=64, passes=1, lanes=1)
PASSPHRASE = "дом у реки Chardara 1986"


def make(folder: Path, passphrase: str = PASSPHRASE) -> Library:
    """Make an encrypted archive and open it."""
    return Library.sealed(folder, *keys.make(passphrase, CHEAP))


def make_cheap(folder: Path, passphrase: str = PASSPHRASE) -> None:
    """Make an archive's passphrase cheap to try, so that commands open it fast."""
    unlocked = keys.unlock(folder, passphrase)
    header.write(folder, keys.wrap(unlocked, passphrase, CHEAP))


def holds(folder: Path, *words: str) -> list[str]:
    """Return which files below a folder hold one of the words, in any usual encoding."""
    wanted = {
        word.encode(encoding)
        for word in words
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")
    }
    found = []
    for path in sorted(folder.rglob("*")):
        named = str(path.relative_to(folder)).encode("utf-8", "surrogateescape")
        content = path.read_bytes() if path.is_file() else b""
        if any(word in named or word in content for word in wanted):
            found.append(str(path.relative_to(folder)))
    return found
