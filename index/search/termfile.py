"""The term index of a segment: Whoosh's ordered hash file, written and read in bulk.

Each record is a key, two bytes for the field and then the form, and what is known
of its postings. The records are followed by 256 hash tables, by which Whoosh finds
a key, and by the place of every record in order, by which it finds the next one.
"""

import re
import struct
from collections.abc import Iterable, Sequence
from pickle import dumps, loads
from typing import IO, Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.search.analysis import PRINTED
from index.search.checked import CheckedFile

FIELD = struct.pack("!H", 0)
INFO = struct.Struct("!BfIBBfII")
PLACE = struct.Struct("!qi")
RECORD = struct.Struct("!BfIBBfIIqi")
ROW = np.dtype(
    [
        ("inline", "u1"), ("weight", ">f4"), ("df", ">u4"), ("shortest", "u1"), ("longest", "u1"),
        ("most", ">f4"), ("first", ">u4"), ("last", ">u4"), ("offset", ">i8"), ("length", ">i4"),
    ]
)  # fmt: skip
"""A record as an array has it."""
assert ROW.itemsize == RECORD.size

_LENGTHS = struct.Struct("!ii")
_POINTER = np.dtype([("hash", ">u4"), ("at", ">i8")])
_TABLE = np.dtype([("at", ">i8"), ("slots", ">i4")])
_TABLES = 256
RECORD_DF = 5  # where in a record it says on how many pages the form is
_ADDED = 12  # bytes that printing may add to a word
_AS_PRINTED = re.compile(f"{PRINTED}[^\n]*")
_FEW = 20  # forms up to which their records are read one by one
_MAGIC = b"HSH3"
_CRC = 1  # Whoosh's number for this hash function


def write(file: IO[bytes], field: str, forms: Iterable[bytes], values: Sequence[bytes]) -> None:
    """Write the sorted forms of one field with their values."""
    keys = [FIELD + form for form in forms]
    lengths = np.empty((len(keys), 2), ">i4")
    lengths[:, 0] = list(map(len, keys))
    lengths[:, 1] = list(map(len, values))
    raw, size = lengths.tobytes(), _LENGTHS.size
    records = [b""] * (3 * len(keys))
    records[::3] = [raw[at : at + size] for at in range(0, len(raw), size)]
    records[1::3] = keys
    records[2::3] = values
    head = _MAGIC + struct.pack("!Bii", _CRC, 0, 0)
    ends = np.cumsum(lengths.sum(axis=1, dtype=np.int64) + size) + len(head)
    places = np.append(len(head), ends)
    hashes = np.fromiter(map(crc32, keys), np.int64, len(keys))
    file.write(head + b"".join(records) + _tables(hashes, places[:-1], int(places[-1])))
    wide = bool(keys) and int(places[-2]) >= 2**32
    extras = {"fieldmap": {field: 0}, "indextype": "q" if wide else "I", "indexlen": len(keys)}
    tail = dumps(extras, 2) + places[:-1].astype(">i8" if wide else ">u4").tobytes()
    file.write(tail + struct.pack("!i", len(tail)))


def _tables(hashes: NDArray[np.int64], places: NDArray[np.int64], at: int) -> bytes:
    """Return the hash tables as they are written from `at` on, and where each of them is."""
    number = hashes % _TABLES
    slots = 2 * np.bincount(number, minlength=_TABLES)
    begins = np.cumsum(slots) - slots
    table = np.zeros(int(slots.sum()), _POINTER)
    where = _slots(hashes >> 8, begins[number], slots[number], len(table))
    table["hash"][where] = hashes
    table["at"][where] = places
    directory = np.zeros(_TABLES, _TABLE)
    directory["at"] = at + begins * _POINTER.itemsize
    directory["slots"] = slots
    return table.tobytes() + directory.tobytes()


def _slots(
    hashes: NDArray[np.int64], begins: NDArray[np.int64], sizes: NDArray[np.int64], total: int
) -> NDArray[np.int64]:
    """Return the slot that each entry gets in its table, by linear probing in their order.

    All try at once: a slot is for the first in order that wants it, and whoever has to
    leave it goes on to the next, which comes to the same as one after the other.
    """
    nobody = len(hashes)
    holder = np.full(total, nobody)
    within = hashes % np.maximum(sizes, 1)
    looking = np.arange(nobody)
    while len(looking):
        wanted = begins[looking] + within[looking]
        before = holder[wanted]
        np.minimum.at(holder, wanted, looking)
        beaten = looking[holder[wanted] != looking]
        driven = before[(before != nobody) & (before != holder[wanted])]
        looking = np.unique(np.append(beaten, driven))
        within[looking] = (within[looking] + 1) % sizes[looking]
    return begins + within


