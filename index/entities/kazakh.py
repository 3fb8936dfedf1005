"""Kazakh words with the endings that they may take, for asking which pages may hold them."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from index.entities.sounds import has_cyrillic

_BACK = frozenset("аоұыяю")
_FRONT = frozenset("әеөүіэ")
_PLURAL = {"а": ("", "лар", "дар", "тар"), "е": ("", "лер", "дер", "тер")}
_OWN = {"а": ("", "ы", "сы"), "е": ("", "і", "сі")}
_CASES = {
    "а": " ның дың тың ға қа на ды ты ны н да та нда дан тан нан мен бен пен дағы тағы ндағы",
    "е": " нің дің тің ге ке не ді ті ні н де те нде ден тен нен мен бен пен дегі тегі ндегі",
}


@lru_cache(maxsize=2048)
def inflected(word: str) -> frozenset[str]:
    """Return a Cyrillic word in every number, possession and case; others as they are."""
    if not has_cyrillic(word):
        return frozenset((word,))
    return frozenset(_forms(word))


def _forms(word: str) -> Iterator[str]:
    harmony = _harmony(word)
    cases = _CASES[harmony].split(" ")
    for plural, own, case in product(_PLURAL[harmony], _OWN[harmony], cases):
        yield word + plural + own + case


def _harmony(word: str) -> str:
    """Return the vowel of a word's endings, as its last vowel asks for."""
    for sign in reversed(word):
        if sign in _BACK:
            return "а"
        if sign in _FRONT:
            return "е"
    return "е"
