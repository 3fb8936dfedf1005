"""Where a reader is: the number of the page at work, seen from outside without a word sent.

Pages travel many at a time. When a reader breaks off, the number that it left
here names the page that broke it, though nothing of that page was sent.
"""

import mmap
import os
import struct

_NUMBER = struct.Struct("<q")


class Place:
    """The library's side: some bytes of memory that one reader writes and this reads."""

    def __init__(self) -> None:
        self.descriptor = os.memfd_create("place")
        os.ftruncate(self.descriptor, _NUMBER.size)

    def page(self) -> int:
        """Return the index of the page at work, -1 when the reader spoilt its note."""
        # Read as a file: memory that is shared could be cut off under the reading of it.
        data = os.pread(self.descriptor, _NUMBER.size, 0)
        return int(_NUMBER.unpack(data)[0]) if len(data) == _NUMBER.size else -1

    def close(self) -> None:
        """Give the memory back."""
        os.close(self.descriptor)


class Pointer:
    """The reader's side; without a descriptor it notes nothing."""

    def __init__(self, descriptor: int | None) -> None:
        self.shared = descriptor is not None
        self._bytes = mmap.mmap(descriptor, _NUMBER.size) if descriptor is not None else None

    def at(self, page: int) -> None:
        """Note that a page is begun; the number of pages when all are done."""
        if self._bytes is not None:
            self._bytes[:] = _NUMBER.pack(page)
