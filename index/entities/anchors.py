"""From a word of a text to the names that it may be part of.

Every name is filed under one of its words, the rarest on the list: its anchor.
A text's word is looked up once, folded, by ear, by stem, and one letter off;
all but a few words of a text answer with nothing and cost no more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from index.entities import words
from index.entities.cases import is_child
from index.entities.laws import LawName
from index.entities.naming import Name
from index.entities.nearby import Nearby, add
from index.entities.outlines import RoughSieve
from index.entities.patterns import PersonName, Phrase
from index.entities.sounds import has_cyrillic, levelled, sounds
from index.entities.terms import terms_of, words_of
from index.entities.textwords import TextWords
from index.entities.translations import Translated
from index.entities.vocabulary import Flags
from index.entities.wordinfo import info, stem

MOST_REMEMBERED = 300_000
FEW = 12  # forms of anchors

Filed = tuple[LawName | Phrase | Translated, int]  # a name, and the place of the anchor in a phrase


class AnchorIndex(dict[str, tuple[str, ...]]):
    """Anchors by the words of texts; a word not met before is looked up and remembered."""

    def __init__(self, names: Iterable[Name]) -> None:
        super().__init__()
        self.names: dict[str, list[Filed]] = {}
        self._people: dict[str, list[PersonName]] = {}
        self._by_given: dict[str, dict[str, list[PersonName]]] = {}  # made when first asked for
        self._forms: dict[str, tuple[str, ...]] = {}
        self._levelled: dict[str, tuple[str, ...]] = {}
        self._phrase_forms: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._nearby = Nearby()
        self._heads: dict[str, tuple[str, ...]] = {}
        self._terms: set[int] = set()
        self._has_latin = False
        self._sieve: RoughSieve | None = None
        self._flags: Flags | None = None  # which words of texts have anchors
        made = list(names)
        counts = Counter(word for name in made for word in set(name.folded))
        for name in sorted(made, key=_is_altered):
            self._file(name, counts)

    def _file(self, name: Name, counts: Counter[str]) -> None:
        if isinstance(name, PersonName):
            anchor, place, capital = name.anchor, 0, True
            known = anchor in self.names or anchor in self._people
            self._people.setdefault(anchor, []).append(name)
        elif isinstance(name, LawName):
            self.names.setdefault(name.number, []).append((name, 0))
            return
        elif isinstance(name, Translated):
            self._file_translated(name, counts)
            return
        else:
            place = _rarest(name, counts)
            anchor, capital = name.words[place].folded, name.words[place].capital
            known = anchor in self.names
            self.names.setdefault(anchor, []).append((name, place))
        if known:
            return
        for form in sounds(anchor)[:4]:
            add(self._forms, form, anchor)
            add(self._levelled, levelled(form), anchor)
        if not _is_altered(name):
            self._nearby.add(anchor, isinstance(name, PersonName))
        if isinstance(name, Phrase):
            self._has_latin = self._has_latin or not has_cyrillic(anchor)
            add(self._stems, stem(anchor), anchor)
            for form in sounds(anchor)[:4]:
                add(self._phrase_forms, form, anchor)
            if capital and len(name.words) == 1 and len(anchor) >= 6:
                self._file_heads(anchor)

    def _file_translated(self, name: Translated, counts: Counter[str]) -> None:
        """File a name under the rarest of its words that has a meaning in other languages."""
        place = min(
            (place for place, piece in enumerate(name.pieces) if piece.terms),
            key=lambda place: (
                name.pieces[place].optional,
                counts[name.folded[place]],
                -len(name.folded[place]),
            ),
        )
        for term in name.pieces[place].terms:
            self._terms.add(term)
            self.names.setdefault(_anchor_of(term), []).append((name, place))

    def _file_heads(self, anchor: str) -> None:
        """File a word under its beginnings, for texts that write it as two."""
        form = sounds(anchor)[0] if sounds(anchor) else ""
        for cut in range(3, len(form) - 2):
            add(self._heads, form[:cut], anchor)

    def has_people(self, anchor: str) -> bool:
        """Say whether an anchor is anybody's surname."""
        return anchor in self._people

    def people(self, anchor: str, given: set[str] | None) -> Iterable[PersonName]:
        """Return the people of a surname who have one of some given keys; with None, all."""
        everybody = self._people.get(anchor)
        if everybody is None:
            return ()
        if given is None:
            return everybody
        keyed = self._by_given.get(anchor)
        if keyed is None:
            keyed = self._by_given[anchor] = {}
            for name in everybody:
                for key in name.keys:
                    keyed.setdefault(key, []).append(name)
        if keyed.keys().isdisjoint(given):
            return ()
        met = keyed.keys() & given
        if len(met) == 1:
            return keyed[met.pop()]
        return dict.fromkeys(name for key in met for name in keyed[key])

    def heads(self, forms: Sequence[str]) -> list[str]:
        """Return the anchors that begin with one of these forms."""
        return [anchor for form in forms for anchor in self._heads.get(form, ())]

    @property
    def has_heads(self) -> bool:
        """Whether any name may be met written as two words."""
        return bool(self._heads)

    def hits(self, text: TextWords) -> list[tuple[int, tuple[str, ...]]]:
        """Return the words of a text that have anchors, each with them."""
        flags = self._flags
        if flags is None or flags.vocabulary is not text.vocabulary:
            flags = self._flags = Flags(text.vocabulary, lambda raw: bool(self[raw]))
        self._leave_out(text, flags)
        places = np.flatnonzero(flags.of(text.numbers)).tolist()
        return [(at, self[text.raws[at]]) for at in places]

    def _leave_out(self, text: TextWords, flags: Flags) -> None:
        """Answer with nothing for the words that cannot be any name of a short list."""
        if len(self._forms) > FEW:
            return
        if self._sieve is None:
            names = [each for each in self.names if each[:1] != _TERM]
            names += [word for term in self._terms for word in words_of(term)]
            self._sieve = RoughSieve([*names, *self._people], self._heads)
        fresh = flags.unknown(text.numbers) if self._sieve.useful else []
        if fresh:
            none = self._sieve.none_of_them([text.vocabulary.words[number] for number in fresh])
            flags.rule_out([text.vocabulary[raw] for raw in none])

    def __missing__(self, raw: str) -> tuple[str, ...]:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        found = self[raw] = self._look_up(raw)
        return found

    def _look_up(self, raw: str) -> tuple[str, ...]:
        if raw[:1].islower():
            folded = words.fold(raw[: len(raw) - words.possessive_length(raw)])
            found = [folded] if folded in self.names or folded in self._people else []
            found += self._meanings(folded)
            if self._people and is_child(folded):
                for form in sounds(folded):
                    found += self._forms.get(form, ())
            if self._stems:
                found += self._stems.get(stem(folded), ())
                for form in self._lower_forms(folded) if len(folded) > 2 else ():
                    found += self._phrase_forms.get(form, ())
            return tuple(dict.fromkeys(found))
        one = info(raw)
        known = one.folded in self.names or one.folded in self._people
        found = [one.folded] if known else []
        found += self._meanings(one.folded)
        if self._stems:
            found += self._stems.get(stem(one.folded), ())
        for form in one.forms:
            found += self._forms.get(form, ())
            found += self._levelled.get(levelled(form), ())
            if form in self._heads:
                found += ["" for _ in self._heads[form][:1]]
        if not found or all(each[:1] in ("", _TERM) for each in found):
            found += self._nearby.of(one, few=len(self._forms) <= FEW)
        return tuple(dict.fromkeys(found))

    def _meanings(self, folded: str) -> list[str]:
        """Return the anchors of names in other languages that a word may be part of."""
        if not self._terms:
            return []
        return [_anchor_of(term) for term in terms_of(folded) & self._terms]

    def _lower_forms(self, folded: str) -> tuple[str, ...]:
        """Return the forms of a word without a capital, of its cases where it crosses scripts."""
        crossing = self._has_latin if has_cyrillic(folded) else False
        return info(folded).forms if crossing else sounds(folded)


def _is_altered(name: Name) -> bool:
    """Say whether a name is one that the list does not have; it is not looked for misspelled."""
    return isinstance(name, PersonName) and name.most < 1.0


_TERM = "§"  # before the number of a term: no word begins so


def _anchor_of(term: int) -> str:
    return f"{_TERM}{term}"


def _rarest(phrase: Phrase, counts: Counter[str]) -> int:
    """Return the place of the word that the fewest names of the list share."""
    places = [place for place, word in enumerate(phrase.words) if not word.optional]

    def rank(place: int) -> tuple[Any, ...]:
        word = phrase.words[place]
        return (
            word.folded.isdigit(),
            not word.capital,
            word.country > 0,
            counts[word.folded],
            -len(word.folded),
            place,
        )

    return min(places, key=rank)
