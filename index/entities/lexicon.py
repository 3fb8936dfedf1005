"""What is known of words beforehand: given names, titles, names of institutions."""

from collections.abc import Iterable
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


@cache
def _members() -> list[list[str]]:
    """Return the forms of each group of spellings, by the group's number."""
    return [[sounds(fold(name))[0] for name in names] for names in _lines("given")]


@cache
def _places() -> dict[str, list[str]]:
    """Return the names of each place by the form of any of them."""
    return {_whole(name): names for names in _lines("places") for name in names}


def _whole(name: str) -> str:
    return "".join(sounds(fold(word))[0] for word in name.replace("-", " ").split())


def other_place_names(name: str) -> list[str]:
    """Return by what other names a place is known (Almaty: Alma-Ata)."""
    try:
        form = _whole(name)
    except IndexError:  # a word without letters
        return []
    return [other for other in _places().get(form, ()) if _whole(other) != form]


def is_place(forms: Iterable[str]) -> bool:
    """Say whether a word of these forms is a place that goes by several names."""
    return any(form in _places() for form in forms)


def kin(groups: Iterable[int]) -> frozenset[str]:
    """Return the forms of every spelling of some known given names."""
    members = _members()
    return frozenset(form for number in groups for form in members[number])


_COMMON_ENDINGS = tuple(
    (
        "tion tions sion sions ment ments ing ings ed ly ity ities ness ship ists ers ors ives"
        " ants ents ence ance hood ous ful ive ism ical ary"
        " ость ости остью ние ния нию нием ция ции цию цией ство ства ству тель тели телей телю"
        " исты истов ики иков ники ников ые ие ых их ого его ому ему ыми ими ется ются лся лась"
        " лись ает ают яет яют ует уют ил или ало али ено ано ены аны"
        " лар лер дар дер тар тер лары лері дары дері тары тері ған ген қан кен ады еді лық лік"
    ).split()
)


def looks_common(folded: str) -> bool:
    """Say whether a word ends as common words do and as given names do not."""
    return len(folded) > 4 and folded.endswith(_COMMON_ENDINGS)


def is_title(folded: str) -> bool:
    """Say whether a word stands before surnames without being a name."""
    return folded in _words("titles")


def is_institution(folded: str) -> bool:
    """Say whether a word makes a place or an institution of the name beside it."""
    return folded in _words("institutions")
