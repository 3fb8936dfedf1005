"""Why a spelling is offered, as a sentence fit to show."""

from rapidfuzz.distance import DamerauLevenshtein

from index.entities import words
from index.entities.sounds import has_cyrillic

_NUMBERS = ("no letter", "one letter", "two letters", "three letters")

_SHORT_FOR = "short for"
_INITIALS = " with initials"


def short_for(name: str) -> str:
    """Return that a document itself gives a short name for `name`."""
    return f"{_SHORT_FOR} {name} in this document"


def is_short(reason: str) -> bool:
    """Say whether a reason is that a document gives a short name."""
    return reason.startswith(_SHORT_FOR)


def by_initials(name: str) -> str:
    """Return that a text has the initials of `name`."""
    return f"{name}{_INITIALS}"


def is_by_initials(reason: str) -> bool:
    """Say whether a reason is that a text has the initials."""
    return reason.endswith(_INITIALS)


def why(text: str, name: str, inflected: bool = False) -> str:
    """Return in what way `text` differs from the list's `name`."""
    found, listed = words.folded_name(text), words.folded_name(name)
    if found == listed:
        return ""
    if has_cyrillic(found) != has_cyrillic(listed):
        return f"{name} in another script"
    if inflected:
        return f"a case form of {name}"
    if found.replace(" ", "") == listed.replace(" ", ""):
        return f"{name} with other spaces or hyphens"
    letters = int(DamerauLevenshtein.distance(found, listed))
    if letters < len(_NUMBERS):
        return f"{_NUMBERS[letters]} from {name}"
    if sorted(found.split()) == sorted(listed.split()):
        return f"{name} in another order"
    return f"another spelling of {name}"


def translated(text: str, name: str) -> str:
    """Return that `text` has the words of the list's `name` in another language."""
    return f"{name}, word for word in another language ({' '.join(text.split())})"


def without_country(name: str) -> str:
    """Return that a text leaves the country out of the list's `name`, which it has elsewhere."""
    return f"{name} without the country, named in full in this document"
