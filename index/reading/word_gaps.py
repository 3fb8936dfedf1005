"""Words that PDFium runs together or tears apart, told by where their letters stand.

PDFium makes up the spaces of a PDF that has none, and takes narrow ones for none;
letters of another line that stand below or beside each other are one word to it where
a page has little text or turned text. Only pages that show signs of it are measured,
since asking for the place of every letter takes as long as reading the page.
"""

import itertools
import math
import re
import statistics
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as raw

GAP = 0.1
"""How wide a gap between two letters is at least, in heights of a line, to be a space."""

WIDE_GAP = 0.4
"""The same where letters touch no others: Chinese, and where spacing differs."""

BACK = 0.8
"""How far back a letter stands at least that begins another line, in heights of a line."""

USUAL = 2.5
"""How many times wider than the other gaps of its line a space is at least."""

SPARSE = 400
"""A page with fewer characters is measured whole: PDFium cannot tell which way its lines run."""

_loose_box = raw.FPDFText_GetLooseCharBox
_BOX = raw.FS_RECTF()  # filled by each call; a reader has one thread

SAMPLES = 5
LONGEST_WORDS = 4

_WORD = re.compile(r"[^\W\d_]{8,}")
_RUN = re.compile(r"[^\s\ufffe\x02]{2,}")
_LINE = re.compile(r"[^\n]+")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_MADE = re.compile(r"[ \r\n]+")


class _Box(NamedTuple):
    """A letter's place along its line and across it, in the direction in which the line runs."""

    begin: float
    end: float
    low: float
    high: float
    height: float
    turned: bool


def mended(text_page: Any, text: str) -> tuple[str, Sequence[int]] | None:
    """Return a page's text with words parted and joined, and the PDFium index of each sign.

    `text` has one code point a PDFium character; None when nothing is to be mended. A
    separator that is put in has the index of the letter before it.
    """
    turned = _is_turned(text_page, text)
    if not (turned or len(text) < SPARSE or _runs_words_together(text_page, text)):
        return None
    after: dict[int, str] = {}
    dropped: set[int] = set()
    for line in _LINE.finditer(text):
        _part(text_page, text, line.start(), line.end(), after, turned)
    if turned:
        _join(text_page, text, dropped)
    if not after and not dropped:
        return None
    signs: list[str] = []
    units: list[int] = []
    for unit, sign in enumerate(text):
        if unit in dropped:
            continue
        signs.append(sign)
        units.append(unit)
        if unit in after:
            signs.append(after[unit])
            units.append(unit)
    return "".join(signs), units


# Which pages to measure


def _is_turned(text_page: Any, text: str) -> bool:
    """Say whether any of some letters of a page stand on a turned line."""
    step = max(1, len(text) // SAMPLES)
    return any(
        not text[unit].isspace() and abs(raw.FPDFText_GetCharAngle(text_page, unit)) > 0.1
        for unit in range(0, len(text), step)
    )


def _runs_words_together(text_page: Any, text: str) -> bool:
    """Say whether a page has no spaces of its own and its longest words have gaps in them."""
    step = max(1, len(text) // SAMPLES)
    for start in range(0, len(text), step):
        at = text.find(" ", start)
        if at >= 0 and not raw.FPDFText_IsGenerated(text_page, at):
            return False
    words = sorted(_WORD.finditer(text), key=lambda match: match.start() - match.end())
    after: dict[int, str] = {}
    for match in words[:LONGEST_WORDS]:
        _part(text_page, text, match.start(), match.end(), after, False)
        if after:
            return True
    return False


# Words that have to be parted


def _part(
    text_page: Any, text: str, start: int, end: int, after: dict[int, str], turned: bool
) -> None:
    """Note the separators that are missing in a line."""
    boxes = [_box(text_page, unit, turned) for unit in range(start, end)]
    leftward = _LEFTWARD.search(text, start, end) is not None
    gaps: list[tuple[int, float]] = []
    for run in _RUN.finditer(text, start, end):
        places = range(run.start(), run.end() - 1)
        pairs = itertools.pairwise(boxes[run.start() - start : run.end() - start])
        for unit, (one, other) in zip(places, pairs, strict=True):
            if one is None or other is None or one.turned != other.turned:
                continue
            if _on_another_line(one, other, leftward):
                after[unit] = "\n"
            elif not leftward and text[unit].isalnum() and text[unit + 1].isalnum():
                high = max(one.height, other.height)
                gap = (other.begin - one.end) / high
                same = abs(one.height - other.height) < 0.1 * high
                plain = same and not _IDEOGRAPH.match(text, unit)
                gaps.append((unit, gap if plain else gap - WIDE_GAP + GAP))
    if not any(gap > GAP for _, gap in gaps):
        return
    usual = statistics.median(max(0.0, gap) for _, gap in gaps)
    after.update((unit, " ") for unit, gap in gaps if gap > GAP and gap > USUAL * usual)


def _on_another_line(one: _Box, other: _Box, leftward: bool) -> bool:
    """Say whether two letters have no height in common, or the second is far behind the first."""
    if one.high <= other.low or other.high <= one.low:
        return True
    return not leftward and other.begin < one.begin - BACK * max(one.height, other.height)


# Words that have to be joined


def _join(text_page: Any, text: str, dropped: set[int]) -> None:
    """Note the separators that PDFium made up between letters of a turned line that touch."""
    for made in _MADE.finditer(text):
        start, end = made.span()
        if start == 0 or end >= len(text) or not text[start - 1].isalnum():
            continue
        one, other = _box(text_page, start - 1, True), _box(text_page, end, True)
        if one is None or other is None or not (one.turned and other.turned):
            continue
        if not all(raw.FPDFText_IsGenerated(text_page, unit) for unit in range(start, end)):
            continue
        gap = other.begin - one.end
        if not _on_another_line(one, other, False) and abs(gap) < GAP / 2 * one.height:
            dropped.update(range(start, end))


def _box(text_page: Any, unit: int, turned: bool) -> _Box | None:
    """Return where a letter stands, None for what has no place or leans.

    `turned` says whether lines of the page may run another way than to the right.
    """
    if not _loose_box(text_page, unit, _BOX):
        return None
    left, bottom, right, top = _BOX.left, _BOX.bottom, _BOX.right, _BOX.top
    if right <= left or top <= bottom:
        return None
    if not turned:
        return _Box(left, right, bottom, top, top - bottom, False)
    angle = float(raw.FPDFText_GetCharAngle(text_page, unit))
    if abs(math.sin(angle)) < 0.1:
        if math.cos(angle) > 0:
            return _Box(left, right, bottom, top, top - bottom, False)
        return _Box(-right, -left, -top, -bottom, top - bottom, True)
    if abs(math.cos(angle)) < 0.1:
        # PDFium counts clockwise: at a quarter the line runs down, at three it runs up.
        if math.sin(angle) > 0:
            return _Box(-top, -bottom, left, right, right - left, True)
        return _Box(bottom, top, -right, -left, right - left, True)
    return None
