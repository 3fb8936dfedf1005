"""The different words of texts, numbered: what is known of a word is asked for once.

A text is its words as numbers in an array; whether they have a capital, may be
part of a name, or what they are reduced to is then looked up for all of them
at once, by number.
"""

from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
MOST = 200_000  # different words


class Vocabulary(dict[str, int]):
    """Words by the order in which they were met."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._adding = Lock()  # two threads must not give one number to two words
        self._capitals = Flags(self, lambda word: word[:1].isupper())
        self._lower = Flags(self, lambda word: word[:1].islower())

    def __missing__(self, word: str) -> int:
        with self._adding:
            if word not in self:
                self.words.append(word)
                self[word] = len(self.words) - 1
            return self[word]

    def numbers(self, words: Sequence[str]) -> Numbers:
        """Return the numbers of words."""
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))

    def capitals(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each word whether it begins with a capital."""
        return self._capitals.of(numbers)

    def lower(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each word whether it begins with a small letter."""
        return self._lower.of(numbers)


class Flags:
    """One thing that is so or not of each word of a vocabulary, found out when first asked.

    What two threads find out at once may be forgotten, and is then asked again.
    """

    def __init__(self, vocabulary: Vocabulary, is_so: Callable[[str], bool]) -> None:
        self.vocabulary = vocabulary
        self._is_so = is_so
        self._known = np.zeros(0, dtype=np.int8)  # 0 not asked yet, 1 not so, 2 so

    def of(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each word whether it is so."""
        words, known = self.vocabulary.words, self._grown()
        for number in each_once(numbers[known[numbers] == 0]).tolist():
            known[number] = 2 if self._is_so(words[number]) else 1
        so: npt.NDArray[np.bool_] = known[numbers] == 2
        return so

    def unknown(self, numbers: Numbers) -> list[int]:
        """Return those of some numbers that nothing is known of yet."""
        found: list[int] = each_once(numbers[self._grown()[numbers] == 0]).tolist()
        return found

    def rule_out(self, numbers: Sequence[int]) -> None:
        """Write down that it is not so of some words."""
        self._grown()[numbers] = 1

    def _grown(self) -> npt.NDArray[np.int8]:
        """Return what is known, with a place for every word."""
        known, least = self._known, len(self.vocabulary.words)
        if len(known) < least:
            known = np.zeros(least + least // 2, dtype=np.int8)
            known[: len(self._known)] = self._known
            self._known = known
        return known


def each_once(numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.integer]:
    """Return the different numbers in order, sorting them in place.

    `np.unique` takes longer for so few.
    """
    numbers.sort()
    fresh = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=fresh[1:])
    return numbers[fresh]


_current = Vocabulary()


def current() -> Vocabulary:
    """Return the vocabulary of the texts gone through now; a new one when it has grown too long.

    A text keeps the one it was numbered with.
    """
    global _current
    if len(_current.words) > MOST:
        _current = Vocabulary()
    return _current
