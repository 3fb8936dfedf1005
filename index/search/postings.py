"""The postings of one form, read as arrays: whole, or only the blocks that are needed.

A block says which document is its last, so that those that cannot hold any of some
given pages are stepped over; positions are unpacked only for pages asked about.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import decompressobj

import numpy as np
from numpy.typing import NDArray

from index.search import blocks
from index.search.blocks import HEAD_SIZE, NARROW, PACKED, WIDE, Bytes, Integers, Width

Ids = NDArray[np.int32]
Counts = NDArray[np.float32]

_SIZE_AND_LAST = struct.Struct("<ixi")  # of a block, eight bytes from its beginning
_DENSE = 8  # bytes a number from which reading a whole region beats picking it out
_MANY = 8  # pages a block from which none is stepped over
_COLUMN = {
    width.step: np.dtype([("opcode", "u1"), ("number", width.dtype)]) for width in (NARROW, WIDE)
}


@dataclass(frozen=True, slots=True)
class Block:
    """Where one block is."""

    at: int  # of its data in the file
    end: int
    size: int  # postings
    last: int  # document
    packed: bool


def walk(view: memoryview, at: int, df: int) -> list[Block]:
    """Return the blocks of a term, the first of which begins at `at`."""
    found = []
    done = 0
    while done < df:
        end = at + 4 + abs(int.from_bytes(view[at : at + 4], "big", signed=True))
        size, last = _SIZE_AND_LAST.unpack_from(view, at + 8)
        found.append(Block(at + HEAD_SIZE, end, size, last, bool(view[at + PACKED])))
        done += size
        at = end
    return found


def holding(found: Sequence[Block], ids: Ids) -> list[Block]:
    """Return the blocks that may hold any of these pages, which are sorted."""
    if len(ids) > _MANY * len(found):
        return list(found)  # hardly any block is without one of them
    lasts = np.array([block.last for block in found])
    wanted = np.zeros(len(found) + 1, bool)
    wanted[lasts.searchsorted(ids)] = True
    return [found[number] for number in np.flatnonzero(wanted[:-1]).tolist()]


class Inlined:
    """The few postings that are kept in the term index itself."""

    def __init__(self, pickled: bytes) -> None:
        documents, weights, self._positions = blocks.inlined(pickled)
        self.ids: Ids = np.array(documents, np.int32)
        self.counts: Counts = np.array(weights, np.float32)

    def places(self, chosen: Integers, base: Integers) -> Integers:
        """Return the positions in the chosen postings, each plus the base of its posting."""
        lists = [self._positions[index] for index in chosen.tolist()]
        sizes = np.fromiter(map(len, lists), np.int64, len(lists))
        flat = np.fromiter((at for here in lists for at in here), base.dtype, int(sizes.sum()))
        return np.asarray(flat + np.repeat(base, sizes))


class Blocks:
    """Postings in blocks, all those of a form or those in some of its blocks."""

    def __init__(self, posts: Bytes, view: memoryview, found: Sequence[Block]) -> None:
        self._posts, self._view, self._blocks = posts, view, found
        self._sizes = np.array([block.size for block in found])
        self._ends = self._sizes.cumsum()
        self._heads: list[int] = []  # where in each block's data the positions begin
        self._width: Width = NARROW
        self.ids: Ids
        self.counts: Counts
        self.ids, self.counts = self._read()

    def _data(self, block: Block, least: int) -> Any:
        """Return the data of a block, of a compressed one at least so many bytes of it."""
        data: Any = self._view[block.at : block.end]
        return decompressobj().decompress(data, least) if block.packed else data

    def _read(self) -> tuple[Ids, Counts]:
        documents, parts = [], []
        for block in self._blocks:
            data = self._data(block, 12 + 2 * WIDE.step * block.size)
            if data[3] != NARROW.opcode:
                self._width = WIDE
            step = self._width.step
            middle = 4 + step * block.size
            documents.append(data[3 : middle - 1])
            parts.append(self._weights(data, middle, block.size))
        deltas = np.frombuffer(_joined(documents), _COLUMN[step])["number"]
        ids = deltas.cumsum(dtype=np.int32)
        if len(self._blocks) > 1:
            starts = self._ends - self._sizes
            ids -= np.repeat(ids[starts] - deltas[starts].astype(np.int32), self._sizes)
        if all(isinstance(part, (bytes, memoryview)) for part in parts):
            return ids, np.frombuffer(_joined(parts), np.uint8).astype(np.float32)
        arrays = [
            part if isinstance(part, np.ndarray) else np.frombuffer(part, np.uint8)
            for part in parts
        ]
        return ids, np.concatenate(arrays).astype(np.float32)

    def _weights(self, data: Any, at: int, size: int) -> Any:
        """Return how often the term is in each document of a block; note what follows."""
        kind = data[at]
        if kind == ord("N"):
            self._heads.append(at + 2)
            return b"\1" * size
        if kind == ord("("):
            step = self._width.step
            self._heads.append(at + 3 + step * size)
            return np.ndarray((size,), self._width.dtype, data, at + 2, (step,))
        begin = at + (2 if kind == ord("C") else 5)
        self._heads.append(begin + size + 1)
        return data[begin : begin + size]

    def places(self, chosen: Integers, base: Integers) -> Integers:
        """Return the positions in the chosen postings, each plus the base of its posting.

        `chosen` holds sorted indexes into `ids`; only the blocks they are in are unpacked.
        The answer has the type of `base`, which has to be wide enough for it.
        """
        if not len(chosen):
            return np.empty(0, base.dtype)
        borders = np.searchsorted(chosen, np.append(0, self._ends))
        used = np.flatnonzero(np.diff(borders)).tolist()
        raw, begins = self._region(used)
        starts, counts = self._value_starts(used, begins)
        if len(chosen) < len(self.ids):
            shift = np.zeros(len(self._blocks), np.int64)
            shift[used] = np.cumsum(self._sizes[used]) - self._ends[used]
            within = chosen + np.repeat(shift, np.diff(borders))
            starts, counts = starts[within], counts[within]
        return self._gathered(raw, starts, counts, base)

    def _region(self, used: list[int]) -> tuple[Bytes, list[int]]:
        """Return bytes with the data of some blocks in it, and where each begins there."""
        if not any(self._blocks[number].packed for number in used):
            first = self._blocks[used[0]].at
            last = self._blocks[used[-1]].end
            return self._posts[first:last], [self._blocks[number].at - first for number in used]
        pieces, begins, at = [], [], 0
        for number in used:
            pieces.append(bytes(self._data(self._blocks[number], 0)))
            begins.append(at)
            at += len(pieces[-1])
        return np.frombuffer(b"".join(pieces), np.uint8), begins

    def _value_starts(self, used: list[int], begins: list[int]) -> tuple[Integers, Integers]:
        """Return where the first position of each posting of some blocks is, and how many."""
        step = self._width.step
        if len(used) == len(self._blocks):
            counts = self.counts.astype(np.int64)
        else:
            starts = self._ends - self._sizes
            counts = np.concatenate([self.counts[starts[n] : self._ends[n]] for n in used]).astype(
                np.int64
            )
        sizes, heads = blocks.value_sizes(counts, step)
        before = np.cumsum(sizes)
        before -= sizes
        owned = self._sizes[used]
        firsts = np.cumsum(owned) - owned
        shift = np.array([begin + self._heads[n] for begin, n in zip(begins, used, strict=True)])
        before += np.repeat(shift - before[firsts], owned)
        before += heads
        before += 5  # how many there are, and the opcode of the first
        before += counts > 1
        return before, counts

    def _gathered(self, raw: Bytes, starts: Integers, counts: Integers, base: Integers) -> Integers:
        step = self._width.step
        ends = np.cumsum(counts)
        firsts = ends - counts
        place = np.repeat(starts - firsts * step, counts)
        place += np.arange(int(ends[-1])) * step
        deltas = _numbers(raw, place, step - 1).astype(base.dtype, copy=False)
        # One running sum gives every position: each posting begins where its base says.
        totals = np.add.reduceat(deltas, firsts)
        jumps = base.copy()
        jumps[1:] -= base[:-1] + totals[:-1]
        deltas[firsts] += jumps
        return np.cumsum(deltas, out=deltas)


def _joined(pieces: list[Any]) -> Any:
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _numbers(raw: Bytes, place: Integers, size: int) -> Integers:
    """Return little-endian numbers of two or four bytes at the given places."""
    if size == 2 and len(raw) < _DENSE * len(place):
        every = np.ndarray((len(raw) - 1,), "<u2", raw, 0, (1,))
        return np.asarray(every.take(place))
    numbers = raw[place].astype(np.int64)
    for byte in range(1, size):
        numbers |= raw[place + byte].astype(np.int64) << (8 * byte)
    return numbers
