"""The bytes of a foreign file inside a reader: from a descriptor, or as they were sent."""

import ctypes
import mmap
import os
from typing import Self

import numpy as np


class Source:
    """A file's bytes, mapped read-only where there is a descriptor; only its name is known."""

    def __init__(self, data: bytes | mmap.mmap, name: str) -> None:
        self._data = data
        self.name = name
        self.size = len(data)
        self._array = np.frombuffer(data, dtype=np.uint8)

    @classmethod
    def from_descriptor(cls, descriptor: int, name: str) -> Self:
        """Map the file behind an open descriptor."""
        size = os.fstat(descriptor).st_size
        if size == 0:
            return cls(b"", name)
        return cls(mmap.mmap(descriptor, size, access=mmap.ACCESS_READ), name)

    @property
    def address(self) -> int:
        """Where the bytes lie in memory, for PDFium."""
        return int(self._array.ctypes.data) if self.size else ctypes.addressof(ctypes.c_char(b"\0"))

    def whole(self) -> bytes:
        """Return all bytes as a copy."""
        return bytes(self._data) if self.size else b""

    def head(self, count: int) -> bytes:
        """Return the first bytes."""
        return bytes(self._data[:count])
