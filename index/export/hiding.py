"""Names that must not be read: finding them in any spelling, and replacing them.

A name is found in three ways: by the matcher of the entity list (variants, other
scripts, case endings), by its folded words (letters without case and accents, in
both scripts, with up to three letters of ending), and inside addresses and file
names where its words run together.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from index.entities import Matcher
from index.model import Entity

SHORTEST = 3  # letters of a single word that is a name of its own
SHORTEST_SURNAME = 4
SHORTEST_JOINED = 8
ENDING = 3
MOST_BESIDE = 3
REACH = 60
_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(r"(?P<word>[^\W_]+)(?P<gap>\.?[\s,]{0,3})$")
_AFTER = re.compile(r"[\s,]{0,3}(?P<word>[^\W_]+)(?P<dot>\.?)")


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
        self._joined: set[str] = set()
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
                self._joined.add(joined)

    def _learn_surname(self, name: str, entity: Entity) -> None:
        words = _WORD.findall(name)
        longest = [word for word in (words[-1:] + words[:1]) if len(word) >= SHORTEST_SURNAME]
        for word in longest if len(words) > 1 else ():
            self._learn(word, entity.id)

    def find(self, text: str) -> list[Found]:
        """Return the ranges to be replaced, in order, none overlapping."""
        found = list(self._folded(text))
        found += [
            Found(claim.start, claim.end, claim.entity) for claim in self._matcher.claims("", text)
        ]
        return _apart(
            self._beside[one.entity].widened(text, one) if one.entity in self._beside else one
            for one in _apart(found)
        )

    def hide(self, text: str) -> str:
        """Return a text with every name replaced; an address with a name in it is dropped."""
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
        if any(True for _ in self._folded(text)):
            return True
        if not self._joined:
            return False
        for fold in (_fold, _latin):
            squeezed = "".join(fold(word) for word in _WORD.findall(text))
            if any(name in squeezed for name in self._joined):
                return True
        return False

    def learn_met(self, text: str, found: Iterable[Found]) -> None:
        """Take in the spellings that a text has, so that the last search looks for them too."""
        for spelling, entity in {(text[one.start : one.end], one.entity) for one in found}:
            self._learn(spelling, entity)

    def _folded(self, text: str) -> Iterator[Found]:
        places = [(word.start(), word.end(), word[0]) for word in _WORD.finditer(text)]
        for fold in (_fold, _latin):
            words = [fold(raw) for _, _, raw in places]
            for n, word in enumerate(words):
                for phrase, entity in self._phrases.get(word[:SHORTEST], ()):
                    last = n + len(phrase) - 1
                    if last < len(words) and _fits(words[n : last + 1], phrase):
                        yield Found(places[n][0], places[last][1], entity)


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
