"""Names that must not be read: finding them in any spelling, and replacing them.

A name is found in four ways: by the matcher of the entity list (variants, other
scripts, case endings), by its folded words (letters without case and accents, in
both scripts, with up to three letters of ending, also parted at the end of a line),
where its words run together, and inside addresses, which are replaced whole since
the rest of one leads to the name. The last search of a bundle uses the last three
and every spelling that the first one met, so it finds nothing that is not replaced.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from anyascii import anyascii

from index.entities import Matcher
from index.export import addresses
from index.model import Entity

SHORTEST = 3  # letters of a single word that is a name of its own
SHORTEST_SURNAME = 4
SHORTEST_JOINED = 8
SHORTEST_IN_ADDRESS = 6
ENDING = 3
MOST_BESIDE = 3
REACH = 60
_WORD = re.compile(r"[^\W_]+")
# A word that goes on after a hyphen at the end of a line, or has soft hyphens.
# Words are looked at from their beginnings only: a run of letters may be a megabyte.
_PARTED = re.compile(r"(?<![^\W_])[^\W_]+(?:(?:[-\u2010][^\S\n]*\n\s*|\u00ad\s*)[^\W_]+)+")
_BEFORE = re.compile(r"(?P<word>[^\W_]+)(?P<gap>\.?[\s,]{0,3})$")
_AFTER = re.compile(r"[\s,]{0,3}(?P<word>[^\W_]+)(?P<dot>\.?)")


Place = tuple[int, int, str]  # where a word starts and ends, and the word
Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Found:
    """A range that names somebody, and what to put there."""

    start: int
    end: int
    entity: str


class Hider:
    """Replaces the names of chosen entities by others."""

    def __init__(self, entities: Sequence[Entity], shown: Mapping[str, str]) -> None:
        self._shown = dict(shown)
        chosen = [entity for entity in entities if entity.id in shown]
        self._matcher = Matcher(chosen)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._joined: dict[str, str] = {}
        self._in_address: dict[str, str] = {}
        self._beside = {one.id: _Beside(one) for one in chosen if one.kind == "Person"}
        for entity in chosen:
            for name in entity.names:
                self._learn(name, entity.id)
            if entity.kind == "Person":
                for name in entity.names:
                    self._learn_surname(name, entity)

    def _learn(self, name: str, entity: str) -> None:
        for folded in _foldings(name):
            if not folded or (len(folded) == 1 and len(folded[0]) < SHORTEST):
                continue
            known = self._phrases.setdefault(folded[0][:SHORTEST], [])
            if (folded, entity) not in known:
                known.append((folded, entity))
            joined = "".join(folded)
            if len(folded) > 1 and len(joined) >= SHORTEST_JOINED:
                self._joined.setdefault(joined, entity)
            if len(joined) >= SHORTEST_IN_ADDRESS:
                self._in_address.setdefault(joined, entity)

    def _learn_surname(self, name: str, entity: Entity) -> None:
        words = _WORD.findall(name)
        longest = [word for word in (words[-1:] + words[:1]) if len(word) >= SHORTEST_SURNAME]
        for word in longest if len(words) > 1 else ():
            self._learn(word, entity.id)

    def find(self, text: str, claimed: Iterable[Found] | None = None) -> list[Found]:
        """Return the ranges to be replaced, in order, none overlapping.

        `claimed` is what `met` found in this text, if it was asked already.
        """
        found = chain(self._read(text), self._claims(text) if claimed is None else claimed)
        widened = _apart(
            self._beside[one.entity].widened(text, one) if one.entity in self._beside else one
            for one in _apart(found)
        )
        return _apart(chain(widened, _whole_addresses(text, widened)))

    def met(self, text: str) -> list[Found]:
        """Learn the spellings that the entity list's matcher finds in a text, and return them.

        Every text has to be met before the first is treated: what one text
        teaches is looked for in all of them, and in the finished bundle.
        """
        claimed = self._claims(text)
        for spelling, entity in sorted(
            {(text[one.start : one.end], one.entity) for one in claimed}
        ):
            self._learn(spelling, entity)
        return claimed

    def _claims(self, text: str) -> list[Found]:
        return [
            Found(claim.start, claim.end, claim.entity) for claim in self._matcher.claims("", text)
        ]

    def hide(self, text: str) -> str:
        """Return a text with every name, and every address with a name in it, replaced."""
        parts, last = [], 0
        for one in self.find(text):
            parts += [text[last : one.start], self._shown[one.entity]]
            last = one.end
        return "".join((*parts, text[last:]))

    def shown(self, entity: str) -> str:
        """Return what stands for an entity."""
        return self._shown[entity]

    def names_in(self, text: str) -> bool:
        """Say whether a name can still be read in a text, its words joined or apart."""
        return self.left_in(text) is not None

    def left_in(self, text: str) -> str | None:
        """Return the first spelling of a name that can still be read in a text."""
        return next(self.spellings_left_in(text), None)

    def spellings_left_in(self, text: str) -> Iterator[str]:
        """Yield every spelling of a name that can still be read in a text, some more than once."""
        for found in self._read(text):
            yield " ".join(text[found.start : found.end].split())

    def _read(self, text: str) -> Iterator[Found]:
        yield from self._worded(text)
        yield from self._addressed(text)
        for run in addresses.coded(text):
            for found in self._worded(run.plain):
                yield Found(run.start, run.end, found.entity)

    def _worded(self, text: str) -> Iterator[Found]:
        words = [(word.start(), word.end(), word[0]) for word in _WORD.finditer(text)]
        parted = _with_parted(text, words)
        for fold in (_fold, _latin):
            yield from self._phrased(words, fold)
            if parted:
                yield from self._phrased(parted, fold)
            yield from self._run_together(words, fold)

    def _phrased(self, places: Sequence[Place], fold: Fold) -> Iterator[Found]:
        words = [fold(raw) for _, _, raw in places]
        for n, word in enumerate(words):
            for phrase, entity in self._phrases.get(word[:SHORTEST], ()):
                last = n + len(phrase) - 1
                if last < len(words) and _fits(words[n : last + 1], phrase):
                    yield Found(places[n][0], places[last][1], entity)

    def _run_together(self, places: Sequence[Place], fold: Fold) -> Iterator[Found]:
        if not self._joined:
            return
        words = [fold(raw) for _, _, raw in places]
        squeezed = "".join(words)
        starts = list(accumulate(map(len, words), initial=0))
        for name, entity in self._joined.items():
            at = squeezed.find(name)
            while at >= 0:
                first = bisect_right(starts, at) - 1
                last = bisect_right(starts, at + len(name) - 1) - 1
                start, end = places[first][0], places[last][1]
                if len(words[first]) == len(places[first][2]):
                    start += at - starts[first]
                if len(words[last]) == len(places[last][2]):
                    end = places[last][0] + at + len(name) - starts[last]
                yield Found(start, end, entity)
                at = squeezed.find(name, at + len(name))

    def _addressed(self, text: str) -> Iterator[Found]:
        for address in addresses.find(text):
            for fold in (_fold, _latin):
                within = _squeezed(address.plain, fold)
                beyond = within + _squeezed(address.tail, fold)
                for name, entity in self._in_address.items():
                    if name in within:
                        yield Found(address.start, address.end, entity)
                    elif name in beyond[max(0, len(within) - len(name)) :]:
                        yield Found(address.start, address.tail_end, entity)


class _Beside:
    """The other words of a person's names, and initials, that stand beside what was found."""

    def __init__(self, person: Entity) -> None:
        words = {word for name in person.names for word in _WORD.findall(name)}
        self._words = {folded for word in words for folded in (_fold(word), _latin(word))}
        self._initials = {word[0] for word in self._words if word}

    def widened(self, text: str, found: Found) -> Found:
        """Return the range with given names and initials around it: “Bokayev, Max”, “M. B.”."""
        start, end = found.start, found.end
        for _ in range(MOST_BESIDE):
            before = _BEFORE.search(text, max(0, start - REACH), start)
            if before is None or not self._mine(before["word"], before["gap"]):
                break
            start = before.start("word")
        for _ in range(MOST_BESIDE):
            after = _AFTER.match(text, end, end + REACH)
            if after is None or not self._mine(after["word"], after["dot"]):
                break
            end = after.end() if len(after["word"]) == 1 else after.end("word")
        return Found(start, end, found.entity)

    def _mine(self, word: str, sign: str) -> bool:
        folded = {_fold(word), _latin(word)}
        if len(word) == 1:
            known = any(one[:1] in self._initials for one in folded)
            return word.isupper() and sign.startswith(".") and known
        return not sign.startswith(".") and any(
            _fits((one,), (part,)) for one in folded for part in self._words
        )


