"""Why a spelling is offered, as a sentence fit to show."""

from rapidfuzz.distance import DamerauLevenshtein

from index.entities import words
from index.entities.sounds import has_cyrillic

_NUMBERS = ("no letter", "one letter", "two letters", "three letters")


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
