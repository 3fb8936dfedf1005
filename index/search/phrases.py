"""Words that follow one another, and words that are near one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.search.blocks import Integers
from index.search.matchers import AndMatcher, Plain, Scores, WordMatcher, aligned
from index.search.matching import windows
from index.search.postings import Ids
from index.search.query import Phrase

if TYPE_CHECKING:
    from index.search.executor import Compiler

Places = Integers
"""Where words are, sorted: the number of the candidate times a gap, plus the position.

The gap is a power of two, of so many bits that the words of two pages are never near
one another. Numbers are four bytes wide wherever they can be.
"""

_UNEVEN = 16  # times as long a list is from which it is searched instead of merged


class PhraseMatcher(Plain):
    """The pages where words follow one another, or are near one another."""

    def __init__(self, compiler: Compiler, phrase: Phrase) -> None:
        self.compiler = compiler
        self._phrase = phrase
        self._words = [compiler.word(word) for word in phrase.words]
        self._together = AndMatcher(compiler, list(dict.fromkeys(self._words)))
        self._found: dict[int, Ids] = {}

    def cost(self, segment: int) -> int:
        return self._together.cost(segment)

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            candidates = self._together.ids(segment)
            if len(candidates):
                self.compiler.check()
                near = self._adjacent if self._phrase.slop is None else self._near
                candidates = candidates[near(segment, candidates)]
            found = self._found[segment] = candidates
        return found

    def scores(self, segment: int, ids: Ids) -> Scores:
        own = self.ids(segment)
        total = np.zeros(len(own), np.float32)
        for word in self._words:
            total += word.scores(segment, own)
        total *= np.float32(self._phrase.boost)
        if ids is own:
            return total
        return aligned(own, total, ids, self.compiler.segments[segment].size)

    def _gap(self, segment: int) -> int:
        """Return the bits of the gap between pages of a segment."""
        beyond = len(self._words) + (self._phrase.slop or 0)
        return (self.compiler.segments[segment].longest + 2 * beyond).bit_length()

    def _places(self, word: WordMatcher, segment: int, candidates: Ids) -> Places:
        bits = self._gap(segment)
        wide = (len(candidates) + 2) << (bits + 1) >= 1 << 31
        bases: Places = np.arange(len(candidates), dtype=np.int64 if wide else np.int32)
        bases <<= bits
        found = []
        for postings, _ in word.lists(segment):
            here, there = _shared(postings.ids, candidates)
            if len(here):
                found.append(postings.places(here, bases[there]))
        if len(found) == 1:
            return found[0]
        places = np.concatenate(found) if found else bases[:0]
        places.sort(kind="stable")
        return places

    def _adjacent(self, segment: int, candidates: Ids) -> NDArray[np.int64]:
        """Return the candidates where the words follow one another, rarest word first."""
        order = sorted(range(len(self._words)), key=lambda n: self._words[n].cost(segment))
        bits = self._gap(segment)
        starts: Places = np.empty(0, np.int64)
        left = candidates
        for step, number in enumerate(order):
            self.compiler.check()
            places = self._places(self._words[number], segment, left)
            places += (1 << bits) - number  # the first word may seem to begin before its page
            starts = _both(starts, places) if step else places
            if 0 < step < len(order) - 1:
                left, starts = _narrowed(left, starts, bits)
        return np.searchsorted(candidates, left[_owners(starts, bits) - 1])

    def _near(self, segment: int, candidates: Ids) -> NDArray[np.int64]:
        slop = self._phrase.slop or 1
        places = [self._places(word, segment, candidates) for word in self._words]
        if len(places) == 2 and self._words[0] is not self._words[1]:
            first, second = (frozenset(word.forms(segment).tolist()) for word in self._words)
            near = _pairs(places[0], places[1], slop, apart=first.isdisjoint(second))
            return _owners(near, self._gap(segment))
        borders = [
            np.searchsorted(each, np.arange(len(candidates) + 1) << self._gap(segment)).tolist()
            for each in places
        ]
        reach = slop + len(places) - 2
        found = []
        for number in range(len(candidates)):
            if number % 256 == 0:
                self.compiler.check()
            lists = [
                each[border[number] : border[number + 1]].tolist()
                for each, border in zip(places, borders, strict=True)
            ]
            if windows(lists, reach):
                found.append(number)
        return np.array(found, np.int64)


def _owners(places: Places, bits: int) -> NDArray[np.int64]:
    """Return the candidates that some places are in, each once."""
    owners = (places >> bits).astype(np.int64)
    return owners[np.append(True, owners[1:] != owners[:-1])] if len(owners) else owners


def _narrowed(candidates: Ids, places: Places, bits: int) -> tuple[Ids, Places]:
    """Return the candidates that have places, and the places as those of these alone."""
    owners = places >> bits
    fresh = np.append(True, owners[1:] != owners[:-1])[: len(owners)]
    numbers = np.cumsum(fresh, dtype=owners.dtype)
    return candidates[owners[fresh] - 1], places + ((numbers - owners) << bits)


def _shared(own: Ids, candidates: Ids) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the indexes into `own` and into `candidates` of the pages in both."""
    if len(own) == len(candidates) and bool((own == candidates).all()):
        every = np.arange(len(own))
        return every, every
    if len(own) < len(candidates):
        place = np.searchsorted(candidates, own)
        place[place == len(candidates)] = 0
        here = np.flatnonzero(candidates[place] == own)
        return here, place[here]
    place = np.searchsorted(own, candidates)
    place[place == len(own)] = 0
    there = np.flatnonzero(own[place] == candidates)
    return place[there], there


def _both(first: Places, second: Places) -> Places:
    """Return the values in both, which are sorted, none of them twice in the same."""
    if len(first) > len(second):
        first, second = second, first
    if not len(first):
        return first
    if len(first) * _UNEVEN > len(second):
        merged = np.concatenate((first, second))
        merged.sort(kind="stable")  # two runs: they are merged
        return np.asarray(merged[1:][merged[1:] == merged[:-1]])
    place = np.searchsorted(second, first)
    place[place == len(second)] = 0
    return np.asarray(first[second[place] == first])


def _pairs(first: Places, second: Places, reach: int, *, apart: bool) -> Places:
    """Return places, some of each page where two different ones lie within `reach`.

    `apart` says that no place is in both.
    """
    if len(first) > len(second):
        first, second = second, first
    if apart and len(first) * _UNEVEN > len(second):
        merged = np.concatenate((first << 1, (second << 1) + 1))
        merged.sort(kind="stable")
        # Of the places of both, some neighbours are the nearest of all.
        close = ((merged[1:] ^ merged[:-1]) & 1).astype(bool)
        merged >>= 1
        close &= merged[1:] - merged[:-1] <= reach
        return np.asarray(merged[1:][close])
    low = np.searchsorted(second, first - reach, "left")
    high = np.searchsorted(second, first + reach, "right")
    place = np.minimum(np.searchsorted(second, first), len(second) - 1)
    same = second[place] == first
    return np.asarray(first[(high - low - same) > 0])
