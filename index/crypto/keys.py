"""From a passphrase to the keys of an archive."""

import contextlib
import os
import sys
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.crypto import header as headers
from index.crypto.header import NONCE_BYTES, SALT_BYTES, Cost, Header
from index.errors import ArchiveUnavailable, BadInput, PassphraseNeeded, WrongPassphrase

KEY_BYTES = 32
USUAL = Cost()
WRONG = "Wrong passphrase."
EMPTY = "The passphrase is empty. Choose one of several words."


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one archive; they live in memory as long as it is open."""

    _master: bytes = field(repr=False)

    def key_for(self, purpose: str) -> bytes:
        """Return the key for one kind of data, of which no other can be worked out."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

        info = f"muniment 1 {purpose}".encode()
        return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=info).derive(self._master)


def is_encrypted(folder: Path) -> bool:
    """Tell whether the archive in a folder has a key file."""
    return headers.path_in(folder).is_file()


def make(passphrase: str, cost: Cost = USUAL) -> tuple[Keys, Header]:
    """Return new keys, and the header that gives them for a passphrase."""
    leave_no_dump()
    keys = Keys(os.urandom(KEY_BYTES))
    return keys, wrap(keys, passphrase, cost)


def wrap(keys: Keys, passphrase: str, cost: Cost = USUAL) -> Header:
    """Return a header that gives keys for a passphrase; raise `BadInput` for an empty one."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase:
        raise BadInput(EMPTY)
    fresh = Header(cost, os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES), b"")
    stretched = AESGCM(_stretched(passphrase, fresh))
    return replace(fresh, wrapped=stretched.encrypt(fresh.nonce, keys._master, fresh.bound))


def unwrap(header: Header, passphrase: str) -> Keys:
    """Return the keys that a header gives for a passphrase; raise `WrongPassphrase`.

    It takes about a second, and as much memory as the header says.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase:
        raise PassphraseNeeded("This archive is encrypted. Give its passphrase.")
    leave_no_dump()
    stretched = AESGCM(_stretched(passphrase, header))
    try:
        return Keys(stretched.decrypt(header.nonce, header.wrapped, header.bound))
    except InvalidTag:
        raise WrongPassphrase(WRONG) from None


def unlock(folder: Path, passphrase: str) -> Keys:
    """Return the keys of the archive in a folder; raise `WrongPassphrase`."""
    return unwrap(headers.read(folder), passphrase)


def leave_no_dump() -> None:
    """Have a crash write no picture of this process, keys and all, to the disk."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):
            _, most = resource.getrlimit(resource.RLIMIT_CORE)
            resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def rewrap(folder: Path, keys: Keys, passphrase: str, cost: Cost = USUAL) -> None:
    """Have another passphrase open the archive in a folder; nothing but the key file changes."""
    headers.write(folder, wrap(keys, passphrase, cost))


def _stretched(passphrase: str, header: Header) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # A Mac types an accent as a sign of its own where a Linux types one letter.
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    cost = header.cost
    try:
        return Argon2id(
            salt=header.salt,
            length=KEY_BYTES,
            iterations=cost.passes,
            lanes=cost.lanes,
            memory_cost=cost.memory,
        ).derive(words)
    except MemoryError:
        raise ArchiveUnavailable(
            f"To open this archive {cost.memory >> 10} MB of memory have to be free."
            " Close other programs and try again."
        ) from None