def _fits(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return all(
        word == part
        or (len(part) >= SHORTEST and word.startswith(part) and len(word) - len(part) <= ENDING)
        for word, part in zip(words, phrase, strict=True)
    )


def _with_parted(text: str, words: Sequence[Place]) -> list[Place]:
    """Return the words with those joined that a hyphen parts, or nothing if there are none."""
    joined = [
        (one.start(), one.end(), "".join(_WORD.findall(one[0]))) for one in _PARTED.finditer(text)
    ]
    if not joined:
        return []
    starts = [start for start, _, _ in joined]
    apart = []
    for word in words:
        n = bisect_right(starts, word[0]) - 1
        if n < 0 or word[0] >= joined[n][1]:
            apart.append(word)
    return sorted([*apart, *joined])


def _whole_addresses(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the addresses in which names were found."""
    starts = [one.start for one in found]
    for address in addresses.find(text) if found else ():
        n = bisect_right(starts, address.end - 1) - 1
        if n >= 0 and found[n].end > address.start:
            yield Found(address.start, address.end, found[n].entity)


def _squeezed(text: str, fold: Fold) -> str:
    return "".join(fold(word) for word in _WORD.findall(text))


def _apart(found: Iterable[Found]) -> list[Found]:
    """Return ranges joined where they overlap; the longest says who it is."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            last = kept[-1]
            longest = max(last, one, key=lambda each: each.end - each.start)
            kept[-1] = Found(last.start, max(last.end, one.end), longest.entity)
        else:
            kept.append(one)
    return kept


@lru_cache(maxsize=100_000)
def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=100_000)
def _latin(text: str) -> str:
    return anyascii(text).casefold().replace("'", "").replace("`", "")


def _foldings(name: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(name)
    return {tuple(fold(word) for word in words) for fold in (_fold, _latin)}
