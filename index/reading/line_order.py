"""Letters that a second font drew after their line, put back where they are seen.

A program that lacks a letter in a font, often a Kazakh one, draws the line
without it and adds the missing letters behind. PDFium gives them in that order:
words with holes, and a tail of single letters at the line's end.
"""

import ctypes
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

GAP = 0.17
"""How wide a gap between two letters is at least, in font sizes, to be a space."""

SAME_LINE = 0.5
"""How far apart the baselines of one line may lie, in font sizes: raised numbers belong to it."""

_OWN = "ӘәҒғҚқҢңӨөҰұҮүҺһ"
"""Letters that fonts made for Russian lack."""

_ALONE = re.compile(f"[^\\S\\n][{_OWN}](?=\\s|$)")
_SINGLE = re.compile(r"(?: [^\W\d_]){3}$")
_LINE = re.compile(r"[^\n]+")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic and their neighbours; their lines are not in the order of their places."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character of a line as PDFium has it."""

    unit: int
    left: float
    right: float
    baseline: float
    size: float


def has_tails(text: str) -> bool:
    """Say from the text alone, and quickly, whether letters may stand behind their lines.

    Every font has the letters of ASCII.
    """
    if text.isascii():
        return False
    for line in text.split("\n"):
        end = line.rstrip()
        if end[-6::2] == "   " and _SINGLE.search(end):
            return True
    if not any(letter in text for letter in _OWN):
        return False
    return _ALONE.search(text) is not None


def mended(text_page: Any, text: str) -> tuple[str, Sequence[int]] | None:
    """Return a page's text with its letters in place and the PDFium index of each, or None.

    `text` has one code point a PDFium character. Spaces that PDFium made up around
    a letter that stood elsewhere go, and one is kept wherever there is a gap.
    """
    units: list[int] = []
    changed = False
    at = 0
    for match in _LINE.finditer(text):
        units += range(at, match.start())
        leftward = _LEFTWARD.search(match[0])
        line = None if leftward else _in_place(text_page, text, range(*match.span()))
        changed = changed or line is not None
        units += range(*match.span()) if line is None else line
        at = match.end()
    units += range(at, len(text))
    if not changed:
        return None
    return "".join(text[unit] for unit in units), units


def _in_place(text_page: Any, text: str, places: range) -> list[int] | None:
    """Return the units of a line in the order in which they are seen, None when they are in it."""
    signs = [sign for unit in places if (sign := _sign(text_page, unit)) is not None]
    if len(signs) < 2 or not _is_upright(signs):
        return None
    highest = signs[0].right
    for sign in signs[1:]:
        if sign.right < highest - sign.size:
            break
        highest = max(highest, sign.right)
    else:
        return None
    made = [unit for unit in places if raw.FPDFText_IsGenerated(text_page, unit)]
    ordered = sorted(signs, key=lambda sign: sign.left)
    spaces = [unit for unit in made if text[unit] == " "]
    found = [ordered[0].unit]
    for before, sign in itertools.pairwise(ordered):
        apart = sign.left - before.right > GAP * min(before.size, sign.size)
        if apart and spaces and not text[before.unit].isspace() and not text[sign.unit].isspace():
            found.append(spaces.pop())
        found.append(sign.unit)
    return found + [unit for unit in made if text[unit] != " "]


def _is_upright(signs: Sequence[_Sign]) -> bool:
    """Say whether all of some signs stand on one line that runs from left to right."""
    lines = [sign.baseline for sign in signs]
    return max(lines) - min(lines) <= SAME_LINE * max(sign.size for sign in signs)


def _sign(text_page: Any, unit: int) -> _Sign | None:
    """Return a character of the page itself, None for one that PDFium made up."""
    if raw.FPDFText_IsGenerated(text_page, unit):
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetCharOrigin(text_page, unit, x, y):
        return None
    if not raw.FPDFText_GetLooseCharBox(text_page, unit, box):
        return None
    size = float(raw.FPDFText_GetFontSize(text_page, unit))
    return _Sign(unit, x.value, max(x.value, box.right), y.value, size)
