"""The parts of a compiled query: which pages match, and what they score.

Pages are numbers within a segment, sorted. Scores are Whoosh's BM25F; a word that
stands for several forms is scored as one word that occurs as often as all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.search.bulk import commonest, dense_counts
from index.search.lexicon import Numbered
from index.search.query import Field, Kind, Word
from index.search.segment import Counts, Ids, PostingList

if TYPE_CHECKING:
    from index.search.executor import Compiler

Scores = NDArray[np.float32]

K1, B = 1.2, 0.75
MANY = 12  # forms from which they are read together
MOST = 500  # forms that the unfinished last word of a phrase stands for, the commonest


class Matcher(Protocol):
    """A compiled part of a query."""

    def ids(self, segment: int) -> Ids:
        """Return the pages of a segment that match, sorted, deleted ones too."""

    def scores(self, segment: int, ids: Ids) -> Scores:
        """Return what pages score, 0 for those that do not match; `ids` is sorted."""


class WordMatcher:
    """The pages with a word, in any of the forms it stands for."""

    def __init__(self, compiler: Compiler, word: Word) -> None:
        self._compiler = compiler
        self._word = word
        self._lists: dict[int, list[tuple[PostingList, float]]] = {}
        self._found: dict[int, tuple[Ids, Counts]] = {}
        self._idf: float | None = None

    def _forms(self, segment: int) -> Numbered:
        return self._compiler.lexicon.forms(self._word, self._compiler.segments[segment])

    def lists(self, segment: int) -> list[tuple[PostingList, float]]:
        """Return the postings of each form, with what the form counts for."""
        found = self._lists.get(segment)
        if found is None:
            here = self._compiler.segments[segment]
            numbers, weights = self._forms(segment)
            if self._word.kind is Kind.PREFIX and len(numbers) > MOST:
                chosen = commonest(here, numbers, MOST)
                numbers, weights = numbers[chosen], weights[chosen]
            found = []
            for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
                if len(found) % 256 == 0:
                    self._compiler.check()
                found.append((here.postings(number), weight))
            self._lists[segment] = found
        return found

    def _merged(self, segment: int) -> tuple[Ids, Counts]:
        found = self._found.get(segment)
        if found is None:
            self._compiler.check()
            here = self._compiler.segments[segment]
            numbers, weights = self._forms(segment)
            if len(numbers) > MANY:
                dense = dense_counts(here, numbers, weights)
                ids = np.flatnonzero(dense).astype(np.int32)
                found = ids, dense[ids]
            else:
                found = _union(self.lists(segment), here.size)
            self._found[segment] = found
        return found

    def ids(self, segment: int) -> Ids:
        return self._merged(segment)[0]

    def idf(self) -> float:
        """Return how telling the word is in the whole index, times its boost."""
        if self._idf is None:
            df = sum(len(self.ids(number)) for number in range(len(self._compiler.segments)))
            self._idf = (log(self._compiler.pages / (df + 1)) + 1) * self._word.boost
        return self._idf

    def scores(self, segment: int, ids: Ids) -> Scores:
        own, counts = self._merged(segment)
        saturation = self._compiler.saturation[segment]
        factor = np.float32(self.idf() * (K1 + 1))
        if ids is own:
            return np.asarray(factor * counts / (counts + saturation[ids]), np.float32)
        there = aligned(own, counts, ids, len(saturation))
        return np.asarray(factor * there / (there + saturation[ids]), np.float32)


def _union(lists: list[tuple[PostingList, float]], size: int) -> tuple[Ids, Counts]:
    """Return the pages of several posting lists, and how often all of them occur there."""
    if not lists:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    if len(lists) == 1:
        postings, weight = lists[0]
        return postings.ids, postings.counts if weight == 1.0 else postings.counts * weight
    dense = np.zeros(size, np.float32)
    for postings, weight in lists:
        dense[postings.ids] += postings.counts * np.float32(weight)
    ids = np.flatnonzero(dense).astype(np.int32)
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


class AndMatcher:
    """The pages that every part matches."""

    def __init__(self, compiler: Compiler, parts: Sequence[Matcher]) -> None:
        self._compiler = compiler
        self._without = [part.part for part in parts if isinstance(part, NotMatcher)]
        self._parts = [part for part in parts if not isinstance(part, NotMatcher)]
        self._found: dict[int, Ids] = {}

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            found = self._found[segment] = self._ids(segment)
        return found

    def _ids(self, segment: int) -> Ids:
        size = self._compiler.segments[segment].size
        lists = sorted((part.ids(segment) for part in self._parts), key=len)
        found = lists[0] if lists else np.arange(size, dtype=np.int32)
        for other in lists[1:]:
            self._compiler.check()
            found = common(found, other, size)
        for part in self._without:
            gone = np.zeros(size, bool)
            gone[part.ids(segment)] = True
            found = found[~gone[found]]
        return np.asarray(found)

    def scores(self, segment: int, ids: Ids) -> Scores:
        total = np.zeros(len(ids), np.float32)
        for part in self._parts:
            total += part.scores(segment, ids)
        own = self.ids(segment)
        if ids is own:
            return total
        return total * aligned(
            own, np.ones(len(own), np.float32), ids, self._compiler.segments[segment].size
        )


class OrMatcher:
    """The pages that any part matches."""

    def __init__(self, compiler: Compiler, parts: Sequence[Matcher]) -> None:
        self._compiler = compiler
        self._parts = parts
        self._found: dict[int, Ids] = {}

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            dense = np.zeros(self._compiler.segments[segment].size, bool)
            for part in self._parts:
                dense[part.ids(segment)] = True
            found = self._found[segment] = np.flatnonzero(dense).astype(np.int32)
        return found

    def scores(self, segment: int, ids: Ids) -> Scores:
        dense = np.zeros(self._compiler.segments[segment].size, np.float32)
        for part in self._parts:
            own = part.ids(segment)
            dense[own] += part.scores(segment, own)
        return dense[ids]


class NotMatcher:
    """The pages that its part does not match."""

    def __init__(self, compiler: Compiler, part: Matcher) -> None:
        self._compiler = compiler
        self.part = part

    def ids(self, segment: int) -> Ids:
        keep = np.ones(self._compiler.segments[segment].size, bool)
        keep[self.part.ids(segment)] = False
        return np.flatnonzero(keep).astype(np.int32)

    def scores(self, segment: int, ids: Ids) -> Scores:
        return np.zeros(len(ids), np.float32)


class EveryMatcher:
    """Every page."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler

    def ids(self, segment: int) -> Ids:
        return np.arange(self._compiler.segments[segment].size, dtype=np.int32)

    def scores(self, segment: int, ids: Ids) -> Scores:
        return np.zeros(len(ids), np.float32)


class NoMatcher:
    """No page."""

    def ids(self, segment: int) -> Ids:
        return np.empty(0, np.int32)

    def scores(self, segment: int, ids: Ids) -> Scores:
        return np.zeros(len(ids), np.float32)


class FieldMatcher:
    """The pages that the record answers with."""

    def __init__(self, compiler: Compiler, field: Field) -> None:
        self._compiler = compiler
        self._field = field
        self._found: dict[int, Ids] = {}

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            table = self._compiler.resolve(self._field, self._compiler.segments[segment])
            found = self._found[segment] = np.flatnonzero(table).astype(np.int32)
        return found

    def scores(self, segment: int, ids: Ids) -> Scores:
        return np.zeros(len(ids), np.float32)
