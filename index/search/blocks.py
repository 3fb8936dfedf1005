"""Posting blocks as Whoosh's W3 files hold them, written and read as arrays.

A block of a W3 posting file is a length, a pickled tuple that describes it and a
pickled tuple `(document deltas, weights, positions)`. These pickles are written
here in one fixed shape, so that numpy can lay out and read back whole columns of
them; to Whoosh they are pickles like any other. Every number is two bytes wide
(`M`), or four (`J`) in segments where a number does not fit into two.
"""

import zlib
from dataclasses import dataclass
from itertools import accumulate
from pickle import loads
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"W3Bl"
BLOCK = 1024  # postings
INLINE = 2  # postings of a term that are kept in the term index itself
SMALL = 6_000  # bytes of a term's postings up to which they are compressed
WORTHWHILE = 3_000  # bytes under which compressing gains little and costs time, twice

Integers = NDArray[Any]  # of whole numbers, narrow while there are many of them
Bytes = NDArray[np.uint8]

HEAD = np.dtype(
    [
        ("length", ">i4"), ("open", "u1", 3), ("j1", "u1"), ("count", "<i4"), ("j2", "u1"),
        ("last", "<i4"), ("g", "u1"), ("weight", ">f8"), ("k1", "u1"), ("packed", "u1"),
        ("k2", "u1"), ("shortest", "u1"), ("k3", "u1"), ("longest", "u1"), ("end", "u1", 2),
    ]
)  # fmt: skip
HEAD_SIZE = HEAD.itemsize
PACKED = 27  # where in the head it says whether the data is compressed
_MARK, _TUPLE, _TUPLE1, _TUPLE3, _STOP = b"(t\x85\x87."
_SHORT, _LONG, _NONE = b"CBN"
_PROTO = 0x80
_LONGEST_SHORT = 83  # positions whose bytes a one-byte length can count


@dataclass(frozen=True, slots=True)
class Width:
    """How wide the numbers of a segment are."""

    opcode: int
    step: int  # bytes a number, with its opcode
    dtype: str


NARROW = Width(ord("M"), 3, "<u2")
WIDE = Width(ord("J"), 5, "<i4")


