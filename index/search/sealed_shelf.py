"""Where the files of the index of an encrypted archive lie: sealed, and open only in memory."""

import contextlib
import hashlib
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from index.crypto import sealed
from index.crypto.keys import Keys
from index.search.shelf import CHUNK, PARTIAL, Bytes, Shelf, damaged

assert CHUNK == sealed.CHUNK


class SealedShelf(Shelf):
    """The files of one index, each bound to its name; a chunk is opened when it is needed."""

    readable_elsewhere = False

    def __init__(self, folder: Path, keys: Keys) -> None:
        super().__init__(folder)
        self._key = keys.key_for("index")

    @contextlib.contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """Write a file, sealed on its way."""
        with super().create(name) as file:
            writer = sealed.Writer(file, self._key, hide_length=False)
            yield cast(IO[bytes], writer)
            writer.finish(_binding(name.removesuffix(PARTIAL)))

    def size(self, name: str) -> int:
        """Return how many bytes a file has when it is read."""
        return self._reader(name).size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Return the bytes of a file, opened a chunk at a time."""
        try:
            yield from self._reader(name).chunks()
        except sealed.Broken:
            raise damaged(name) from None

    def bytes(self, name: str) -> Bytes:
        """Return memory for the bytes of a file, filled in where it is needed."""
        reader = self._reader(name)
        if not reader.size:
            return Bytes(b"")
        memory = mmap.mmap(-1, reader.size)

        def fill(number: int) -> None:
            try:
                memory[number * CHUNK : (number + 1) * CHUNK] = reader.chunk(number)
            except sealed.Broken:
                raise damaged(name) from None

        return Bytes(memory, fill)

    def _reader(self, name: str) -> sealed.Reader:
        with (self.folder / name).open("rb") as file:
            length = file.seek(0, 2)
            raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if length else b""
        try:
            reader = sealed.Reader(lambda at, count: raw[at : at + count], length, self._key)
            if reader.binding != _binding(name):
                raise sealed.Broken
        except sealed.Broken:
            raise damaged(name) from None
        return reader


def _binding(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()
