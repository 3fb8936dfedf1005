"""Which forms a key leads to: a table of hashes beside each segment."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import isqrt
from typing import IO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.search.analysis import in_cyrillic, key_of, part_keys, plain, printed
from index.search.checked import CheckedFile
from index.search.sounds import sound_of

ENTRY = np.dtype([("hash", "<u4"), ("form", "<u4")])


def key_hash(kind: str, key: str) -> int:
    """Return the hash under which a key of a kind (`k`: stem or part, `s`: script) is filed."""
    return crc32(f"{kind}{key}".encode())


@lru_cache(maxsize=100_000)
def _filed(key: str) -> tuple[int, ...]:
    """Return the hashes under which the forms with one key are filed."""
    own = key_hash("k", key)
    sound = sound_of(key)
    return (own, key_hash("s", sound)) if sound else (own,)


def hashes(form: str) -> tuple[int, ...]:
    """Return the hashes of every key that leads to a form."""
    filed = _filed(key_of(form))
    if printed(form).isalpha():
        return _with_whole(form, filed)
    return tuple({*filed, *(key_hash("k", key) for key in part_keys(form))})


def _of_many(forms: Iterable[str]) -> list[tuple[int, ...]]:
    """Return `hashes` of each form; every form is new here, and remembering it costs time."""
    of_key: dict[str, tuple[int, ...]] = {}
    found = []
    for form in forms:
        if not form.isalpha():
            found.append(hashes(form))
            continue
        key = key_of.__wrapped__(form)
        filed = of_key.get(key)
        if filed is None:
            filed = of_key[key] = _filed.__wrapped__(key)
        found.append(_with_whole(form, filed))
    return found


def _with_whole(form: str, filed: tuple[int, ...]) -> tuple[int, ...]:
    """Return the hashes of a word with that of its sound with the ending on, if it is Cyrillic."""
    if form.isascii() or not in_cyrillic(form) or not (sound := sound_of.__wrapped__(plain(form))):
        return filed
    whole = key_hash("s", sound)
    return filed if whole in filed else (*filed, whole)


def write(file: IO[bytes], forms: Iterable[str]) -> None:
    """Write the table of the forms of a segment, numbered in the order given."""
    found = _of_many(forms)
    sizes = np.fromiter(map(len, found), np.int64, len(found))
    table = np.zeros(int(sizes.sum()), ENTRY)
    table["hash"] = np.fromiter(chain.from_iterable(found), np.uint32, len(table))
    table["form"] = np.repeat(np.arange(len(found)), sizes)
    file.write(table[np.argsort(table["hash"], kind="stable")].tobytes())


def united(tables: Sequence[NDArray[np.void]]) -> NDArray[np.void]:
    """Return the table of several together, with no entry twice."""
    whole = np.concatenate(tables)
    sortable = whole["hash"].astype(np.uint64) << np.uint64(32) | whole["form"]
    return np.asarray(whole[np.unique(sortable, return_index=True)[1]])


class KeyFile:
    """The table of one segment."""

    def __init__(self, file: CheckedFile) -> None:
        self._file = file
        self._table = np.frombuffer(file.bytes, ENTRY)

    def every(self) -> NDArray[np.void]:
        """Return the whole table."""
        self._file.need(0, self._file.size)
        return self._table

    def find(self, hashed: int) -> Sequence[int]:
        """Return the numbers of the forms filed under a hash; some may be there by accident."""
        low, high = self._around(hashed)
        hashes = self._read("hash", low, high)
        first, last = np.searchsorted(hashes, (hashed, hashed + 1)).tolist()
        if (first == 0 and low > 0) or (last == len(hashes) and high < len(self._table)):
            low, high = 0, len(self._table)  # hashes that are spread less evenly than most
            first, last = np.searchsorted(self._read("hash", low, high), (hashed, hashed + 1))
        return list(self._read("form", low + first, low + last).tolist())

    def _around(self, hashed: int) -> tuple[int, int]:
        """Return a range of the table in which a hash has its place, if they are spread evenly."""
        count = len(self._table)
        guess = hashed * count >> 32
        margin = 8 + 4 * isqrt(count)
        return max(0, guess - margin), min(count, guess + margin)

    def _read(self, column: str, low: int, high: int) -> NDArray[np.int64]:
        self._file.need(low * ENTRY.itemsize, high * ENTRY.itemsize)
        return self._table[column][low:high].astype(np.int64)
