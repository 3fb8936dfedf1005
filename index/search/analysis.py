"""How text becomes the words that can be searched, on the side of the index and of the query.

A token of the text is written down as its *form*: lower case, composed, without what only
its printing added, such as a hyphen at the end of a line; where that makes a difference,
what was printed follows it. Forms thereby stand in the order of what they are plainly, and
beginnings are found whatever was printed. Several *keys* lead to a form: its stem with
accents and Kazakh letters folded, and its parts. A query looks a word's keys up among the
keys of the forms, so nothing but forms is stored in the index.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from index.search.sounds import sound_of

MARKS = (
    "\u200c\u200d"  # joiners, as in Persian and in the scripts of India
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u0898-\u08e1\u08e3-\u0963\u0981-\u09e3"
    "\u0a01-\u0a75\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d"
    "\u0d57-\u0d63\u0d81-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f71-\u0f84\u0f86-\u0fbc"
    "\u102b-\u103e\u1056-\u109d\u135d-\u135f\u17b4-\u17d3\u180b-\u180d\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20f0\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f\ua674-\ua67d\ufb1e\ufe20-\ufe2f"
)
"""What stands with a letter and is no letter; what these ranges hold besides are letters."""

APOSTROPHES = "'’ʼ‘`ʹ′"
BREAKS = "\u00ad\u0002\ufffe"  # soft hyphens as texts and PDF readers write them

SPACES = "\u00a0\u2009\u202f"  # that part the thousands of one number

UNSPACED = (  # letters of scripts that put no spaces between words
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u1000-\u102a\u1780-\u17b3"
    "\u3005-\u3007\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9d\U00020000-\U0003ffff"
)

_LETTERS = rf"[^\W{UNSPACED}]+(?:[{MARKS}]+[^\W{UNSPACED}]*)*"
_HYPHEN = r"[-‐][ \t]*\r?\n[ \t]*(?=[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])"

TOKEN = re.compile(
    rf"{_LETTERS}(?:(?:[{APOSTROPHES}](?=\w)|[{BREAKS}]+\s*|{_HYPHEN}"
    rf"|[.,](?<=\d[.,])(?=\d)"
    rf"|[{SPACES}](?<=\d[{SPACES}])(?<!\d{{4}}[{SPACES}])(?=\d{{3}}(?!\w))){_LETTERS})*"
    rf"|[{UNSPACED}][{MARKS}]*"
)
"""One token; what joins two runs of letters into one is in the middle.

Each letter of a script without spaces is one by itself, and a word of it a phrase of them.
"""

_OVER_SPACE = re.compile(rf"[{BREAKS}]+\s*|{_HYPHEN}")

_SOFT = re.compile(rf"[{BREAKS}]+\s*")
_HARD = re.compile(r"[-‐][ \t]*\r?\n[ \t]*")
ODD_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_PLAIN = re.compile(r"['\-]")
_GROUPED = re.compile(r"(\d{1,3}(?:,\d{3})+)(\.\d+)?|(\d{1,3}(?:\.\d{3})+)(,\d+)?")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_RUSSIAN = re.compile("[а-я]+")
_COMPOUND = re.compile(r"[^\W\d_]['\-.,\d]|[\d'\-.,][^\W\d_]|\d['\-.,]\d")

_FOLDED = str.maketrans("ёәғқңөұүһіїєґў", "еагкноуухииегу")
_ALIKE = str.maketrans("آأإٱىیک", "ااااييك")  # Arabic letters that stand for one another
_OPTIONAL = re.compile(  # vowel and reading marks, strokes that lengthen a word, joiners
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0898-\u089f\u08ca-\u08ff\u200c\u200d]+"
)
_LETTERS_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


class Likeness(IntEnum):
    """How a form answers to a word of a query, best first."""

    EXACT = 0
    STEM = 1
    FOLDED = 2
    PART = 3
    SCRIPT = 4

    @property
    def kind(self) -> str:
        """The name of the expansion that found the form, empty when it is none."""
        return ("", "stem", "fold", "", "script")[self]


SHORTEST_STEM = 3
"""Letters of a Russian stem; what would leave fewer is mostly another word, often Kazakh."""

PRINTED = "\x1f"
"""Stands in a form between what it is plainly and what was printed."""

WEIGHTS = (1.0, 0.9, 0.6, 0.7, 0.5)
"""What an occurrence counts for, by likeness."""


@dataclass(frozen=True, slots=True)
class Token:
    """A form and where it stands in the text it was read from."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def form_of(raw: str) -> str:
    """Return the form of one raw token, empty when nothing of it can be searched."""
    text = raw
    if not (raw.isascii() and raw.isalnum()):  # some apostrophes count as letters
        text = _HARD.sub("-", _SOFT.sub("-", text))
        text = ODD_APOSTROPHES.sub("'", text)
    text = normal(text).strip("_'-").replace(" ", "")
    without = simplified(text)
    return text if without == text else without + PRINTED + text


