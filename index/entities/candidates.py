"""Which pages may hold a name: a few numbers a page, asked without reading a word of it.

`page_keys` says what the numbers are. A page that holds none of those of a
name's anchor, nor one a letter off beside the rest of the name, cannot hold the
name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.entities.adjectives import bases, outlines
from index.entities.cases import is_child
from index.entities.kazakh import inflected
from index.entities.laws import LawName
from index.entities.lexicon import kin
from index.entities.naming import Name, names_of
from index.entities.page_keys import BITS, number
from index.entities.patterns import PersonName
from index.entities.sounds import skeleton, sounds, unhonoured
from index.entities.terms import words_of
from index.entities.translations import Piece, Translated
from index.entities.wordinfo import stem
from index.model import Entity

_LETTERS = "bcdJklmnprstvz"
_SHORTEST_NEIGHBOUR = 3
_NEAR_FROM = 5  # letters of a name of one word that may be spelled otherwise
_AT_ONCE = 64  # names


def _exact(parts: Iterable[str], *, capital: bool = True) -> set[int]:
    """Return the numbers of words, with a capital or just as written; else in any case."""
    keys: set[int] = set()
    for part in parts:
        bones = {skeleton(form) for form in (*sounds(part), *sounds(stem(part)))}
        keys.add(number(f"={part}"))
        keys.update(number(f"^{bone}") for bone in bones)
        if not capital:
            keys.update(number(f"/{bone}") for bone in bones)
    return keys


def _near(part: str) -> set[int]:
    """Return the numbers of the capitalised words whose skeleton is one consonant off."""
    keys: set[int] = set()
    for form in sounds(part)[:2]:
        bone = skeleton(form)
        if len(bone) < _SHORTEST_NEIGHBOUR or len(form) < 5:
            continue
        for at in range(len(bone) + 1):
            head, tail = f"^{bone[:at]}", bone[at:]
            keys.add(number(head + tail[1:]))
            keys.update(number(head + letter + tail) for letter in _LETTERS)
            keys.update(number(head + letter + tail[1:]) for letter in _LETTERS)
            if len(tail) > 1:
                keys.add(number(head + tail[1] + tail[0] + tail[2:]))
    return keys


_Holding = Callable[[Set[int]], npt.NDArray[np.bool_]]


class _Question(ABC):
    """What a page must hold for one name, as sets of numbers."""

    def __init__(self, sets: Sequence[Set[int]]) -> None:
        self.sets = sets

    @abstractmethod
    def pages(self, holding: _Holding) -> npt.NDArray[np.bool_]:
        """Return for each page whether it may hold the name in full."""

    def short(self, holding: _Holding) -> npt.NDArray[np.bool_] | None:
        """Return for each page whether it may hold the surname alone, or None for no person."""
        return None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pages by their ids: those that may hold a name in full, and those with a surname alone.

    The latter matter where their document names the person in full somewhere.
    """

    full: dict[int, list[int]]  # by document
    surnames: dict[int, list[int]]


