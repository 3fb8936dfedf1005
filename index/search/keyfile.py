"""Which forms a key leads to: a table of hashes beside each segment."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np

from index.search.analysis import key_of, part_keys, script_key

ENTRY = np.dtype([("hash", "<u4"), ("form", "<u4")])


def key_hash(kind: str, key: str) -> int:
    """Return the hash under which a key of a kind (`k`: stem or part, `s`: script) is filed."""
    return crc32(f"{kind}{key}".encode())


@lru_cache(maxsize=400_000)
def hashes(form: str) -> tuple[int, ...]:
    """Return the hashes of every key that leads to a form."""
    found = {key_hash("k", key_of(form))}
    found.update(key_hash("k", key) for key in part_keys(form))
    if script := script_key(form):
        found.add(key_hash("s", script))
    return tuple(found)


def write(path: Path, forms: Iterable[str]) -> None:
    """Write the table of the forms of a segment, numbered in the order given."""
    rows: list[tuple[int, int]] = []
    for number, form in enumerate(forms):
        rows.extend((hashed, number) for hashed in hashes(form))
    table = np.array(rows, ENTRY)
    table.sort(order=("hash", "form"))
    path.write_bytes(table.tobytes())


class KeyFile:
    """The table of one segment."""

    def __init__(self, path: Path) -> None:
        table = np.frombuffer(path.read_bytes(), ENTRY)
        self._hashes = np.ascontiguousarray(table["hash"])
        self._forms = np.ascontiguousarray(table["form"])

    def find(self, hashed: int) -> Sequence[int]:
        """Return the numbers of the forms filed under a hash; some may be there by accident."""
        wanted = np.uint32(hashed)
        low = int(np.searchsorted(self._hashes, wanted, "left"))
        high = int(np.searchsorted(self._hashes, wanted, "right"))
        return [int(number) for number in self._forms[low:high]]
