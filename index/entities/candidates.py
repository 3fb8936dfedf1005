"""Which pages may hold a name: a few numbers a page, asked without reading a word of it.

Every word of a page is reduced to the skeleton of its sound (and of its
readings without case endings), and that to a number. A page that holds none of
the numbers of a name's anchor, nor one a letter off beside the rest of the
name, cannot hold the name.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.entities import words
from index.entities.laws import LawName
from index.entities.naming import Name, names_of
from index.entities.patterns import PersonName, Phrase
from index.entities.sounds import skeleton, sounds
from index.entities.textwords import info, stem
from index.model import Entity

BITS = 22
MASK = (1 << BITS) - 1
_LETTERS = "bcdJklmnprstvz"
_SHORTEST_NEIGHBOUR = 3


def _number(text: str) -> int:
    return crc32(text.encode()) & MASK


@lru_cache(maxsize=65536)
def _word_keys(raw: str) -> tuple[int, ...]:
    one = info(raw)
    stemmed = {skeleton(form) for form in sounds(stem(one.folded))[:1]}
    if one.capital or one.folded.isdigit():
        found = {f"^{skeleton(form)}" for form in one.forms[:12]}
        found.update(f"^{bone}" for bone in stemmed)
    else:
        found = {f"/{bone}" for bone in stemmed}
    return tuple(map(_number, {*found, f"={one.folded}"}))


def page_keys(text: str) -> bytes:
    """Return the numbers of a page's words, sorted, as little-endian 32-bit integers."""
    raws = list(dict.fromkeys(words.WORD.findall(text)))
    keys = {key for raw in raws for key in _word_keys(raw)}
    # A name that a line or a hyphen cuts in two is filed as one word too.
    for one, other in pairwise(raws):
        if one[:1].isupper() and other[:1].isupper() and len(one) + len(other) < 20:
            keys.update(_word_keys(one + other.lower())[:2])
    return np.array(sorted(keys), dtype="<u4").tobytes()


def _exact(parts: Iterable[str], *, capital: bool = True) -> set[int]:
    """Return the numbers of words, with a capital or just as written; else in any case."""
    keys: set[int] = set()
    for part in parts:
        bones = {skeleton(form) for form in (*sounds(part), *sounds(stem(part)))}
        keys.add(_number(f"={part}"))
        keys.update(_number(f"^{bone}") for bone in bones)
        if not capital:
            keys.update(_number(f"/{bone}") for bone in bones)
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
            keys.add(_number(head + tail[1:]))
            keys.update(_number(head + letter + tail) for letter in _LETTERS)
            keys.update(_number(head + letter + tail[1:]) for letter in _LETTERS)
            if len(tail) > 1:
                keys.add(_number(head + tail[1] + tail[0] + tail[2:]))
    return keys


class PageFilter:
    """The pages of an archive as numbers, to be asked for names."""

    def __init__(self, rows: Sequence[tuple[int, int, bytes]]) -> None:
        """Take the pages' ids, the numbers of their documents, and their keys."""
        self._pages = np.array([row[0] for row in rows], dtype=np.int64)
        _, self._documents = np.unique(
            np.array([row[1] for row in rows], dtype=np.int64), return_inverse=True
        )
        lengths = np.array([len(row[2]) // 4 for row in rows], dtype=np.int64)
        self._keys = np.frombuffer(b"".join(row[2] for row in rows), dtype="<u4")
        self._starts = np.concatenate(([0], np.cumsum(lengths)))

    def _holding(self, keys: set[int]) -> npt.NDArray[np.bool_]:
        """Return for each page whether it holds any of some numbers."""
        if not len(self._keys) or not keys:
            return np.zeros(len(self._pages), dtype=bool)
        table = np.zeros(1 << BITS, dtype=bool)
        table[list(keys)] = True
        places = np.flatnonzero(table[self._keys])
        found = np.zeros(len(self._pages), dtype=bool)
        found[np.searchsorted(self._starts, places, side="right") - 1] = True
        return found

    def pages(self, entities: Iterable[Entity]) -> list[int]:
        """Return the ids of the pages where any of some entities may be named."""
        chosen = np.zeros(len(self._pages), dtype=bool)
        for entity in entities:
            for name in names_of(0, entity):
                chosen |= self._of_name(name)
        return [int(page) for page in self._pages[chosen]]

    def _of_name(self, name: Name) -> npt.NDArray[np.bool_]:
        if isinstance(name, LawName):
            return self._holding({_number(f"={name.number}")})
        if isinstance(name, PersonName):
            return self._of_person(name)
        return self._of_phrase(name)

    def _of_person(self, name: PersonName) -> npt.NDArray[np.bool_]:
        """Return the pages with surname and given name, and those with the surname beside them."""
        given = [part for unit in name.given for part in unit.parts]
        given.append("".join(given))
        surname = self._holding(_exact([name.anchor, "".join(name.surname.parts)]))
        written = self._holding(_exact(given))
        close = {key for part in given for key in _near(part)} | {
            _number(f"^{skeleton(form[:1])}") for part in given for form in sounds(part)
        }
        full = surname & (written | self._holding(close))
        full |= self._holding(_near(name.anchor)) & written
        named = np.zeros(len(self._pages), dtype=bool)  # by document
        named[self._documents[full]] = True
        return full | (surname & named[self._documents])

    def _of_phrase(self, phrase: Phrase) -> npt.NDArray[np.bool_]:
        content = [word.folded for word in phrase.content]
        found = np.ones(len(self._pages), dtype=bool)
        missing = np.zeros(len(self._pages), dtype=np.int64)
        for part in content:
            missing += ~self._holding(_exact([part], capital=False))
        if len(content) == 1:
            near = _near(content[0]) if len(content[0]) >= 7 else set()
            return self._holding(_exact(content, capital=False) | near)
        return found & (missing <= (1 if len(content) > 2 else 0))
