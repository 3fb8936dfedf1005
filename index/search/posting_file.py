"""The posting file of a segment, and what the term index says of each term.

Where what is laid out begins and ends is `index.search.blocks`; here it is written chunk by
chunk, so that little of it is in memory at once.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import IO

import numpy as np
from numpy.typing import NDArray

from index.search import blocks, termfile
from index.search.blocks import Integers, Layout, Postings

CHUNK = 120_000  # postings laid out at a time
AT_ONCE = 2  # chunks laid out at the same time


@dataclass(frozen=True, slots=True)
class TermColumns:
    """What the term index says of each term, one entry a term in the order of the forms."""

    df: Integers
    weight: Integers
    most: Integers
    shortest: NDArray[np.uint8]
    longest: NDArray[np.uint8]
    first: Integers  # document
    last: Integers


def columns_of(postings: Postings) -> TermColumns:
    """Return what the term index says of each term."""
    first = postings.first
    if not len(first):
        empty = np.empty(0, np.int64)
        return TermColumns(empty, empty, empty, postings.lengths, postings.lengths, empty, empty)
    return TermColumns(
        df=postings.df,
        weight=np.add.reduceat(postings.counts, first),
        most=np.maximum.reduceat(postings.counts, first),
        shortest=np.minimum.reduceat(postings.lengths, first),
        longest=np.maximum.reduceat(postings.lengths, first),
        first=postings.documents[first],
        last=postings.documents[first + postings.df - 1],
    )


def write_postings(file: IO[bytes], postings: Postings, width: blocks.Width) -> list[bytes]:
    """Write blocks at the end of the posting file; return what the term index says of each term."""
    columns = columns_of(postings)
    rows = np.zeros(len(postings.df), termfile.ROW)
    for name in ("weight", "df", "shortest", "longest", "most", "first", "last"):
        rows[name] = getattr(columns, name)
    inlined = _inlined(postings)
    numbers = list(inlined)
    rows["inline"][numbers] = 1
    rows["offset"], rows["length"] = _write_blocks(file, postings, width)
    raw, size = rows.tobytes(), termfile.ROW.itemsize
    values = [raw[at : at + size] for at in range(0, len(raw), size)]
    for number, pickled in inlined.items():
        values[number] = values[number][: termfile.INFO.size] + pickled
    return values


def _write_blocks(
    file: IO[bytes], postings: Postings, width: blocks.Width
) -> tuple[Integers, Integers]:
    """Write the blocks; return where those of each term begin in the file, and their size."""
    offsets = np.zeros(len(postings.df), np.int64)
    sizes = np.zeros(len(postings.df), np.int64)
    ends = np.cumsum(postings.counts, dtype=np.int64)
    at = file.tell()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # Numpy lets threads work at the same time; few, for what they hold.
        waiting: deque[Future[tuple[Integers, list[bytes]]]] = deque()
        ranges = _chunks(postings)
        while True:
            for low, high in islice(ranges, AT_ONCE - len(waiting)):
                waiting.append(pool.submit(_laid_out, postings, low, high, ends, width))
            if not waiting:
                return offsets, sizes
            numbers, written = waiting.popleft().result()
            sizes[numbers] = list(map(len, written))
            offsets[numbers] = at + np.cumsum(sizes[numbers]) - sizes[numbers]
            at += file.write(b"".join(written))


def _laid_out(
    postings: Postings, low: int, high: int, ends: Integers, width: blocks.Width
) -> tuple[Integers, list[bytes]]:
    """Return which terms of a range have blocks, and these as they are written."""
    numbers = low + np.flatnonzero(postings.df[low:high] > blocks.INLINE)
    if not len(numbers):
        return numbers, []
    layout = Layout(_only(postings, low, high, ends), width)
    starts, stops = layout.extents()
    whole = layout.write().tobytes()
    written = []
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        blob = whole[start:stop]
        if blocks.WORTHWHILE <= stop - start <= blocks.SMALL:
            blob = blocks.compress(blob)
        written.append(blob)
    return numbers, written


def _chunks(postings: Postings) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms with about `CHUNK` postings each."""
    low = 0
    while low < len(postings.df):
        border = int(postings.first[low]) + CHUNK
        high = max(low + 1, int(np.searchsorted(postings.first, border)))
        yield low, high
        low = high


def _inlined(postings: Postings) -> dict[int, bytes]:
    """Return the pickles of the terms with few postings."""
    ends = np.cumsum(postings.counts, dtype=np.int64)
    once = (postings.df == 1) & (postings.counts[postings.first] == 1)
    once &= postings.positions[ends[postings.first] - 1] < 65536
    numbers = np.flatnonzero(once)
    first = postings.first[numbers]
    pickles = blocks.inline_single(postings.documents[first], postings.positions[ends[first] - 1])
    found = dict(zip(numbers.tolist(), pickles, strict=True))
    for number in np.flatnonzero((postings.df <= blocks.INLINE) & ~once).tolist():
        start = int(postings.first[number])
        stop = start + int(postings.df[number])
        counts = postings.counts[start:stop].tolist()
        at = int(ends[start]) - counts[0]
        deltas = postings.positions[at : at + sum(counts)].tolist()
        lists = []
        for count in counts:
            lists.append(deltas[:count])
            deltas = deltas[count:]
        found[number] = blocks.inline(postings.documents[start:stop].tolist(), counts, lists)
    return found


def _only(postings: Postings, low: int, high: int, ends: Integers) -> Postings:
    """Return the postings of the terms of a range that are not kept in the term index."""
    first = int(postings.first[low])
    last = int(postings.first[high - 1] + postings.df[high - 1])
    df = postings.df[low:high]
    keep = df > blocks.INLINE
    posting = np.repeat(keep, df)
    counts = postings.counts[first:last]
    begin = int(ends[first]) - int(counts[0])
    occurrence = np.repeat(posting, counts)
    kept = df[keep]
    return Postings(
        first=np.cumsum(kept) - kept,
        df=kept,
        documents=postings.documents[first:last][posting].astype(np.int64),
        counts=counts[posting].astype(np.int64),
        positions=postings.positions[begin : int(ends[last - 1])][occurrence].astype(np.int64),
        lengths=postings.lengths[first:last][posting],
    )
