"""Several segments written as one, without cutting a text or sorting a word again.

Postings of frequent words are copied block by block (`index.search.pieces`). Those of
the many rare words, a few from each segment, are gathered into columns and laid out
anew (`index.search.gathering`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from index.search import beginnings, blocks, keyfile, termfile
from index.search.blocks import BLOCK, MAGIC, NARROW, Bytes
from index.search.bulk import dense_counts
from index.search.gathering import Gatherer, assembled
from index.search.pieces import MOST_PAGES, CannotJoin, Piece, from_block, from_inline, joined
from index.search.posting_file import CHUNK, write_postings
from index.search.postings import walk
from index.search.segment import Segment
from index.search.shelf import Stem
from index.search.writing import (
    BEGINNINGS,
    KEYS,
    POSTS,
    TERMS,
    TEXT,
    write_columns,
)

Numbers = NDArray[np.int64]


class Source:
    """One of the segments: how far its pages move, and which of all forms it has where."""

    def __init__(self, segment: Segment, shift: int, keys: list[bytes], number: Any) -> None:
        self.segment = segment
        self.shift = shift
        self.forms = np.fromiter(map(number, keys), np.int64, len(keys))
        self.rows = (
            segment.terms.rows(np.arange(segment.terms.count)).view(termfile.ROW).reshape(-1)
        )
        segment.posts_file.need(0, segment.posts_file.size)
        self._view = memoryview(segment.posts_file.bytes)

    def pieces(self, form: int) -> list[Piece]:
        """Return the postings of a form as they are once they have moved."""
        place = int(np.searchsorted(self.forms, form))
        if place == len(self.forms) or self.forms[place] != form:
            return []
        row = self.rows[place]
        if row["inline"]:
            pickled = self.segment.terms.record(place)[3]
            return [from_inline(self.segment, pickled, self.shift)]
        found = walk(self._view, int(row["offset"]) + len(MAGIC), int(row["df"]))
        return [from_block(self._view, block, self.shift) for block in found]


def join(segments: Sequence[Segment], stem: Stem) -> None:
    """Write the pages of some segments, deleted ones too, as one; raise `CannotJoin`."""
    if sum(segment.size for segment in segments) > MOST_PAGES:
        raise CannotJoin
    keys = [segment.terms.keys() for segment in segments]
    forms = sorted(set().union(*keys))
    number = {form: n for n, form in enumerate(forms)}.__getitem__
    shifts = np.cumsum([0, *(segment.size for segment in segments[:-1])]).tolist()
    sources = [Source(*each, number) for each in zip(segments, shifts, keys, strict=True)]
    lengths = np.concatenate([segment.length_bytes for segment in segments])
    with stem.create(POSTS) as file:
        values = list(_values(sources, len(forms), lengths, file))
    with stem.create(TERMS) as file:
        termfile.write(file, TEXT, forms, values)
    with stem.create(BEGINNINGS) as file:
        _join_beginnings(sources, forms, file)
    with stem.create(KEYS) as file:
        _join_keys(sources, file)
    pages = np.concatenate([segment.pages for segment in segments])
    documents = np.concatenate([segment.documents for segment in segments])
    write_columns(stem, pages, documents, lengths)


def _values(
    sources: Sequence[Source], count: int, lengths: Bytes, file: IO[bytes]
) -> Iterator[bytes]:
    """Write the postings of every form; yield what the term index says of each."""
    df = np.zeros(count, np.int64)
    for source in sources:
        df[source.forms] += source.rows["df"]
    frequent = df > BLOCK
    gatherers = [Gatherer(s.segment, s.shift, s.forms, s.rows, frequent) for s in sources]
    summed = np.cumsum(np.where(frequent, 0, df))
    low = 0
    while low < count:
        border = (summed[low - 1] if low else 0) + CHUNK
        high = max(low + 1, int(np.searchsorted(summed, border)))
        postings = assembled([each.gathered(low, high) for each in gatherers], lengths)
        gathered = iter(write_postings(file, postings, NARROW))
        for form, copied in enumerate(frequent[low:high].tolist(), low):
            yield _copied(sources, form, file) if copied else next(gathered)
        low = high


def _copied(sources: Sequence[Source], form: int, file: IO[bytes]) -> bytes:
    """Write the blocks of a frequent form behind one another."""
    found = [piece for source in sources for piece in source.pieces(form)]
    df = sum(piece.count for piece in found)
    kept = joined(found)
    blob = MAGIC + b"".join(piece.block(piece is kept[-1]) for piece in kept)
    if blocks.WORTHWHILE <= len(blob) <= blocks.SMALL:
        blob = blocks.compress(blob)
    place = termfile.PLACE.pack(file.tell(), len(blob))
    file.write(blob)
    info = termfile.INFO.pack(
        0, sum(piece.weight for piece in kept), df, min(piece.shortest for piece in kept),
        max(piece.longest for piece in kept), max(piece.most for piece in kept),
        kept[0].first, kept[-1].last,
    )  # fmt: skip
    return info + place


def _join_beginnings(sources: Sequence[Source], forms: list[bytes], file: IO[bytes]) -> None:
    df = np.zeros(len(forms), np.int64)
    for source in sources:
        df[source.forms] += source.rows["df"]

    def counted(first: int, end: int) -> NDArray[np.float64]:
        found = []
        for source in sources:
            numbers = np.arange(*np.searchsorted(source.forms, (first, end)))
            ones = np.ones(len(numbers), np.float32)
            if len(numbers):
                found.append(dense_counts(source.segment, numbers, ones).astype(np.float64))
            else:
                found.append(np.zeros(source.segment.size))
        return np.concatenate(found)

    wanted = beginnings.frequent([form.decode() for form in forms], df)
    beginnings.write(file, ((letters, counted(first, end)) for letters, first, end in wanted))


def _join_keys(sources: Sequence[Source], file: IO[bytes]) -> None:
    tables = []
    for source in sources:
        table = source.segment.keys.every().copy()
        table["form"] = source.forms[table["form"]]
        tables.append(table)
    file.write(keyfile.united(tables).tobytes())
