"""Files of which every part is proved to be as it was written before it is used.

A large file is hashed in chunks, so that opening it costs nothing and a query pays
only for the chunks that it reads, once each.
"""

import hashlib
import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.search.manifest import CHUNK, HASH_BYTES, Written


def damaged(name: str) -> IndexDamaged:
    """Return the error for a file that has changed since it was written."""
    return IndexDamaged(f"The file {name} of the search index is not as it was written.")


def whole(path: Path, written: Written) -> bytes:
    """Return the bytes of a small file; raise `IndexDamaged` unless they are those written."""
    data = CheckedFile(path, written)
    data.need(0, data.size)
    return bytes(data.bytes)


class CheckedFile:
    """A mapped file; what lies in `bytes` may be used after `need` was called for it."""

    def __init__(self, path: Path, written: Written) -> None:
        self._name = path.name
        self.size, digests = written
        self._digests = bytes.fromhex(digests)
        self.bytes: Any = b""
        if self.size:
            with path.open("rb") as file:
                self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = -(-self.size // CHUNK)
        if len(self.bytes) != self.size or len(self._digests) != count * HASH_BYTES:
            raise damaged(self._name)
        self._sound = bytearray(count)

    def need(self, start: int, end: int) -> None:
        """Check the chunks with the bytes from `start` to `end`; raise `IndexDamaged`."""
        if not 0 <= start <= end <= self.size:
            raise damaged(self._name)
        first = start // CHUNK
        if end <= (first + 1) * CHUNK and start < end and self._sound[first]:
            return
        for number in range(first, -(-end // CHUNK)):
            if not self._sound[number]:
                self._check(number)

    def need_all(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        """Check the chunks with the bytes of many ranges; raise `IndexDamaged`."""
        if not len(starts):
            return
        if int(starts.min()) < 0 or int(ends.max()) > self.size or bool((ends < starts).any()):
            raise damaged(self._name)
        sound = np.frombuffer(self._sound, bool)
        if sound.all():
            return
        steps = np.zeros(len(sound) + 1, np.int64)
        np.add.at(steps, starts // CHUNK, 1)
        np.add.at(steps, -(-ends // CHUNK), -1)
        for number in np.flatnonzero((np.cumsum(steps)[:-1] > 0) & ~sound).tolist():
            self._check(number)

    def _check(self, number: int) -> None:
        chunk = memoryview(self.bytes)[number * CHUNK : (number + 1) * CHUNK]
        found = hashlib.sha256(chunk).digest()[:HASH_BYTES]
        if found != self._digests[number * HASH_BYTES : (number + 1) * HASH_BYTES]:
            raise damaged(self._name)
        self._sound[number] = 1
