"""Anchors that a word of a text may be a spelling of, a letter or so off."""

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from index.entities.closeness import distance, is_slip, slip_key, turned
from index.entities.fitting import MOST_DISTANCE
from index.entities.sounds import shortened, skeleton, sounds
from index.entities.wordinfo import Info

FUZZY_FROM = 5
MOST_EDITS = 2
MOST_APART = 3  # letters by which the lengths of two spellings differ


class Nearby:
    """Anchors by what their misspellings share with them."""

    def __init__(self) -> None:
        self._close: dict[str, tuple[str, ...]] = {}  # by the forms that may be a letter off
        self._short: dict[str, tuple[str, ...]] = {}  # by all but a letter of such a form
        self._skeletons: dict[str, tuple[str, ...]] = {}
        self._slips: dict[str, tuple[str, ...]] = {}  # by what a slip in a digraph leaves
        self._of_phrases: set[str] = set()

    def add(self, anchor: str, person: bool) -> None:
        """File an anchor: a surname, or a word of another name."""
        for form in sounds(anchor)[:4]:
            if len(form) >= FUZZY_FROM:
                add(self._close, form, anchor)
                add(self._skeletons, skeleton(form), anchor)
                for less in shortened(form):
                    add(self._short, less, anchor)
        slip = slip_key(anchor) if person else ""
        if slip:
            add(self._slips, slip, anchor)
        if not person:
            self._of_phrases.add(anchor)

    def of(self, one: Info, few: bool) -> list[str]:
        """Return the anchors that a word may be a spelling of; of a short list, if `few`."""
        slips = self._slips.get(slip_key(one.folded), ()) if self._slips else ()
        found = [anchor for anchor in slips if is_slip(anchor, one.folded)]
        near = self._near_few if few else self._near_many
        return found + [
            anchor
            for form in one.forms[:6]
            if len(form) >= FUZZY_FROM
            for anchor in set(near(form))
            if _is_near(form, anchor) or self._has_its_consonants(form, anchor)
        ]

    def _has_its_consonants(self, form: str, anchor: str) -> bool:
        """Say whether a form differs only in vowels from a word that is not a surname."""
        if anchor not in self._of_phrases:
            return False
        return any(skeleton(form) == skeleton(other) for other in sounds(anchor)[:1])

    def _near_many(self, form: str) -> Iterator[str]:
        """Yield what may be near in a long list: a letter more or less, or other vowels."""
        yield from self._short.get(form, ())
        for less in shortened(form):
            yield from self._close.get(less, ())
            yield from self._short.get(less, ())
        yield from self._skeletons.get(skeleton(form), ())

    def _near_few(self, form: str) -> Iterator[str]:
        """Yield what may be near in a short list, which is faster gone through than looked up."""
        for other, anchors in self._close.items():
            if abs(len(other) - len(form)) <= MOST_APART:
                yield from anchors


def _is_near(form: str, anchor: str) -> bool:
    return any(
        distance(form, other, MOST_DISTANCE) <= MOST_DISTANCE or turned(form, other)
        for other in sounds(anchor)[:4]
        if Levenshtein.distance(form, other, score_cutoff=MOST_EDITS) <= MOST_EDITS
    )


def add(where: dict[str, tuple[str, ...]], key: str, anchor: str) -> None:
    """File an anchor under a key, once."""
    have = where.get(key)
    if have is None:
        where[key] = (anchor,)
    elif anchor not in have:
        where[key] = (*have, anchor)
