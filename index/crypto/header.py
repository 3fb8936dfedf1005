"""The key file of an encrypted archive: what opens it, except for the passphrase.

It holds a random key, wrapped with one that Argon2id makes of the passphrase. The
archive is encrypted with the random key, so a new passphrase rewrites this file and
nothing else. Whoever steals it still has to guess the passphrase, a second a guess.
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import ArchiveDamaged, ArchiveTooNew, ArchiveUnavailable
from index.store.blobs import space_error, sync_folder
from index.store.database import KEY_FILE

NAME = KEY_FILE
FORMAT = 1
MAX_BYTES = 1 << 14
SALT_BYTES, NONCE_BYTES, WRAPPED_BYTES = 16, 12, 48
DAMAGED = f"The key file {NAME} is damaged. Put the one of a backup in its place."

MOST_MEMORY, MOST_PASSES, MOST_LANES = 1 << 20, 12, 16  # memory in KiB
MOST_WORK = 4 << 20  # KiB, gone over once each: what a foreign header may make us do


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to try a passphrase: memory in KiB, passes over it, lanes at once."""

    memory: int = 256 << 10
    passes: int = 3
    lanes: int = 4

    @property
    def sane(self) -> bool:
        """Whether this may be done on anybody's machine."""
        return (
            0 < self.lanes <= MOST_LANES
            and 0 < self.passes <= MOST_PASSES
            and 8 * self.lanes <= self.memory <= MOST_MEMORY
            and self.memory * self.passes <= MOST_WORK
        )


@dataclass(frozen=True, slots=True)
class Header:
    """What the key file says."""

    cost: Cost
    salt: bytes
    nonce: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)

    @property
    def bound(self) -> bytes:
        """What the wrapped key is bound to: nothing in the file can be exchanged by itself."""
        return b"muniment key %d argon2id %d %d %d " % (
            FORMAT, self.cost.memory, self.cost.passes, self.cost.lanes,
        ) + self.salt  # fmt: skip


def path_in(folder: Path) -> Path:
    """Return where the key file of an archive lies."""
    return folder / NAME


def read(folder: Path) -> Header:
    """Return what the key file of an archive says; raise `ArchiveDamaged`."""
    try:
        with path_in(folder).open("rb") as file:
            return parse(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise ArchiveUnavailable(
            f"The key file {path_in(folder)} cannot be read: {error.strerror}."
        ) from error


def parse(data: bytes) -> Header:
    """Return what the bytes of a key file say; raise `ArchiveDamaged` or `ArchiveTooNew`."""
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(len(data))
        words = json.loads(data)
        if isinstance(words["format"], int) and words["format"] > FORMAT:
            raise ArchiveTooNew(
                "A newer version of Muniment encrypted this archive. "
                "Install that version to open it."
            )
        if words["format"] != FORMAT or words["check"] != _check(words):
            raise ValueError(words["format"])
        found = _header(words)
        if dump(found) != data:
            raise ValueError
        return found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ArchiveDamaged(DAMAGED) from error


def _header(words: Mapping[str, Any]) -> Header:
    argon = words["argon2id"]
    numbers = [argon[name] for name in ("memory_kib", "passes", "lanes")]
    if not all(type(number) is int for number in numbers):
        raise TypeError(numbers)
    found = Header(
        Cost(*numbers),
        *(base64.b64decode(text, validate=True) for text in (argon["salt"], *words["wrapped_key"])),
    )
    sizes = (len(found.salt), len(found.nonce), len(found.wrapped))
    if sizes != (SALT_BYTES, NONCE_BYTES, WRAPPED_BYTES) or not found.cost.sane:
        raise ValueError(sizes)
    return found


def dump(header: Header) -> bytes:
    """Return the bytes of a key file."""
    salt, nonce, wrapped = (
        base64.b64encode(part).decode() for part in (header.salt, header.nonce, header.wrapped)
    )
    words: dict[str, Any] = {
        "format": FORMAT,
        "argon2id": {
            "memory_kib": header.cost.memory,
            "passes": header.cost.passes,
            "lanes": header.cost.lanes,
            "salt": salt,
        },
        "wrapped_key": [nonce, wrapped],
    }
    return json.dumps(words | {"check": _check(words)}, indent=1).encode() + b"\n"


def _check(words: Mapping[str, Any]) -> str:
    """Return what tells a damaged key file from a wrong passphrase; it keeps nothing secret."""
    rest = {name: value for name, value in words.items() if name != "check"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write(folder: Path, header: Header) -> None:
    """Put a key file in the place of the one before; it holds once this returns."""
    target = path_in(folder)
    partial = target.with_name(NAME + ".part")
    try:
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(dump(header))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise space_error(error) or ArchiveUnavailable(
            f"The key file {target} could not be written: {error.strerror}."
        ) from error
