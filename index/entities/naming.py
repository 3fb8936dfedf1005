"""The names of an entity that are to be looked for in texts."""

from collections.abc import Iterable
from dataclasses import replace

from index.entities import words
from index.entities.altered import altered_names
from index.entities.laws import LawName, law_name
from index.entities.lexicon import other_place_names
from index.entities.patterns import PersonName, Phrase, person_name, phrase
from index.entities.rephrased import (
    abridged_phrase,
    headless_phrase,
    joined_phrase,
    rejoined_phrases,
)
from index.entities.translations import Translated, translated
from index.model import Entity, How

Name = PersonName | Phrase | LawName | Translated


def names_of(number: int, entity: Entity) -> Iterable[Name]:
    """Yield the names of an entity that are to be looked for."""
    every = [(How.NAME, entity.name)]
    every += [(How.ALIAS, alias.name) for alias in entity.aliases if not alias.weak]
    met: set[tuple[str, ...]] = set()
    for how, name in every:
        # A person's words are looked for in any order.
        folded = [words.fold(match[0]) for match in words.words(name)]
        key = tuple(sorted(folded) if entity.kind == "Person" else folded)
        if key in met:
            continue
        met.add(key)
        if entity.kind == "Person":
            person = person_name(number, how, name)
            if person is not None:
                yield person
                if how is How.NAME:
                    yield from altered_names(person)
                continue
        if entity.kind == "Law":
            law = law_name(number, how, name)
            if law is not None:
                yield law
                continue
        whole = phrase(number, how, name, entity.kind)
        if whole is not None:
            yield whole
            if entity.kind == "Place":
                for other in other_place_names(name):
                    known = phrase(number, how, other, entity.kind)
                    if known is not None:
                        yield replace(known, name=name, joined=True)
            together = joined_phrase(whole)
            if together is not None:
                yield together
            yield from rejoined_phrases(whole)
            shorter = (abridged_phrase(whole), headless_phrase(whole))
            yield from (each for each in shorter if each is not None)
            meaning = translated(whole)
            if meaning is not None:
                yield meaning
