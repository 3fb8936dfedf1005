"""Texts and names cut into words, with every sign that only typesetting put there taken out.

A word may hold a combining accent, an apostrophe, or the mark that a line-end
hyphen left behind with the line break after it; `clean` returns it as a
reader would spell it. Offsets are those of the text as it stands.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
# Letters by their blocks: superscript digits count as letters for the regex \\w and are none.
_LETTER = (
    "A-Za-zÀ-ÖØ-öø-\u02af\u0370-\u037d\u037f-\u0386\u0388-\u0589\u0591-\u05f4\u0610-\u061a"
    "\u0620-\u06d3\u06d5-\u0963\u0970-\u1fff\u2c00-\u2dff\u3041-\ud7ff\uf900-\ufdff"
)
_INSIDE = f"{_LETTER}\u0300-\u036f{INVISIBLE}"
# PDFium leaves U+FFFE or U+0002 where a word was broken at a line's end.
_BREAK = r"[\ufffe\u0002\u00ad]\r?\n?|[-\u2010]\r?\n(?=[a-zа-яёәғқңөұүһі])"
APOSTROPHE = "['’ʼ‘`´ʻ]"
WORD = re.compile(rf"[{_LETTER}][{_INSIDE}]*(?:(?:{_BREAK}|{APOSTROPHE})[{_INSIDE}]+)*|[0-9]+")
PARTS = re.compile(f"({WORD.pattern})")  # split with it, a text is gaps and words in turn

_DROPPED = re.compile(rf"[\ufffe\u0002{INVISIBLE}]\r?\n?|[-\u2010]\r?\n")
_ALIKE = str.maketrans("ё’ʼ", "е''")
_TO_CYRILLIC = str.maketrans("aceiopxykmthb", "асеіорхукмтһв")
_TO_LATIN = str.maketrans("асеіорхукмтһв", "aceiopxykmthb")
_POSSESSIVE = re.compile(rf"(?:{APOSTROPHE}s|(?<=s){APOSTROPHE})$", re.IGNORECASE)

POSSESSIVE_ENDS = "sS'’ʼ‘`´ʻ"


def clean(word: str) -> str:
    """Return a word without line breaks, invisible signs and decomposed letters."""
    if word.isascii() and word.isalnum():
        return word
    return unicodedata.normalize("NFKC", word if word.isalpha() else _DROPPED.sub("", word))


def fold(word: str) -> str:
    """Return a word as it is compared: clean, in lower case, with ё as е."""
    if word.isascii():
        return clean(word).casefold()
    return _one_script(clean(word).casefold().translate(_ALIKE))


def _one_script(word: str) -> str:
    """Return a word with letters typed from the other alphabet put right (Latin a in Аблязов)."""
    cyrillic = sum("\u0400" <= sign <= "\u052f" for sign in word)
    if not cyrillic:
        return word
    latin = sum("a" <= sign <= "z" for sign in word)
    if not latin:
        return word
    return word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)


def possessive_length(word: str) -> int:
    """Return how many code points of an English possessive end the word (Shvetsova’s: 2)."""
    if word[-1:] not in POSSESSIVE_ENDS:
        return 0
    found = _POSSESSIVE.search(word)
    return len(found[0]) if found else 0


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text as matches, numbers too."""
    return WORD.finditer(text)


@lru_cache(maxsize=1 << 12)  # a list asks for each name several times, one after the other
def folded_name(name: str) -> str:
    """Return a whole name as it is looked up: its folded words with single spaces."""
    if name.isascii():
        return " ".join(WORD.findall(name)).casefold()
    return " ".join(map(fold, WORD.findall(name)))
