"""Words of institutions that mean the same in English, Russian and Kazakh."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import resources
from index.entities.cases import lemmas
from index.entities.sounds import has_cyrillic
from index.entities.wordinfo import stem

_LITTLE = 2  # letters: адил and адам are one stem to the Russian rules


@dataclass(frozen=True, slots=True)
class _Terms:
    """The table: the lines of each stem, the words of each line, which lines are marked."""

    by_stem: dict[str, frozenset[int]]
    words: tuple[tuple[str, ...], ...]
    lesser: frozenset[int]
    completing: frozenset[int]


@cache
def _terms() -> _Terms:
    text = resources.path("names/terms.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    by_stem: dict[str, set[int]] = {}
    words: list[tuple[str, ...]] = []
    for number, line in enumerate(lines):
        words.append(tuple(word.casefold() for word in line if word not in ("~", "+")))
        for word in words[-1]:
            by_stem.setdefault("_".join(map(_key, word.split("_"))), set()).add(number)
    lesser, completing = (
        frozenset(number for number, line in enumerate(lines) if line[0] == mark) for mark in "~+"
    )
    found = {each: frozenset(numbers) for each, numbers in by_stem.items()}
    return _Terms(found, tuple(words), lesser, completing)


def _key(folded: str) -> str:
    """Return what the forms of a word share; a word of which too little is left, as it is."""
    short = stem(folded)
    return short if len(short) > _LITTLE else folded


def terms_of_two(folded: str, after: str) -> frozenset[int]:
    """Return the numbers of the terms that two words are together (trade unions)."""
    return _terms().by_stem.get(f"{_key(folded)}_{_key(after)}", frozenset())


@lru_cache(maxsize=32768)
def terms_of(folded: str) -> frozenset[int]:
    """Return the numbers of the terms that a word may be, in any of its cases."""
    known = _terms().by_stem
    found = known.get(_key(folded))
    if found is not None:
        return found
    readings = [known.get(_key(lemma.form)) for lemma in lemmas(folded) if lemma.cases == "k"]
    if folded.endswith(("ын", "ін")):
        readings.append(known.get(_key(folded[:-1])))  # комитетін, партиясын
    if has_cyrillic(folded):
        readings += [known.get(_key(base)) for base in _without_endings(folded)]
    return next((found for found in readings if found), frozenset())


_PLURAL_OR_OWN = re.compile("(?<=...)(?:[лдт][ае]р)?с?[ыі]?$")


def _without_endings(folded: str) -> Iterator[str]:
    """Yield a Kazakh word without its plural and possessive endings, in no case or any."""
    for lemma in lemmas(folded):
        if lemma.cases in "nk":
            base = _PLURAL_OR_OWN.sub("", lemma.form, count=1)
            if base != lemma.form:
                yield base


def words_of(term: int) -> tuple[str, ...]:
    """Return all words of a term."""
    return _terms().words[term]


def is_lesser(terms: frozenset[int]) -> bool:
    """Say whether a word of these terms may be left out of a name."""
    return bool(terms & _terms().lesser)


def only_completes(terms: frozenset[int]) -> bool:
    """Say whether a word of these terms belongs to the one before it."""
    return bool(terms & _terms().completing)
