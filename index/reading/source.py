"""The bytes of a foreign file inside a reader: from a descriptor, or as they were sent."""

import ctypes
import mmap
import os
from typing import Any, Self


class _View(ctypes.Structure):
    """The beginning of a Py_buffer, with room for its rest."""

    _fields_ = (("buffer", ctypes.c_void_p), ("rest", ctypes.c_byte * 256))


def _get_buffer(data: bytes | mmap.mmap, view: _View, flags: int) -> None:
    """Fill in where the bytes of a read-only object lie; they stay while the process lives."""
    call = ctypes.pythonapi.PyObject_GetBuffer
    call.argtypes = (ctypes.py_object, ctypes.c_void_p, ctypes.c_int)
    call.restype = ctypes.c_int
    call(data, ctypes.byref(view), flags)


def _searching() -> Any:
    """Return the C library's search where it has one: a mapped file's own takes far longer."""
    try:
        search = ctypes.CDLL(None).memmem
    except (OSError, AttributeError, TypeError):
        return None
    search.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t)
    search.restype = ctypes.c_void_p
    return search


_search = _searching()


class Source:
    """A file's bytes, mapped read-only where there is a descriptor; only its name is known."""

    def __init__(self, data: bytes | mmap.mmap, name: str) -> None:
        self._data = data
        self.name = name
        self.size = len(data)
        self._view = _View()
        if self.size:
            _get_buffer(data, self._view, 0)

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
        return int(self._view.buffer or 0)

    def whole(self) -> bytes:
        """Return all bytes as a copy."""
        return bytes(self._data) if self.size else b""

    def part(self, start: int, end: int) -> bytes:
        """Return a range of the bytes as a copy."""
        return bytes(self._data[start:end])

    def find(self, words: bytes, start: int) -> int:
        """Return where some bytes stand next, -1 when nowhere."""
        if _search is None or not self.size:
            return self._data.find(words, start)
        found = _search(self.address + start, self.size - start, words, len(words))
        return -1 if found is None else int(found) - self.address

    def head(self, count: int) -> bytes:
        """Return the first bytes."""
        return bytes(self._data[:count])
