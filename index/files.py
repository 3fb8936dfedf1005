"""A file to be read, wherever it is: on the disk, in memory, or decrypted on its way there."""

import contextlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO, Protocol

PIECE = 1 << 20


class Elsewhere(Protocol):
    """A file that does not lie on the disk as it is read; it has what is used of a `Path`."""

    @property
    def name(self) -> str:
        """What it is called; the ending says what kind of file it is."""

    @property
    def suffix(self) -> str:
        """The ending of its name, with the dot."""

    @property
    def size(self) -> int:
        """How many bytes it has."""

    def open(self, mode: str = "rb") -> io.BufferedIOBase:
        """Open it for reading from its beginning, a piece at a time."""

    def read_bytes(self) -> bytes:
        """Return all of it."""


AnyFile = Path | Elsewhere


@dataclass(frozen=True, slots=True)
class InMemory:
    """A file that is nowhere but in memory."""

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return PurePath(self.name).suffix

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.data)

    def open(self, mode: str = "rb") -> io.BufferedIOBase:
        """Open it for reading."""
        return io.BytesIO(self.data)

    def read_bytes(self) -> bytes:
        """Return all of it."""
        return self.data


def size_of(file: AnyFile) -> int:
    """Return how many bytes a file has; raise `OSError`."""
    return file.stat().st_size if isinstance(file, Path) else file.size


@contextlib.contextmanager
def with_descriptor(file: AnyFile) -> Iterator[IO[bytes]]:
    """Open a file so that another process can be given its descriptor and map it.

    What does not lie on the disk is put into memory of its own for that, which has no
    name and goes with the last process that holds it. Linux only.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            yield opened
        return
    with os.fdopen(os.memfd_create("document", os.MFD_CLOEXEC), "w+b") as memory:
        with file.open("rb") as reader:
            while piece := reader.read(PIECE):
                memory.write(piece)
        memory.flush()
        with _read_only(memory) as opened:
            yield opened


def _read_only(memory: IO[bytes]) -> IO[bytes]:
    """Return memory opened anew for reading alone, where /proc is there for that."""
    try:
        return open(f"/proc/self/fd/{memory.fileno()}", "rb")  # noqa: PTH123  # no path of a disk
    except OSError:
        memory.seek(0)
        return memory
