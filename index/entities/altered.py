"""A person's other surnames: Russian ending put on or left off, one half of a double one.

In Central Asia and the Caucasus one person is Rahmonov and Rahmon, Satybaldiev
and Satybaldyuly; a woman may use both of her surnames or one. Whether the text
means the listed person is then for the reader to say, so such a name is offered
below what counts as sure.
"""

from collections.abc import Iterator
from dataclasses import replace

from index.entities.cases import gender, is_surname
from index.entities.patterns import PersonName, Unit
from index.entities.sounds import has_cyrillic, sounds

ALTERED = 0.76
_SHORTEST = 4
_VOWELS = frozenset("aeiouyаеиоуыэюяәөұүі")
_ENDINGS = {
    True: (
        ("ева", "ев", "ова", "ов"),
        ("ов", "ев", "ова", "ева"),
        ("ұлы", "қызы", "улы", "кызы"),
        "й",
    ),
    False: (
        ("iyeva", "iyev", "yeva", "yev", "eva", "ev", "ova", "ov", "ew", "ow"),
        ("ov", "ev", "ova", "eva"),
        ("uly", "kyzy", "ūly", "qyzy"),
        "y",
    ),
}


def altered_names(name: PersonName) -> Iterator[PersonName]:
    """Yield a name with the other surnames that its bearer may go by."""
    parts = name.surname.parts
    for part in parts if len(parts) > 1 else ():
        if all(any(is_surname(form) for form in sounds(each)) for each in parts):
            yield _with(name, part, "one half of the surname of")
    if len(parts) == 1 and len(parts[0]) >= _SHORTEST and len(name.given[0].parts[0]) > 1:
        for other in _endings(parts[0]):
            yield _with(name, other, "with another ending of the surname:")


def _with(name: PersonName, surname: str, note: str) -> PersonName:
    return replace(name, surname=Unit((surname,)), most=ALTERED, note=f"{note} {name.name}")


def _endings(surname: str) -> Iterator[str]:
    stripped, added, fathers, glide = _ENDINGS[has_cyrillic(surname)]
    for ending in stripped:
        stem = surname.removesuffix(ending)
        if stem != surname:
            if len(stem) < _SHORTEST or (stem[-1] == glide and ending[0] == "e"):
                continue
            woman = ending[-1] in "aа"
            glides = stem[-1] in "aeае" and not stem.endswith(("lla", "лла"))
            bare = stem + glide if glides else stem  # Mamayev: Mamay, Abdullayev: Abdulla
            yield bare
            yield bare + fathers[woman]
            return
    for father in fathers:
        stem = surname.removesuffix(father)
        if stem != surname and len(stem) >= _SHORTEST:
            yield stem
            yield stem + added[stem[-1] in _VOWELS or stem[-1] in glide]
            return
    forms = sounds(surname)
    if not any(gender(form) or is_surname(form) for form in forms):
        soft = surname[-1] in _VOWELS or surname[-1] in glide
        yield surname + added[soft]
        yield surname + added[2 + soft]
        yield surname + fathers[0]
