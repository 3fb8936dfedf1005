"""How large the letters of a PDF page are set, and the title that this tells."""

import itertools
import math
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2.raw as raw

from index.reading.pdf_text import LINE_HYPHEN, Letters

SAMPLES = 25
"""From how many places of a page its usual size is taken."""

LARGER = 1.15
"""How much larger than usual the letters of a title are at least."""

ALIKE = 0.97
MOST_LINES, LONGEST = 5, 250


def size(text_page: Any, unit: int) -> float:
    """Return the size in which a character is set, as seen, in points; 0 when it has none."""
    return _set(text_page, unit)[0]


def _set(text_page: Any, unit: int) -> tuple[float, bool]:
    """Return the size in which a character is set, and whether it stands across the page."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text_page, unit, matrix):
        return 0.0, False
    high = float(raw.FPDFText_GetFontSize(text_page, unit)) * math.hypot(matrix.c, matrix.d)
    return high, abs(matrix.b) > abs(matrix.a)


def usual_size(text_page: Any, found: Letters) -> float:
    """Return the size in which most of a page is set, 0 when that cannot be told."""
    step = max(1, len(found.text) // SAMPLES)
    places = (at for at in range(0, len(found.text), step) if found.text[at].isalpha())
    sizes = [each for at in places if (each := size(text_page, found.unit(at))) > 0]
    return median(sizes) if sizes else 0.0


def title(text_page: Any, found: Letters) -> str:
    """Return the words of a page that are set largest, "" when none are clearly larger."""
    seen = list(_lines(text_page, found))
    across = 2 * sum(line[1] for line in seen) > len(seen)
    lines = [(high, words) for high, turned, words in seen if high > 0 and turned == across]
    if not lines:
        return ""
    largest = max(high for high, _ in lines)
    if largest < LARGER * usual_size(text_page, found):
        return ""
    for alike, group in itertools.groupby(lines, key=lambda line: line[0] >= ALIKE * largest):
        words = [text for _, text in group]
        if alike:
            joined = " ".join(words).replace(f"{LINE_HYPHEN} ", "").rstrip(" *†‡")
            return joined if len(words) <= MOST_LINES and 8 <= len(joined) <= LONGEST else ""
    return ""


def _lines(text_page: Any, found: Letters) -> Iterator[tuple[float, bool, str]]:
    """Yield the size, whether it runs across the page, and the words of each line that has any."""
    at = 0
    for line in found.text.split("\n"):
        letter = next((n for n, sign in enumerate(line) if sign.isalnum()), None)
        if letter is not None:
            yield *_set(text_page, found.unit(at + letter)), " ".join(line.split())
        at += len(line) + 1
