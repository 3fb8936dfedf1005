"""Several entities that claim the same words: the longer name wins, equals are named together."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from index.model import How, Mention

AMBIGUOUS = 0.75
CLOSE = 0.12


def resolve(claims: Sequence[Mention]) -> list[Mention]:
    """Return one document's mentions in the order of the text, none inside another."""
    by_span: dict[tuple[int, int], list[Mention]] = {}
    for claim in claims:
        by_span.setdefault((claim.start, claim.end), []).append(claim)
    taken: list[tuple[int, int]] = []  # ends and starts, in order
    kept: list[Mention] = []
    full = sorted((one for one in claims if one.how is not How.SURNAME), key=lambda one: one.start)
    spans = sorted(by_span, key=lambda span: (span[0] - span[1], span[0]))
    for start, end in spans:
        at = bisect_right(taken, (start, end))
        if at < len(taken) and taken[at][0] < end:
            continue
        if at and taken[at - 1][1] > start:
            continue
        taken.insert(at, (start, end))
        kept.append(_settled(by_span[start, end], full))
    return sorted(kept, key=lambda mention: mention.start)


def _settled(claims: list[Mention], full: Sequence[Mention]) -> Mention:
    """Return the one mention of a range, with the other entities that fit as well."""
    best: dict[str, Mention] = {}
    for claim in claims:
        if claim.entity not in best or claim.score > best[claim.entity].score:
            best[claim.entity] = claim
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.entity))
    first = ranked[0]
    if len(ranked) == 1:
        return first
    if first.how is How.SURNAME:
        rest = ranked
    elif first.score == 1.0:
        rest = [one for one in ranked if one.score == 1.0]
    else:
        rest = [one for one in ranked if one.score > first.score - CLOSE]
    if len(rest) == 1:
        return first
    if first.how is How.SURNAME:
        rest.sort(key=lambda one: -_named_before(one, full))
    chosen = rest[0]
    return replace(
        chosen,
        score=min(chosen.score, AMBIGUOUS),
        others=tuple(one.entity for one in rest[1:]),
        reason=(f"{chosen.reason}; " if chosen.reason else "") + "others on the list fit as well",
    )


def _named_before(claim: Mention, full: Sequence[Mention]) -> int:
    """Return where the claim's entity was last named in full before it, or -1."""
    places = [one.start for one in full if one.entity == claim.entity and one.start < claim.start]
    return max(places, default=-1)
