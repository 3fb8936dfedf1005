"""Where the files of an index lie: a folder, in which they are as they are read.

Nothing else in the search opens a file; `index.search.sealed_shelf` is the other kind.
What is read comes as `Bytes`: a piece of memory and a way to fill parts of it in, which
a plain file that is mapped does not need.
"""

import contextlib
import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from index.errors import IndexDamaged

CHUNK = 1 << 16
"""Bytes of a file that are hashed together, and sealed together."""

Fill = Callable[[int], None]
PARTIAL = ".part"


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of a file; those of a chunk hold once `fill` was called for it."""

    memory: Any
    fill: Fill | None = None


def damaged(name: str) -> IndexDamaged:
    """Return the error for a file that has changed since it was written."""
    return IndexDamaged(f"The file {name} of the search index is not as it was written.")


class Shelf:
    """The files of one index, as they are, in a folder that may not be there yet."""

    readable_elsewhere = True  # by any Whoosh

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make the folder unless it is there."""
        self.folder.mkdir(parents=True, exist_ok=True)

    def names(self) -> list[str]:
        """Return what files there are."""
        return sorted(path.name for path in self.folder.iterdir())

    def remove(self, name: str) -> None:
        """Remove a file."""
        (self.folder / name).unlink(missing_ok=True)

    def state(self, name: str) -> tuple[int, int, int]:
        """Return numbers that change when a file is replaced; raise `FileNotFoundError`."""
        now = (self.folder / name).stat()
        return now.st_mtime_ns, now.st_size, now.st_ino

    def sync(self, name: str = "") -> None:
        """Make sure that a file, or the folder itself, is on the disk."""
        path = self.folder / name
        if os.name == "nt" and path.is_dir():
            return
        descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextlib.contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """Write a file."""
        with (self.folder / name).open("wb") as file:
            yield file

    def replace(self, name: str, data: bytes) -> None:
        """Put a file in the place of the one before; it holds once this returns."""
        partial = name + PARTIAL
        with self.create(partial) as file:
            file.write(data)
        self.sync(partial)
        (self.folder / partial).replace(self.folder / name)
        self.sync()

    def size(self, name: str) -> int:
        """Return how many bytes a file has; raise `OSError`."""
        return (self.folder / name).stat().st_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Return the bytes of a file, a chunk at a time; raise `OSError` or `IndexDamaged`."""
        with (self.folder / name).open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def bytes(self, name: str) -> Bytes:
        """Return the bytes of a file that is not empty; raise `OSError` or `IndexDamaged`."""
        with (self.folder / name).open("rb") as file:
            return Bytes(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


@dataclass(frozen=True, slots=True)
class Stem:
    """How the names of the files of one segment begin."""

    shelf: Shelf
    name: str

    def create(self, suffix: str) -> AbstractContextManager[IO[bytes]]:
        """Write the file that ends so."""
        return self.shelf.create(self.name + suffix)

    def write(self, suffix: str, data: bytes) -> None:
        """Write the file that ends so, all at once."""
        with self.create(suffix) as file:
            file.write(data)