class TermFile:
    """The forms of a segment in their order, by number."""

    def __init__(self, file: CheckedFile) -> None:
        self._file = file
        self._map = file.bytes
        size = file.size
        file.need(0, min(4, size))
        file.need(size - 4, size)
        if self._map[:4] != _MAGIC:
            raise IndexDamaged("The search index is damaged. Run “muniment reindex”.")
        (length,) = struct.unpack_from("!i", self._map, size - 4)
        file.need(size - 4 - length, size)
        extras = loads(self._map[size - 4 - length : size - 4])
        dtype = ">i8" if extras["indextype"] == "q" else ">u4"
        self.count = int(extras["indexlen"])
        if dtype == ">u4" and extras["indextype"] != "I":
            raise IndexDamaged("The search index has an unknown form. Run “muniment reindex”.")
        width = np.dtype(dtype).itemsize * self.count
        self._places: NDArray[Any] = np.frombuffer(self._map, dtype, self.count, size - 4 - width)

    def form(self, number: int) -> str:
        """Return the form with this number."""
        return self.key(number).decode()

    def key(self, number: int) -> bytes:
        """Return the form with this number as it is written."""
        at, length, _ = self._place(number)
        key: bytes = self._map[at + 10 : at + 8 + length]
        return key

    def _place(self, number: int) -> tuple[int, int, int]:
        """Return where a record begins and the sizes of its key and value, all of it checked."""
        at = int(self._places[number])
        self._file.need(at, at + _LENGTHS.size)
        length, size = _LENGTHS.unpack_from(self._map, at)
        self._file.need(at, at + _LENGTHS.size + length + size)
        return at, length, size

    def record(self, number: int) -> tuple[int, int, int, bytes]:
        """Return (df, offset, length, inline pickle) of a form; few have such a pickle."""
        at, length, size = self._place(number)
        at += _LENGTHS.size + length
        if self._map[at]:
            inline = self._map[at + INFO.size : at + size]
            return int(INFO.unpack_from(self._map, at)[2]), 0, 0, inline
        found = RECORD.unpack_from(self._map, at)
        return found[2], found[8], found[9], b""

    def total_df(self, numbers: NDArray[np.int64]) -> int:
        """Return on how many pages some forms are, one after the other."""
        if len(numbers) < _FEW:
            return sum(self.record(number)[0] for number in numbers.tolist())
        rows = self.rows(numbers)
        at = RECORD_DF
        return int(np.ascontiguousarray(rows[:, at : at + 4]).view(">u4").sum(dtype=np.int64))

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return a row of bytes a form, as long as a record that is not kept inline."""
        raw = np.frombuffer(self._map, np.uint8)
        at = self._checked(numbers)
        starts = at + 8 + self._key_lengths(at)
        return np.ascontiguousarray(raw[starts[:, None] + np.arange(RECORD.size)])

    def keys(self) -> list[bytes]:
        """Return every form as it is written, in order."""
        at = self._places.astype(np.int64)
        self._file.need(0, self._file.size)
        ends = at + 8 + self._key_lengths(at)
        whole = self._map
        return [whole[a + 10 : b] for a, b in zip(at.tolist(), ends.tolist(), strict=True)]

    @property
    def raw(self) -> Any:
        """The bytes of the file."""
        return self._map

    def inline_places(
        self, numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the pickles of some forms begin in the bytes, and their sizes."""
        at = self._checked(numbers)
        sizes = self._key_lengths(at + 4) - INFO.size
        return at + 8 + self._key_lengths(at) + INFO.size, sizes

    def texts(self, numbers: NDArray[np.int64]) -> list[str]:
        """Return the forms with these numbers."""
        at = self._checked(numbers)
        ends = at + 8 + self._key_lengths(at)
        whole = self._map
        return [
            whole[start + 10 : end].decode()
            for start, end in zip(at.tolist(), ends.tolist(), strict=True)
        ]

    def lines(self, numbers: NDArray[np.int64]) -> str:
        """Return what some forms are plainly, a new line before each and after the last."""
        at = self._checked(numbers)
        sizes = self._key_lengths(at) - len(FIELD)
        before = np.cumsum(sizes) - sizes
        within = np.arange(int(sizes.sum()))
        raw = np.frombuffer(self._map, np.uint8)
        out = np.full(len(within) + len(sizes) + 1, ord("\n"), np.uint8)
        number = np.repeat(np.arange(len(sizes)), sizes)
        out[within + number + 1] = raw[within + (at + 8 + len(FIELD) - before)[number]]
        found = out.tobytes().decode()
        return _AS_PRINTED.sub("", found) if PRINTED in found else found

    def near_length(self, form: str, letters: int) -> NDArray[np.int64]:
        """Return the numbers of the forms that may differ from one by so many letters."""
        size = len(form.encode())
        self._file.need(0, self._file.size)
        sizes = self._key_lengths(self._places.astype(np.int64)) - len(FIELD)
        most = letters * (1 if form.isascii() else 2) + letters
        # What was printed may follow what a form is plainly, and is a little longer.
        twice = (sizes > 2 * (size - most)) & (sizes < 2 * (size + most) + _ADDED)
        return np.flatnonzero((np.abs(sizes - size) <= most) | twice)

    def _checked(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where some records begin, all of them checked, with those that follow them."""
        at = self._places[numbers].astype(np.int64)
        if len(at):
            after = self._places[np.minimum(numbers + 1, self.count - 1)].astype(np.int64)
            after[numbers + 1 >= self.count] = self._file.size
            self._file.need_all(at, np.minimum(after + RECORD.size, self._file.size))
        return at

    def _key_lengths(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        raw = np.frombuffer(self._map, np.uint8)
        length = np.zeros(len(at), np.int64)
        for byte in range(4):
            length = length << 8 | raw[at + byte]
        return length

    def lower(self, form: bytes) -> int:
        """Return the number of the first form that is not before `form`."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self.key(middle) < form:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, form: str) -> int | None:
        """Return the number of a form, or None."""
        key = form.encode()
        number = self.lower(key)
        return number if number < self.count and self.key(number) == key else None

    def prefixed(self, prefix: str) -> range:
        """Return the numbers of the forms that begin so."""
        key = prefix.encode()
        return range(self.lower(key), self.lower(key + b"\xff"))