class PageFilter:
    """The pages of an archive as numbers, to be asked for names."""

    def __init__(self, rows: Sequence[tuple[int, int, bytes]]) -> None:
        """Take the pages' ids, the numbers of their documents, and their keys."""
        self._pages = np.array([row[0] for row in rows], dtype=np.int64)
        self._documents = np.array([row[1] for row in rows], dtype=np.int64)
        lengths = np.array([len(row[2]) // 4 for row in rows], dtype=np.int64)
        self._keys = np.frombuffer(b"".join(row[2] for row in rows), dtype="<u4")
        self._starts = np.concatenate(([0], np.cumsum(lengths)))

    @property
    def size(self) -> int:
        """The bytes that the numbers take."""
        return self._keys.nbytes

    def candidates(self, entities: Iterable[Entity]) -> Candidates:
        """Return the pages where any of some entities may be named."""
        questions = [_question(name) for entity in entities for name in names_of(0, entity)]
        if not len(self._keys) or not questions:
            return Candidates({}, {})
        full, short = np.zeros((2, len(self._pages)), dtype=bool)
        for start in range(0, len(questions), _AT_ONCE):
            self._answer(questions[start : start + _AT_ONCE], full, short)
        return Candidates(self._by_document(full), self._by_document(short))

    def _by_document(self, chosen: npt.NDArray[np.bool_]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        pages, documents = self._pages[chosen].tolist(), self._documents[chosen].tolist()
        for document, page in zip(documents, pages, strict=True):
            found.setdefault(document, []).append(page)
        return found

    def _answer(
        self,
        questions: Sequence[_Question],
        full: npt.NDArray[np.bool_],
        short: npt.NDArray[np.bool_],
    ) -> None:
        """Mark the pages of some names; one pass over all numbers answers for all of them."""
        asked = _Asked({key for one in questions for keys in one.sets for key in keys})
        places = np.flatnonzero(asked.table[self._keys])
        pages = np.searchsorted(self._starts, places, side="right") - 1
        keys = self._keys[places]

        def holding(wanted: Set[int]) -> npt.NDArray[np.bool_]:
            """Return for each page whether it holds any of some numbers."""
            found = np.zeros(len(self._pages), dtype=bool)
            found[pages[asked.only(wanted)[keys]]] = True
            return found

        for question in questions:
            full |= question.pages(holding)
            alone = question.short(holding)
            if alone is not None:
                short |= alone


class _Asked:
    """A table over all numbers that says which are asked for."""

    def __init__(self, keys: Set[int]) -> None:
        self.table = np.zeros(1 << BITS, dtype=bool)
        self.table[list(keys)] = True
        self._some = np.zeros(1 << BITS, dtype=bool)
        self._last: list[int] = []

    def only(self, keys: Set[int]) -> npt.NDArray[np.bool_]:
        """Return the table for some of the numbers; it is used again at the next call."""
        self._some[self._last] = False
        self._last = list(keys)
        self._some[self._last] = True
        return self._some


def _question(name: Name) -> _Question:
    if isinstance(name, LawName):
        return _AnyOf([{number(f"={name.number}")}])
    if isinstance(name, PersonName):
        return _person(name)
    if isinstance(name, Translated):
        needed = [piece for piece in name.pieces if not piece.optional]
        return _MostOf([_meant(piece) for piece in needed], spare=0)
    # A country may go by another name (РК for Казахстан).
    content = [word.folded for word in name.content if not word.country] or [
        word.folded for word in name.content
    ]
    if len(content) == 1:
        near = _near(content[0]) if len(content[0]) >= _NEAR_FROM else set()
        return _AnyOf([_exact(content, capital=False) | near])
    return _MostOf([_exact([part], capital=False) for part in content])


def _meant(piece: Piece) -> Set[int]:
    """Return the numbers of the words that a text may have for one of a translated name."""
    if piece.terms:
        return frozenset[int]().union(*map(_of_term, piece.terms))
    near = outlines(piece.word.forms) | bases(piece.word.folded)
    keys = {number(f"{mark}{skeleton(form)}") for form in near for mark in "^/"}
    return keys | _exact([piece.word.folded], capital=False)


@lru_cache(maxsize=1024)
def _of_term(term: int) -> frozenset[int]:
    """Return the numbers of a term's words; of Kazakh ones, with every ending."""
    keys = _exact(words_of(term), capital=False)
    stems = {stem(form) for word in words_of(term) for form in inflected(word)}
    bones = {skeleton(form) for each in stems for form in sounds(each)[:1]}
    keys.update(number(f"{mark}{bone}") for bone in bones for mark in "^/")
    return frozenset(keys)


def _honoured(form: str) -> tuple[str, ...]:
    """Return a given name with what Uzbek and Tajik put to it and without."""
    return unhonoured(form), f"{form}Jon", f"{form}hon"


def _person(name: PersonName) -> _Question:
    given = list(name.given_whole.parts)
    forms = {form for part in given for form in sounds(part)}
    known = kin(frozenset(group for unit in name.given for group in unit.groups))
    given.append("".join(given))
    close = {key for part in given for key in _near(part)}
    close |= {number(f"^{skeleton(form)}") for form in known}
    close |= {number(f"^{skeleton(form[:1])}") for form in forms | known}
    close |= {number(f"^{skeleton(other)}") for form in forms for other in _honoured(form)}
    last = name.surname.parts[0] if is_child(name.anchor) else name.anchor
    surname = _exact([last, "".join(name.surname.parts)])
    initials = all(len(part) == 1 for unit in name.given for part in unit.parts)
    # With initials alone, a surname has to be the same.
    return _Person([surname, _exact(given), close, set() if initials else _near(last)])


class _AnyOf(_Question):
    """Pages with any of some numbers."""

    def pages(self, holding: _Holding) -> npt.NDArray[np.bool_]:
        return holding(self.sets[0])


class _MostOf(_Question):
    """Pages with a number of each set but some; of three and more, one may be missing."""

    def __init__(self, sets: Sequence[Set[int]], spare: int | None = None) -> None:
        super().__init__(sets)
        self._spare = (1 if len(sets) > 2 else 0) if spare is None else spare

    def pages(self, holding: _Holding) -> npt.NDArray[np.bool_]:
        missing = np.sum([~holding(keys) for keys in self.sets], axis=0)
        return np.asarray(missing <= self._spare)


class _Person(_Question):
    """Pages with surname and given name, and those with the surname."""

    def pages(self, holding: _Holding) -> npt.NDArray[np.bool_]:
        surname, written, close, near = map(holding, self.sets)
        return (surname & (written | close)) | (near & written)

    def short(self, holding: _Holding) -> npt.NDArray[np.bool_]:
        return holding(self.sets[0])
