"""The numbers of a page's words, by which it is known later whether a name may stand there.

Every word is reduced to the skeleton of its sound (and of its readings without
case endings), and that to a number. Each different word is reduced once; a
page's numbers are then put together with numpy.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.entities import vocabulary
from index.entities.sounds import skeleton, sounds
from index.entities.textwords import TextWords
from index.entities.vocabulary import Numbers, Vocabulary, each_once
from index.entities.wordinfo import info, stem
from index.entities.words import fold, possessive_length

BITS = 22
MASK = (1 << BITS) - 1
_LONGEST_PAIR = 20  # letters of two words that may be one name
_MOST_PAIRS = 200_000


def number(text: str) -> int:
    """Return the number of what a word was reduced to."""
    return crc32(text.encode()) & MASK


def _stemmed(folded: str) -> set[str]:
    return {skeleton(form) for form in sounds(stem(folded))[:1]}


def _keys_of(raw: str) -> set[int]:
    if raw[:1].islower():
        folded = fold(raw[: len(raw) - possessive_length(raw)])
        return {number(f"={folded}"), *(number(f"/{bone}") for bone in _stemmed(folded))}
    one = info(raw)
    stemmed = _stemmed(one.folded)
    if one.capital or one.folded.isdigit():
        found = {f"^{skeleton(form)}" for form in one.forms[:12]}
        found.update(f"^{bone}" for bone in stemmed)
    else:
        found = {f"/{bone}" for bone in stemmed}
    return set(map(number, {*found, f"={one.folded}"}))


class PageKeys:
    """The numbers of every word and every pair of words met, kept for the next pages."""

    def __init__(self) -> None:
        self._begin_anew(vocabulary.current())

    def _begin_anew(self, words: Vocabulary) -> None:
        self._vocabulary = words
        self._places = np.zeros(0, dtype=np.int64)  # in what follows, by a word's number; 0 unknown
        self._keys = array("I")
        self._starts = array("q", [0, 0])
        self._pairs: dict[int, int] = {}

    def of(self, text: TextWords, bounds: Sequence[int]) -> list[bytes]:
        """Return each page's numbers, sorted, as little-endian 32-bit integers.

        A page's words go from one of `bounds` to the next.
        """
        if text.vocabulary is not self._vocabulary or len(self._pairs) > _MOST_PAIRS:
            self._begin_anew(text.vocabulary)
        places = self._placed(text.numbers)
        first, pairs = self._pairs_of(text)
        cuts = np.searchsorted(first, bounds).tolist()
        # A word and the next are a pair where they are on one page.
        lasts = np.searchsorted(first, np.asarray(bounds) - 1).tolist()
        return [
            self._of_page(places[begin:end], pairs[cut:last])
            for (begin, end), cut, last in zip(pairwise(bounds), cuts[:-1], lasts[1:], strict=True)
        ]

    def _placed(self, numbers: Numbers) -> npt.NDArray[np.int64]:
        """Return where each word's numbers are, having found out what is missing."""
        words = self._vocabulary.words
        if len(self._places) < len(words):
            grown = np.zeros(len(words) + len(words) // 2, dtype=np.int64)
            grown[: len(self._places)] = self._places
            self._places = grown
        places = self._places[numbers]
        fresh = each_once(numbers[places == 0]).tolist()
        if not fresh:
            return places
        for word in fresh:
            self._places[word] = len(self._starts) - 1
            self._keys.extend(_keys_of(words[word]))
            self._starts.append(len(self._keys))
        return self._places[numbers]

    def _pairs_of(self, text: TextWords) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return where two words with capitals follow each other, and the numbers of both as one.

        A number is -1 where the two are too long for a name.
        """
        first = np.flatnonzero(text.capitals[:-1] & text.capitals[1:])
        codes = text.numbers[first].astype(np.int64) << 32 | text.numbers[first + 1]
        different, which = np.unique(codes, return_inverse=True)
        known, words = self._pairs, self._vocabulary.words
        for code in different.tolist():
            if code not in known:
                known[code] = _pair(words[code >> 32], words[code & 0xFFFFFFFF])
        found = np.fromiter(map(known.__getitem__, different.tolist()), np.int64, len(different))
        return first, found[which]

    def _of_page(self, places: npt.NDArray[np.int64], pairs: npt.NDArray[np.int64]) -> bytes:
        chosen = each_once(places.copy())
        starts = np.frombuffer(self._starts, dtype=np.int64)
        begins, lengths = starts[chosen], starts[chosen + 1] - starts[chosen]
        before = np.cumsum(lengths) - lengths
        at = np.arange(int(lengths.sum())) + np.repeat(begins - before, lengths)
        keys = np.frombuffer(self._keys, dtype=np.uint32)[at]
        numbers = np.concatenate((keys, pairs[pairs >= 0].astype(np.uint32)))
        return each_once(numbers).astype("<u4", copy=False).tobytes()


def _pair(one: str, other: str) -> int:
    """Return the number of two words as one; a line's end or a hyphen may have cut a name."""
    if len(one) + len(other) >= _LONGEST_PAIR:
        return -1
    head, tail = _bone(one), _bone(other)
    # A consonant is written once where it would be doubled.
    return number(f"^{head}{tail[1:] if head[-1:] == tail[:1] else tail}")


@lru_cache(maxsize=32768)
def _bone(raw: str) -> str:
    forms = info(raw).forms
    return skeleton(forms[0]) if forms else ""
