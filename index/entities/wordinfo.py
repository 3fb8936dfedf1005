"""One word of a text or a name: folded, its stem, and every reading of it with its forms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from index.entities import words
from index.entities.cases import Lemma, lemmas
from index.entities.sounds import has_cyrillic, skeleton, sounds

_STEMMERS = {"en": Stemmer.Stemmer("english"), "ru": Stemmer.Stemmer("russian")}

# British and American, and what else English writes in two ways.
_SPELLING = (
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e[sd]?|ing|ations?|ers?)$)"), "iz"),
    (re.compile("(?<=[a-z])our(?=s?$)"), "or"),
    (re.compile("(?<=[a-z]{3})mme(?=s?$)"), "m"),
    (re.compile("tre(?=s?$)"), "ter"),
    (re.compile("fence(?=s?$)"), "fense"),
    (re.compile("ogue(?=s?$)"), "og"),
)
_RESPELLED = re.compile("is[ei]|isa|our|mme|tre|fence|ogue")


@lru_cache(maxsize=32768)
def stem(folded: str) -> str:
    """Return what the inflected forms of a common word share."""
    if has_cyrillic(folded):
        return str(_STEMMERS["ru"].stemWord(folded))
    if _RESPELLED.search(folded):
        for pattern, instead in _SPELLING:
            folded = pattern.sub(instead, folded)
    return str(_STEMMERS["en"].stemWord(folded))


@dataclass(frozen=True, slots=True)
class Info:
    """One word of a text: folded, whether it has a capital, its readings with their forms."""

    raw: str
    folded: str
    cut: int  # code points of an English possessive at its end
    capital: bool
    shouted: bool  # capitals throughout, and more than one
    initial: bool  # one letter, or a digraph that stands for one (Zh., Ye.)
    readings: tuple[tuple[str, str], ...]  # (form, cases), the word as it stands first
    forms: tuple[str, ...]  # of every reading


_DIGRAPHS = frozenset(("zh", "sh", "ch", "kh", "ye", "yu", "ya", "dzh", "ts"))


@lru_cache(maxsize=65536)
def info(raw: str) -> Info:
    """Return what a word may be."""
    cut = words.possessive_length(raw)
    bare = raw[: len(raw) - cut]
    folded = words.fold(bare)
    readings: dict[tuple[str, str], None] = {}
    for lemma in lemmas(folded) if len(folded) > 1 else (Lemma(folded, "n"),):
        for form in sounds(lemma.form):
            readings.setdefault((form, lemma.cases))
    return Info(
        raw=raw,
        folded=folded,
        cut=cut,
        capital=bare[:1].isupper(),
        shouted=len(bare) > 1 and bare.isupper(),
        initial=len(folded) == 1 or (bare[:1].isupper() and folded in _DIGRAPHS),
        readings=tuple(readings),
        forms=tuple(dict.fromkeys(form for form, _ in readings)),
    )


def given_keys(forms: Iterable[str]) -> frozenset[str]:
    """Return what a given name of these forms shares with most of its spellings."""
    return frozenset(skeleton(form)[:2] for form in forms)


def initial_keys(forms: Iterable[str]) -> frozenset[str]:
    """Return what an initial of a name of these forms shares with it."""
    return frozenset(f".{form[:1]}" for form in forms)


@lru_cache(maxsize=65536)
def word_keys(raw: str) -> frozenset[str]:
    """Return the keys of a word of a text that may be a given name or an initial."""
    one = info(raw)
    return initial_keys(one.forms) if one.initial else given_keys(one.forms)
