"""Where the names of a list occur in a text, in any spelling and script."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index.entities import acronyms, reasons
from index.entities.anchors import AnchorIndex
from index.entities.cases import is_child
from index.entities.claims import Claim
from index.entities.fathers import without_other_fathers
from index.entities.laws import VOUCHED, LawFinder, LawName
from index.entities.naming import names_of
from index.entities.neighbours import Neighbours
from index.entities.patterns import PersonName, Phrase
from index.entities.persons import PersonFinder
from index.entities.phrases import PhraseFinder
from index.entities.resolving import resolve
from index.entities.surnames import bare_surnames
from index.entities.textwords import TextWords
from index.entities.translations import Translated, TranslationFinder
from index.model import Entity, How, Mention

VOUCHES = 0.75  # a full name of this score lets its short forms count


class Matcher:
    """Finds the names of an entity list; built once for a list, used for many documents.

    What an entity claims of a text does not depend on the rest of the list, so
    that one entity can be added later; `resolve` settles where several claim
    the same words.
    """

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entities = list(entities)
        names = [name for number, one in enumerate(entities) for name in names_of(number, one)]
        self._anchors = AnchorIndex(names)
        surnames: dict[int, dict[tuple[str, ...], PersonName]] = {}
        for name in names:
            if isinstance(name, PersonName):
                surnames.setdefault(name.entity, {})[name.surname.parts] = name
        self._person_names = {number: tuple(them.values()) for number, them in surnames.items()}

    def find(self, document: str, text: str) -> list[Mention]:
        """Return the mentions in a canonical text, in its order, none inside another."""
        return resolve(self.claims(document, text))

    def claims(self, document: str, text: str) -> list[Mention]:
        """Return what every entity claims for itself, in no order; claims may overlap."""
        return self.claims_in(document, TextWords(text))

    def claims_in(self, document: str, cut: TextWords) -> list[Mention]:
        """Return the claims in a text that is cut into words already."""
        hits = self._anchors.hits(cut)
        if not hits:
            return []
        scan = _Scan(cut, self._anchors, self._entities, self._person_names)
        return [
            Mention(
                entity=self._entities[claim.entity].id,
                document=document,
                start=claim.start,
                end=claim.end,
                text=cut.text[claim.start : claim.end],
                how=claim.how,
                score=claim.score,
                reason=claim.reason,
            )
            for claim in scan.run(hits)
        ]


class _Scan:
    """One text being gone through."""

    def __init__(
        self,
        text: TextWords,
        anchors: AnchorIndex,
        entities: Sequence[Entity],
        person_names: Mapping[int, Sequence[PersonName]],
    ) -> None:
        self._text = text
        self._anchors = anchors
        self._entities = entities
        self._persons = PersonFinder(text)
        self._beside = Neighbours(text)
        self._phrases = PhraseFinder(text)
        self._laws = LawFinder(text)
        self._translations = TranslationFinder(text)
        self._full: dict[int, list[Claim]] = {}
        self._abridged: dict[int, list[Claim]] = {}  # that count where the full name stands too
        self._places: dict[str, list[int]] = {}  # of each anchor met
        self._person_names = person_names
        self._looked_around = -1  # the word that `_around` is of
        self._around: set[str] = set()  # the given keys beside it
        self._exact: dict[int, int] = {}  # where each person was last met just as listed

    def run(self, hits: Iterable[tuple[int, tuple[str, ...]]]) -> list[Claim]:
        """Return every claim."""
        for at, anchors in hits:
            if self._text.masked(at):
                continue
            for anchor in anchors:
                if anchor:
                    self._places.setdefault(anchor, []).append(at)
                    self._things(at, anchor)
                    if self._anchors.has_people(anchor):
                        self._people(at, anchor)
                else:
                    self._split_in_two(at)
        claims: list[Claim] = []
        for number, full in self._full.items():
            kept = _vouched(without_other_fathers(self._text, _best(full)))
            claims += kept
            sure = [claim for claim in kept if claim.score >= VOUCHES]
            if sure:
                claims += self._short_forms(number, sure)
        return claims

    def _things(self, at: int, anchor: str) -> None:
        """Look for whatever is no person."""
        for name, place in self._anchors.names.get(anchor, ()):
            if isinstance(name, LawName):
                claim = self._laws.find(name, at)
            elif isinstance(name, Translated):
                claim = self._translations.find(name, place, at)
            else:
                claim = self._phrases.find(name, place, at)
            if claim is not None:
                abridged = isinstance(name, Phrase) and name.abridged
                where = self._abridged if abridged else self._full
                where.setdefault(claim.entity, []).append(claim)

    def _people(self, at: int, anchor: str) -> None:
        if not self._is_named(at):
            for person in self._anchors.people(anchor, None):
                self._keep(self._persons.plain(person, at))
            return
        if self._looked_around != at:
            self._looked_around, self._around = at, self._text.around(at)
        if not self._around:
            return
        people = self._anchors.people(anchor, self._around)
        # A person found under one name just as listed is not looked for under the others.
        for person in people:
            if person.plain:
                self._keep(self._persons.just_as_listed(person, at))
        for person in people:
            if self._exact.get(person.entity) != at:
                self._keep(self._persons.find(person, at))

    def _keep(self, claim: Claim | None) -> None:
        if claim is None:
            return
        if claim.score == 1.0:
            self._exact[claim.entity] = claim.at
        self._full.setdefault(claim.entity, []).append(claim)

    def _is_named(self, at: int) -> bool:
        """Say whether a word has a capital, or is kyzy or uulu after one that has."""
        if self._text.raws[at][:1].isupper():
            return True
        before = self._text.info(at - 1)
        here = self._text.info(at)
        return bool(before and here and before.capital and is_child(here.folded))

    def _split_in_two(self, at: int) -> None:
        """Try a name of one word that the text writes as two."""
        here, after = self._text.info(at), self._text.info(at + 1)
        if here is None or after is None or self._text.gap(at) not in ("hyphen", "space"):
            return
        if not after.capital:
            return
        for anchor in self._anchors.heads(here.forms):
            for name, _ in self._anchors.names.get(anchor, ()):
                if isinstance(name, Phrase) and len(name.words) == 1:
                    claim = self._phrases.find_split(name, at)
                    if claim is not None:
                        self._full.setdefault(claim.entity, []).append(claim)

    def _short_forms(self, number: int, full: list[Claim]) -> list[Claim]:
        found = self._abridged.get(number, [])
        named = {claim.at for claim in full}
        for name in self._person_names.get(number, ()):
            hits = self._places.get(name.anchor, ())
            if named.issuperset(hits):
                continue  # as most people, who are named once
            found += bare_surnames(self._text, self._persons, self._beside, name, hits, full)
        person = self._entities[number].kind == "Person"
        shorts: dict[str, acronyms.ShortName] = {}
        for claim in full:
            for short in acronyms.defined(self._text.text, claim, person):
                shorts.setdefault(short.name, short)
        for short in shorts.values():
            found += self._occurrences(short)
        return [
            claim
            for claim in found
            if not any(one.start <= claim.start and claim.end <= one.end for one in full)
        ]

    def _occurrences(self, short: acronyms.ShortName) -> list[Claim]:
        name = self._entities[short.entity].name
        reason = reasons.short_for(name)
        score = 0.95 if short.sure else 0.85
        text = self._text.text
        return [
            Claim(short.entity, found.start(), found.end(), How.ALIAS, score, reason, full=False)
            for found in re.finditer(rf"(?<!\w){re.escape(short.name)}(?!\w)", text)
            if not self._text.in_address(found.start())
        ]


def _best(claims: list[Claim]) -> list[Claim]:
    """Return one entity's claims without those inside another of its own."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda one: (one.start - one.end, -one.score)):
        if not any(one.start < claim.end and claim.start < one.end for one in kept):
            kept.append(claim)
    return kept


def _vouched(claims: list[Claim]) -> list[Claim]:
    """Return claims with articles trusted where the text names their code elsewhere."""
    if not any(claim.full for claim in claims):
        return claims
    return [claim if claim.full else replace(claim, score=VOUCHED) for claim in claims]
