"""Pages cut into the numbers of their forms, many words at once.

White space parts a text into chunks, most of which are a word with a comma at most, and
nearly all of which have been met before. So chunks are looked up by numpy in a table of
their first bytes; only what is not there is cut by `TOKEN` and becomes a form.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.search.analysis import TOKEN, form_of, without_breaks

LANES = 3  # of eight bytes; what is longer is looked up by itself
SLOT_BITS = 18
NO_FORM = -1
_APART = b"\0"  # between pages; no token and no break goes on over it
_BIAS = 1 << 40  # on numbers in the table, so that none is 0
_TRIMMED = ".,;:!?()\"'"
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)

Numbers = NDArray[np.int32]


class Cutter:
    """Gives every form a number, in the order in which they are met."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self._numbers: dict[str, int] = {}
        self._chunks: dict[bytes, int] = {}
        self._several: list[tuple[int, ...]] = [()]
        # A slot holds the bytes of one chunk and its number; the first to come has it.
        self._table = np.zeros((1 << SLOT_BITS, LANES + 1), np.uint64)

    def cut(self, texts: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
        """Return the numbers of all forms in the order of the texts, and how many each text has."""
        encoded = [without_breaks(text).encode("utf-8", "surrogatepass") for text in texts]
        data = _APART.join(encoded)
        found, starts = self._looked_up(data)
        sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
        borders = np.searchsorted(starts, np.cumsum(sizes + len(_APART)))
        return self._spread(found, borders)

    def _looked_up(self, data: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return what is known of each chunk, and where it begins."""
        signs = np.zeros(len(data) + 2 + 8 * LANES, np.uint8)
        signs[1 : len(data) + 1] = np.frombuffer(data, np.uint8)
        inside = signs > ord(" ")
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        starts, ends = edges[::2], edges[1::2]
        lanes, slots = _keys(signs, starts, ends - starts)
        rows = self._table.take(slots, axis=0)
        known = ends - starts <= 8 * LANES
        short = known.copy()
        for lane, bytes_there in enumerate(lanes):
            known &= rows[:, lane] == bytes_there
        found = rows[:, LANES].astype(np.int64) - _BIAS
        new = np.flatnonzero(~known)
        number = self._number
        found[new] = [
            number(data[start:end])
            for start, end in zip(starts[new].tolist(), ends[new].tolist(), strict=True)
        ]
        new = new[short[new] & (rows[new, 0] == 0)]
        entries = [lane[new] for lane in lanes] + [(found[new] + _BIAS).astype(np.uint64)]
        self._table[slots[new]] = np.stack(entries, axis=1)
        return found, starts

    def _number(self, chunk: bytes) -> int:
        """Return the number of a chunk that is one form, else one below 0 for those it has."""
        found = self._chunks.get(chunk)
        if found is None:
            found = self._chunks[chunk] = self._cut(chunk.decode("utf-8", "surrogatepass"))
        return found

    def _cut(self, chunk: str) -> int:
        trimmed = chunk.strip(_TRIMMED)
        if trimmed.isascii() and trimmed.isalnum():
            return self._form(trimmed.lower())
        forms = tuple(self._form(form) for raw in TOKEN.findall(chunk) if (form := form_of(raw)))
        if len(forms) == 1:
            return forms[0]
        if not forms:
            return NO_FORM
        self._several.append(forms)
        return -len(self._several)

    def _form(self, form: str) -> int:
        number = self._numbers.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number

    def _spread(
        self, found: NDArray[np.int64], borders: NDArray[np.int64]
    ) -> tuple[Numbers, NDArray[np.int64]]:
        """Put the forms of a chunk that has several, or none, in its place."""
        odd = np.flatnonzero(found < 0)
        several = [self._several[NO_FORM - number] for number in found[odd].tolist()]
        sizes = np.ones(len(found), np.int64)
        sizes[odd] = list(map(len, several))
        ends = np.append(0, np.cumsum(sizes))
        forms = np.repeat(found, sizes).astype(np.int32)
        there = np.repeat(found < 0, sizes)
        forms[there] = np.fromiter(chain.from_iterable(several), np.int32)
        return forms, np.diff(ends[np.append(0, borders)])


def _keys(
    signs: NDArray[np.uint8], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[list[NDArray[np.uint64]], NDArray[np.uint64]]:
    """Return the first bytes of each chunk as whole numbers, and a slot made of them."""
    # Eight bytes from any place, without a copy for every place.
    words: NDArray[np.uint64] = np.ndarray(
        (len(signs) - 8,), np.dtype("<u8"), signs.data, offset=1, strides=(1,)
    )
    lanes = []
    mixed = np.zeros(len(starts), np.uint64)
    for lane in range(LANES):
        at = starts + 8 * lane
        lanes.append(words[at] & _MASKS[np.clip(sizes - 8 * lane, 0, 8)])
        mixed ^= lanes[-1] * _FACTORS[lane]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _FACTORS[0]
    return lanes, mixed >> np.uint64(64 - SLOT_BITS)
