"""Rough outlines of words, made for thousands at once, to see which may be a few names at all.

An outline keeps the consonants that every spelling of a name shares: what one
alphabet hears as ж, another as j or y, is left out, and all that hisses or
comes from the throat is one letter. Where a word's outline, less an ending, is
more than one letter off from all of some names', the word is none of them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_APART = "|"  # between words: no word holds it
_LETTERS = "bdAlmnprt"
_LONGEST_ENDING = 4
_ALONE = (  # spellings of one sound that are no two letters
    ("dsch", ""), ("dzh", ""), ("дж", ""), ("zh", ""), ("dj", ""), ("ph", ""), ("th", "t"),
    ("ng", "n"), ("нг", "n"),
)  # fmt: skip
_CLASSES = {
    "b": "bб",
    "d": "dдđ",
    "A": "ckqghxszгғґкқзсцчшщхҳһʒşšśŝșźčçćğǵġßŧ",
    "l": "lлł",
    "m": "mм",
    "n": "nнңñńňŋ",
    "p": "pп",
    "r": "rрř",
    "t": "tтþ",
    _APART: _APART,
}
_SOFTENED = re.compile("(d)z|(t)s(?=[iey])|ц(?=[иіеьюя])|(д)з")
_SILENT_H = re.compile(rf"(?<=[aeiouy])h(?=\{_APART}|$)")
_BEFORE_A = re.compile("t(?=A)")
_DOUBLED = re.compile(r"([A-Za-z])\1+")


class _Classes(dict[int, str]):
    """What each letter is in an outline; most are nothing."""

    def __missing__(self, sign: int) -> str:
        self[sign] = ""
        return ""


_LETTER_CLASSES = _Classes(
    {ord(sign): letter for letter, signs in _CLASSES.items() for sign in signs}
)


def outlines(words: Sequence[str]) -> list[str]:
    """Return the outline of each of some words."""
    every = _APART.join(words).lower()
    if not every.isascii():
        every = unicodedata.normalize("NFC", every)
    for spelling, instead in _ALONE:
        every = every.replace(spelling, instead)
    every = _SOFTENED.sub(lambda found: found[0][0] if found[0] != "ц" else "т", every)
    every = _SILENT_H.sub("", every).translate(_LETTER_CLASSES)
    every = _BEFORE_A.sub("", every)
    return _DOUBLED.sub(r"\1", every).split(_APART)


def _around(outline: str) -> Iterator[str]:
    """Yield an outline and all that are one letter off."""
    yield outline
    for at in range(len(outline) + 1):
        head, tail = outline[:at], outline[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]


class RoughSieve:
    """Tells words that cannot be any of a few names from the rest."""

    def __init__(self, names: Iterable[str], exact: Iterable[str] = ()) -> None:
        made = outlines(list(names))
        self.useful = all(len(each) > 1 for each in made)
        close = {other for outline in made for other in _around(outline)}
        self._close = {_DOUBLED.sub(r"\1", _BEFORE_A.sub("", other)) for other in close}
        self._exact = set(outlines(list(exact)))

    def none_of_them(self, words: Sequence[str]) -> list[str]:
        """Return the words that are no spelling and no case of any of the names."""
        return [
            word
            for word, outline in zip(words, outlines(words), strict=True)
            if not (self._may_be(outline) or word.isdigit())
        ]

    def _may_be(self, outline: str) -> bool:
        if outline in self._close or outline in self._exact:
            return True
        return any(outline[:-cut] in self._close for cut in range(1, _LONGEST_ENDING + 1))
