"""The pages of very many forms at once, as the beginning of a word may stand for."""

import numpy as np
from numpy.typing import NDArray

from index.search.blocks import HEAD_SIZE, MAGIC, NARROW, PACKED, Integers
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
    found, how_often, owner = _plain_blocks(segment, rows["offset"][plain], df[plain])
    pages.append(found)
    shares.append(how_often * weights[plain][owner])
    counts += np.bincount(
        np.concatenate(pages).astype(np.int64), np.concatenate(shares), minlength=segment.size
    )
    for at in np.flatnonzero(~(one | two | plain)).tolist():
        postings = segment.postings(int(numbers[at]))
        counts[postings.ids] += postings.counts * weights[at]
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


def _plain_blocks(
    segment: Segment, offsets: Integers, df: Integers
) -> tuple[Integers, NDArray[np.float32], Integers]:
    """Return pages and counts of every posting in such blocks, and whose each is."""
    sizes = df.astype(np.int64)
    if not len(sizes):
        empty = np.empty(0, np.int64)
        return empty, np.empty(0, np.float32), empty
    posts, step = segment.posts, NARROW.step
    data = offsets.astype(np.int64) + len(MAGIC) + HEAD_SIZE
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
