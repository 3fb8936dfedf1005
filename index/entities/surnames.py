"""A surname alone, in a text that names its bearer in full."""

from collections.abc import Sequence
from dataclasses import replace

from index.entities.claims import Claim, Fit
from index.entities.neighbours import Neighbours
from index.entities.patterns import PersonName
from index.entities.persons import PersonFinder
from index.entities.textwords import TextWords
from index.model import How

SURE = 0.9
INFLECTED = 0.87
DOUBTFUL = 0.6
MOST_DISTANCE = 0.5
FUZZY_FROM = 6


def bare_surnames(
    text: TextWords,
    finder: PersonFinder,
    neighbours: Neighbours,
    name: PersonName,
    hits: Sequence[int],
    full: Sequence[Claim],
) -> list[Claim]:
    """Return what a person claims by surname at the words `hits`, given the full names."""
    covered = [(claim.start, claim.end) for claim in full]
    met = {form for claim in full if (one := text.info(claim.at)) for form in one.forms}
    alone: list[tuple[int, int, list[Fit]]] = []
    rivals: list[int] = []
    for at in hits:
        found = finder.surname(name, at)
        if found is None:
            continue
        first, fits = found
        here = text.info(at)
        if not _close(name, fits) and not (here and set(here.forms) & met):
            continue
        start, end = text.range(first, at)
        if any(low <= start and end <= high for low, high in covered):
            continue
        if neighbours.rival(first, at):
            rivals.append(at)
        elif neighbours.stands_alone(first, at) and not _given(text, name, at):
            alone.append((first, at, fits))
    named = sorted(claim.at for claim in full)
    return [
        _weighed(neighbours, first, at, _claim(text, name, (first, at, fits), named, rivals))
        for first, at, fits in alone
    ]


def _weighed(neighbours: Neighbours, first: int, at: int, claim: Claim) -> Claim:
    """Return a claim that counts for less where the words around it leave a doubt."""
    doubt = ""
    if neighbours.heads_a_name(at):
        doubt = ", perhaps in a longer name"
    elif neighbours.unsure(first):
        doubt = ", perhaps after a given name"
    elif neighbours.a_common_word(first, at):
        doubt = ", perhaps only a common word"
    if not doubt or claim.score <= DOUBTFUL:
        return claim
    return replace(claim, score=DOUBTFUL, reason=claim.reason + doubt)


def _close(name: PersonName, fits: list[Fit]) -> bool:
    far = fits[0].distance
    return far == 0.0 or (far <= MOST_DISTANCE and len(name.anchor) >= FUZZY_FROM)


def _given(text: TextWords, name: PersonName, at: int) -> bool:
    """Say whether a surname that is a given name too seems to be one here."""
    after = text.info(at + 1)
    return bool(
        name.surname.groups and after is not None and after.capital and text.gap(at) == "space"
    )


def _claim(
    text: TextWords,
    name: PersonName,
    place: tuple[int, int, list[Fit]],
    named: Sequence[int],
    rivals: Sequence[int],
) -> Claim:
    first, at, fits = place
    start, end = text.range(first, at)
    reason = f"the surname of {name.name}, named in full in this document"
    nominative = any(fit.cases == "n" for fit in fits)
    score = SURE if nominative else INFLECTED
    if fits[0].distance > 0:
        score = 0.75
    score = min(score, name.most)
    before = max((each for each in named if each < at), default=-1)
    rival = max((each for each in rivals if each < at), default=-1)
    here = text.info(at)
    woman = not nominative and any(
        other is not None and here is not None and other.folded == here.folded
        for other in map(text.info, rivals)
    )
    if woman or rival > before:
        score = DOUBTFUL
        reason += ", where another bearer of the surname is named too"
    return Claim(name.entity, start, end, How.SURNAME, score, reason, full=False, at=at)
