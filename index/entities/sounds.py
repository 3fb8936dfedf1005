"""One spelling for all the spellings of a name, in any script.

`sounds` writes a word down by ear: what the romanisations of Russian and
Kazakh and the habits of journalists do differently is written one way (zh, j,
dzh, ж: J; kh, h, х: h; ye, e, е: e; y, i, й, ы, і: i; doubled letters once).
A spelling that may be read in more than one way has more than one form. Two
words that share a form are one name spelled differently; how far apart two
forms are, `closeness` says.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from anyascii import anyascii

MOST_FORMS = 8

_CYRILLIC = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "д": "d", "е": "e",
    "ё": "e", "є": "e", "ж": "J", "җ": "J", "ҷ": "J", "з": "z", "и": "i", "й": "i", "і": "i",
    "ї": "i", "ӣ": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o",
    "ө": "o", "ў": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u",
    "ӯ": "u", "ф": "f", "х": "h", "ҳ": "h", "һ": "h", "ц": "ts", "ч": "C", "ш": "S", "щ": "S",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip

_ACCENTED = {
    "ş": "S", "š": "S", "ś": "S", "ŝ": "S", "ș": "S", "ž": "J", "ẑ": "J", "ż": "J", "ź": "z",
    "č": "C", "ç": "C", "ć": "C", "ğ": "g", "ǵ": "g", "ġ": "g", "ñ": "n", "ń": "n", "ň": "n",
    "ŋ": "n", "ı": "i", "ý": "y", "ä": "a", "ə": "a", "ö": "o", "ü": "u", "ū": "u", "ŭ": "u",
    "ř": "r", "ł": "l", "đ": "d", "ŧ": "t", "ß": "ss", "æ": "ae", "ø": "o", "þ": "t",
}  # fmt: skip

# Longest first; where a spelling is read in two ways, the likelier is first.
_LATIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schtsch", ("S",)),
    ("stsch", ("S",)),
    ("shch", ("S",)),
    ("tsch", ("C",)),
    ("dsch", ("J",)),
    ("sch", ("S", "J")),  # ж in German spellings
    ("tch", ("C",)),
    ("dzh", ("J",)),
    ("dj", ("J",)),
    ("zh", ("J",)),
    ("sh", ("S", "sh")),
    ("ch", ("C", "h", "S")),
    ("kh", ("h",)),
    ("gh", ("g",)),
    ("ph", ("f",)),
    ("th", ("t",)),
    ("tz", ("ts",)),
    ("cz", ("C",)),
    ("sz", ("S",)),
    ("ck", ("k",)),
    ("qu", ("ku",)),
    ("yo", ("io", "e")),
    ("ou", ("u", "ov")),
    ("ee", ("e", "i")),  # Freedom; at a name's end the other way round (Lee)
    ("ce", ("tse", "se", "Je", "s")),  # at a name's end (Finance)
    ("ine", ("ine", "in")),  # there too (Poutine)
    ("q", ("k", "g")),  # g in Azerbaijani
    ("x", ("ks", "h")),
    ("w", ("v", "u")),
    ("y", ("i",)),
)
_READINGS = dict(_LATIN)
_ONLY_BEFORE = {"tz": "(?!h)", "cz": "(?!h)", "sz": "(?!h)", "ce": "$", "ine": "$"}
_UNIT = re.compile(  # tzh is т and ж (Bakhytzhan), not ц and х
    "|".join(unit + _ONLY_BEFORE.get(unit, "") for unit, _ in _LATIN) + "|j|c|.",
    re.DOTALL,
)
_SEVERAL = re.compile("[cfhjqwxy]|ou|[ts]z|ee|ine$")  # in whatever is read otherwise
_VOWELS = frozenset("aeiouy")
_SHORT_U = re.compile("(?<=[аеёиіоуыэюя])ў")  # Belarusian; in Uzbek it is a vowel itself
# A stop in Uzbek and Tajik names that Russian writes as г: A'zam, Аъзам, Агзам.
_AYN = re.compile(
    "(?<=[aeiu])['’ʼ‘ʻ`](?=[bcdfgjklmnpqrstvxyz])|(?<=[аеиу])ъ(?=[бвгджзклмнпрстфхчш])"
)
_UZBEK = re.compile("[og]['’ʼ‘ʻ`]")
_HAS_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_DOUBLED = re.compile(r"(.)\1+")
_WORN = (
    (re.compile("dJ"), "J"),
    (re.compile("i{2,}"), "i"),
    (re.compile("ie"), "e"),
    (re.compile("([ae])ui(?=[^aeiou])"), r"\1u"),
    (re.compile("ng"), "n"),
)  # fmt: skip


def has_cyrillic(word: str) -> bool:
    """Say whether a word holds a Cyrillic letter."""
    return _HAS_CYRILLIC.search(word) is not None


@lru_cache(maxsize=32768)
def sounds(word: str) -> tuple[str, ...]:
    """Return the forms of a folded word, the likeliest first; none for a word of no letters."""
    if has_cyrillic(word):
        if "ў" in word:
            word = _SHORT_U.sub("в", word)
        parts = [(_CYRILLIC.get(sign, sign),) for sign in word]
        ascii_word = "".join(part[0] for part in parts)
        if not ascii_word.isascii():
            ascii_word = anyascii(ascii_word)
        form = _smooth(ascii_word)
        if "ъ" in word and _AYN.search(word):
            return _unique([form, *sounds(_AYN.sub("г", word))])
        return _unique([form])
    plain = _plain(word)
    if "j" in plain or "x" in plain:
        plain = _read_as_known(word, plain)
    forms = _unique(_smooth(form) for form in _latin_forms(plain))
    if len(plain) != len(word) and _AYN.search(word):
        return _unique([*forms, *sounds(_AYN.sub("g", word))])
    return forms


def _plain(word: str) -> str:
    """Return a Latin word in ASCII, with capitals for the letters that are sounds of their own."""
    if word.isascii():
        return word.replace("'", "").replace("`", "")
    out = []
    for sign in word:
        if sign.isascii() and sign != "'":
            out.append(sign)
        elif sign in _ACCENTED:
            out.append(_ACCENTED[sign])
        elif sign not in "’ʼ‘ʻ`´'":
            bare = unicodedata.normalize("NFD", sign)[:1]
            out.append(bare if bare.isascii() else anyascii(sign).casefold())
    return "".join(out)


def _read_as_known(word: str, plain: str) -> str:
    """Return a word with j and x respelled where other letters tell whose spelling it is."""
    if "sch" in plain:
        return plain.replace("j", "y")  # German
    if _UZBEK.search(word):
        return plain.replace("j", "zh").replace("x", "kh")
    return plain


def _latin_forms(word: str) -> Iterable[str]:
    if not _SEVERAL.search(word):
        return (word,)
    choices: list[tuple[str, ...]] = []
    for match in _UNIT.finditer(word):
        unit, before, after = match[0], word[: match.start()], word[match.end() :]
        if unit == "j":
            choices.append(_read_j(before, after))
        elif unit == "c":
            choices.append(_read_c(after) if before or after else ("ts", "k"))
        elif unit == "q" and re.match("i(?:$|[anou])", after):
            choices.append(("k", "C", "g"))  # ч in Chinese names
        elif unit == "ee" and not after:
            choices.append(("i", "e"))
        elif unit == "yo" and (not before or before[-1] in _VOWELS):
            choices.append(("io", "e"))
        elif unit == "h" and not after and before[-1:] in _VOWELS:
            choices.append(("", "h"))
        elif unit == "f" and re.fullmatch("f?", after) and re.search("[aeo]f?$", before):
            choices.append(("v", "f"))
        else:
            choices.append(_READINGS.get(unit, (unit,)))
    count = 1
    for number, options in enumerate(choices):
        count *= len(options)
        if count > MOST_FORMS:
            choices[number] = options[:1]
            count //= len(options)
    if count <= 2:
        return ("".join(form) for form in product(*choices))
    # With the likelier readings of every letter first, for some look at the first few only.
    ranked = sorted(product(*map(enumerate, choices)), key=lambda form: sum(at for at, _ in form))
    return ("".join(reading for _, reading in form) for form in ranked)


def _read_j(before: str, after: str) -> tuple[str, ...]:
    """Return how j is read: ж in Kazakh and English, й in German and scholarly spellings."""
    if not after or after[0] not in _VOWELS:
        return ("i",)
    if before and before[-1] in _VOWELS:
        return ("i", "J")
    return ("J", "i")


def _read_c(after: str) -> tuple[str, ...]:
    """Return how c is read: Slavic and Western ways first, then as дж in Turkish spellings."""
    if after[:1] in ("e", "i", "y"):
        return ("ts", "s", "J", "C")
    return ("k", "J", "ts") if not after or after[0] in _VOWELS else ("k", "ts")


_ROUGH = re.compile(r"dJ|ie|[ae]ui|ng|(.)\1")


def _smooth(form: str) -> str:
    if not _ROUGH.search(form):
        return form
    for pattern, instead in _WORN:
        form = pattern.sub(instead, form)
    return _DOUBLED.sub(r"\1", form)


_HARDENED = (
    (re.compile("(?<=[aeo])vu(?=[^aeiou])"), "u"),  # Belavus, Белоус
    (re.compile("ts(?=[ie])"), "t"),
    (re.compile("dz"), "d"),
    (re.compile("(?<=[aeo])u(?![aeiou])"), "v"),
)
_SOFT = re.compile("ts[ie]|dz|[aeo]v?u")
_SOFT_VOWEL = re.compile("i[aeo]")
_HARD_VOWEL = re.compile("(?<=[CSJr])e")
_TO_LEVEL = str.maketrans({"h": "g", "a": "o"})


@lru_cache(maxsize=32768)
def levelled(form: str) -> str:
    """Return a form without what Belarusian, Ukrainian and Russian spell each in its own way.

    Unstressed o and a, e and я, the h that Russian has as g, ц and дз before a soft
    vowel, ў: Halouchanka and Golovchenko are one name.
    """
    form = _SOFT_VOWEL.sub("e", _hardened(form))
    return _DOUBLED.sub(r"\1", _HARD_VOWEL.sub("o", form).translate(_TO_LEVEL))


_HONOURED_FROM = 7


def _hardened(form: str) -> str:
    if _SOFT.search(form):
        for pattern, instead in _HARDENED:
            form = pattern.sub(instead, form)
    return form


def unhonoured(form: str) -> str:
    """Return a given name's form without the -jon or -xon that Uzbek and Tajik put to it."""
    return form[:-3] if form.endswith(("Jon", "hon")) and len(form) >= _HONOURED_FROM else form


def join(*forms: str) -> str:
    """Return the form of words written as one."""
    return _smooth("".join(forms))


def _unique(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))


_SKELETON = str.maketrans(
    {"h": "k", "g": "k", "w": "v", "f": "v", "S": "s", "C": "s", "z": "s"}
    | dict.fromkeys("aeiou", "")
)


@lru_cache(maxsize=65536)
def skeleton(form: str) -> str:
    """Return what is left of a form when its vowels and finer distinctions are gone."""
    return _DOUBLED.sub(r"\1", _hardened(form).translate(_SKELETON))


def shortened(form: str) -> set[str]:
    """Return the form with each one of its letters left out."""
    return {form[:at] + form[at + 1 :] for at in range(len(form))}
