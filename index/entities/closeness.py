"""How far two names' forms are apart, in letters; what sounds alike counts less."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

_NEAR = {
    frozenset(pair): cost
    for pairs, cost in (
        ("kh", 0.3),
        ("ae ou ei vu vf CS", 0.5),
        ("iu ao eo kg hg Ss Jz zs JS", 0.7),
    )
    for pair in pairs.split()
}
_SLIGHT = {"i": 0.4, "h": 0.5}


@lru_cache(maxsize=16384)
def distance(one: str, other: str, most: float = 2.0) -> float:
    """Return how far two forms are apart, in letters; what sounds alike counts less.

    A distance over `most` is returned as some number over `most`.
    """
    if one == other:
        return 0.0
    one, other = _where_they_differ(one, other)
    # No edit costs less than 0.3, and only the one of k and h costs less than 0.4.
    edits = int(most / 0.4)
    if Levenshtein.distance(one, other, score_cutoff=edits) > edits:
        return most + 1
    before_last: list[float] = []
    last = [0.0]
    for sign in other:
        last.append(last[-1] + _SLIGHT.get(sign, 1.0))
    for row, sign in enumerate(one):
        current = [last[0] + _SLIGHT.get(sign, 1.0)]
        for column, against in enumerate(other):
            same = sign == against
            cost = 0.0 if same else _NEAR.get(frozenset((sign, against)), 1.0)
            best = min(
                last[column] + cost,
                last[column + 1] + _SLIGHT.get(sign, 1.0),
                current[column] + _SLIGHT.get(against, 1.0),
            )
            if row and column and sign == other[column - 1] and one[row - 1] == against:
                best = min(best, before_last[column - 1] + 1.0)
            current.append(best)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return last[-1]


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Return two forms without the beginning and the end that they share."""
    longest = min(len(one), len(other))
    start = 0
    while start < longest and one[start] == other[start]:
        start += 1
    # A letter that costs little to leave out may be dearer to keep.
    while start and one[start - 1] in _SLIGHT:
        start -= 1
    end = 0
    while end < longest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    while end and one[len(one) - end] in _SLIGHT:
        end -= 1
    return one[start : len(one) - end], other[start : len(other) - end]


def nearest(forms: Iterable[str], others: Iterable[str], most: float = 2.0) -> float:
    """Return the least distance between any of some forms and any of others."""
    against = tuple(others)
    return min(
        (distance(form, other, most) for form in forms for other in against), default=most + 1
    )


_ROUNDED = str.maketrans("au", "oo")
_APART = frozenset(("au", "ua"))


def turned(one: str, other: str) -> bool:
    """Say whether two forms differ only in what Russian has as a or u and Uzbek and Tajik as o.

    Tajibaeva, Tojiboyeva; Yuldash, Yoldosh.
    """
    if len(one) != len(other) or one.translate(_ROUNDED) != other.translate(_ROUNDED):
        return False
    return all(a + b not in _APART for a, b in zip(one, other, strict=True))


SLIP_FROM = 8  # letters of a name in which a slip in a digraph is known for one
_SLIGHTED = str.maketrans(dict.fromkeys("aeiouyh"))


def slip_key(folded: str) -> str:
    """Return what a Latin name shares with itself misspelled in a digraph, or "".

    A letter too many or misplaced there is no letter by ear: Dzahakishev, Dzhakishev.
    """
    if len(folded) < SLIP_FROM or "h" not in folded or not folded.isascii():
        return ""
    return folded.translate(_SLIGHTED)


def is_slip(one: str, other: str) -> bool:
    """Say whether two Latin names are one letter or two neighbours apart as they are written."""
    return slip_key(one) == slip_key(other) != "" and OSA.distance(one, other) == 1
