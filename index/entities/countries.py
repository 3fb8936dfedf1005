"""Countries by their names in several languages, and what stands for them in names of bodies."""

from functools import cache

import resources
from index.entities.sounds import sounds
from index.entities.wordinfo import Info, info
from index.entities.words import fold

REPUBLIC = frozenset(
    "republic республика республики республике республику республикасы республикасының"
    " respublikasi respublikasy".split()
)


@cache
def _countries() -> dict[str, int]:
    """Return the number of each country by the forms of its names; abbreviations as folded."""
    found: dict[str, int] = {}
    text = resources.path("names/countries.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        for name in line.split() if not line.startswith("#") else ():
            key = f"={fold(name)}" if _is_short(name) else sounds(fold(name))[0]
            found.setdefault(key, number)
    return found


def _is_short(name: str) -> bool:
    return len(name) < 4 and name[:2].isupper()


def country(one: Info) -> int:
    """Return the number of the country that a word of a text names, in any case, or 0."""
    known = _countries()
    if _is_short(one.raw):
        return known.get(f"={one.folded}", 0)
    return next((known[form] for form in one.forms if form in known), 0)


def country_of(folded: str) -> int:
    """Return the number of the country that a word of a listed name is, or 0."""
    return _countries().get(f"={folded}", 0) or country(info(folded.capitalize()))
