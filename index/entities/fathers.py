"""Initials that do not fit the father's name which the same text gives in full.

Bektur Asanov, whom a ruling calls Bektur Zhumabayevich, is not the witness B. K. Asanov.
"""

from collections.abc import Iterator, Sequence

from index.entities.cases import is_patronymic
from index.entities.claims import Claim
from index.entities.lexicon import given_groups
from index.entities.reasons import is_by_initials
from index.entities.textwords import TextWords
from index.entities.wordinfo import Info

_AROUND = 4  # words of a name on each side of the surname


def without_other_fathers(text: TextWords, claims: Sequence[Claim]) -> list[Claim]:
    """Return one person's claims without those whose second initial is another father's."""
    if not any(is_by_initials(claim.reason) for claim in claims):
        return list(claims)
    fathers = {letter for claim in claims for letter in _fathers(text, claim)}
    if not fathers:
        return list(claims)
    return [claim for claim in claims if _second_initial(text, claim) in {"", *fathers}]


def _words(text: TextWords, claim: Claim) -> Iterator[Info]:
    """Yield the words of a claim, in order."""
    for at in range(max(claim.at - _AROUND, 0), min(claim.at + _AROUND + 1, len(text))):
        start, end = text.span(at)
        one = text.info(at)
        if one is not None and claim.start <= start and end <= claim.end + one.cut:
            yield one


def _fathers(text: TextWords, claim: Claim) -> Iterator[str]:
    for one in _words(text, claim):
        if any(map(is_patronymic, one.forms)) and not given_groups(one.forms):
            yield one.forms[0][:1]


def _second_initial(text: TextWords, claim: Claim) -> str:
    initials = [one for one in _words(text, claim) if one.initial and one.forms]
    return initials[1].forms[0][:1] if len(initials) == 2 else ""
