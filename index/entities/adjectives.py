"""Russian adjectives that are made of a place's name: алматинская, Алматы."""

import re
from functools import lru_cache

from index.entities.sounds import sounds

_ADJECTIVE = re.compile("(.{3,})ск(?:ий|ая|ое|ие|ого|ой|ому|ую|им|их|ими|ом|ою|ей)$")
_LINKS = ("ин", "ен", "ев", "ов")
SHORTEST = 4


@lru_cache(maxsize=4096)
def bases(folded: str) -> frozenset[str]:
    """Return the forms of the place that an adjective may be made of; none for other words."""
    found = _ADJECTIVE.match(folded)
    if not found:
        return frozenset()
    base = found[1]
    bare = [base, *(base.removesuffix(link) for link in _LINKS if base.endswith(link))]
    return frozenset(form for each in bare for form in sounds(each) if len(form) >= SHORTEST)


def is_of(adjective: str, forms: frozenset[str]) -> bool:
    """Say whether a folded word is the adjective of a place of these forms."""
    made_of = bases(adjective)
    return bool(made_of) and any(form in made_of or form[:-1] in made_of for form in forms)


def outlines(forms: frozenset[str]) -> set[str]:
    """Return forms that share their consonants with the adjectives of a place."""
    return {form + ending for form in forms for ending in ("ski", "inski", "evski")}
