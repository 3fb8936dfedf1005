"""Files of which every part is proved to be as it was written before it is used.

A large file is hashed in chunks, so that opening it costs nothing and a query pays
only for the chunks that it reads, once each.
"""

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.manifest import HASH_BYTES, Written
from index.search.shelf import CHUNK, Shelf, damaged


def whole(shelf: Shelf, name: str, written: Written) -> bytes:
    """Return the bytes of a small file; raise `IndexDamaged` unless they are those written."""
    data = CheckedFile(shelf, name, written)
    data.need(0, data.size)
    return bytes(data.bytes)


class CheckedFile:
    """A file in memory; what lies in `bytes` may be used after `need` was called for it."""

    def __init__(self, shelf: Shelf, name: str, written: Written) -> None:
        self._name = name
        self.size, digests = written
        self._digests = bytes.fromhex(digests)
        found = shelf.bytes(name) if self.size else None
        self.bytes: Any = found.memory if found else b""
        self._fill = found.fill if found else None
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
        if self._fill is not None:
            self._fill(number)
        chunk = memoryview(self.bytes)[number * CHUNK : (number + 1) * CHUNK]
        found = hashlib.sha256(chunk).digest()[:HASH_BYTES]
        if found != self._digests[number * HASH_BYTES : (number + 1) * HASH_BYTES]:
            raise damaged(self._name)
        self._sound[number] = 1
