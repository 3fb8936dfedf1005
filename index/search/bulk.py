"""The pages of very many forms at once, as the beginning of a word may stand for."""

from typing import Any
from zlib import decompressobj

import numpy as np
from numpy.typing import NDArray

from index.search.blocks import HEAD_SIZE, MAGIC, NARROW, PACKED, Bytes, Integers
from index.search.segment import Segment
from index.search.termfile import INFO

RECORD = np.dtype(
    [
        ("inline", "u1"), ("weight", ">f4"), ("df", ">u4"), ("shortest", "u1"), ("longest", "u1"),
        ("most", ">f4"), ("first", ">u4"), ("last", ">u4"), ("offset", ">i8"), ("length", ">i4"),
    ]
)  # fmt: skip
assert RECORD.itemsize == INFO.size + 12


def dense_counts(
    segment: Segment, numbers: Integers, weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return for every page of a segment how often these forms occur there, weighted."""
    rows = segment.terms.rows(numbers).view(RECORD).reshape(-1)
    counts = np.zeros(segment.size)
    inline, df = rows["inline"] == 1, rows["df"]
    one = inline & (df == 1)
    two = inline & (df == 2) & (rows["weight"] == 2)
    pages = [rows["first"][one], rows["first"][two], rows["last"][two]]
    shares = [rows["weight"][one] * weights[one], weights[two], weights[two]]
    begin = rows["offset"][~inline].astype(np.int64)
    segment.posts_file.need_all(begin, begin + rows["length"][~inline])
    plain = ~inline & _is_plain(segment, rows["offset"])
    at = rows["offset"][plain].astype(np.int64) + len(MAGIC) + HEAD_SIZE
    rest = np.flatnonzero(~(one | two | plain))
    buffer, places, sizes, term, left = _beginnings(segment, rows[rest])
    for block in (
        (segment.posts, at, df[plain].astype(np.int64), np.flatnonzero(plain)),
        (buffer, places, sizes, rest[term]),
    ):
        found, how_often, owner = _read(*block[:3])
        pages.append(found)
        shares.append(how_often * weights[block[3]][owner])
    counts += np.bincount(
        np.concatenate(pages).astype(np.int64), np.concatenate(shares), minlength=segment.size
    )
    for number in rest[left].tolist():
        postings = segment.postings(int(numbers[number]))
        counts[postings.ids] += postings.counts * weights[number]
    return counts.astype(np.float32)


def commonest(segment: Segment, numbers: Integers, count: int) -> Integers:
    """Return the places in `numbers` of the forms that are on the most pages, in order."""
    df = segment.terms.rows(numbers).view(RECORD).reshape(-1)["df"].astype(np.int64)
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
) -> tuple[Bytes, Integers, Integers, Integers, list[int]]:
    """Return the documents and counts of many blocks, unpacked, without their positions.

    They are given as one buffer, where in it each block begins, how many postings it
    has and the number of its term in `rows`. The terms that cannot be read in this way
    are named last.
    """
    view = memoryview(segment.posts_file.bytes)
    parts: list[bytes | memoryview] = []
    sizes: list[int] = []
    terms: list[int] = []
    left: list[int] = []
    for term, (inline, df, offset) in enumerate(
        zip(rows["inline"].tolist(), rows["df"].tolist(), rows["offset"].tolist(), strict=True)
    ):
        if inline:
            left.append(term)
            continue
        at, done = offset + len(MAGIC), 0
        while done < df:
            length = abs(int.from_bytes(view[at : at + 4], "big", signed=True))
            size = int.from_bytes(view[at + 8 : at + 12], "little")
            data: Any = view[at + HEAD_SIZE : at + 4 + length]
            most = 16 + 2 * NARROW.step * size
            part = decompressobj().decompress(data, most) if view[at + PACKED] else data[:most]
            if part[3] != NARROW.opcode:  # and so is every block of the segment
                left.append(term)
                break
            parts.append(part)
            sizes.append(size)
            terms.append(term)
            done += size
            at += 4 + length
    lengths = np.fromiter(map(len, parts), np.int64, len(parts))
    return (
        np.frombuffer(b"".join(parts), np.uint8),
        np.cumsum(lengths) - lengths,
        np.array(sizes, np.int64),
        np.array(terms, np.int64),
        left,
    )


def _read(
    posts: Bytes, data: Integers, sizes: Integers
) -> tuple[Integers, NDArray[np.float32], Integers]:
    """Return pages and counts of every posting in blocks of narrow numbers, and whose each is."""
    if not len(sizes):
        empty = np.empty(0, np.int64)
        return empty, np.empty(0, np.float32), empty
    step = NARROW.step
    ends = np.cumsum(sizes)
    starts = ends - sizes
    owner = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(int(ends[-1])) - starts[owner]
    at = (data + 4)[owner] + within * step
    deltas = posts[at].astype(np.int64) | posts[at + 1].astype(np.int64) << 8
    running = np.cumsum(deltas)
    pages = running - (running[starts] - deltas[starts])[owner]
    weights_at = data + 4 + step * sizes
    kind = posts[weights_at]
    head = np.where(kind == ord("C"), 2, 5)
    place = np.where((kind == ord("N"))[owner], 0, (weights_at + head)[owner] + within)
    counts = np.where((kind == ord("N"))[owner], 1, posts[place]).astype(np.float32)
    for number in np.flatnonzero(kind == ord("(")).tolist():
        mine = slice(int(starts[number]), int(ends[number]))
        heavy = weights_at[number] + 2 + step * np.arange(int(sizes[number]))
        counts[mine] = posts[heavy] + 256.0 * posts[heavy + 1]
    return pages, counts, owner
