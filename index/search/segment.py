"""One segment of the index, read as arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.search import blocks
from index.search.blocks import HEAD_SIZE, MAGIC, NARROW, WIDE, Integers
from index.search.checked import CheckedFile, whole
from index.search.keyfile import KeyFile
from index.search.manifest import Written
from index.search.termfile import TermFile
from index.search.writing import (
    DOCUMENT_COLUMN,
    KEYS,
    LENGTH_COLUMN,
    PAGE_COLUMN,
    POSTS,
    TERMS,
)

Ids = NDArray[np.int32]
Counts = NDArray[np.float32]

LENGTHS = np.rint((1.033 ** np.arange(256) - 1) * 27).astype(np.float32)
"""The length that each byte of Whoosh's length column stands for."""


@dataclass(slots=True)
class PostingList:
    """The postings of one form in one segment; positions are read when they are asked for."""

    ids: Ids
    counts: Counts
    _parts: list[Any] = field(default_factory=list)  # what positions are read from

    def positions(self, chosen: Integers) -> tuple[Integers, Integers]:
        """Return all positions in the chosen postings, and of each the number in `chosen`.

        `chosen` holds sorted indexes into `ids`.
        """
        if isinstance(self._parts[0], list):
            lists = [self._parts[index] for index in chosen.tolist()]
            sizes = np.fromiter(map(len, lists), np.int64, len(lists))
            flat = np.fromiter((at for here in lists for at in here), np.int64, int(sizes.sum()))
            return flat, np.repeat(np.arange(len(lists)), sizes)
        found, owners = [], []
        for part in self._parts:
            low, high = np.searchsorted(chosen, (part.first, part.first + part.count))
            if low < high:
                flat, owner = part.positions(chosen[low:high] - part.first)
                found.append(flat)
                owners.append(owner + low)
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        return np.concatenate(found), np.concatenate(owners)


@dataclass(slots=True)
class _Values:
    """Where the position lists of one block are."""

    data: Any
    at: int  # of the first list
    first: int  # number of the block's first posting
    count: int
    step: int
    counts: Counts

    def positions(self, chosen: Integers) -> tuple[Integers, Integers]:
        """Return the positions in some postings of the block, and whose each is."""
        raw = np.frombuffer(self.data, np.uint8)
        counts = self.counts.astype(np.int64)
        sizes, heads = blocks.value_sizes(counts, self.step)
        starts = self.at + np.cumsum(sizes) - sizes + heads + 4 + (counts > 1)
        starts, counts = starts[chosen], counts[chosen]
        ends = np.cumsum(counts)
        total = int(ends[-1])
        owner = np.repeat(np.arange(len(counts)), counts)
        place = np.repeat(starts - (ends - counts) * self.step, counts)
        place += np.arange(total) * self.step
        deltas = raw[place + 1].astype(np.int64)
        for byte in range(1, self.step - 1):
            deltas |= raw[place + 1 + byte].astype(np.int64) << (8 * byte)
        running = np.cumsum(deltas)
        before = (running[ends - counts] - deltas[ends - counts])[owner]
        return running - before, owner


class Segment:
    """The files of one segment, opened for reading."""

    def __init__(
        self, stem: Path, base: int, deleted: Collection[int], files: Mapping[str, Written]
    ) -> None:
        def named(suffix: str) -> tuple[Path, Written]:
            name = stem.name + suffix
            if name not in files:
                raise IndexDamaged(f"The file {name} of the search index is missing.")
            return stem.with_name(name), files[name]

        self.base = base
        self.pages: NDArray[np.int64] = _column(*named(PAGE_COLUMN))
        self.documents: NDArray[np.int64] = _column(*named(DOCUMENT_COLUMN))
        self.size = len(self.pages)
        self.length_bytes = np.frombuffer(whole(*named(LENGTH_COLUMN)), np.uint8)
        self.lengths = LENGTHS[self.length_bytes]
        self.alive: NDArray[np.bool_] | None = None
        if deleted:
            self.alive = np.ones(self.size, bool)
            self.alive[list(deleted)] = False
        self.terms = TermFile(CheckedFile(*named(TERMS)))
        self.keys = KeyFile(CheckedFile(*named(KEYS)))
        self.posts_file = CheckedFile(*named(POSTS))
        self.posts: NDArray[np.uint8] = np.frombuffer(self.posts_file.bytes, np.uint8)

    def postings(self, number: int) -> PostingList:
        """Return the postings of the form with this number."""
        df, offset, extent, inline = self.terms.record(number)
        if inline:
            documents, weights, positions = blocks.inlined(inline)
            return PostingList(
                np.array(documents, np.int32), np.array(weights, np.float32), list(positions)
            )
        self.posts_file.need(offset, offset + extent)
        ids = np.empty(df, np.int32)
        counts = np.empty(df, np.float32)
        parts: list[Any] = []
        view = memoryview(self.posts_file.bytes)
        at, done = offset + len(MAGIC), 0
        while done < df:
            length = int.from_bytes(view[at : at + 4], "big", signed=True)
            size = int.from_bytes(view[at + 8 : at + 12], "little")
            end = at + 4 + abs(length)
            data: Any = view[at + HEAD_SIZE : end]
            if view[at + blocks.PACKED]:
                data = blocks.unpack(data)
            part = _block(data, size, done, ids[done : done + size], counts[done : done + size])
            parts.append(part)
            done += size
            at = end
        return PostingList(ids, counts, parts)


def _column(path: Path, written: Written) -> NDArray[np.int64]:
    return np.frombuffer(whole(path, written), ">u4").astype(np.int64)


def _block(data: Any, size: int, first: int, ids: Ids, counts: Counts) -> _Values:
    """Read documents and counts of one block into the arrays given."""
    width = NARROW if data[3] == NARROW.opcode else WIDE
    step = width.step
    np.cumsum(np.ndarray((size,), width.dtype, data, 4, (step,)), out=ids)
    at = 4 + step * size
    kind = data[at]
    if kind == ord("N"):
        counts[:] = 1.0
        at += 1
    elif kind == ord("("):
        counts[:] = np.ndarray((size,), width.dtype, data, at + 2, (step,))
        at += 2 + step * size
    else:
        at += 2 if kind == ord("C") else 5
        counts[:] = np.frombuffer(data, np.uint8, size, at)
        at += size
    return _Values(data, at + 1, first, size, step, counts)