def width_for(largest: int) -> Width:
    """Return the width that holds every number up to `largest`."""
    return NARROW if largest < 65536 else WIDE


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of many terms, sorted by term and document.

    `counts` says how often the term is in the document; `positions` holds the
    distance of each occurrence to the one before it in the same document, the
    first from the beginning of the page.
    """

    first: Integers  # of each term: where its postings begin
    df: Integers
    documents: Integers
    counts: Integers
    positions: Integers
    lengths: Bytes  # of each posting's document, as Whoosh writes a length


def value_sizes(counts: Integers, step: int) -> tuple[Integers, Integers]:
    """Return how many bytes each position list takes, and those of its pickle head."""
    heads = np.where(counts <= (_LONGEST_SHORT if step == 3 else 49), 2, 5)
    return heads + np.where(counts == 1, 5 + step, 6 + step * counts), heads


class Layout:
    """Lays the blocks of many terms out in one buffer."""

    def __init__(self, postings: Postings, width: Width) -> None:
        self._postings = postings
        self._step = width.step
        self._width = width
        blocks = -(-postings.df // BLOCK)
        term = np.repeat(np.arange(len(blocks)), blocks)
        first_block = np.cumsum(blocks) - blocks
        within = np.arange(len(term)) - first_block[term]
        self._start = postings.first[term] + within * BLOCK
        self._end = np.minimum(self._start + BLOCK, (postings.first + postings.df)[term])
        self._count = self._end - self._start
        self._is_last = np.append(term[1:] != term[:-1], True) if len(term) else term.astype(bool)
        self._is_first = within == 0
        self._term_of_block = term
        self.first_block = first_block
        self._measure()

    def _measure(self) -> None:
        counts = self._postings.counts
        sizes, heads = value_sizes(counts, self._step)
        self._value_heads = heads
        ends = np.cumsum(sizes)
        self._value_ends = ends
        self._value_starts = ends - sizes
        values = ends[self._end - 1] - self._value_starts[self._start]
        self._most = np.maximum.reduceat(counts, self._start) if len(self._start) else self._start
        n = self._count
        weights = np.where(n <= 255, 2 + n, 5 + n)
        weights = np.where(self._most > 255, 2 + self._step * n, weights)
        self._weight_size = np.where(self._most == 1, 1, weights)
        data = 2 + 2 + self._step * n + self._weight_size + 2 + values + 2
        self._data_size = data
        size = np.where(self._is_first, len(MAGIC), 0) + HEAD_SIZE + data
        self.ends = np.cumsum(size)
        self.starts = self.ends - size
        self._at = self.starts + np.where(self._is_first, len(MAGIC), 0)

    def extents(self) -> tuple[Integers, Integers]:
        """Return where the bytes of each term begin and end in the buffer."""
        starts = self.starts[self.first_block]
        return starts, np.append(starts[1:], self.ends[-1])

    def write(self) -> Bytes:
        """Return the buffer with every block in it."""
        out = np.zeros(int(self.ends[-1]), np.uint8)
        for offset, sign in enumerate(MAGIC):
            out[self.starts[self._is_first] + offset] = sign
        self._write_heads(out)
        at = self._at + HEAD_SIZE
        out[at], out[at + 1], out[at + 2] = _PROTO, 3, _MARK
        at = self._write_documents(out, at + 3)
        at = self._write_weights(out, at)
        out[at] = _MARK
        end = self._write_values(out, at + 1)
        for sign in (_TUPLE, _TUPLE3, _STOP):
            out[end] = sign
            end = end + 1
        return out

    def _write_heads(self, out: Bytes) -> None:
        lengths = self._postings.lengths
        heads = np.zeros(len(self._start), HEAD)
        size = HEAD_SIZE - 4 + self._data_size
        heads["length"] = np.where(self._is_last, -size, size)
        heads["open"] = (_PROTO, 2, _MARK)
        heads["j1"] = heads["j2"] = ord("J")
        heads["g"] = ord("G")
        heads["k1"] = heads["k2"] = heads["k3"] = ord("K")
        heads["count"] = self._count
        heads["last"] = self._postings.documents[self._end - 1]
        heads["weight"] = self._most
        heads["shortest"] = np.minimum.reduceat(lengths, self._start)
        heads["longest"] = np.maximum.reduceat(lengths, self._start)
        heads["end"] = (_TUPLE, _STOP)
        raw = heads.view(np.uint8).reshape(-1, HEAD_SIZE)
        for column in range(HEAD_SIZE):
            out[self._at + column] = raw[:, column]

    def _put(self, out: Bytes, at: Integers, values: Integers) -> None:
        """Write numbers with their opcode at the given places."""
        out[at] = self._width.opcode
        for byte in range(self._step - 1):
            out[at + 1 + byte] = (values >> (8 * byte)) & 0xFF

    def _spread(self, base: Integers, step: int) -> Integers:
        """Return a place for each posting, `step` bytes apart, from the base of its block."""
        number = np.arange(int(self._count.sum()))
        shift = np.repeat(base - self._start * step, self._count)
        shift += (number + self._start[0]) * step
        return shift

    def _write_documents(self, out: Bytes, at: Integers) -> Integers:
        documents = self._postings.documents
        deltas = np.empty(len(documents), np.int64)
        deltas[0] = documents[0]
        np.subtract(documents[1:], documents[:-1], out=deltas[1:])
        deltas[self._start] = documents[self._start]
        self._put(out, self._spread(at, self._step), deltas)
        after = at + self._step * self._count
        out[after] = _TUPLE
        return np.asarray(after + 1)

    def _write_weights(self, out: Bytes, at: Integers) -> Integers:
        counts = self._postings.counts
        none = self._most == 1
        out[at[none]] = _NONE
        plain = ~none & (self._most <= 255)
        short = plain & (self._count <= 255)
        out[at[short]] = _SHORT
        out[at[short] + 1] = self._count[short]
        long = plain & ~short
        out[at[long]] = _LONG
        for byte in range(4):
            out[at[long] + 1 + byte] = (self._count[long] >> (8 * byte)) & 0xFF
        chosen = np.repeat(plain, self._count)
        base = self._spread(at + np.where(self._count <= 255, 2, 5), 1)
        out[base[chosen]] = counts[chosen]
        heavy = self._most > 255
        if heavy.any():
            out[at[heavy]] = _MARK
            chosen = np.repeat(heavy, self._count)
            self._put(out, self._spread(at + 1, self._step)[chosen], counts[chosen])
            out[(at + 1 + self._step * self._count)[heavy]] = _TUPLE
        return at + self._weight_size

    def _write_values(self, out: Bytes, at: Integers) -> Integers:
        counts, step = self._postings.counts, self._step
        base = np.repeat(at - self._value_starts[self._start], self._count) + self._value_starts
        long = self._value_heads == 5
        payload = np.where(counts == 1, 5 + step, 6 + step * counts)
        out[base] = np.where(long, _LONG, _SHORT)
        out[base + 1] = payload & 0xFF
        if long.any():
            for byte in range(1, 4):
                out[base[long] + 1 + byte] = (payload[long] >> (8 * byte)) & 0xFF
        base += self._value_heads
        for byte in range(4):
            out[base + byte] = (counts >> (24 - 8 * byte)) & 0xFF
        base += 4
        single = counts == 1
        out[base[~single]] = _MARK
        base += ~single
        owner_start = np.cumsum(counts) - counts
        place = np.repeat(base - owner_start * step, counts)
        place += np.arange(len(place)) * step
        self._put(out, place, self._postings.positions)
        out[base + step * counts] = np.where(single, _TUPLE1, _TUPLE)
        return np.asarray(at + self._value_ends[self._end - 1] - self._value_starts[self._start])


def value(deltas: list[int]) -> bytes:
    """Return the positions in one document as a block of narrow numbers holds them."""
    numbers = b"".join(b"M" + delta.to_bytes(2, "little") for delta in deltas)
    pickled = numbers + b"\x85" if len(deltas) == 1 else b"(" + numbers + b"t"
    payload = len(deltas).to_bytes(4, "big") + pickled
    if len(deltas) <= _LONGEST_SHORT:
        return b"C" + bytes((len(payload),)) + payload
    return b"B" + len(payload).to_bytes(4, "little") + payload


def compress(blob: bytes) -> bytes:
    """Return the bytes of one term with the data of its blocks compressed."""
    out = [MAGIC]
    at = len(MAGIC)
    while at < len(blob):
        length = int.from_bytes(blob[at : at + 4], "big", signed=True)
        end = at + 4 + abs(length)
        packed = zlib.compress(blob[at + HEAD_SIZE : end], 1)
        if len(packed) < end - at - HEAD_SIZE:
            size = HEAD_SIZE - 4 + len(packed)
            out.append((-size if length < 0 else size).to_bytes(4, "big", signed=True))
            out.append(blob[at + 4 : at + PACKED])
            out.append(b"\x01" + blob[at + PACKED + 1 : at + HEAD_SIZE])
            out.append(packed)
        else:
            out.append(blob[at:end])
        at = end
    return b"".join(out)


def unpack(data: bytes | memoryview) -> bytes:
    """Return the data of a compressed block."""
    return zlib.decompress(data)


_SINGLE = np.dtype(
    [("a", "u1", 3), ("document", "<i4"), ("b", "u1", 11), ("position", "<u2"), ("c", "u1", 4)]
)
SINGLE_SIZE = _SINGLE.itemsize
SINGLE_POSITION = 18  # where in it the position begins
_SINGLE_SIGNS = {"a": b"\x80\x03J", "b": b"\x85K\x01\x85C\x08\0\0\0\x01M", "c": b"\x85\x85\x87."}


def inline_single(documents: Integers, positions: Integers) -> list[bytes]:
    """Return `inline` of terms that occur once in one document, before position 65536."""
    rows = np.zeros(len(documents), _SINGLE)
    for name, signs in _SINGLE_SIGNS.items():
        rows[name] = np.frombuffer(signs, np.uint8)
    rows["document"] = documents
    rows["position"] = positions
    raw, size = rows.tobytes(), _SINGLE.itemsize
    return [raw[at : at + size] for at in range(0, len(raw), size)]


def inline(documents: list[int], counts: list[int], positions: list[list[int]]) -> bytes:
    """Return a few postings as the pickle that a term index may hold instead of a place."""
    from pickle import dumps

    values = tuple(len(deltas).to_bytes(4, "big") + _iterable(deltas) for deltas in positions)
    return dumps((tuple(documents), tuple(counts), values), 3)


def _iterable(deltas: list[int]) -> bytes:
    """Return the shortest pickle that gives these numbers one after the other."""
    if max(deltas) < 256:
        pickled = b"C" + bytes((len(deltas),)) + bytes(deltas) if len(deltas) < 256 else b""
        if pickled:
            return pickled + b"." if pickled.endswith(b".") else pickled
    numbers = b"".join(
        b"M" + delta.to_bytes(2, "little") if delta < 65536 else b"J" + delta.to_bytes(4, "little")
        for delta in deltas
    )
    return b"(" + numbers + b"t"


def inlined(value: bytes) -> tuple[list[int], list[int], list[list[int]]]:
    """Return documents, counts and positions of postings written by `inline`."""
    documents, counts, lists = inlined_deltas(value)
    return documents, counts, [list(accumulate(deltas)) for deltas in lists]


def inlined_deltas(value: bytes) -> tuple[list[int], list[int], list[list[int]]]:
    """Return the same with the distances between positions in the place of these."""
    documents, weights, values = loads(value)
    lists = [
        list(loads(entry[4:] if entry.endswith(b".") else entry[4:] + b".")) for entry in values
    ]
    return list(documents), list(map(int, weights)), lists
