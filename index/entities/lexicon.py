"""What is known of words beforehand: given names, titles, names of institutions."""

from functools import cache

import resources
from index.entities.sounds import sounds
from index.entities.words import fold


def _lines(name: str) -> list[list[str]]:
    text = resources.path(f"names/{name}.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _given() -> dict[str, frozenset[int]]:
    """Return the groups of spellings that each form of a given name belongs to."""
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_lines("given")):
        for name in names:
            found.setdefault(sounds(fold(name))[0], set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for line in _lines(name) for word in line)


def given_groups(forms: tuple[str, ...]) -> frozenset[int]:
    """Return which known given names a word of these forms may be; none when it is no such name."""
    known = _given()
    return frozenset().union(*(known.get(form, frozenset()) for form in forms))


def is_title(folded: str) -> bool:
    """Say whether a word stands before surnames without being a name."""
    return folded in _words("titles")


def is_institution(folded: str) -> bool:
    """Say whether a word makes a place or an institution of the name beside it."""
    return folded in _words("institutions")
