"""The postings of the rare forms of a segment, read into columns all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search import blocks
from index.search.blocks import MAGIC, NARROW, Bytes, Integers, Postings
from index.search.bulk import read_narrow
from index.search.pieces import MOST_PAGES, CannotJoin
from index.search.postings import walk
from index.search.segment import Segment


@dataclass(frozen=True, slots=True)
class Columns:
    """Postings of several forms: of each its form, its page and how often the form is there.

    `positions` has the distances of all of them one after the other.
    """

    forms: Integers
    documents: Integers
    counts: Integers
    positions: Integers


class Gatherer:
    """Reads the postings of one segment that are not among the frequent forms."""

    def __init__(
        self, segment: Segment, shift: int, forms: Integers, rows: NDArray[Any],
        frequent: NDArray[np.bool_],
    ) -> None:  # fmt: skip
        self._segment = segment
        self._shift = shift
        kept = np.flatnonzero(~frequent[forms])
        self._places, self._forms, self._rows = kept, forms[kept], rows[kept]
        self._view = memoryview(segment.posts_file.bytes)

    def gathered(self, low: int, high: int) -> list[Columns]:
        """Return the postings of the forms from `low` to `high`; raise `CannotJoin`."""
        first, last = np.searchsorted(self._forms, (low, high)).tolist()
        inline = self._rows["inline"][first:last] == 1
        numbers = first + np.flatnonzero(inline)
        return [
            *self._inline(numbers),
            *self._blocks(first + np.flatnonzero(~inline)),
        ]

    def _inline(self, numbers: Integers) -> list[Columns]:
        """Return what the term index itself holds: once in one page, and the few others."""
        rows = self._rows[numbers]
        starts, sizes = self._segment.terms.inline_places(self._places[numbers])
        once = (rows["df"] == 1) & (rows["weight"] == 1) & (sizes == blocks.SINGLE_SIZE)
        raw = np.frombuffer(self._segment.terms.raw, np.uint8)
        at = starts[once] + blocks.SINGLE_POSITION
        positions = raw[at].astype(np.int64) | raw[at + 1].astype(np.int64) << 8
        ones = np.ones(len(at), np.int64)
        documents = rows["first"][once].astype(np.int64) + self._shift
        found = [Columns(self._forms[numbers[once]], documents, ones, positions)]
        forms, pages, counts, flat = [], [], [], []
        for number in numbers[~once].tolist():
            pickled = self._segment.terms.record(int(self._places[number]))[3]
            here, how_often, lists = blocks.inlined_deltas(pickled)
            forms += [int(self._forms[number])] * len(here)
            pages += here
            counts += how_often
            for deltas in lists:
                flat += deltas
        if flat and max(flat) > MOST_PAGES:
            raise CannotJoin
        columns = (np.array(values, np.int64) for values in (forms, pages, counts, flat))
        forms_of, pages_of, counts_of, positions_of = columns
        found.append(Columns(forms_of, pages_of + self._shift, counts_of, positions_of))
        return found

    def _blocks(self, numbers: Integers) -> list[Columns]:
        """Return what is in blocks: those that are plain where they are, the others unpacked."""
        plain: list[tuple[int, int, int]] = []  # form, place, size
        packed: list[tuple[int, int, int]] = []
        pieces: list[bytes] = []
        at = 0
        rows = self._rows[numbers]
        for form, offset, df in zip(
            self._forms[numbers].tolist(), rows["offset"].tolist(), rows["df"].tolist(), strict=True
        ):
            for block in walk(self._view, offset + len(MAGIC), df):
                if block.packed:
                    data = blocks.unpack(self._view[block.at : block.end])
                    packed.append((form, at, block.size))
                    pieces.append(data)
                    at += len(data)
                else:
                    plain.append((form, block.at, block.size))
        raw = np.frombuffer(b"".join(pieces), np.uint8)
        return [self._read(self._segment.posts, plain), self._read(raw, packed)]

    def _read(self, raw: Bytes, found: list[tuple[int, int, int]]) -> Columns:
        forms, at, sizes = np.array(found, np.int64).reshape(-1, 3).T
        if not len(at):
            return Columns(forms, forms, forms, forms)
        if bool((raw[at + 3] != NARROW.opcode).any()):
            raise CannotJoin
        documents, often, owner = read_narrow(raw, at, sizes)
        counts = often.astype(np.int64)
        step = NARROW.step
        weights = at + 4 + step * sizes
        kind = raw[weights]
        head = np.select(
            [kind == ord("N"), kind == ord("C"), kind == ord("(")],
            [1, 2 + sizes, 2 + step * sizes],
            5 + sizes,
        )
        value_sizes, heads = blocks.value_sizes(counts, step)
        before = value_sizes.cumsum() - value_sizes
        firsts = sizes.cumsum() - sizes
        starts = before + (weights + head + 1 - before[firsts])[owner]
        starts += heads + 5 + (counts > 1)
        ends = counts.cumsum()
        place = np.repeat(starts - (ends - counts) * step, counts)
        place += np.arange(int(ends[-1])) * step
        positions = raw[place].astype(np.int64) | raw[place + 1].astype(np.int64) << 8
        return Columns(forms[owner], documents + self._shift, counts, positions)


def assembled(found: Sequence[Sequence[Columns]], lengths: Bytes) -> Postings:
    """Return columns of several segments as postings sorted by form and page."""
    every = [columns for each in found for columns in each]
    forms = np.concatenate([columns.forms for columns in every])
    documents = np.concatenate([columns.documents for columns in every])
    counts = np.concatenate([columns.counts for columns in every])
    positions = np.concatenate([columns.positions for columns in every])
    order = np.argsort(forms << 16 | documents)
    begins = (counts.cumsum() - counts)[order]
    forms, documents, counts = forms[order], documents[order], counts[order]
    ends = counts.cumsum()
    place = np.repeat(begins - (ends - counts), counts)
    place += np.arange(len(place))
    fresh = np.append(True, forms[1:] != forms[:-1])[: len(forms)]
    first = np.flatnonzero(fresh)
    return Postings(
        first=first,
        df=np.diff(np.append(first, len(forms))),
        documents=documents,
        counts=counts,
        positions=positions[place],
        lengths=lengths[documents],
    )