def normal(text: str) -> str:
    """Return a text in lower case, composed, without the marks that a writer may leave out."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return _OPTIONAL.sub("", text)


def without_breaks(text: str) -> str:
    """Return a text with the same forms in which no token has white space after a hyphen.

    What is printed over the end of a line is thereby between spaces like other words.
    """
    if _may_be_broken(text):
        return _OVER_SPACE.sub(BREAKS[0], text)
    return text


def _may_be_broken(text: str) -> bool:
    if "-" in text and any(end in text for end in ("-\n", "-\r", "- ", "-\t")):
        return True
    return any(sign in text for sign in "‐" + BREAKS)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in its order."""
    for match in TOKEN.finditer(text):
        form = form_of(match[0])
        if form:
            yield Token(form, match.start(), match.end())


def plain(form: str) -> str:
    """Return a form without what only its printing added: line-end hyphens, apostrophes, ё."""
    return form.partition(PRINTED)[0]


def printed(form: str) -> str:
    """Return a form with what its printing added."""
    return form.rpartition(PRINTED)[2]


def simplified(text: str) -> str:
    """Return what is plainly meant by something printed, which is in lower case and composed."""
    if text.isalpha():
        return text.replace("ё", "е")
    text = _PLAIN.sub("", text.removesuffix("'s")).replace("ё", "е")
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:
        return text
    whole, rest = grouped[1] or grouped[3], grouped[2] or grouped[4] or ""
    return re.sub("[.,]", "", whole) + rest.replace(",", ".")


def fold(text: str) -> str:
    """Return a text with accents dropped and Kazakh letters as Russian ones."""
    if text.isascii():
        return text
    if _RUSSIAN.fullmatch(text):
        return text
    text = text.translate(_FOLDED)
    if text.isascii() or _RUSSIAN.fullmatch(text):
        return text
    apart = unicodedata.normalize("NFD", text.translate(_LETTERS_APART).translate(_ALIKE))
    kept = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f" or sign == "\u0306")
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=4)
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(language, 0)


def stem(text: str) -> str:
    """Return the stem of one plain word, by its script."""
    if not text.isalpha():
        return text
    if _CYRILLIC.search(text) is None:
        return str(_stemmer("english").stemWord(text))
    stemmed = str(_stemmer("russian").stemWord(text))
    if len(stemmed) < SHORTEST_STEM and len(text) > SHORTEST_STEM:
        return text  # “адам” is no ending of “ад”
    # Snowball takes the end of “Назарбаев” for an ending, and not that of “Назарбаева”.
    return stemmed[:-2] if len(stemmed) > 5 and stemmed.endswith(("ов", "ев")) else stemmed


@lru_cache(maxsize=50_000)
def key_of(form: str) -> str:
    """Return the key that a form shares with its other endings and spellings."""
    if form.isascii() and form.isalpha():
        return str(_stemmer("english").stemWord(form))
    return stem(fold(plain(form)))


def parts(form: str) -> tuple[str, ...]:
    """Return the runs of letters and of digits that a compound form is made of, else nothing."""
    text = printed(form)
    if text.isalpha() or text.isdecimal() or not _COMPOUND.search(text):
        return ()
    found = tuple(simplified(part) for part in _PARTS.findall(text) if len(part) > 1)
    return found if found != (text,) else ()


@lru_cache(maxsize=50_000)
def part_keys(form: str) -> frozenset[str]:
    """Return the keys under which the parts of a compound form are found."""
    return frozenset(key_of(part) for part in parts(form))


def script_keys(form: str) -> frozenset[str]:
    """Return how a word sounds in Latin letters, none for short words and for numbers.

    A Cyrillic word is taken with its ending as well, since names like “Айгерим” only
    seem to have one.
    """
    keys = {sound_of(key_of(form))}
    if in_cyrillic(form):
        keys.add(sound_of(plain(form)))
    return frozenset(keys - {""})


def in_cyrillic(text: str) -> bool:
    """Whether a word is written in Cyrillic letters."""
    return _CYRILLIC.search(text) is not None


def likeness(word: str, form: str) -> Likeness | None:
    """Return how `form` answers to the form `word` of a query, or None when it does not."""
    if form == word:
        return Likeness.EXACT
    wanted, there = plain(word), plain(form)
    if wanted == there:
        return Likeness.EXACT
    if key_of(word) == key_of(form):
        return Likeness.STEM if stem(wanted) == stem(there) else Likeness.FOLDED
    if not form.isalpha() and key_of(word) in part_keys(form):
        return Likeness.PART
    if in_cyrillic(word) != in_cyrillic(form) and script_keys(word) & script_keys(form):
        return Likeness.SCRIPT
    return None
