"""Words that follow one another, and words that are near one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.search.matchers import AndMatcher, Scores, WordMatcher, aligned
from index.search.matching import windows
from index.search.query import Phrase
from index.search.segment import Ids

if TYPE_CHECKING:
    from index.search.executor import Compiler

_GAP = 1 << 24  # further apart than two words of one page can be


class PhraseMatcher:
    """The pages where words follow one another, or are near one another."""

    def __init__(self, compiler: Compiler, phrase: Phrase) -> None:
        self._compiler = compiler
        self._phrase = phrase
        self._words = [compiler.word(word) for word in phrase.words]
        self._together = AndMatcher(compiler, list(dict.fromkeys(self._words)))
        self._found: dict[int, Ids] = {}

    def ids(self, segment: int) -> Ids:
        found = self._found.get(segment)
        if found is None:
            candidates = self._together.ids(segment)
            if len(candidates):
                self._compiler.check()
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
        return aligned(own, total, ids, self._compiler.segments[segment].size)

    def _places(self, word: WordMatcher, segment: int, candidates: Ids) -> NDArray[np.int64]:
        """Return where a word is in the candidates, as candidate times a gap plus position."""
        found = []
        for postings, _ in word.lists(segment):
            here, there = _shared(postings.ids, candidates)
            if len(here):
                positions, owner = postings.positions(here)
                found.append(there[owner] * _GAP + positions)
        if len(found) == 1:
            return found[0]
        places = np.concatenate(found) if found else np.empty(0, np.int64)
        places.sort()
        return places

    def _adjacent(self, segment: int, candidates: Ids) -> NDArray[np.int64]:
        starts: NDArray[np.int64] | None = None
        for offset, word in enumerate(self._words):
            places = self._places(word, segment, candidates) - offset
            starts = places if starts is None else _both(starts, places)
            if not len(starts):
                break
        return np.asarray(np.unique((starts if starts is not None else np.empty(0)) // _GAP), int)

    def _near(self, segment: int, candidates: Ids) -> NDArray[np.int64]:
        slop = self._phrase.slop or 1
        places = [self._places(word, segment, candidates) for word in self._words]
        if len(places) == 2 and self._words[0] is not self._words[1]:
            return _pairs(places[0], places[1], slop)
        borders = [
            np.searchsorted(each, np.arange(len(candidates) + 1) * _GAP).tolist() for each in places
        ]
        reach = slop + len(places) - 2
        return np.array(
            [
                number
                for number in range(len(candidates))
                if windows(
                    [
                        each[border[number] : border[number + 1]].tolist()
                        for each, border in zip(places, borders, strict=True)
                    ],
                    reach,
                )
            ],
            np.int64,
        )


def _shared(own: Ids, candidates: Ids) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the indexes into `own` and into `candidates` of the pages in both."""
    if len(own) < len(candidates):
        place = np.searchsorted(candidates, own)
        place[place == len(candidates)] = 0
        here = np.flatnonzero(candidates[place] == own)
        return here, place[here]
    place = np.searchsorted(own, candidates)
    place[place == len(own)] = 0
    there = np.flatnonzero(own[place] == candidates)
    return place[there], there


def _both(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the values in both, which are sorted."""
    if len(first) > len(second):
        first, second = second, first
    if not len(first):
        return first
    place = np.searchsorted(second, first)
    place[place == len(second)] = 0
    return np.asarray(first[second[place] == first])


def _pairs(first: NDArray[np.int64], second: NDArray[np.int64], reach: int) -> NDArray[np.int64]:
    """Return the candidates where two different places lie within `reach`."""
    if len(first) > len(second):
        first, second = second, first
    low = np.searchsorted(second, first - reach, "left")
    high = np.searchsorted(second, first + reach, "right")
    place = np.minimum(np.searchsorted(second, first), len(second) - 1)
    same = second[place] == first
    return np.unique(first[(high - low - same) > 0] // _GAP)
