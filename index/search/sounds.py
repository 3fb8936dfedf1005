"""How a word sounds in Latin letters, whatever script it is written in."""

import re
from functools import lru_cache

_GLIDES = re.compile("[yj](?=[aeiou])")
_SHORT_I = re.compile("(?<=[aeou])y(?!$)")  # what is left of them stands before consonants
_LAST_I = re.compile("(?<=[aeou])i$")
_SURNAME = re.compile("[eo]va?$")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = (("kh", "h"), ("x", "ks"), ("zh", "j"), ("dj", "j"), ("w", "v"), ("q", "k"), ("yy", "y"))


class _Latin(dict[int, str]):
    """Each letter as Latin ones."""

    def __missing__(self, code: int) -> str:
        from anyascii import anyascii

        found = self[code] = "".join(filter(str.isalpha, anyascii(chr(code)).lower()))
        return found


_LATIN = _Latin()


@lru_cache(maxsize=100_000)
def sound_of(key: str) -> str:
    """Return the script key of the forms with this key."""
    if len(key) < 4 or not key.isalpha():
        return ""
    if not key.isascii():
        key = key.translate(_LATIN)
    for written, sounded in _SOUNDS:
        if written in key:
            key = key.replace(written, sounded)
    # Most words need none of these rules, and every form of an index comes through here.
    if "y" in key or "j" in key:
        key = _SHORT_I.sub("i", _GLIDES.sub("", key).replace("iy", "i").rstrip("y"))
    if key.endswith("i"):
        key = _LAST_I.sub("", key)
    sound = _DOUBLED.sub(r"\1", key) if _DOUBLED.search(key) else key
    return _SURNAME.sub("", sound) if len(sound) > 5 and sound.endswith(("v", "va")) else sound
