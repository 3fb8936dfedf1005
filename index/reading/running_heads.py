"""Page numbers guessed from what is printed at the head or foot of pages, to be confirmed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading.note_markers import Marker

LEAST = 3
"""How many pages must agree before a numbering is offered."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NUMBER = re.compile(
    r"^\W*(?:page|p\.|стр\.?|с\.|бет)?\s*(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|из)\s*\d+)?\W*$",
    re.IGNORECASE,
)
_AT_EDGE = re.compile(r"^\s*(\d{1,4})\s{1,3}\D|\D\s{1,3}\|?\s*(\d{1,4})\s*$")


@dataclass(frozen=True, slots=True)
class Numbering:
    """Pages `first` to `last` (from 0) carry index + `offset`, in roman digits or not."""

    first: int
    last: int
    offset: int
    roman: bool
    agreeing: int  # pages on which the number is printed


def guess(pages: Sequence[str]) -> list[Numbering]:
    """Return the numberings that printed numbers show, in the order of the pages."""
    arabic: dict[int, set[int]] = {}
    roman: dict[int, set[int]] = {}
    for index, text in enumerate(pages):
        for number, is_roman in _printed(text):
            (roman if is_roman else arabic).setdefault(number - index, set()).add(index)
    found = [
        candidate
        for shown, is_roman in ((arabic, False), (roman, True))
        if (candidate := _best(shown, is_roman)) is not None
    ]
    found.sort(key=lambda numbering: numbering.first)
    if len(found) == 2 and found[0].last >= found[1].first:
        if found[0].roman and found[0].first < found[1].first:
            return found
        return [max(found, key=lambda numbering: numbering.agreeing)]
    return found


def labels(pages: Sequence[str], numberings: Sequence[Numbering]) -> list[str]:
    """Return the label of every page under the numberings; others keep their place in the file."""
    result = [str(index + 1) for index in range(len(pages))]
    for numbering in numberings:
        last = len(pages) - 1 if not numbering.roman else numbering.last
        begin = max(0, 1 - numbering.offset) if not numbering.roman else numbering.first
        for index in range(min(begin, numbering.first), last + 1):
            number = index + numbering.offset
            if number > 0:
                result[index] = to_roman(number) if numbering.roman else str(number)
    return result


def _printed(text: str) -> set[tuple[int, bool]]:
    """Return the numbers that stand alone at a page's head or foot."""
    found: set[tuple[int, bool]] = set()
    for line in _edges(text):
        if len(line) < 40 and (match := _NUMBER.match(line)):
            value = match[1].lower()
            if value.isdecimal():
                found.add((int(value), False))
            elif number := from_roman(value):
                found.add((number, True))
        elif (
            len(line) < 90
            and (line[0].isdecimal() or line[-1].isdecimal())
            and (match := _AT_EDGE.search(line))
        ):
            found.add((int(match[1] or match[2]), False))
    return found


def _edges(text: str) -> set[str]:
    """Return the first two and the last two lines with something in them."""
    first: list[str] = []
    start = 0
    while len(first) < 2 and start < len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        if line := text[start:end].strip():
            first.append(line)
        start = end + 1
    last: list[str] = []
    end = len(text)
    while len(last) < 2 and end > 0:
        start = text.rfind("\n", 0, end) + 1
        if line := text[start:end].strip():
            last.append(line)
        end = start - 1
    return {*first, *last}


def without_heads(markers: Sequence[Marker], index: Sequence[int], text: str) -> list[Marker]:
    """Leave out numbers that begin a line as any list's do and are pages' numbers.

    `index` says on which page each marker stands. The same words follow such a number on
    several pages, and it grows as the pages do.
    """
    keys = []
    for marker, page in zip(markers, index, strict=True):
        key = None
        if marker.weak:
            end = text.find("\n", marker.end)
            key = (text[marker.end : end if end >= 0 else len(text)].strip(), marker.number - page)
        keys.append(key)
    seen = Counter(key for key in keys if key is not None)
    return [
        marker
        for marker, key in zip(markers, keys, strict=True)
        if key is None or seen[key] < LEAST
    ]


def _best(shown: dict[int, set[int]], is_roman: bool) -> Numbering | None:
    """Return the offset that most pages agree on, when enough of them do."""
    counts = Counter({offset: len(pages) for offset, pages in shown.items()})
    if not counts:
        return None
    offset, agreeing = counts.most_common(1)[0]
    pages = sorted(shown[offset])
    spread = pages[-1] - pages[0] + 1
    if agreeing < LEAST or agreeing * 3 < spread:
        return None
    return Numbering(pages[0], pages[-1], offset, is_roman, agreeing)


def from_roman(text: str) -> int:
    """Return the number of roman digits, 0 when they are none."""
    values = [_ROMAN.get(letter, 0) for letter in text.lower()]
    number = sum(
        -value if any(value < later for later in values[at + 1 : at + 2]) else value
        for at, value in enumerate(values)
    )
    return number if number > 0 and to_roman(number) == text.lower() else 0


def to_roman(number: int) -> str:
    """Return a number below 400 in small roman digits."""
    parts = (
        (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
        (1, "i"),
    )  # fmt: skip
    result = ""
    for value, sign in parts:
        while number >= value:
            result += sign
            number -= value
    return result
