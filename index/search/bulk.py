"""The pages of very many forms at once, as the beginning of a word may stand for."""

from typing import Any
from zlib import decompressobj

import numpy as np
from numpy.typing import NDArray

from index.search.blocks import HEAD_SIZE, MAGIC, NARROW, PACKED, Bytes, Integers
from index.search.segment import Segment
from index.search.termfile import ROW

_NUMBER = np.dtype([("opcode", "u1"), ("number", "<u2")])


def dense_counts(
    segment: Segment, numbers: Integers, weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return for every page of a segment how often these forms occur there, weighted."""
    rows = segment.terms.rows(numbers).view(ROW).reshape(-1)
    even = bool((weights == 1).all())
    inline, df = rows["inline"] == 1, rows["df"]
    one = inline & (df == 1)
    two = inline & (df == 2) & (rows["weight"] == 2)
    pages = [rows["first"][one], rows["first"][two], rows["last"][two]]
    shares = [rows["weight"][one] * weights[one], weights[two], weights[two]]
    begin = rows["offset"][~inline].astype(np.int64)
    segment.posts_file.need_all(begin, begin + rows["length"][~inline])
    plain = ~inline & _is_plain(segment, rows["offset"])
    at = rows["offset"][plain].astype(np.int64) + len(MAGIC) + HEAD_SIZE
    found, how_often, owner = read_narrow(segment.posts, at, df[plain].astype(np.int64))
    pages.append(found)
    shares.append(how_often if even else how_often * weights[plain][owner])
    rest = np.flatnonzero(~(one | two | plain))
    found, how_often, sizes, term, left = _beginnings(segment, rows[rest])
    pages.append(found)
    shares.append(how_often if even else how_often * np.repeat(weights[rest[term]], sizes))
    counts = np.bincount(
        np.concatenate(pages, dtype=np.int64),
        np.concatenate(shares, dtype=np.float64),
        minlength=segment.size,
    ).astype(np.float64, copy=False)  # without any weights it is one of integers
    for number in rest[left].tolist():
        postings = segment.postings(int(numbers[number]))
        counts[postings.ids] += postings.counts * weights[number]
    return counts.astype(np.float32)


def commonest(segment: Segment, numbers: Integers, count: int) -> Integers:
    """Return the places in `numbers` of the forms that are on the most pages, in order."""
    df = segment.terms.rows(numbers).view(ROW).reshape(-1)["df"].astype(np.int64)
    return np.sort(np.argsort(-df, kind="stable")[:count])


def _is_plain(segment: Segment, offsets: Integers) -> NDArray[np.bool_]:
    """Return which terms have a single block, not compressed, of narrow numbers."""
    posts = segment.posts
    if not len(posts):
        return np.zeros(len(offsets), bool)
    head = np.clip(offsets.astype(np.int64) + len(MAGIC), 0, len(posts) - HEAD_SIZE - 4)
    only = posts[head] >= 0x80  # a last block has a negative length
    return np.asarray(
        only & (posts[head + PACKED] == 0) & (posts[head + HEAD_SIZE + 3] == NARROW.opcode)
    )


def _beginnings(
    segment: Segment, rows: NDArray[Any]
) -> tuple[Integers, NDArray[np.float32], Integers, Integers, list[int]]:
    """Return pages and counts in the blocks of some terms, without unpacking their positions.

    With them come the size of each block and the number of its term in `rows`. The
    terms that cannot be read in this way are named last.
    """
    view = memoryview(segment.posts_file.bytes)
    documents: list[Any] = []
    weights: list[Any] = []
    sizes: list[int] = []
    terms: list[int] = []
    left: list[int] = []
    for term, (inline, df, offset) in enumerate(
        zip(rows["inline"].tolist(), rows["df"].tolist(), rows["offset"].tolist(), strict=True)
    ):
        read = [] if inline else _blocks(view, offset + len(MAGIC), df)
        if not read:
            left.append(term)
        for size, numbers, counts in read:
            sizes.append(size)
            terms.append(term)
            documents.append(numbers)
            weights.append(counts)
    deltas = np.frombuffer(b"".join(documents), _NUMBER)["number"]
    running = np.cumsum(deltas, dtype=np.int64)
    lengths = np.array(sizes, np.int64)
    starts = np.cumsum(lengths) - lengths
    pages = running - np.repeat(running[starts] - deltas[starts], lengths)
    how_often = np.frombuffer(b"".join(weights), np.uint8).astype(np.float32)
    return pages, how_often, lengths, np.array(terms, np.int64), left


def _blocks(view: memoryview, at: int, df: int) -> list[tuple[int, Any, Any]]:
    """Return size, documents and counts of each block of a term, or nothing if not of bytes."""
    found: list[tuple[int, Any, Any]] = []
    step, done = NARROW.step, 0
    while done < df:
        length = abs(int.from_bytes(view[at : at + 4], "big", signed=True))
        size = int.from_bytes(view[at + 8 : at + 12], "little")
        data: Any = view[at + HEAD_SIZE : at + 4 + length]
        if view[at + PACKED]:
            data = decompressobj().decompress(data, 16 + (step + 1) * size)
        middle = 4 + step * size
        kind = data[middle]
        if data[3] != NARROW.opcode or kind == ord("("):
            return []
        head = middle + (2 if kind == ord("C") else 5)
        counts = b"\1" * size if kind == ord("N") else data[head : head + size]
        found.append((size, data[3 : 3 + step * size], counts))
        done += size
        at += 4 + length
    return found


def read_narrow(
    posts: Bytes, data: Integers, sizes: Integers
) -> tuple[Integers, NDArray[np.float32], Integers]:
    """Return pages and counts of every posting in blocks of narrow numbers, and whose each is."""
    if not len(sizes):
        empty = np.empty(0, np.int64)
        return empty, np.empty(0, np.float32), empty
    step = NARROW.step
    ends = sizes.cumsum()
    starts = ends - sizes
    owner = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(int(ends[-1])) - starts[owner]
    at = (data + 4)[owner]
    at += within * step
    deltas = posts[at].astype(np.int64)
    at += 1
    deltas |= posts[at].astype(np.int64) << 8
    pages = deltas.cumsum()
    pages -= (pages[starts] - deltas[starts])[owner]
    counts = np.ones(len(pages), np.float32)
    weights_at = data + 4 + step * sizes
    kind = posts[weights_at]
    bytewise = (kind != ord("N")) & (kind != ord("("))
    chosen = np.flatnonzero(bytewise[owner])
    head = weights_at + np.where(kind == ord("C"), 2, 5)
    counts[chosen] = posts[head[owner[chosen]] + within[chosen]]
    for number in np.flatnonzero(kind == ord("(")).tolist():
        mine = slice(int(starts[number]), int(ends[number]))
        heavy = weights_at[number] + 2 + step * np.arange(int(sizes[number]))
        counts[mine] = posts[heavy] + 256.0 * posts[heavy + 1]
    return pages, counts, owner
