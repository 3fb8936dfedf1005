"""Names of bodies, laws and events in another language of the region, word for word.

A name of words that are known in English, Russian and Kazakh is found where a
text has the same words in one of the other languages, in that language's order:
State Security Committee, Комитет государственной безопасности. What is no such
word has to sound the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from index.entities import reasons
from index.entities.adjectives import is_of
from index.entities.claims import Claim
from index.entities.patterns import FUNCTION_WORDS, LEGAL_FORMS, Phrase, PhraseWord
from index.entities.phrase_words import fit_word
from index.entities.phrases import GAPS, closing, stands_for_itself
from index.entities.sounds import has_cyrillic
from index.entities.terms import is_lesser, only_completes, terms_of, terms_of_two
from index.entities.textwords import TextWords
from index.entities.wordinfo import Info, stem
from index.model import How

LONG_NAME = 0.86  # the score of three words and more
SHORT_NAME = 0.78
LOOSE = 0.1
_JOINING = frozenset("and и және".split())  # of two names rather than of one


@dataclass(frozen=True)
class Piece:
    """One word of a name, with the terms that it may be."""

    word: PhraseWord
    terms: frozenset[int]

    @property
    def optional(self) -> bool:
        """Whether a text may leave it out."""
        return is_lesser(self.terms)


@dataclass(frozen=True, eq=False)
class Translated:
    """A name to be looked for in other languages than its own."""

    entity: int
    name: str
    kind: str
    pieces: tuple[Piece, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        """The words of the name."""
        return tuple(piece.word.folded for piece in self.pieces)


def translated(source: Phrase) -> Translated | None:
    """Return a phrase as a name to be looked for in other languages, or None."""
    if source.kind == "Theme":
        return None
    if any(word.acronym and not terms_of(word.folded) for word in source.content):
        return None
    pieces = tuple(_pieces(source))
    needed = [piece for piece in pieces if not piece.optional]
    if len(needed) < 2:
        return None
    if not any(piece.terms for piece in needed) or any(w.folded.isdigit() for w in source.words):
        return None
    return Translated(source.entity, source.name, source.kind, pieces)


def _pieces(source: Phrase) -> Iterator[Piece]:
    words = [replace(word, sole=False) for word in source.content]
    both: frozenset[int] = frozenset()
    for word, after in zip_longest(words, words[1:]):
        if both:  # the second of two that are one term
            yield Piece(word, both)
            both = frozenset()
            continue
        both = terms_of_two(word.folded, after.folded) if after else both
        if not both:
            yield Piece(word, terms_of(word.folded))


class TranslationFinder:
    """Finds one name in another language around a word that may be one of its words."""

    def __init__(self, text: TextWords) -> None:
        self._text = text

    def find(self, name: Translated, anchor: int, at: int) -> Claim | None:
        """Return the name whose piece `anchor` is the text's word `at`, or None."""
        here = self._text.info(at)
        if here is None or not _fits(name.pieces[anchor], here):
            return None
        missing = [piece for number, piece in enumerate(name.pieces) if number != anchor]
        met = {at: name.pieces[anchor]}
        for step in (-1, 1):
            for other in self._reachable(at, step, missing):
                found = self._one_of(missing, other)
                if found is None:
                    break
                missing.remove(found)
                met[other] = found
        if any(not piece.optional for piece in missing):
            return None
        if not (self._foreign(met) or self._reordered(name, met)):
            return None
        return self._claim(name, met)

    def _reachable(self, at: int, step: int, missing: list[Piece]) -> Iterator[int]:
        """Yield the words that follow one another from a word, past function words."""
        while missing:
            gap = self._text.gap_within(at if step > 0 else at - 1)
            at += step
            one = self._text.info(at)
            if one is None or gap not in GAPS:
                return
            if not (self._may_stand_between(one) and self._one_of(missing, at) is None):
                yield at

    @staticmethod
    def _may_stand_between(one: Info) -> bool:
        terms = terms_of(one.folded)
        skipped = is_lesser(terms) or only_completes(terms)
        return skipped or one.folded in FUNCTION_WORDS or one.folded in LEGAL_FORMS

    def _one_of(self, missing: list[Piece], at: int) -> Piece | None:
        one = self._text.info(at)
        return next((piece for piece in missing if one and _fits(piece, one)), None)

    def _foreign(self, met: dict[int, Piece]) -> bool:
        """Say whether the words found are another language's, and written as a name is."""
        pairs = [(self._text.info(at), piece) for at, piece in met.items() if piece.terms]
        return any(one and stem(one.folded) != piece.word.stem for one, piece in pairs)

    def _reordered(self, name: Translated, met: dict[int, Piece]) -> bool:
        """Say whether words stand in another order than the name's (Committee of Security)."""
        places = [name.pieces.index(met[at]) for at in sorted(met)]
        if places == sorted(places):
            return False
        if not stands_for_itself(self._text, min(met), max(met)):
            return False  # State Committee for National Security
        between = (self._text.info(at) for at in range(min(met), max(met)) if at not in met)
        return not any(one and one.folded in _JOINING for one in between)

    def _claim(self, name: Translated, met: dict[int, Piece]) -> Claim | None:
        first, last = min(met), max(met)
        infos = [one for at in sorted(met) if (one := self._text.info(at))]
        if not _is_written_as_a_name(name.kind, infos):
            return None
        after = self._text.info(last + 1)
        if after and self._text.gap(last) == "space" and only_completes(terms_of(after.folded)):
            last += 1
        start, end = self._text.range(first, last)
        end += closing(self._text.text, start, end)
        shown = self._text.text[start:end]
        foreign = self._foreign(met)
        reason = reasons.translated(shown, name.name) if foreign else reasons.why(shown, name.name)
        score = LONG_NAME if len(met) > 2 else SHORT_NAME
        return Claim(name.entity, start, end, How.VARIANT, score, reason, at=last)


def _is_written_as_a_name(kind: str, infos: list[Info]) -> bool:
    """Say whether words have the capitals that their language gives to a name of a kind."""
    latin = [one for one in infos if not has_cyrillic(one.folded)]
    if kind == "Law" or (kind == "Event" and not latin):
        return True
    alone = len(infos) < 3 and kind != "Event"
    return infos[0].capital and not (alone and not all(one.capital for one in latin))


def _fits(piece: Piece, one: Info) -> bool:
    if piece.terms:
        return bool(piece.terms & terms_of(one.folded))
    if fit_word(piece.word, one) <= LOOSE:
        return True
    return is_of(one.folded, piece.word.forms) or is_of(piece.word.folded, frozenset(one.forms))
