"""A text as its words: where each stands, what it may be, and what parts it from the next."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import compress

import numpy as np
import numpy.typing as npt

from index.entities import vocabulary, words
from index.entities.addresses import addresses
from index.entities.vocabulary import Numbers, Vocabulary, each_once
from index.entities.wordinfo import Info, info, stem, word_keys
from index.entities.words import PARTS, fold

_ONE_LETTER_WORDS = frozenset("авикосуяai")
_SHORTENED = frozenset(
    "dr mr mrs ms prof st art no vs gen col sen rep gov lt sgt hon rev jr sr"
    " гг ул им ст стр пр др гр обл пос сев юж см рис тов проф акад ген полк".split()
)
_OPENING = re.compile(r"[!?…•*]|\.{3}|[\n:]\s*[—–-]|[\n:.]\s*[«“\"„]|[.!?]\W*[\])»”]")
_FULL_STOP = re.compile(r"[.;]")
_HYPHENS = "-‐‑‒–—\u00ad"
_BLANK_LINE = re.compile(r"\n[ \t\r\u00a0]*\n")


@lru_cache(maxsize=4096)
def gap_kind(gap: str) -> str:
    """Return how two words are parted: glued, space, hyphen, stop, comma, quote, or far."""
    if not gap:
        return "glued"
    if len(gap) > 12 or _BLANK_LINE.search(gap):
        return "far"
    rest = gap.strip()
    if not rest:
        return "space"
    if rest in _HYPHENS:
        return "hyphen" if len(gap) <= 2 or "\n" in gap else "dash"
    if rest in (".", ".-", ".–"):
        return "stop"
    if rest == ",":
        return "comma"
    if all(sign in "\"'“”„‟«»‘’‚*_/&`" or sign.isspace() or sign in _HYPHENS for sign in rest):
        return "quote"
    return "far"


CHUNK = 4096  # code points


def _numbered(text: str, words: Vocabulary) -> tuple[Numbers, "array[int]"]:
    """Return the numbers of a text's words, and where the gap before each and itself end.

    The text is cut up piece by piece, so that the pieces stay in the processor's cache.
    """
    numbers: list[Numbers] = [words.numbers(())]
    ends, start = array("q"), 0
    while start < len(text):
        end = text.find(" ", start + CHUNK)  # no word has a space in it
        end = len(text) if end < 0 else end
        parts = PARTS.split(text[start:end])  # gaps and words in turn
        # The last gap of a piece is the beginning of the next one's first.
        lengths = np.fromiter(map(len, parts[:-1]), np.int64, len(parts) - 1)
        ends.frombytes((np.cumsum(lengths) + start).tobytes())
        numbers.append(words.numbers(parts[1::2]))
        start = end
    return np.concatenate(numbers), ends


class TextWords:
    """The words of one text, with whatever lies in an address left out of account."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.vocabulary = vocabulary.current()
        self.numbers, self._ends = _numbered(text, self.vocabulary)

    @cached_property
    def raws(self) -> Sequence[str]:
        """The words as they are written."""
        return list(map(self.vocabulary.words.__getitem__, self.numbers.tolist()))

    def __len__(self) -> int:
        return len(self.numbers)

    def first_from(self, offset: int) -> int:
        """Return the number of the first word that begins at an offset or after it."""
        return bisect_left(range(len(self)), offset, key=lambda at: self._ends[2 * at])

    def span(self, at: int) -> tuple[int, int]:
        """Return where a word stands."""
        return self._ends[2 * at], self._ends[2 * at + 1]

    @cached_property
    def _masked(self) -> list[tuple[int, int]]:
        return addresses(self.text)

    def masked(self, at: int) -> bool:
        """Say whether a word lies in a web or mail address."""
        return bool(self._masked) and self.in_address(self._ends[2 * at])

    def in_address(self, offset: int) -> bool:
        """Say whether an offset lies in a web or mail address."""
        at = bisect_right(self._masked, (offset, len(self.text)))
        return at > 0 and self._masked[at - 1][1] > offset

    def info(self, at: int) -> Info | None:
        """Return a word, or None beyond the text's ends."""
        return info(self.raws[at]) if 0 <= at < len(self.raws) else None

    def reads(self, first: int, folded: Sequence[str]) -> bool:
        """Say whether the words from one on, folded, are these."""
        if not 0 <= first <= len(self.raws) - len(folded):
            return False
        return all(info(self.raws[at]).folded == word for at, word in enumerate(folded, first))

    def initial(self, at: int) -> bool:
        """Say whether a word is an initial, and no preposition that begins a sentence (С, О, У)."""
        one = self.info(at)
        if one is None or not one.initial or not one.capital:
            return False
        if one.folded not in _ONE_LETTER_WORDS or self.gap(at) != "space":
            return True
        return not self.opens(at)

    def opens(self, at: int) -> bool:
        """Say whether a word begins a sentence, and so may have its capital from that alone."""
        if at == 0:
            return True
        before = self.between(at - 1)
        if before == " ":
            return False
        if _BLANK_LINE.search(before) or _OPENING.search(before):
            return True
        last = self.raws[at - 1]
        return bool(_FULL_STOP.search(before)) and len(last) > 1 and fold(last) not in _SHORTENED

    def is_proper(self, at: int) -> bool:
        """Say whether a word has its capital in the middle of a sentence as well."""
        places = self._capitals.get(self.raws[at], ())
        return any(place != at and not self.opens(place) for place in places)

    def gap(self, at: int) -> str:
        """Return how the word `at` is parted from the one after it."""
        if not 0 <= at < len(self.raws) - 1:
            return "far"
        raw = self.raws[at]
        if raw[-1] in words.POSSESSIVE_ENDS and info(raw).cut:
            return "far"
        gap = self.between(at)
        return "space" if gap == " " else gap_kind(gap)

    def gap_within(self, at: int) -> str:
        """Return how a word is parted from the next where a possessive may stand between."""
        if not 0 <= at < len(self.raws) - 1:
            return "far"
        return gap_kind(self.between(at))

    def between(self, at: int) -> str:
        """Return what stands between the word `at` and the one after it."""
        return self.text[self._ends[2 * at + 1] : self._ends[2 * at + 2]]

    def range(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of a run of words, without a possessive at its end."""
        return self._ends[2 * first], self._ends[2 * last + 1] - info(self.raws[last]).cut

    def around(self, at: int) -> set[str]:
        """Return the given keys of the capitalised words within three words of a word."""
        found: set[str] = set()
        first = max(at - 3, 0)
        for low, high in ((first, at), (at + 1, at + 4)):
            for raw in compress(self.raws[low:high], self._are_capitals[low:high]):
                found.update(word_keys(raw))
        return found

    @cached_property
    def capitals(self) -> npt.NDArray[np.bool_]:
        """Which words have a capital."""
        return self.vocabulary.capitals(self.numbers)

    @cached_property
    def _are_capitals(self) -> bytes:
        """The same, for looking at a few words."""
        return self.capitals.tobytes()

    @cached_property
    def _written(self) -> frozenset[str]:
        """Every word outside of addresses, as it is written."""
        if not self._masked:
            different = each_once(self.numbers.copy()).tolist()
            return frozenset(map(self.vocabulary.words.__getitem__, different))
        return frozenset(raw for at, raw in enumerate(self.raws) if not self.masked(at))

    @cached_property
    def _common_stems(self) -> frozenset[str]:
        return frozenset(stem(fold(raw)) for raw in self._written if raw[:1].islower())

    def has_common(self, folded: str) -> bool:
        """Say whether a word stands in the text without a capital, in whatever form."""
        return folded in self._written or stem(folded) in self._common_stems

    @cached_property
    def _capitals(self) -> Mapping[str, list[int]]:
        """Where each word with a capital stands."""
        places: dict[str, list[int]] = {}
        for at in np.flatnonzero(self.capitals).tolist():
            places.setdefault(self.raws[at], []).append(at)
        return places

    @cached_property
    def _followed(self) -> Mapping[str, int]:
        """How often each capitalised word is followed by one without a capital."""
        followed = self.capitals[:-1] & self.vocabulary.lower(self.numbers[1:])
        return Counter(self.raws[at] for at in np.flatnonzero(followed).tolist())

    def is_common(self, at: int) -> bool:
        """Say whether a capitalised word seems to be no given name in this text."""
        one = info(self.raws[at])
        return one.folded in self._written or self._followed.get(one.raw, 0) > 1
