"""The parts of a compiled query: which pages match, and what they score.

Pages are numbers within a segment, sorted. Scores are Whoosh's BM25F; a word that
stands for several forms is scored as one word that occurs as often as all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.search.bulk import commonest, dense_counts
from index.search.lexicon import Numbered
from index.search.postings import Blocks, Counts, Ids, Inlined
from index.search.query import Field, Kind, Word
from index.search.segment import K1, Segment

if TYPE_CHECKING:
    from index.search.executor import Compiler

Scores = NDArray[np.float32]
Lists = list[tuple[Blocks | Inlined, float]]

MANY = 12  # forms from which they are read together
SKIP = 4  # times as many postings as candidates from which blocks are stepped over
MOST = 500  # forms that the unfinished last word of a phrase stands for, the commonest


class Matcher(Protocol):
    """A compiled part of a query."""

    def cost(self, segment: int) -> int:
        """Return about how many pages of a segment match, without reading postings."""

    def ids(self, segment: int) -> Ids:
        """Return the pages of a segment that match, sorted, deleted ones too."""

    def within(self, segment: int, ids: Ids) -> Ids:
        """Return those of some pages, which are sorted, that match."""

    def scores(self, segment: int, ids: Ids) -> Scores:
        """Return what pages score, 0 for those that do not match; `ids` is sorted.

        The pages are those that `ids` gave, or some of those that `within` was asked about.
        """


class Plain(ABC):
    """What most matchers do: they know all their pages or none."""

    compiler: Compiler

    def cost(self, segment: int) -> int:
        return self.compiler.segments[segment].size

    @abstractmethod
    def ids(self, segment: int) -> Ids: ...

    def within(self, segment: int, ids: Ids) -> Ids:
        return common(ids, self.ids(segment), self.compiler.segments[segment].size)

    def scores(self, segment: int, ids: Ids) -> Scores:
        return np.zeros(len(ids), np.float32)


class WordMatcher(Plain):
    """The pages with a word, in any of the forms it stands for."""

    def __init__(self, compiler: Compiler, word: Word) -> None:
        self.compiler = compiler
        self._word = word
        self._lists: dict[int, Lists] = {}
        self._found: dict[int, tuple[Ids, Counts]] = {}
        self._partly: dict[int, tuple[Ids, Counts]] = {}
        self._kept: dict[int, tuple[Ids, Counts]] = {}  # what `within` answered last
        self._idf: float | None = None

    def _forms(self, segment: int) -> Numbered:
        return self.compiler.lexicon.forms(self._word, self.compiler.segments[segment])

    def forms(self, segment: int) -> NDArray[np.int64]:
        """Return the numbers of the forms it stands for in a segment."""
        return self._forms(segment)[0]

    def cost(self, segment: int) -> int:
        here = self.compiler.segments[segment]
        return min(here.size, here.terms.total_df(self._forms(segment)[0]))

    def lists(self, segment: int) -> Lists:
        """Return the postings of each form, with what the form counts for.

        They may lack pages that `within` was not asked about.
        """
        found = self._lists.get(segment)
        if found is None:
            found = self._lists[segment] = self._read(segment)
        return found

    def _read(self, segment: int, among: Ids | None = None) -> Lists:
        here = self.compiler.segments[segment]
        numbers, weights = self._forms(segment)
        if self._word.kind is Kind.PREFIX and len(numbers) > MOST:
            chosen = commonest(here, numbers, MOST)
            numbers, weights = numbers[chosen], weights[chosen]
        found: Lists = []
        for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
            if len(found) % 256 == 0:
                self.compiler.check()
            found.append((here.postings(number, among), weight))
        return found

    def _merged(self, segment: int) -> tuple[Ids, Counts]:
        found = self._found.get(segment)
        if found is None:
            self.compiler.check()
            here = self.compiler.segments[segment]
            numbers, weights = self._forms(segment)
            if len(numbers) > MANY and self._word.kind is Kind.PREFIX:
                found = _beginning(here, self._word.text, numbers, weights)
            elif len(numbers) > MANY:
                found = _together(here, numbers, weights)
            else:
                if segment in self._partly:
                    del self._partly[segment], self._lists[segment]
                found = _union(self.lists(segment), here.size)
            self._found[segment] = found
        return found

    def ids(self, segment: int) -> Ids:
        return self._merged(segment)[0]

    def within(self, segment: int, ids: Ids) -> Ids:
        size = self.compiler.segments[segment].size
        fresh = segment not in self._found and segment not in self._lists
        if fresh and len(self._forms(segment)[0]) <= MANY and len(ids) * SKIP < self.cost(segment):
            lists = self._lists[segment] = self._read(segment, ids)
            own, counts = self._partly[segment] = _union(lists, size)
        else:
            own, counts = self._merged(segment)
        there = aligned(own, counts, ids, size)
        keep = there > 0
        found = ids[keep]
        self._kept[segment] = found, there[keep]
        return found

    def idf(self) -> float:
        """Return how telling the word is in the whole index, times its boost.

        A page with several of its forms counts several times, so that no posting has
        to be read for it.
        """
        if self._idf is None:
            df = sum(self.cost(number) for number in range(len(self.compiler.segments)))
            self._idf = (log(self.compiler.pages / (df + 1)) + 1) * self._word.boost
        return self._idf

    def scores(self, segment: int, ids: Ids) -> Scores:
        kept = self._kept.get(segment)
        if kept is not None and kept[0] is ids:
            own, counts = kept
        else:
            own, counts = self._partly.get(segment) or self._merged(segment)
        saturation = self.compiler.saturation[segment]
        factor = np.float32(self.idf() * (K1 + 1))
        if ids is own:
            return np.asarray(factor * counts / (counts + saturation[ids]), np.float32)
        there = aligned(own, counts, ids, len(saturation))
        return np.asarray(factor * there / (there + saturation[ids]), np.float32)


def _beginning(
    segment: Segment, letters: str, numbers: NDArray[np.int64], weights: NDArray[np.float32]
) -> tuple[Ids, Counts]:
    """Return the pages with words that begin so: counted before, or counted and remembered."""
    found = segment.known_beginnings.get(letters) or segment.beginnings.find(letters)
    if found is None:
        found = segment.known_beginnings.put(letters, _together(segment, numbers, weights))
    return found


def _together(
    segment: Segment, numbers: NDArray[np.int64], weights: NDArray[np.float32]
) -> tuple[Ids, Counts]:
    """Return the pages of very many forms, and how often all of them occur there."""
    dense = dense_counts(segment, numbers, weights)
    ids = np.flatnonzero(dense > 0).astype(np.int32)
    return ids, dense[ids]


def _union(lists: Lists, size: int) -> tuple[Ids, Counts]:
    """Return the pages of several posting lists, and how often all of them occur there."""
    if not lists:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    if len(lists) == 1:
        postings, weight = lists[0]
        return postings.ids, postings.counts if weight == 1.0 else postings.counts * weight
    dense = np.zeros(size, np.float32)
    for postings, weight in lists:
        dense[postings.ids] += postings.counts * np.float32(weight)
    ids = np.flatnonzero(dense > 0).astype(np.int32)
    return ids, dense[ids]


def aligned(own: Ids, values: Counts, ids: Ids, size: int) -> Counts:
    """Return `values`, which belong to the pages `own`, for the pages `ids`, else 0."""
    if not len(own) or not len(ids):
        return np.zeros(len(ids), np.float32)
    if len(ids) * 16 < len(own):
        place = np.searchsorted(own, ids)
        place[place == len(own)] = 0
        return np.where(own[place] == ids, values[place], np.float32(0))
    dense = np.zeros(size, np.float32)
    dense[own] = values
    return dense[ids]


def common(first: Ids, second: Ids, size: int) -> Ids:
    """Return the pages in both, which are sorted."""
    if len(first) > len(second):
        first, second = second, first
    if not len(first):
        return first
    if len(first) * 16 < len(second):
        place = np.searchsorted(second, first)
        place[place == len(second)] = 0
        return np.asarray(first[second[place] == first])
    dense = np.zeros(size, bool)
    dense[second] = True
    return np.asarray(first[dense[first]])


class AndMatcher(Plain):
    """The pages that every part matches."""

    def __init__(self, compiler: Compiler, parts: Sequence[Matcher]) -> None:
        self.compiler = compiler
        self._without = [part.part for part in parts if isinstance(part, NotMatcher)]
        self._parts = [part for part in parts if not isinstance(part, NotMatcher)]
        self._found: dict[int, Ids] = {}

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            found = self._found[segment] = self._ids(segment)
        return found

    def cost(self, segment: int) -> int:
        every = self.compiler.segments[segment].size
        return min((part.cost(segment) for part in self._parts), default=every)

    def _ids(self, segment: int) -> Ids:
        size = self.compiler.segments[segment].size
        parts = sorted(self._parts, key=lambda part: part.cost(segment))
        found = parts[0].ids(segment) if parts else np.arange(size, dtype=np.int32)
        for part in parts[1:]:
            self.compiler.check()
            found = part.within(segment, found)
        for part in self._without:
            gone = np.zeros(size, bool)
            gone[part.ids(segment)] = True
            found = found[~gone[found]]
        return np.asarray(found)

    def scores(self, segment: int, ids: Ids) -> Scores:
        own = self.ids(segment)
        total = np.zeros(len(own), np.float32)
        for part in self._parts:
            total += part.scores(segment, own)
        if ids is own:
            return total
        return aligned(own, total, ids, self.compiler.segments[segment].size)


class OrMatcher(Plain):
    """The pages that any part matches."""

    def __init__(self, compiler: Compiler, parts: Sequence[Matcher]) -> None:
        self.compiler = compiler
        self._parts = parts
        self._found: dict[int, Ids] = {}

    def cost(self, segment: int) -> int:
        every = self.compiler.segments[segment].size
        return min(every, sum(part.cost(segment) for part in self._parts))

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            dense = np.zeros(self.compiler.segments[segment].size, bool)
            for part in self._parts:
                dense[part.ids(segment)] = True
            found = self._found[segment] = np.flatnonzero(dense).astype(np.int32)
        return found

    def scores(self, segment: int, ids: Ids) -> Scores:
        dense = np.zeros(self.compiler.segments[segment].size, np.float32)
        for part in self._parts:
            own = part.ids(segment)
            dense[own] += part.scores(segment, own)
        return dense[ids]


class NotMatcher(Plain):
    """The pages that its part does not match."""

    def __init__(self, compiler: Compiler, part: Matcher) -> None:
        self.compiler = compiler
        self.part = part

    def ids(self, segment: int) -> Ids:
        keep = np.ones(self.compiler.segments[segment].size, bool)
        keep[self.part.ids(segment)] = False
        return np.flatnonzero(keep).astype(np.int32)


class EveryMatcher(Plain):
    """Every page."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler

    def ids(self, segment: int) -> Ids:
        return np.arange(self.compiler.segments[segment].size, dtype=np.int32)


class NoMatcher(Plain):
    """No page."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler

    def cost(self, segment: int) -> int:
        return 0

    def ids(self, segment: int) -> Ids:
        return np.empty(0, np.int32)


class FieldMatcher(Plain):
    """The pages that the record answers with."""

    def __init__(self, compiler: Compiler, field: Field) -> None:
        self.compiler = compiler
        self._field = field
        self._found: dict[int, Ids] = {}

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            table = self.compiler.resolve(self._field, self.compiler.segments[segment])
            found = self._found[segment] = np.flatnonzero(table).astype(np.int32)
        return found
