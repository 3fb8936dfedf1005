"""Which forms of the index a word of a query stands for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search.analysis import Likeness, key_of, likeness, printed, script_keys
from index.search.keyfile import key_hash
from index.search.matching import accepts, among_lines
from index.search.query import Kind, Word
from index.search.segment import Segment

_REMEMBERED = 500  # forms of a word up to which they are kept for the next query
_AT_ONCE = 20_000  # forms looked at together

Numbered = tuple[NDArray[np.int64], NDArray[np.float32]]


def _numbered(pairs: list[tuple[int, float]]) -> Numbered:
    numbers = np.array([number for number, _ in pairs], np.int64)
    return numbers, np.array([weight for _, weight in pairs], np.float32)


def _lines_with(pattern: re.Pattern[str], lines: str) -> NDArray[np.int64]:
    """Return the numbers of the lines that a pattern is in, each once."""
    at = np.fromiter((match.start() for match in pattern.finditer(lines)), np.int64)
    signs = np.frombuffer(lines.encode("utf-32-le"), np.uint32)
    return np.unique(np.searchsorted(np.flatnonzero(signs == ord("\n")), at, "right") - 1)


@dataclass(frozen=True, slots=True)
class Switches:
    """Which ways of widening a word are on."""

    stem: bool = True
    fold: bool = True
    script: bool = True
    alias: bool = True

    def allows(self, found: Likeness | None) -> bool:
        """Whether a form that answers in this way is to be found."""
        match found:
            case None:
                return False
            case Likeness.STEM:
                return self.stem
            case Likeness.FOLDED:
                return self.fold
            case Likeness.SCRIPT:
                return self.script
            case _:
                return True

    def weight(self, word: Word, form: str) -> float:
        """Return what a form counts for as an answer to a word, 0 when it is none."""
        if word.kind is Kind.STEM and not self.allows(likeness(word.text, form)):
            return 0.0
        return accepts(word, form)


class Lexicon:
    """The forms of all segments."""

    def __init__(
        self,
        segments: Sequence[Segment],
        switches: Switches | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._segments = segments
        self._check = check
        self._switches = switches or Switches()
        self._known: dict[Word, frozenset[str]] = {}
        self._numbered: dict[tuple[Word, int], Numbered] = {}

    def known(self, word: Word) -> frozenset[str]:
        """Return the forms of the whole index that answer to a word."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = frozenset(
                segment.terms.form(number)
                for segment in self._segments
                for number in self.forms(word, segment)[0].tolist()
            )
        return found

    def forms(self, word: Word, segment: Segment) -> Numbered:
        """Return the numbers of the forms that answer to a word, and what each counts for."""
        found = self._numbered.get((word, segment.base))
        if found is None:
            # Words of a query stay while others are typed; boosts do not change their forms.
            key = word.text, word.kind, word.distance, self._switches
            found = segment.known_forms.get(key)
            if found is None:
                found = self._forms(word, segment)
                if len(found[0]) <= _REMEMBERED:
                    segment.known_forms.put(key, found)
            self._numbered[word, segment.base] = found
        return found

    def _forms(self, word: Word, segment: Segment) -> Numbered:
        match word.kind:
            case Kind.PREFIX:
                numbers = segment.terms.prefixed(word.text)
                return np.arange(numbers.start, numbers.stop), np.ones(len(numbers), np.float32)
            case Kind.WILDCARD:
                return self._wildcard(word, segment)
            case Kind.FUZZY:
                return _numbered(self._fuzzy(word, segment))
            case _:
                return _numbered(self._keyed(word, segment))

    def _keyed(self, word: Word, segment: Segment) -> list[tuple[int, float]]:
        numbers = dict.fromkeys(segment.keys.find(key_hash("k", key_of(word.text))))
        widened = word.kind is Kind.STEM and self._switches.script
        for script in sorted(script_keys(word.text)) if widened else ():
            numbers.update(dict.fromkeys(segment.keys.find(key_hash("s", script))))
        found = []
        for number in numbers:
            weight = self._switches.weight(word, segment.terms.form(number))
            if weight:
                found.append((number, weight))
        return found

    def _wildcard(self, word: Word, segment: Segment) -> Numbered:
        literal = re.split(r"[*?]", word.text, maxsplit=1)[0]
        numbers = segment.terms.prefixed(literal) if literal else range(segment.terms.count)
        pattern = among_lines(word.text)
        found = [np.empty(0, np.int64)]
        for low in range(numbers.start, numbers.stop, _AT_ONCE):
            self._check()
            some = np.arange(low, min(low + _AT_ONCE, numbers.stop))
            found.append(low + _lines_with(pattern, segment.terms.lines(some)))
        every = np.concatenate(found)
        return every, np.ones(len(every), np.float32)

    def _fuzzy(self, word: Word, segment: Segment) -> list[tuple[int, float]]:
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        every = segment.terms.near_length(word.text, word.distance)
        found: list[tuple[int, float]] = []
        for low in range(0, len(every), _AT_ONCE):
            self._check()
            numbers = every[low : low + _AT_ONCE]
            near = extract(
                word.text,
                segment.terms.lines(numbers).split("\n")[1:-1],
                scorer=Levenshtein.distance,
                processor=None,
                score_cutoff=word.distance,
                limit=None,
            )
            found += [(int(numbers[place]), 1.0 / (1 + apart)) for _, apart, place in near]
        return found

    def shown(self, word: Word) -> dict[str, Likeness]:
        """Return the forms that a stemmed word stands for, for the user to see."""
        found: dict[str, Likeness] = {}
        for form in self.known(word):
            how = likeness(word.text, form)
            if how is not None:
                found[printed(form)] = how
        return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))
