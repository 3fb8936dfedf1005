"""The numbers of a page's words, by which it is known later whether a name may stand there.

Every word is reduced to the skeleton of its sound (and of its readings without
case endings), and that to a number. Each different word is reduced once; a
page's numbers are then put together with numpy.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from operator import and_
from typing import TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.entities.sounds import skeleton, sounds
from index.entities.textwords import info, stem
from index.entities.words import fold, possessive_length

BITS = 22
MASK = (1 << BITS) - 1
_LONGEST_PAIR = 20  # letters of two words that may be one name
_MOST_REMEMBERED = 200_000
_Number = TypeVar("_Number", np.int64, np.uint32)


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


class PageKeys(dict[str, int]):
    """Words by the order in which they were met, and the numbers of each of them."""

    def __init__(self) -> None:
        super().__init__()
        self._keys = array("I")
        self._starts = array("q", [0])

    def __missing__(self, raw: str) -> int:
        self._keys.extend(_keys_of(raw))
        self._starts.append(len(self._keys))
        place = self[raw] = len(self)
        return place

    def of(self, raws: Sequence[str], capitals: Sequence[bool]) -> bytes:
        """Return the numbers of a page's words, sorted, as little-endian 32-bit integers.

        `capitals` says which of the words have a capital.
        """
        if not raws:
            return b""
        if len(self) > _MOST_REMEMBERED:
            self.clear()
            self._keys, self._starts = array("I"), array("q", [0])
        numbers = np.concatenate((self._of_words(raws), _of_pairs(raws, capitals)))
        return _each_once(numbers).astype("<u4", copy=False).tobytes()

    def _of_words(self, raws: Sequence[str]) -> npt.NDArray[np.uint32]:
        chosen = _each_once(np.fromiter(map(self.__getitem__, raws), np.int64, len(raws)))
        starts = np.frombuffer(self._starts, dtype=np.int64)
        first, lengths = starts[chosen], starts[chosen + 1] - starts[chosen]
        before = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(first - before, lengths)
        found: npt.NDArray[np.uint32] = np.frombuffer(self._keys, dtype=np.uint32)[places]
        return found


def _each_once(numbers: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return the different numbers in order; `np.unique` takes longer for so few."""
    numbers.sort()
    fresh = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=fresh[1:])
    return numbers[fresh]


def _of_pairs(raws: Sequence[str], capitals: Sequence[bool]) -> npt.NDArray[np.uint32]:
    pairs = {
        _pair(raws[at], raws[at + 1])
        for at in compress(range(len(raws)), map(and_, capitals, capitals[1:]))
        if len(raws[at]) + len(raws[at + 1]) < _LONGEST_PAIR
    }
    return np.fromiter(pairs, dtype=np.uint32, count=len(pairs))


@lru_cache(maxsize=32768)
def _pair(one: str, other: str) -> int:
    """Return the number of two words as one; a line's end or a hyphen may have cut a name."""
    head, tail = _bone(one), _bone(other)
    # A consonant is written once where it would be doubled.
    return number(f"^{head}{tail[1:] if head[-1:] == tail[:1] else tail}")


@lru_cache(maxsize=32768)
def _bone(raw: str) -> str:
    forms = info(raw).forms
    return skeleton(forms[0]) if forms else ""
