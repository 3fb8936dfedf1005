"""The pages with words that begin in a certain way, counted when a segment is written.

Somebody who types asks for every word that begins with three or four letters, and may
ask for thousands of words at once. For the beginnings that are on very many pages the
answer is kept beside the segment; it says nothing that the postings do not say.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import IO

import numpy as np
from numpy.typing import NDArray

from index.search.blocks import Integers
from index.search.checked import CheckedFile
from index.search.postings import Counts, Ids

LEVELS = (3, 4)  # letters
MANY = 16_000  # postings from which a beginning is counted beforehand

_COUNT = np.dtype("<u4")
_ENTRY = np.dtype([("letters", "S32"), ("start", "<u8"), ("end", "<u8")])
_MOST = 65535

Beginning = tuple[str, int, int]
"""Letters, and the numbers of the first form that begins so and of the first after those."""


def frequent(forms: Sequence[str], df: Integers) -> Iterator[Beginning]:
    """Yield the beginnings of sorted forms that are worth counting, given the pages of each."""
    before = np.append(0, np.cumsum(df, dtype=np.int64))
    for level in LEVELS:
        letters = [form[:level] for form in forms]
        fresh = [number for number, pair in enumerate(pairwise(letters), 1) if pair[0] != pair[1]]
        borders = np.array([0, *fresh, len(forms)]) if forms else np.zeros(1, np.int64)
        many = np.flatnonzero(np.diff(before[borders]) >= MANY)
        for at, end in zip(borders[many].tolist(), borders[many + 1].tolist(), strict=True):
            if len(letters[at]) == level:
                yield letters[at], at, end


def write(file: IO[bytes], counted: Iterable[tuple[str, NDArray[np.float64]]]) -> None:
    """Write how often words with some beginnings are on each page."""
    blobs = []
    for letters, dense in counted:
        present = dense > 0
        counts = np.minimum(dense[present], _MOST).astype("<u2")
        packed = np.packbits(present).tobytes() + counts.tobytes()
        blobs.append((letters.encode(), zlib.compress(packed, 1)))
    blobs.sort()
    table = np.zeros(len(blobs), _ENTRY)
    ends = np.cumsum([len(blob) for _, blob in blobs], dtype=np.int64)
    table["letters"] = [letters for letters, _ in blobs]
    table["end"] = ends + _COUNT.itemsize + table.nbytes
    table["start"] = table["end"] - [len(blob) for _, blob in blobs]
    file.write(np.array(len(blobs), _COUNT).tobytes() + table.tobytes())
    for _, blob in blobs:
        file.write(blob)


class Beginnings:
    """The counted beginnings of one segment."""

    def __init__(self, file: CheckedFile, pages: int) -> None:
        self._file, self._pages = file, pages
        file.need(0, _COUNT.itemsize)
        count = int(np.frombuffer(file.bytes, _COUNT, 1)[0])
        file.need(0, _COUNT.itemsize + count * _ENTRY.itemsize)
        self._table = np.frombuffer(file.bytes, _ENTRY, count, _COUNT.itemsize)
        self._numbers = {row[0]: n for n, row in enumerate(self._table.tolist())}

    def find(self, letters: str) -> tuple[Ids, Counts] | None:
        """Return the pages with words that begin so and how often, None when not counted."""
        number = self._numbers.get(letters.encode())
        if number is None:
            return None
        _, start, end = self._table[number].tolist()
        self._file.need(start, end)
        raw = zlib.decompress(self._file.bytes[start:end])
        size = -(-self._pages // 8)
        present = np.unpackbits(np.frombuffer(raw, np.uint8, size), count=self._pages)
        ids = np.flatnonzero(present).astype(np.int32)
        return ids, np.frombuffer(raw, "<u2", len(ids), size).astype(np.float32)
