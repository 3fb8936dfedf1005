"""Blocks of postings as bytes that can be moved behind other pages and put together.

A document number stands in a block only as the distance to the one before; the first
counts from the beginning of the segment. So a block is moved by adding to its first
number and to its last, and two small blocks become one by putting their bytes
together. What they say of positions is copied as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from index.search import blocks
from index.search.blocks import BLOCK, HEAD_SIZE, NARROW
from index.search.postings import Block
from index.search.segment import Segment

MOST_PAGES = 65_535
"""Pages of a segment whose numbers fit into two bytes."""

_NUMBER = struct.Struct("<H")
_OPENED = b"\x80\x03("
_CLOSED = b"t\x87."


class CannotJoin(Exception):
    """These segments have numbers too large to be moved."""


@dataclass(slots=True)
class Piece:
    """Postings of one term that follow one another, as the bytes of which a block is made."""

    count: int
    first: int  # document
    last: int
    most: float
    shortest: int
    longest: int
    documents: bytes  # three bytes each, of the first its number
    weights: bytes | None  # one byte each; None when one is too large for it
    values: bytes
    heavy: bytes = b""  # the weights in that case, as they stand in the block

    @property
    def weight(self) -> int:
        """How often the term occurs in all of them."""
        if self.weights is not None:
            return sum(self.weights)
        step = NARROW.step
        return sum(
            _NUMBER.unpack_from(self.heavy, at)[0] for at in range(2, step * self.count, step)
        )

    def follow(self, other: Piece) -> None:
        """Take in the postings that come after these."""
        assert self.weights is not None and other.weights is not None
        gap = _NUMBER.pack(other.first - self.last)
        self.documents += other.documents[:1] + gap + other.documents[3:]
        self.weights += other.weights
        self.values += other.values
        self.count += other.count
        self.last = other.last
        self.most = max(self.most, other.most)
        self.shortest = min(self.shortest, other.shortest)
        self.longest = max(self.longest, other.longest)

    def block(self, is_last: bool) -> bytes:
        """Return the block of these postings."""
        data = b"".join(
            (_OPENED, self.documents, b"t", self._weights(), b"(", self.values, _CLOSED)
        )
        size = HEAD_SIZE - 4 + len(data)
        return _head(self, -size if is_last else size) + data

    def _weights(self) -> bytes:
        if self.weights is None:
            return self.heavy
        if self.most == 1:
            return b"N"
        if self.count <= 255:
            return b"C" + bytes((self.count,)) + self.weights
        return b"B" + self.count.to_bytes(4, "little") + self.weights


_INT, _BIG_INT, _FLOAT = struct.Struct("<i"), struct.Struct(">i"), struct.Struct(">d")
_WEIGHT_AT, _SHORTEST_AT, _LONGEST_AT = 18, 29, 31  # in the head of a block


def _head(piece: Piece, length: int) -> bytes:
    return b"".join(
        (
            _BIG_INT.pack(length), b"\x80\x02(J", _INT.pack(piece.count), b"J",
            _INT.pack(piece.last), b"G", _FLOAT.pack(piece.most), b"K\x00K",
            bytes((piece.shortest,)), b"K", bytes((piece.longest,)), b"t.",
        )
    )  # fmt: skip


def from_block(view: memoryview, block: Block, shift: int) -> Piece:
    """Return the postings of a block, moved behind `shift` pages; raise `CannotJoin`."""
    raw = view[block.at : block.end]
    data = blocks.unpack(raw) if block.packed else bytes(raw)
    head = block.at - HEAD_SIZE
    count, last = block.size, block.last + shift
    if data[3] != NARROW.opcode or last > MOST_PAGES:
        raise CannotJoin
    first = _NUMBER.unpack_from(data, 4)[0] + shift
    middle = 3 + NARROW.step * count
    at = middle + 1
    weights: bytes | None = None
    heavy = b""
    if data[at] == ord("N"):
        weights, after = b"\1" * count, at + 1
    elif data[at] == ord("("):
        after = at + 2 + NARROW.step * count
        heavy = data[at:after]
    else:
        begin = at + (2 if data[at] == ord("C") else 5)
        after = begin + count
        weights = data[begin:after]
    return Piece(
        count, first, last, _FLOAT.unpack_from(view, head + _WEIGHT_AT)[0],
        view[head + _SHORTEST_AT], view[head + _LONGEST_AT],
        b"M" + _NUMBER.pack(first) + data[6:middle], weights,
        data[after + 1 : len(data) - len(_CLOSED)], heavy,
    )  # fmt: skip


def from_inline(segment: Segment, pickled: bytes, shift: int) -> Piece:
    """Return the postings that the term index itself holds, as those of a block."""
    documents, counts, lists = blocks.inlined_deltas(pickled)
    if max(map(max, lists)) > MOST_PAGES or documents[-1] + shift > MOST_PAGES:
        raise CannotJoin
    lengths = segment.length_bytes[documents].tolist()
    first = documents[0] + shift
    gaps = [first, *(b - a for a, b in pairwise(documents))]
    small = max(counts) < 256
    heavy = b"(" + b"".join(b"M" + _NUMBER.pack(count) for count in counts) + b"t"
    return Piece(
        len(documents), first, documents[-1] + shift, float(max(counts)),
        min(lengths), max(lengths),
        b"".join(b"M" + _NUMBER.pack(gap) for gap in gaps),
        bytes(counts) if small else None, b"".join(map(blocks.value, lists)),
        b"" if small else heavy,
    )  # fmt: skip


def joined(found: Iterable[Piece]) -> list[Piece]:
    """Return the postings of a term in as few blocks as can be."""
    kept: list[Piece] = []
    for piece in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.weights is not None
            and piece.weights is not None
            and before.count + piece.count <= BLOCK
        ):
            before.follow(piece)
        else:
            kept.append(piece)
    return kept
